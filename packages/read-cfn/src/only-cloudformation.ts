import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { eachOnce } from '@keywright/core/diagnostics/each-once';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Found } from './collect.ts';
import { onlyCloudFormation } from './diagnostics.ts';
import type { Entry } from './entries.ts';
import type { OpenTemplate } from './open-template.ts';

/** The parts of a template that become part of the YAML, or say nothing about what is deployed. */
const readSections: ReadonlySet<string> = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Transform',
]);

/** The attributes of a resource that are read. Source: CloudFormation template reference, "Resource attributes". */
const readAttributes: ReadonlySet<string> = new Set(['Condition', 'DeletionPolicy', 'Properties', 'Type']);

/** The rule that the CDK writes into every template. */
const ofCdk = 'CheckBootstrapVersion';

/** Reports the parts of templates and of the resources found in them that only CloudFormation follows, each once. */
export function onlyInCloudFormation(found: ReadonlyMap<OpenTemplate, readonly Found[]>): readonly Diagnostic[] {
  const parts = [...found].flatMap(([template, all]) => {
    if (all.length === 0) return [];
    const read = new Set(all.map(({ entry }) => entry));
    return [...ofTemplate(template), ...[...read].flatMap((entry) => ofEntry(entry, template, read))];
  });
  return eachOnce(parts);
}

function ofTemplate({ template }: OpenTemplate): readonly Diagnostic[] {
  const { value, locations } = template.parsed;
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([section, content]) => {
    const isOfCdk = section === 'Rules' && isMapping(content) && Object.keys(content).every((name) => name === ofCdk);
    if (readSections.has(section) || section.startsWith('Fn::') || isOfCdk) return [];
    return [report(onlyCloudFormation, locations.keySpan(value, section), { part: section, of: 'the template' })];
  });
}

function ofEntry(entry: Entry, from: OpenTemplate, read: ReadonlySet<Entry>): readonly Diagnostic[] {
  const { body, logicalId, span } = entry;
  const { locations } = from.template.parsed;
  return Object.entries(body).flatMap(([attribute, value]) => {
    const part = readAttributes.has(attribute) ? undefined : partOf(attribute, value, body.DeletionPolicy, from, read);
    return part === undefined
      ? []
      : [report(onlyCloudFormation, locations.keySpan(body, attribute) ?? span, { part, of: logicalId })];
  });
}

/** An attribute as a message names it; `undefined` if nothing of it is lost. */
function partOf(
  attribute: string,
  value: unknown,
  deletionPolicy: unknown,
  from: OpenTemplate,
  read: ReadonlySet<Entry>,
): string | undefined {
  switch (attribute) {
    case 'DependsOn': {
      const others = [value].flat().filter((name) => {
        const other = typeof name === 'string' ? from.entryOf(name) : undefined;
        return other !== undefined && !read.has(other) && from.isMade(other) !== false;
      });
      return others.length === 0 ? undefined : `DependsOn: ${others.join(', ')}`;
    }
    case 'Metadata':
      return isMapping(value) && Object.keys(value).every((name) => name.startsWith('aws:')) ? undefined : attribute;
    case 'UpdateReplacePolicy':
      // The generated template has the same policy for both.
      return (value === 'Delete') === (deletionPolicy === 'Delete') ? undefined : `${attribute}: ${String(value)}`;
    default:
      return attribute;
  }
}

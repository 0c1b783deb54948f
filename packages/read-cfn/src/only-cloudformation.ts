import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { eachOnce } from '@keywright/core/diagnostics/each-once';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { ReadResource } from './collect.ts';
import { onlyCloudFormation, otherDescription } from './diagnostics.ts';
import type { Entry } from './entries.ts';
import type { OpenTemplate } from './open-template.ts';

/** Sections that become part of the YAML, or do not affect the deployed resources. */
const readSections: ReadonlySet<string> = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Mappings',
  'Outputs',
  'Parameters',
  'Resources',
  'Transform',
]);

/** The attributes of a resource that are read. Source: CloudFormation template reference, "Resource attributes". */
const readAttributes: ReadonlySet<string> = new Set(['Condition', 'Properties', 'Type']);

/** The rule that the CDK writes into every template. */
const ofCdk = 'CheckBootstrapVersion';

/**
 * Reports parts that have an effect only in CloudFormation, in the templates and in the resources that were read. Each part is reported
 * once.
 */
export function onlyInCloudFormation(
  byTemplate: ReadonlyMap<OpenTemplate, readonly ReadResource[]>,
): readonly Diagnostic[] {
  const parts = [...byTemplate].flatMap(([template, all]) => {
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
    const isOurs =
      section === 'Description' && typeof content === 'string' && /^KMS keys of \S+, stack \S+/.test(content);
    if (readSections.has(section) || section.startsWith('Fn::') || isOfCdk || isOurs || isOfTools(section, content))
      return [];
    const span = locations.keySpan(value, section);
    return [
      section === 'Description'
        ? report(otherDescription, span, {})
        : report(onlyCloudFormation, span, { part: section, of: 'the template' }),
    ];
  });
}

/** Whether `Metadata` only says how the console shows the template, or was written by the CDK, SAM or Keywright for its own use. */
function isOfTools(section: string, content: unknown): boolean {
  return (
    section === 'Metadata' &&
    isMapping(content) &&
    Object.keys(content).every((name) => /^(AWS|aws|Sam|Keywright)/.test(name))
  );
}

function ofEntry(entry: Entry, from: OpenTemplate, read: ReadonlySet<Entry>): readonly Diagnostic[] {
  const { body, logicalId, span } = entry;
  const { locations } = from.template.parsed;
  const { Properties: properties } = body;
  const period = 'RotationPeriodInDays';
  const isIdle =
    isMapping(properties) &&
    from.evaluator.at(properties, period) !== undefined &&
    String(from.evaluator.at(properties, 'EnableKeyRotation')) !== 'true';
  const idle = isIdle
    ? [report(onlyCloudFormation, locations.keySpan(properties, period) ?? span, { part: period, of: logicalId })]
    : [];
  const attributes = Object.keys(body).flatMap((attribute) => {
    const part = readAttributes.has(attribute) ? undefined : partOf(attribute, entry, from, read);
    return part === undefined
      ? []
      : [report(onlyCloudFormation, locations.keySpan(body, attribute) ?? span, { part, of: logicalId })];
  });
  return [...idle, ...attributes];
}

/** Returns the name of an attribute for messages; `undefined` if nothing in the attribute is lost. */
function partOf(
  attribute: string,
  { type, body }: Entry,
  from: OpenTemplate,
  read: ReadonlySet<Entry>,
): string | undefined {
  const value = body[attribute];
  switch (attribute) {
    case 'DependsOn': {
      const others = [value].flat().filter((name) => {
        const dependency = typeof name === 'string' ? from.entryOf(name) : undefined;
        return dependency !== undefined && !read.has(dependency) && from.isMade(dependency) !== false;
      });
      return others.length === 0 ? undefined : `DependsOn: ${others.join(', ')}`;
    }
    case 'Metadata':
      return isMapping(value) && Object.keys(value).every((name) => name.startsWith('aws:')) ? undefined : attribute;
    case 'DeletionPolicy':
    case 'UpdateReplacePolicy': {
      const [policy, onDeletion] = [attribute, 'DeletionPolicy'].map((name) => from.evaluator.at(body, name));
      // In the generated template, `DeletionPolicy` and `UpdateReplacePolicy` of a key are equal; any other resource has neither.
      const generated = /^AWS::KMS::(Replica)?Key$/.test(type) ? onDeletion : 'Delete';
      if ((policy === 'Delete') === (generated === 'Delete')) return undefined;
      return typeof policy === 'string' ? `${attribute}: ${policy}` : attribute;
    }
    default:
      return attribute;
  }
}

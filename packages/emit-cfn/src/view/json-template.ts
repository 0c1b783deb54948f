import { json } from '../print/json.ts';
import type { Template } from '../template/template.ts';
import { type MapValue, map } from '../template/value.ts';

/**
 * Prints a template in JSON. A single metadata section replaces the comments of the YAML form. If each resource had its own metadata, a
 * resource would show as changed whenever its YAML moves to another file.
 */
export function jsonTemplate(template: Template, generator: string): string {
  const { description, parameters, resources, outputs } = template;
  const whole = map([
    ['AWSTemplateFormatVersion', '2010-09-09'],
    ['Description', description],
    ['Metadata', map([['Keywright', metadata(template, generator)]])],
    ['Parameters', section(parameters.map(({ name, properties }) => [name, properties]))],
    ['Resources', resourceSection(resources)],
    ['Outputs', section(outputs.map(({ name, properties }) => [name, properties]))],
  ]);
  return `${json(whole)}\n`;
}

function metadata({ resources, outputs }: Template, generator: string): MapValue {
  return map([
    ['MadeBy', generator],
    ['Note', 'Made from keywright.yaml. Do not edit by hand: the next build writes it anew.'],
    ['Resources', section(resources.map(({ logicalId, source }) => [logicalId, source]))],
    ['Outputs', section(outputs.flatMap(({ name, source }) => (source === undefined ? [] : [[name, source]])))],
  ]);
}

function section(entries: MapValue['entries']): MapValue | undefined {
  return entries.length === 0 ? undefined : map(entries);
}

function resourceSection(resources: Template['resources']): MapValue {
  // CloudFormation requires at least one resource; this one creates nothing.
  if (resources.length === 0) return map([['Nothing', map([['Type', 'AWS::CloudFormation::WaitConditionHandle']])]]);
  return map(
    resources.map(({ logicalId, type, removal, dependsOn, properties }) => [
      logicalId,
      map([
        ['Type', type],
        ['DeletionPolicy', removal?.deletionPolicy],
        ['UpdateReplacePolicy', removal?.updateReplacePolicy],
        ['DependsOn', dependsOn.length > 1 ? dependsOn : dependsOn[0]],
        ['Properties', section(properties.entries)],
      ]),
    ]),
  );
}

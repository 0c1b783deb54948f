import { lower } from './lower.ts';
import { type TemplateResource, templateResource } from './resource.ts';
import type { PlannedOutput, TemplatePlan } from './template-plan.ts';
import { type MapValue, map, type Value } from './value.ts';

/** A whole template, ready to be printed in either form. */
export interface Template {
  readonly description: string;
  readonly parameters: readonly { readonly name: string; readonly properties: MapValue }[];
  readonly resources: readonly TemplateResource[];
  readonly outputs: readonly TemplateOutput[];
}

export interface TemplateOutput {
  readonly name: string;
  readonly properties: MapValue;
  readonly source?: PlannedOutput['source'];
}

export function buildTemplate(plan: TemplatePlan): Template {
  const { scope } = plan;
  return {
    description: plan.description,
    parameters: plan.parameters.map((parameter) => ({
      name: parameter.name,
      properties: map([
        ['Type', parameter.kind === 'ssm' ? 'AWS::SSM::Parameter::Value<String>' : 'String'],
        ['Description', parameter.description],
        ['Default', parameter.kind === 'ssm' ? parameter.parameterName : undefined],
      ]),
    })),
    resources: plan.resources.map((resource) => templateResource(resource, scope)),
    outputs: plan.outputs.map((output) => ({
      name: output.name,
      properties: map([
        // An output's name has letters and digits only, so the name in the YAML may have had to change.
        ['Description', output.description === output.name ? undefined : output.description],
        ['Value', lower(output.value, scope)],
        ['Export', output.exportName === undefined ? undefined : exportOf(output.exportName)],
      ]),
      source: output.source,
    })),
  };
}

function exportOf(name: string): Value {
  return map([['Name', name]]);
}

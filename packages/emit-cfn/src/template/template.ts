import { object } from '@keywright/core/emit/rows';
import { type TemplateResource, templateResource } from './resource.ts';
import type { PlannedOutput, TemplatePlan } from './template-plan.ts';
import type { MapValue } from './value.ts';

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
      properties: scope.properties([
        ['Type', parameter.kind === 'ssm' ? 'AWS::SSM::Parameter::Value<String>' : 'String'],
        ['Description', parameter.description],
        ['Default', parameter.kind === 'ssm' ? parameter.parameterName : undefined],
      ]),
    })),
    resources: plan.resources.map((resource) => templateResource(resource, scope)),
    outputs: plan.outputs.map((output) => ({
      name: output.name,
      properties: scope.properties([
        // An output's name has letters and digits only, so the name in the YAML may have had to change.
        ['Description', output.description === output.name ? undefined : output.description],
        ['Value', output.value],
        ['Export', output.exportName === undefined ? undefined : object([['Name', output.exportName]])],
      ]),
      source: output.source,
    })),
  };
}

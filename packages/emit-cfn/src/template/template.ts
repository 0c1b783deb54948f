import type { Parameter } from '@keywright/core/emit/declared-parameters';
import { object, type RowValue } from '@keywright/core/emit/rows';
import { hasParameters } from '@keywright/core/emit/stack-programs';
import type { Stack } from '@keywright/core/ir/program';
import { stackNameText } from '@keywright/core/ir/stack-name';
import { limits } from '@keywright/core/kms/limits';
import { exportNameText } from '@keywright/core/stacks/export-name';
import { type TemplateResource, templateResource } from './resource.ts';
import type { PlannedOutput, PlannedParameter, TemplatePlan } from './template-plan.ts';
import { type MapValue, map } from './value.ts';

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

/** Builds the template of a plan, with a parameter for each difference between the program's deployments. */
export function buildTemplate(plan: TemplatePlan): Template {
  const { scope, program } = plan;
  const resources = plan.resources.map((resource) => templateResource(resource, scope));
  const outputs = plan.outputs.map((output) => ({
    name: output.name,
    properties: scope.properties([output.name], (deployment) => [
      ['Description', output.description],
      ['Value', output.valueIn(deployment)],
      ['Export', exportIn(output, deployment)],
    ]),
    source: output.source,
  }));
  return {
    description: plan.description,
    parameters: [
      ...plan.parameters.map((parameter) => ({
        name: parameter.name,
        properties: plannedProperties(parameter, hasParameters(program)),
      })),
      // These come last, because the differences are known only once everything else is printed.
      ...scope.differences.declared().map((difference) => ({
        name: scope.nameOf(difference.name),
        properties: differenceProperties(difference),
      })),
    ],
    resources,
    outputs,
  };
}

function exportIn({ exports, exportNameIn }: PlannedOutput, deployment: Stack): RowValue | undefined {
  if (exportNameIn !== undefined) return object([['Name', exportNameIn(deployment)]]);
  return exports === undefined
    ? undefined
    : object([['Name', exportNameText(deployment.app, stackNameText(deployment), exports)]]);
}

function plannedProperties(parameter: PlannedParameter, isShared: boolean): MapValue {
  const { kind, description } = parameter;
  return map([
    ['Type', kind === 'ssm' ? 'AWS::SSM::Parameter::Value<String>' : 'String'],
    ['Description', description],
    ['Default', kind === 'ssm' && !isShared ? parameter.parameterName : undefined],
  ]);
}

/** The ranges of values that KMS accepts, by property. */
const ranges: Readonly<Record<string, { readonly minimum: number; readonly maximum: number }>> = {
  PendingWindowInDays: limits.pendingWindowDays,
  RotationPeriodInDays: limits.rotationPeriodDays,
};

function differenceProperties({ type, description, words }: Parameter): MapValue {
  const property = type === 'number' ? words.find((word) => Object.hasOwn(ranges, word)) : undefined;
  const range = property === undefined ? undefined : ranges[property];
  return map([
    ['Type', type === 'number' ? 'Number' : 'String'],
    ['Description', description],
    ['MinValue', range?.minimum],
    ['MaxValue', range?.maximum],
  ]);
}

import { outputText } from '@keywright/core/emit/comment';
import { describeExport, describeOutput } from '@keywright/core/emit/output-description';
import type { StackProgram } from '@keywright/core/emit/stack-programs';
import { expressionKey } from '@keywright/core/ir/expression';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { keptDescription } from '../earlier-exports.ts';
import {
  cloudFormationStackName,
  distinctNames,
  logicalIdOf,
  logicalName,
  nameIn,
  templateFileName,
  templateName,
} from '../names.ts';
import { describeForeign, type ForeignValues, hashedIn, nameOfForeign, producerName } from './foreign.ts';
import { scopeOf } from './lower.ts';
import type { PlannedOutput, TemplatePlan } from './template-plan.ts';

export interface MainPlan {
  readonly plan: TemplatePlan;
  /** The names of outputs, by the `expressionKey` of their values. */
  readonly outputOf: ReadonlyMap<string, string>;
}

/** Plans the template of the stack's own region. Its outputs provide the parameters of the templates of replicas. */
export function planMain(
  stack: Stack,
  program: StackProgram,
  resources: readonly Resource[],
  needed: ForeignValues,
): MainPlan {
  const hashed = hashedIn(stack, program);
  const imports = new Map(
    stack.imports
      .filter(({ nativeTargets }) => !nativeTargets.includes('cfn'))
      .map((used) => [expressionKey({ kind: 'crossStack', stack: used.stack, export: used.export }), used] as const),
  );
  const parameterNames = distinctNames(
    new Map([...imports].map(([key, used]) => [key, logicalName(producerName(used, program), used.export)])),
    // Most stacks have no such imports and do not need their logical ids for this.
    new Set(imports.size === 0 ? [] : resources.map(logicalIdOf)),
    hashed,
  );

  const requested = requestedOutputs(stack);
  const requestedValues = new Map(requested.map(({ name, value }) => [name, expressionKey(value)]));
  const preferred = new Map([...needed].map(([key, value]) => [key, nameOfForeign(value, stack, program)]));
  // Exports for other stacks do not provide the parameters of replica templates: their names differ from the names made here, and replica
  // templates must not depend on whether another stack uses the key.
  const missing = [...needed].filter(([key]) => requestedValues.get(nameIn(preferred, key)) !== key);
  const feedNames = distinctNames(
    new Map(missing.map(([key]) => [key, nameIn(preferred, key)])),
    new Set(requestedValues.keys()),
    hashed,
  );

  const plan: TemplatePlan = {
    name: templateFileName(program, stack),
    stackName: cloudFormationStackName(stack.app, templateName(stack)),
    description: `KMS keys of ${stack.app}, stack ${program.name}`,
    program,
    environment: stack.environment,
    resources,
    parameters: [...imports].map(([key, used]) => ({
      kind: 'ssm',
      name: nameIn(parameterNames, key),
      description: `${describeExport(used.export)} in stack ${producerName(used, program)}`,
      parameterName: used.parameterName ?? '', // core sets it for every value that CloudFormation cannot import itself
    })),
    outputs: [
      ...requested,
      ...missing.map(([key, value]) => ({
        name: nameIn(feedNames, key),
        description: `${describeForeign(value, stack, program)}, for the templates of replicas`,
        value,
        valueIn: () => value,
      })),
    ],
    scope: scopeOf(stack, program, resources, parameterNames),
  };
  return { plan, outputOf: new Map([...preferred, ...feedNames]) };
}

function requestedOutputs(stack: Stack): readonly PlannedOutput[] {
  const names = distinctNames(new Map(stack.outputs.map(({ name }) => [name, logicalName(name)])), new Set());
  const exportNames = distinctNames(
    new Map(stack.exports.map(({ id }) => [id, logicalName(id)])),
    new Set(names.values()),
  );
  return [
    ...stack.outputs.map((output, index) => {
      const { name, value, exportName } = output;
      return {
        name: nameIn(names, name),
        description: describeOutput(output, stack),
        value,
        valueIn: ({ outputs }: Stack) => outputs[index]?.value ?? value,
        ...(exportName !== undefined && {
          exportNameIn: ({ outputs }: Stack) => outputs[index]?.exportName ?? exportName,
        }),
        source: outputText(output, stack),
      };
    }),
    ...stack.exports.map(({ id, value, source, keptFor }, index) => ({
      name: nameIn(exportNames, id),
      description: keptDescription(describeOutput({ name: id, value }, stack), keptFor),
      value,
      valueIn: ({ exports }: Stack) => exports[index]?.value ?? value,
      exports: id,
      source: outputText({ name: id, exportId: id, source }, stack),
    })),
  ];
}

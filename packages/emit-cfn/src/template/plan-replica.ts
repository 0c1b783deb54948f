import { hasParameters, type StackProgram } from '@keywright/core/emit/stack-programs';
import { expressionKey } from '@keywright/core/ir/expression';
import type { Environment, Resource, Stack } from '@keywright/core/ir/program';
import { exportName } from '@keywright/core/stacks/export-name';
import {
  cloudFormationStackName,
  distinctNames,
  logicalIdOf,
  nameIn,
  templateFileName,
  templateName,
} from '../names.ts';
import { describeForeign, type Foreign, type ForeignValues, hashedIn, isExported, nameOfForeign } from './foreign.ts';
import { scopeOf } from './lower.ts';
import type { MainPlan } from './plan-main.ts';
import type { PlannedParameter, TemplatePlan } from './template-plan.ts';

export interface ReplicaPart {
  readonly environment: Environment;
  readonly resources: readonly Resource[];
  readonly foreign: ForeignValues;
}

/** Plans the template of one replica environment. Its parameters come from outputs of the main template and exports of other stacks. */
export function planReplica(stack: Stack, program: StackProgram, part: ReplicaPart, main: MainPlan): TemplatePlan {
  const { environment, resources, foreign } = part;
  const parameterNames = distinctNames(
    new Map([...foreign].map(([key, value]) => [key, nameOfForeign(value, stack, program)])),
    new Set(resources.map(logicalIdOf)),
    hashedIn(stack, program),
  );
  return {
    name: templateFileName(program, stack, environment),
    stackName: cloudFormationStackName(stack.app, templateName(stack, environment)),
    description: `Replicas of the KMS keys of ${stack.app}, stack ${program.name}, in ${environment.region}`,
    program,
    environment,
    resources,
    parameters: [...foreign].map(([key, value]) =>
      parameterFor(value, nameIn(parameterNames, key), stack, program, main),
    ),
    outputs: [],
    scope: scopeOf(stack, program, resources, parameterNames),
  };
}

function parameterFor(
  value: Foreign,
  name: string,
  stack: Stack,
  program: StackProgram,
  main: MainPlan,
): PlannedParameter {
  if (isExported(value, stack)) {
    const description = describeForeign(value, stack, program);
    return {
      kind: 'export',
      name,
      description,
      exportName: exportName(stack.app, value.stack, value.export),
    };
  }
  const { stackName } = main.plan;
  const output = nameIn(main.outputOf, expressionKey(value));
  return {
    kind: 'output',
    name,
    description: `Output ${output} of ${hasParameters(program) ? 'the template of the primary keys' : `stack ${stackName}`}`,
    stackName,
    output,
  };
}

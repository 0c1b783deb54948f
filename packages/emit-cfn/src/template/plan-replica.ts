import type { Environment, Resource, Stack } from '@keywright/core/ir/program';
import { cloudFormationStackName, distinctNames, logicalIdOf, nameIn, templateName } from '../names.ts';
import type { ResourceMap } from './elsewhere.ts';
import { type ForeignValues, nameOfForeign } from './foreign.ts';
import { scopeOf } from './lower.ts';
import type { TemplatePlan } from './plan.ts';
import type { MainPlan } from './plan-main.ts';

/** What a replica template is made of. */
export interface ReplicaPart {
  readonly environment: Environment;
  readonly own: readonly Resource[];
  readonly foreign: ForeignValues;
}

/** Plans the template of one replica environment, fed by the outputs of the main one. */
export function planReplica(stack: Stack, part: ReplicaPart, main: MainPlan, resources: ResourceMap): TemplatePlan {
  const { environment, own, foreign } = part;
  const parameterNames = distinctNames(
    new Map([...foreign].map(([key, value]) => [key, nameOfForeign(value, resources)])),
    new Set(own.map(logicalIdOf)),
  );
  const name = templateName(stack, environment);
  const { stackName } = main.plan;
  return {
    name,
    stackName: cloudFormationStackName(stack.app, name),
    description: `Replicas of the KMS keys of ${stack.app}, stack ${stack.name}, in ${environment.region}`,
    environment,
    resources: own,
    parameters: [...parameterNames].map(([key, parameterName]) => {
      const output = nameIn(main.outputOf, key);
      return {
        kind: 'output',
        name: parameterName,
        description: `Output ${output} of stack ${stackName}`,
        stackName,
        output,
      };
    }),
    outputs: [],
    scope: scopeOf(stack, own, parameterNames, resources),
  };
}

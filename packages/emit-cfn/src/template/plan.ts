import type { Expression } from '@keywright/core/ir/expression';
import type { Provenance } from '@keywright/core/ir/policy';
import type { Environment, Resource, Stack } from '@keywright/core/ir/program';
import { environmentOf } from '../names.ts';
import { foreignValues, isExported } from './foreign.ts';
import type { Scope } from './lower.ts';
import { planMain } from './plan-main.ts';
import { planReplica } from './plan-replica.ts';

export interface TemplatePlan {
  /** Of the file, without its ending. */
  readonly name: string;
  /** Of the CloudFormation stack made from it. */
  readonly stackName: string;
  readonly description: string;
  readonly environment: Environment;
  readonly resources: readonly Resource[];
  readonly parameters: readonly PlannedParameter[];
  readonly outputs: readonly PlannedOutput[];
  readonly scope: Scope;
}

export type PlannedParameter =
  /** CloudFormation reads it from an SSM parameter. */
  | { readonly kind: 'ssm'; readonly name: string; readonly description: string; readonly parameterName: string }
  /** Whoever deploys gives it an output of the template of the stack's own region. */
  | {
      readonly kind: 'output';
      readonly name: string;
      readonly description: string;
      readonly stackName: string;
      readonly output: string;
    }
  /** Whoever deploys gives it what another stack exports, for its own region only. */
  | {
      readonly kind: 'export';
      readonly name: string;
      readonly description: string;
      readonly exportName: string;
    };

export interface PlannedOutput {
  readonly name: string;
  readonly description: string;
  readonly value: Expression;
  readonly exportName?: string;
  /** What in the YAML asks for it; absent for one that feeds a replica template. */
  readonly source?: Provenance;
}

/**
 * Decides what templates a stack becomes and what passes between them. In: a stack. Out: the template of its own region,
 * then one for each replica environment. What a replica template needs from elsewhere (the primary key's ARN, a role that
 * its key policy names, a value of another stack, as exports end at the region) is a parameter of it, and an output of the
 * first template or of the other stack feeds it.
 */
export function planTemplates(stack: Stack): readonly TemplatePlan[] {
  const within = (environment: Environment | undefined) =>
    stack.resources.filter(
      (resource) =>
        // Core has refused grants for this target (KW4002).
        resource.kind !== 'kmsGrant' && environmentOf(resource, stack) === environment,
    );
  const ownRegion = within(undefined);
  const ids = new Set(ownRegion.map(({ id }) => id));
  const replicas = stack.replicaEnvironments.map((environment) => {
    const own = within(environment);
    return { environment, own, foreign: foreignValues(own, ids, stack) };
  });
  const needed = new Map(
    replicas.flatMap(({ foreign }) => [...foreign].filter(([, value]) => !isExported(value, stack))),
  );
  const main = planMain(stack, ownRegion, needed);
  return [main.plan, ...replicas.map((replica) => planReplica(stack, replica, main))];
}

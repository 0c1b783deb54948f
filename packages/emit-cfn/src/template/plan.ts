import type { StackProgram } from '@keywright/core/emit/stack-programs';
import type { Environment, Stack } from '@keywright/core/ir/program';
import { environmentOf } from '../names.ts';
import { foreignValues, isExported } from './foreign.ts';
import { planMain } from './plan-main.ts';
import { planReplica } from './plan-replica.ts';
import type { TemplatePlan } from './template-plan.ts';

/**
 * Decides what templates a stack becomes and what passes between them. In: a stack, and the program that it is a deployment of. Out: the template of its own region,
 * then one for each replica environment. What a replica template needs from elsewhere (the primary key's ARN, a role that
 * its key policy names, a value of another stack, as exports end at the region) is a parameter of it, and an output of the
 * first template or of the other stack feeds it.
 */
export function planTemplates(
  stack: Stack,
  program: StackProgram = { name: stack.name, deployments: [stack] },
): readonly TemplatePlan[] {
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
  const main = planMain(stack, program, ownRegion, needed);
  return [main.plan, ...replicas.map((replica) => planReplica(stack, program, replica, main))];
}

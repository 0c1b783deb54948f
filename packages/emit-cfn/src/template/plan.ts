import type { StackProgram } from '@keywright/core/emit/stack-programs';
import type { Environment, Stack } from '@keywright/core/ir/program';
import { environmentOf, replicaPlaces } from '../names.ts';
import { foreignValues, isExported } from './foreign.ts';
import { planMain } from './plan-main.ts';
import { planReplica } from './plan-replica.ts';
import type { TemplatePlan } from './template-plan.ts';

/**
 * Decides which templates a stack becomes, and which values they pass to each other. Returns the template of the stack's own region, then
 * one for each replica environment. A replica template gets values of other templates as parameters: the ARN of the primary key, a role
 * that its key policy names, or a value of another stack. It cannot import these values, because exports are only known in their own
 * region. The parameters come from outputs of the main template, which is that of the stack's own region, or of the other stack.
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
  const replicas = replicaPlaces(stack).map((environment) => {
    const resources = within(environment);
    return { environment, resources, foreign: foreignValues(resources, ids, stack) };
  });
  const needed = new Map(
    replicas.flatMap(({ foreign }) => [...foreign].filter(([, value]) => !isExported(value, stack))),
  );
  const main = planMain(stack, program, ownRegion, needed);
  return [main.plan, ...replicas.map((replica) => planReplica(stack, program, replica, main))];
}

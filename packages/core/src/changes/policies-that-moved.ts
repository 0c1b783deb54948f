import { groupBy } from '../collections/group-by.ts';
import { accessInterrupted } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Target } from '../emit/emitter.ts';
import { targetsOf } from '../emit/targets-of.ts';
import type { Environment, Stack } from '../ir/program.ts';
import { describePolicy } from './access-is-kept.ts';
import type { Context } from './comparison.ts';
import { inIam } from './find-resource.ts';
import { type KnownStack, policyInIam } from './inventory.ts';

/**
 * Returns a function that reports the inline policies that a stack has taken over from another stack of the last build (KW5176). IAM knows
 * a policy by its principal and its own name, so the former stack would delete the policy that the new stack has just created. `renamed`:
 * the stack of the last build that has the stack's name now.
 */
export function createPoliciesThatMoved(
  context: Context,
): (stack: Stack, renamed: KnownStack | undefined) => readonly Diagnostic[] {
  const { previous, targets, scope, stacks } = context;
  const before = groupBy(
    previous.stacks.flatMap((known) => policiesOf(known).map((policy) => ({ known, policy }))),
    ({ policy }) => policy,
  );

  const deletes = (target: Target<unknown>, known: KnownStack, isRenamed: boolean) => {
    if (!scope.targets.has(target.name)) return false;
    // Nobody deploys a stack that is gone. With CloudFormation and Pulumi, somebody deletes it; Terraform's state is left over.
    return stacks.has(known.name) || (target.removesAsDeployed && !(isRenamed && target.renamesStacks));
  };
  const stillHas = ({ name }: KnownStack, policy: string) =>
    stacks.get(name)?.resources.some((one) => one.kind === 'identityPolicy' && policyInIam(one) === policy) === true;

  return (stack, renamed) => {
    const problems = stack.resources.flatMap((one): readonly Diagnostic[] => {
      if (one.kind !== 'identityPolicy' || one.attachTo.name.kind === 'reference') return [];
      const policy = policyInIam(one);
      const all = before.get(inAccount(policy, stack.environment)) ?? [];
      if (all.some(({ known }) => known.name === stack.name)) return [];
      return all.flatMap(({ known }) => {
        // In accounts that only the deployments know, both stacks can have a policy of this name.
        if (stillHas(known, policy)) return [];
        const its = targetsOf(known, targets).filter((target) => deletes(target, known, known === renamed));
        if (its.length === 0) return [];
        const { what } = describePolicy(policy);
        const titles = its.map(({ title }) => title);
        return [report(accessInterrupted, one.source.span, { what, titles, from: known.name, to: stack.name })];
      });
    });
    return inStack(stack, problems);
  };
}

function policiesOf({ resources, environment }: KnownStack): readonly string[] {
  return resources.flatMap((one) =>
    one.kind === 'identityPolicy' && one.policy !== undefined ? [inAccount(one.policy, environment)] : [],
  );
}

/** The account of an environment, and the name that a policy on an existing principal has in this account. */
function inAccount(policy: string, environment: Environment): string {
  const [, there] = inIam(policy, environment);
  return `${environment.account} ${there}`;
}

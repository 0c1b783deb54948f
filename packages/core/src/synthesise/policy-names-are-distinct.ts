import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { policyNameTwice } from '../diagnostics/policy.ts';
import { expressionKey } from '../ir/expression.ts';
import type { IdentityPolicy, Stack } from '../ir/program.ts';

/**
 * Inline policies of several stacks on one role, user or group that have one name (KW3071): the second would replace the first. Names
 * of Keywright's own are distinct, so one of the two is the user's.
 */
export function policyNamesAreDistinct(stacks: readonly Stack[]): readonly Diagnostic[] {
  const owners = new Map<string, IdentityPolicy>();
  return stacks.flatMap(({ name, environment, resources }) =>
    resources.flatMap((resource): readonly Diagnostic[] => {
      if (resource.kind !== 'identityPolicy') return [];
      const { policyName, attachTo } = resource;
      // A principal that a stack creates has policies of that stack alone.
      const home = attachTo.name.kind === 'reference' ? `stack ${name}` : (environment.account ?? '');
      const identity = JSON.stringify([home, attachTo.kind, expressionKey(attachTo.name), expressionKey(policyName)]);
      const owner = owners.get(identity);
      if (owner === undefined || policyName.kind !== 'literal') {
        owners.set(identity, resource);
        return [];
      }
      const related = [{ message: 'this grant is in a policy of that name too', span: owner.source.span }];
      const parameters = { policy: policyName.text, holder: `${attachTo.kind} \`${resource.name}\`` };
      return [report(policyNameTwice, resource.source.span, parameters, related)];
    }),
  );
}

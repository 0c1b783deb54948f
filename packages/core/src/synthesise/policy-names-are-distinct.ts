import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { policyNameInEveryRegion, policyNameTwice } from '../diagnostics/policy.ts';
import { expressionKey } from '../ir/expression.ts';
import type { IdentityPolicy, Stack } from '../ir/program.ts';

/**
 * Inline policies of several stacks on one role, user or group that have one name (KW3071): the second would replace the first. Names
 * of Keywright's own are distinct, so one of the two is the user's. So do the deployments of a stack that goes to several regions, as
 * the role is one in all of them (KW3074).
 */
export function policyNamesAreDistinct(stacks: readonly Stack[]): readonly Diagnostic[] {
  const owners = new Map<string, IdentityPolicy>();
  return stacks.flatMap(({ name, environment, resources }) =>
    resources.flatMap((resource): readonly Diagnostic[] => {
      if (resource.kind !== 'identityPolicy') return [];
      const { policyName, attachTo } = resource;
      // One that ends in the region of the deployment is Keywright's own.
      if (policyName.kind !== 'literal') return [];
      const holder = `${attachTo.kind} \`${resource.name}\``;
      const isOwn = attachTo.name.kind === 'reference';
      if (!isOwn && environment.region === undefined) {
        const parameters = { policy: policyName.text, holder, stack: name };
        return [report(policyNameInEveryRegion, resource.source.span, parameters)];
      }
      // A principal that a stack creates has policies of that stack alone.
      const home = isOwn ? `stack ${name}` : (environment.account ?? '');
      const identity = JSON.stringify([home, attachTo.kind, expressionKey(attachTo.name), policyName.text]);
      const owner = owners.get(identity);
      if (owner === undefined) {
        owners.set(identity, resource);
        return [];
      }
      const related = [{ message: 'this grant is in a policy of that name too', span: owner.source.span }];
      return [report(policyNameTwice, resource.source.span, { policy: policyName.text, holder }, related)];
    }),
  );
}

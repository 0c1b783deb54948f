import type { Comparison } from '../compare/comparison.ts';
import { has, permissionsIn } from '../compare/views.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md: a policy waits for the principals that it names. To avoid a cycle, it names the account root instead. */
export const granteesThatComeAfter: Departure = {
  name: 'a grantee is named by its account if naming it would make its stack and the key’s stack wait for each other',
  reason: 'the CDK does not wait for the principals that a policy names, so it names the grantee before it exists',
  matches(difference) {
    const { comparison } = difference;
    if (difference.kind === 'property') {
      // The name that the CDK gives the principal.
      if (difference.ours !== undefined || !['RoleName', 'UserName'].includes(difference.property)) return false;
      const named = comparison.principals.find(({ label }) => label === difference.of);
      return comparison.keys.some(
        (view) =>
          named !== undefined &&
          comesAfter(named.stack, view.stack, comparison) &&
          [...permissionsIn(comparison.cdk, view.label).values()].some(
            ({ principal }) => principal === named.principal,
          ),
      );
    }
    if (difference.kind !== 'permission' || difference.owner.kind !== 'key') return false;
    const { owner, permission, side } = difference;
    const view = comparison.keys.find(({ label }) => label === owner.label);
    if (view === undefined) return false;
    return comparison.principals.some(({ stack, place, principal }) => {
      if (!comesAfter(stack, view.stack, comparison)) return false;
      const root = `AWS arn:${place.partition}:iam::${place.account}:root`;
      return side === 'ours'
        ? permission.principal === root && has(comparison.cdk, owner.label, { ...permission, principal })
        : permission.principal === principal && has(comparison.ours, owner.label, { ...permission, principal: root });
    });
  },
};

function comesAfter(stack: string, other: string, { order }: Comparison): boolean {
  const seen = new Set<string>();
  const pending = [...(order.get(stack) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === other) return true;
    if (!seen.has(next)) pending.push(...(order.get(next) ?? []));
    seen.add(next);
  }
  return false;
}

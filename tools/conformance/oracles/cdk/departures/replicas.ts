import type { Comparison } from '../compare/comparison.ts';
import type { Deployed } from '../compare/deployed.ts';
import type { Difference } from '../compare/difference.ts';
import {
  delegates,
  has,
  identityPoliciesOf,
  type KeyView,
  permissionsIn,
  withoutTest,
  withTest,
} from '../compare/views.ts';
import type { Departure } from './departure.ts';

/**
 * docs/semantics.md, "Grants: where a statement lands", row "owned, a replica": a replica has the id of its primary, so the ARN of the
 * replica is known wherever that id is known.
 */
export const replicaArnIsKnown: Departure = {
  name: 'an identity policy names a replica by its ARN',
  reason: 'in the CDK app, the key that represents the replica is in another stack and region, so the CDK uses `*`',
  matches(difference) {
    const { comparison } = difference;
    if (difference.kind === 'presence') {
      return comparison.keys.some((view) => view.key.primary !== undefined && isSharing(difference, view));
    }
    if (difference.kind !== 'permission' || difference.owner.kind !== 'identity') return false;
    const { owner, permission, side } = difference;
    return comparison.keys.some((view) => {
      if (view.key.primary === undefined || !isBesidePrimary(owner.stack, view, comparison)) return false;
      return side === 'ours'
        ? permission.resource === view.arn && has(comparison.cdk, owner.label, { ...permission, resource: '*' })
        : permission.resource === '*' && has(comparison.ours, owner.label, { ...permission, resource: view.arn });
    });
  },
};

/** Whether a stack is in the same place as the stack that creates a replica. */
function isBesidePrimary(stack: string, replica: KeyView, { places }: Comparison): boolean {
  return JSON.stringify(places.get(stack)) === JSON.stringify(places.get(replica.stack));
}

/**
 * Whether the CDK reads the ARN of a replica in the stack that creates the replica, or Keywright shares the id of the replica with a stack
 * in the same place.
 */
function isSharing({ comparison, of, side }: Extract<Difference, { kind: 'presence' }>, replica: KeyView): boolean {
  const { arn, stack } = replica;
  if (side === 'cdk') return of === `${stack} reads ${arn} of ${stack}`;
  const id = arn.slice(arn.indexOf(':key/') + ':key/'.length);
  const { cdk, compared, ours } = comparison;
  const names = (deployed: Deployed, label: string, resource: string) =>
    [...permissionsIn(deployed, label).values()].some((permission) => permission.resource === resource);
  return [...cdk.policies.values()].some(
    ({ owner }) =>
      owner.kind === 'identity' &&
      owner.stack !== stack &&
      isBesidePrimary(owner.stack, replica, comparison) &&
      // Keywright generates no template for a stack of another tool, so only the CDK's side is checked for such a stack.
      (compared.has(owner.stack) ? names(ours, owner.label, arn) : names(cdk, owner.label, '*')) &&
      [
        `${stack} exports ${id}`,
        `${owner.stack} reads ${id} of ${stack}`,
        `${owner.stack} depends on ${stack}`,
      ].includes(of),
  );
}

/**
 * The row for another region also applies to a replica, because principals of the primary's stack are in another region than the replica.
 */
export const replicaTrustsItsAccount: Departure = {
  name: 'the policy of a replica does not name a grantee of its stack whose account it trusts',
  reason: 'the CDK names it, as for another region',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.owner.kind !== 'key' || difference.side !== 'cdk') return false;
    const { comparison, owner, permission } = difference;
    const view = comparison.keys.find(({ label }) => label === owner.label);
    if (view?.key.primary === undefined || !delegates(comparison.cdk, view, permission.action)) return false;
    const onGrantee = { ...permission, sid: '', principal: '', resource: view.arn };
    return identityPoliciesOf(comparison.ours, permission.principal).some(
      (label) => label.endsWith(` in ${view.stack}`) && has(comparison.ours, label, onGrantee),
    );
  },
};

/** docs/semantics.md, "Sharing between stacks": a replica shares nothing. */
export const replicaOfAnotherStack: Departure = {
  name: 'another stack names a replica by account, region and alias',
  reason: 'in the CDK app, the key that represents the replica is like any other key, and its ARN is shared',
  matches(difference) {
    const { comparison } = difference;
    const replicas = comparison.keys.filter(({ key }) => key.primary !== undefined);
    if (difference.kind === 'presence') {
      const { of, side } = difference;
      const [, reader = ''] = /^(\S+) (?:reads|depends|exports) /.exec(of) ?? [];
      return (
        side === 'cdk' &&
        replicas.some(
          ({ arn, stack }) =>
            of === `${stack} exports ${arn}` ||
            of === `${reader} reads ${arn} of ${stack}` ||
            (of === `${reader} depends on ${stack}` && comparison.cdk.facts.has(`${reader} reads ${arn} of ${stack}`)),
        )
      );
    }
    if (difference.kind !== 'permission' || difference.owner.kind !== 'identity') return false;
    const { owner, permission, side } = difference;
    return replicas.some((view) => {
      if (view.stack === owner.stack) return false;
      if (side === 'cdk') {
        const named = {
          ...permission,
          resource: view.wildcard,
          condition: withTest(permission.condition, view.aliasTest),
        };
        return permission.resource === view.arn && has(comparison.ours, owner.label, named);
      }
      const condition = withoutTest(permission.condition, view.aliasTest);
      if (condition === undefined || permission.resource !== view.wildcard) return false;
      return has(comparison.cdk, owner.label, { ...permission, resource: view.arn, condition });
    });
  },
};

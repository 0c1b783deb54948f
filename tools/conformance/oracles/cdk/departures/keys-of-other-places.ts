import type { Deployed } from '../compare/deployed.ts';
import type { Difference } from '../compare/difference.ts';
import {
  delegates,
  has,
  identityPoliciesOf,
  includes,
  type KeyView,
  permissionsIn,
  withoutTest,
  withTest,
} from '../compare/views.ts';
import type { Place } from '../source/places.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md, "Grants: where a statement lands", row "another account, created by this app". */
export const keysOfOtherAccounts: Departure = {
  name: 'an identity policy names the keys of another account by account, region and alias',
  reason: 'the CDK names all keys (`*`), or reads the ARN from a stack of the other account',
  matches: (difference) => isAboutKeyElsewhere(difference, isInOtherAccount),
};

/** docs/semantics.md, "Grants: where a statement lands", row "another region, same account". */
export const keysOfOtherRegions: Departure = {
  name: 'an identity policy names the keys of another region in the same way as keys of another account',
  reason: 'the CDK names all keys (`*`), or reads the ARN from a stack of the other region',
  matches: (difference) => isAboutKeyElsewhere(difference, isInOtherRegion),
};

/** Source: the row for another region. The key policy stays unchanged if the key trusts the account. */
export const keyPolicyOfOtherRegions: Departure = {
  name: 'a key policy does not name a grantee of another region whose account the key trusts',
  reason: 'the CDK names it, and sets its name for that purpose, although its identity policy is enough',
  matches(difference) {
    const { comparison } = difference;
    if (difference.kind === 'permission') {
      const { owner, side, permission } = difference;
      const view = comparison.keys.find(({ label }) => label === owner.label);
      if (owner.kind !== 'key' || side !== 'cdk' || view === undefined) return false;
      const onGrantee = { ...permission, sid: '', principal: '', resource: '*' };
      return (
        delegates(comparison.cdk, view, permission.action) &&
        identityPoliciesOf(comparison.cdk, permission.principal).some((label) => {
          const stack = comparison.cdk.policies.get(label)?.owner.stack ?? '';
          if (view.key.primary !== undefined && view.stack === stack) return false; // see `replicaTrustsItsAccount`
          const place = comparison.places.get(stack);
          return place !== undefined && isInOtherRegion(view, place) && has(comparison.cdk, label, onGrantee);
        })
      );
    }
    // The name that the CDK gives the principal.
    if (difference.kind !== 'property' || difference.ours !== undefined) return false;
    if (!['RoleName', 'UserName'].includes(difference.property)) return false;
    const named = comparison.principals.find(({ label }) => label === difference.of);
    return comparison.keys.some(
      (view) =>
        named !== undefined &&
        isInOtherRegion(view, named.place) &&
        [...permissionsIn(comparison.cdk, view.label).values()].some(({ principal }) => principal === named.principal),
    );
  },
};

/** Source: the row for another region. Otherwise, a key policy statement names the grantee. */
export const keyPolicyAlone: Departure = {
  name: 'a grantee of another region is named only in the key policy if no identity policy could name only that key',
  reason: 'the CDK also names all keys (`*`) in an identity policy',
  matches(difference) {
    if (difference.kind !== 'permission') return false;
    const { comparison, owner, permission, side } = difference;
    if (owner.kind === 'key' && side === 'ours') return isOnGranteeElsewhere(difference);
    const place = comparison.places.get(owner.stack);
    if (owner.kind !== 'identity' || side !== 'cdk' || place === undefined) return false;
    const { cdk, compared, keys, ours } = comparison;
    return keys.some((view) => {
      if (!isInOtherRegion(view, place) || !['*', view.arn].includes(permission.resource)) return false;
      // If another tool creates the key, only the CDK's side has its policy.
      const isOurs = compared.has(view.stack);
      const deployed = isOurs ? ours : cdk;
      return [...permissionsIn(deployed, view.label).values()].some(
        ({ principal }) =>
          identityPoliciesOf(cdk, principal).includes(owner.label) &&
          has(deployed, view.label, { ...permission, principal, resource: '*' }) &&
          (isOurs || view.aliasTest === '' || movesAliases(cdk, principal)),
      );
    });
  },
};

/**
 * Whether a principal may point an alias to another key. Then no policy of the principal may name a key of the principal's account by
 * alias.
 */
function movesAliases(deployed: Deployed, principal: string): boolean {
  const own = identityPoliciesOf(deployed, principal);
  return [...deployed.policies.values()].some(({ owner: { kind, label } }) =>
    [...permissionsIn(deployed, label).values()].some(
      ({ action, effect, principal: named }) =>
        effect === 'Allow' &&
        (kind === 'key' ? named === principal : own.includes(label)) &&
        ['kms:CreateAlias', 'kms:UpdateAlias'].some((moving) => includes(action, moving)),
    ),
  );
}

/** Whether the CDK allows the same in the policy of an existing role or user, in a stack of another region. */
function isOnGranteeElsewhere({ comparison, owner, permission }: Extract<Difference, { kind: 'permission' }>): boolean {
  const { cdk, keys, places } = comparison;
  const view = keys.find(({ label }) => label === owner.label);
  return (
    view !== undefined &&
    identityPoliciesOf(cdk, permission.principal).some((label) => {
      const place = places.get(cdk.policies.get(label)?.owner.stack ?? '');
      const onGrantee = { ...permission, principal: '', resource: view.arn };
      return place !== undefined && isInOtherRegion(view, place) && has(cdk, label, onGrantee);
    })
  );
}

function isInOtherAccount(view: KeyView, place: Place): boolean {
  return view.place.account !== place.account;
}

function isInOtherRegion(view: KeyView, place: Place): boolean {
  return view.place.account === place.account && view.place.region !== place.region;
}

/** Whether the two sides differ only in how an identity policy names a key that is elsewhere. */
function isAboutKeyElsewhere(difference: Difference, isElsewhere: (view: KeyView, place: Place) => boolean): boolean {
  const { comparison } = difference;
  if (difference.kind === 'presence')
    return isReading(difference, isElsewhere) || isForAnotherTool(difference, isElsewhere);
  if (difference.kind !== 'permission' || difference.owner.kind !== 'identity') return false;
  const { owner, permission, side } = difference;
  const place = comparison.places.get(owner.stack);
  const views = comparison.keys.filter((view) => place !== undefined && isElsewhere(view, place));
  return views.some((view) => {
    if (side === 'ours') {
      if (permission.resource !== view.wildcard) return false;
      const condition = withoutTest(permission.condition, view.aliasTest);
      if (condition === undefined) return false;
      return ['*', view.arn].some((resource) =>
        has(comparison.cdk, owner.label, { ...permission, resource, condition }),
      );
    }
    if (!['*', view.arn].includes(permission.resource)) return false;
    const condition = withTest(permission.condition, view.aliasTest);
    return has(comparison.ours, owner.label, { ...permission, resource: view.wildcard, condition });
  });
}

/** Whether the CDK's stack reads the ARN of a key in another place, or depends on the key's stack only for that purpose. */
function isReading(
  { comparison, of, side }: Extract<Difference, { kind: 'presence' }>,
  isElsewhere: (view: KeyView, place: Place) => boolean,
): boolean {
  if (side !== 'cdk') return false;
  const [, reader = '', owner] = /^(\S+) (?:reads .*|depends) (?:of|on) (\S+)$/.exec(of) ?? [];
  const place = comparison.places.get(reader);
  return comparison.keys.some((view) => {
    const reads = `${reader} reads ${view.arn} of ${view.stack}`;
    return (
      view.stack === owner &&
      place !== undefined &&
      isElsewhere(view, place) &&
      comparison.cdk.facts.has(reads) &&
      (of === reads || of === `${reader} depends on ${owner}`)
    );
  });
}

/**
 * Whether the ARN of a key is exported for a stack of another tool, which can read it from another region. Every deployment of the key's
 * stack then exports it.
 */
function isForAnotherTool(
  { comparison, of, side }: Extract<Difference, { kind: 'presence' }>,
  isElsewhere: (view: KeyView, place: Place) => boolean,
): boolean {
  const { cdk, compared, keys, places } = comparison;
  if (side !== 'ours') return false;
  const exported = keys.find((view) => of === `${view.stack} exports ${view.arn}`);
  if (exported === undefined) return false;
  return keys.some(
    (view) =>
      definitionOf(view) === definitionOf(exported) &&
      [...cdk.policies.values()].some(({ owner }) => {
        const place = places.get(owner.stack);
        if (owner.kind !== 'identity' || compared.has(owner.stack) || place === undefined) return false;
        return (
          isElsewhere(view, place) &&
          [...permissionsIn(cdk, owner.label).values()].some(({ resource }) => resource === '*')
        );
      }),
  );
}

/**
 * Returns the name of the definition that the stack of a key is a deployment of. Assumes that the name of the environment has no hyphens.
 */
function definitionOf({ stack }: KeyView): string {
  return stack.replace(/-[^-]*$/, '');
}

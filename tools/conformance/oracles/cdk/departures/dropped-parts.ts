import type { Comparison } from '../compare/comparison.ts';
import type { Permission } from '../compare/policy.ts';
import { has, identityPoliciesOf, permissionsIn } from '../compare/views.ts';
import { isForAnyAccount, isInKeyPolicy } from '../translate/limit-unplaced-stacks.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md, "Grants: where a statement lands", row "same account, not writable". */
export const immutableRoles: Departure = {
  name: 'a grant to a role that is `mutable: false` lands in the key policy',
  reason: 'the CDK assumes that the grant exists and writes nothing, unless `addGrantsToResources` is set as well',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.owner.kind !== 'key' || difference.side !== 'ours') return false;
    const { comparison, owner, permission } = difference;
    return has(comparison.kept, owner.label, permission) && isImmutable(permission.principal, comparison);
  },
  owed: (comparison) => missing(comparison, 'key', ({ principal }) => isImmutable(principal, comparison)),
};

/** docs/semantics.md, "Grants: where a statement lands": `via` and `when` narrow a grant without changing where it goes. */
export const viaOnTheGrantee: Departure = {
  name: '`via` does not change where a grant lands',
  reason: 'no policy can be attached to the CDK’s `ViaServicePrincipal`, so it goes into the key policy',
  matches(difference) {
    if (difference.kind !== 'permission' || !isVia(difference.permission)) return false;
    const { comparison, owner, permission, side } = difference;
    const { cdk, keys, kept, ours } = comparison;
    if (owner.kind === 'identity') {
      if (side !== 'ours' || !has(kept, owner.label, permission)) return false;
      const view = keys.find(({ arn }) => arn === permission.resource);
      return (
        view !== undefined &&
        [...permissionsIn(cdk, view.label).values()].some(
          (named) =>
            identityPoliciesOf(kept, named.principal).includes(owner.label) &&
            has(cdk, view.label, { ...permission, resource: '*', principal: named.principal }),
        )
      );
    }
    if (owner.kind !== 'key' || side !== 'cdk' || has(kept, owner.label, permission)) return false;
    const view = keys.find(({ label }) => label === owner.label);
    if (view === undefined) return false;
    const onGrantee = { ...permission, sid: '', principal: '', resource: view.arn };
    return identityPoliciesOf(ours, permission.principal).some(
      (label) => has(ours, label, onGrantee) && has(kept, label, onGrantee),
    );
  },
  owed: (comparison) => missing(comparison, 'identity', isVia),
};

/** As for `via`, the conditions of a grant do not change where it goes. */
export const conditionsOnTheGrantee: Departure = {
  name: 'the conditions of a grant hold in identity policies',
  reason: 'the CDK drops the conditions of a principal when it attaches a policy to it',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.owner.kind !== 'identity') return false;
    const { comparison, owner, permission, side } = difference;
    const { cdk, kept, ours } = comparison;
    if (side === 'ours') {
      return (
        has(kept, owner.label, permission) &&
        [...permissionsIn(cdk, owner.label).values()].some((wide) => isNarrower(permission, wide))
      );
    }
    return (
      !has(kept, owner.label, permission) &&
      [...permissionsIn(kept, owner.label).values()].some(
        (narrow) => isNarrower(narrow, permission) && has(ours, owner.label, narrow),
      )
    );
  },
  owed: (comparison) => missing(comparison, 'identity', (permission) => !isVia(permission)),
};

/** Returns permissions that the CDK writes only when it is made to, and that Keywright lacks. */
export function missing(
  comparison: Comparison,
  kind: 'key' | 'identity',
  isMeant: (permission: Permission) => boolean,
): readonly string[] {
  const { cdk, compared, kept, ours, translation } = comparison;
  // If a stack can be in any account, this permission is in the key policy.
  const isElsewhere = (label: string, permission: Permission) =>
    translation.existingNames.some(({ arn, policy, stack }) => {
      const model = [...translation.environments.keys()].find(({ name }) => name === stack);
      const isTheirs = policy === label && model !== undefined && isForAnyAccount(model, arn);
      return isTheirs && isInKeyPolicy(permission, `AWS ${arn}`, comparison);
    });
  return [...kept.policies.values()].flatMap(({ owner }) => {
    const { label } = owner;
    if (owner.kind !== kind || !compared.has(owner.stack)) return [];
    return [...permissionsIn(kept, label).values()]
      .filter((permission) => !has(cdk, label, permission) && !has(ours, label, permission) && isMeant(permission))
      .filter((permission) => !isElsewhere(label, permission))
      .map((permission) => `${label}: ${JSON.stringify(permission)} is missing`);
  });
}

function isImmutable(principal: string, { translation }: Comparison): boolean {
  return translation.existingNames.some(({ arn, mutable }) => !mutable && principal === `AWS ${arn}`);
}

function isVia({ condition }: Permission): boolean {
  return condition.includes('"kms:ViaService"');
}

/** Whether the first permission is the second one with additional conditions. */
function isNarrower(narrow: Permission, wide: Permission): boolean {
  const tests = narrow.condition.split(' and ');
  return (
    narrow.condition !== wide.condition &&
    JSON.stringify({ ...narrow, condition: '' }) === JSON.stringify({ ...wide, condition: '' }) &&
    (wide.condition === '' || wide.condition.split(' and ').every((test) => tests.includes(test)))
  );
}

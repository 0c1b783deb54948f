import { rotatesOnDemand } from '@keywright/core/kms/capabilities';
import type { Comparison } from '../compare/comparison.ts';
import type { Deployed } from '../compare/deployed.ts';
import type { Permission, PolicyOwner } from '../compare/policy.ts';
import { has, hasTest, permissionsIn, type SpecialTraits } from '../compare/views.ts';
import { actionsOf } from '../translate/actions.ts';
import type { Departure } from './departure.ts';

/** Source: docs/semantics.md, "The key policy", row 4. */
export const administeringSpecialKeys: Departure = {
  name: 'administer on a multi-Region or EXTERNAL key, or one that rotates on demand',
  reason: 'the CDK gives administrators none of the actions that only some keys have',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.side !== 'ours') return false;
    const { owner, permission, comparison } = difference;
    // In all other respects, the principal has to administer the same keys under the same conditions.
    if (!isAdministrator(comparison.ours, owner.label, permission)) return false;
    return traitsNamedBy(owner, permission, comparison).some((traits) =>
      specialActions(traits).includes(permission.action),
    );
  },
  owed(comparison) {
    const { compared, ours } = comparison;
    return [...ours.policies.values()].flatMap(({ owner }) => {
      if (!compared.has(owner.stack)) return [];
      return [...permissionsIn(ours, owner.label).values()]
        .filter(({ action, principal }) => action === 'kms:ScheduleKeyDeletion' && !principal.endsWith(':root'))
        .filter((permission) => isAdministrator(ours, owner.label, permission))
        .flatMap((permission) =>
          traitsNamedBy(owner, permission, comparison)
            .flatMap(specialActions)
            .map((action) => ({ ...permission, action }))
            .filter((special) => !has(ours, owner.label, special))
            .map((special) => `${owner.label}: ${JSON.stringify(special)} is missing`),
        );
    });
  },
};

/** Whether a policy gives the principal of a permission everything that an administrator may do. */
function isAdministrator(deployed: Deployed, label: string, permission: Permission): boolean {
  return (
    permission.effect === 'Allow' &&
    actionsOf(['administer'], undefined).every((action) => has(deployed, label, { ...permission, action }))
  );
}

/** Returns the known traits of the keys that a permission covers. */
function traitsNamedBy(
  owner: PolicyOwner,
  { condition, resource }: Permission,
  { aliasImports, imports, keys }: Comparison,
): readonly SpecialTraits[] {
  if (owner.kind === 'trust') return [];
  if (owner.kind === 'key') return keys.flatMap(({ key, label }) => (label === owner.label ? [key.traits] : []));
  const made = keys.flatMap(({ aliasTest, arn, key, wildcard }) =>
    resource === arn || (resource === wildcard && hasTest(condition, aliasTest)) ? [key.traits] : [],
  );
  const byAlias = aliasImports.flatMap(({ aliasTest, wildcard, traits }) =>
    resource === wildcard && hasTest(condition, aliasTest) ? [traits] : [],
  );
  return [...made, ...byAlias, ...imports.flatMap(({ arn, traits }) => (arn === resource ? [traits] : []))];
}

function specialActions(traits: SpecialTraits): readonly string[] {
  return [
    ...(rotatesOnDemand(traits) ? ['kms:RotateKeyOnDemand'] : []),
    ...(traits.multiRegion ? ['kms:ReplicateKey', 'kms:UpdatePrimaryRegion'] : []),
    ...(traits.origin === 'EXTERNAL' ? ['kms:ImportKeyMaterial'] : []),
  ];
}

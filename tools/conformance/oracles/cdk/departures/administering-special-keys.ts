import { rotatesOnDemand } from '@keywright/core/kms/capabilities';
import { has, type KeyView, permissionsIn } from '../compare/views.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md, "The key policy", row 4. */
export const administeringSpecialKeys: Departure = {
  name: 'administer on a multi-Region or EXTERNAL key, or one that rotates on demand',
  reason: 'the CDK gives administrators none of the actions that exist for some keys alone',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.side !== 'ours') return false;
    const { owner, permission, comparison } = difference;
    // Somebody who administers the same keys with the same conditions otherwise.
    if (!has(comparison.ours, owner.label, { ...permission, action: 'kms:ScheduleKeyDeletion' })) return false;
    return comparison.keys.some((view) => {
      const isNamed =
        owner.kind === 'key'
          ? view.label === owner.label
          : owner.kind === 'identity' && [view.arn, view.wildcard].includes(permission.resource);
      return isNamed && specialActions(view).includes(permission.action);
    });
  },
  owed({ compared, keys, ours }) {
    return [...ours.policies.values()].flatMap(({ owner }) => {
      if (!compared.has(owner.stack)) return [];
      const permissions = [...permissionsIn(ours, owner.label).values()];
      const views = keys.filter(({ label }) => owner.kind === 'identity' || label === owner.label);
      return views.flatMap((view) =>
        // Of all that an administrator may do the others are compared.
        permissions
          .filter(({ action, principal }) => action === 'kms:ScheduleKeyDeletion' && !principal.endsWith(':root'))
          .filter(({ resource }) => resource === (owner.kind === 'key' ? '*' : view.arn))
          .flatMap((permission) => specialActions(view).map((action) => ({ ...permission, action })))
          .filter((permission) => !has(ours, owner.label, permission))
          .map((permission) => `${owner.label}: ${JSON.stringify(permission)} is missing`),
      );
    });
  },
};

function specialActions({ key: { traits } }: KeyView): readonly string[] {
  return [
    ...(rotatesOnDemand(traits) ? ['kms:RotateKeyOnDemand'] : []),
    ...(traits.multiRegion ? ['kms:ReplicateKey', 'kms:UpdatePrimaryRegion'] : []),
    ...(traits.origin === 'EXTERNAL' ? ['kms:ImportKeyMaterial'] : []),
  ];
}

import { has } from '../compare/views.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md, "Grants: where a statement lands", rows "imported by ARN or by lookup". */
export const importedKeysByArn: Departure = {
  name: 'an imported key is named by its ARN, wherever the grantee is',
  reason: 'the CDK names all keys (`*`) if the grantee is in another account or region than the import',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.owner.kind !== 'identity') return false;
    const { comparison, owner, permission, side } = difference;
    const placeOf = (stack: string) => JSON.stringify(comparison.places.get(stack));
    const elsewhere = comparison.imports.filter(({ stack }) => placeOf(stack) !== placeOf(owner.stack));
    return elsewhere.some(({ arn }) =>
      side === 'ours'
        ? permission.resource === arn && has(comparison.cdk, owner.label, { ...permission, resource: '*' })
        : permission.resource === '*' && has(comparison.ours, owner.label, { ...permission, resource: arn }),
    );
  },
};

import { allowsOn, has, identityPoliciesOf, permissionsIn } from '../compare/views.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md, "Grants: where a statement lands": roles that AWS reserves are not writable. */
export const rolesOfAws: Departure = {
  name: 'a grant to a service-linked role or one of IAM Identity Center lands in the key policy',
  reason: 'the CDK attaches a policy to it, which AWS refuses',
  matches(difference) {
    if (difference.kind !== 'permission') return false;
    const { comparison, owner, permission, side } = difference;
    const { cdk, ours, keys, imports, translation } = comparison;
    if (side === 'ours') {
      const view = keys.find(({ label }) => label === owner.label);
      return (
        view !== undefined &&
        isOfAws(permission.principal) &&
        identityPoliciesOf(cdk, permission.principal).some((label) => allowsOn(cdk, label, permission, view))
      );
    }
    if (owner.kind !== 'identity' || permissionsIn(ours, owner.label).size > 0) return false;
    const named = translation.existingNames.filter(({ arn, policy }) => policy === owner.label && isOfAws(arn));
    if (named.length > 0 && imports.some(({ arn }) => arn === permission.resource)) return true;
    return named.some(({ arn }) =>
      keys.some(
        (view) =>
          view.arn === permission.resource &&
          has(ours, view.label, { ...permission, principal: `AWS ${arn}`, resource: '*' }),
      ),
    );
  },
};

function isOfAws(principal: string): boolean {
  return /:role\/(?:aws-reserved\/|aws-service-role\/|AWSReservedSSO_|AWSServiceRoleFor)/.test(principal);
}

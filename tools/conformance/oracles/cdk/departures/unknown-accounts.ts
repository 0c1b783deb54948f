import { accountOf, delegates, has, identityPoliciesOf } from '../compare/views.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md, "Grants: where a statement lands", "writable": "or one of the two unknown". */
export const unknownAccounts: Departure = {
  name: 'an account that only the deployment knows is taken for the one of the grantee',
  reason: 'the CDK names the grantee in the key policy as well, as if it could be of another account',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.owner.kind !== 'key' || difference.side !== 'cdk') return false;
    const { comparison, owner, permission } = difference;
    const view = comparison.keys.find(({ label }) => label === owner.label);
    if (view === undefined || /^\d{12}$/.test(view.place.account)) return false;
    if (!/^\d{12}$/.test(accountOf(permission.principal) ?? '')) return false;
    const onGrantee = { ...permission, sid: '', principal: '', resource: view.arn };
    return (
      delegates(comparison.cdk, view, permission.action) &&
      identityPoliciesOf(comparison.ours, permission.principal).some(
        (label) => has(comparison.ours, label, onGrantee) && has(comparison.cdk, label, onGrantee),
      )
    );
  },
};

import { report } from '../diagnostics/diagnostic.ts';
import { requiredAdmin } from '../diagnostics/requirements.ts';
import { expressionKey } from '../ir/expression.ts';
import type { Grantee } from '../resolve/model.ts';
import { type RequirementRule, related, unmet } from './rule.ts';

/** A key's admins include the required admins, under whatever names. */
export const adminsAreRequired: RequirementRule = (required) => {
  const { admins, key } = required;
  const adminIds = new Set(key.admins.flatMap(({ grantees }) => grantees).map(granteeId));
  return admins
    .flatMap(({ grantees }) => grantees)
    .filter((grantee) => !adminIds.has(granteeId(grantee)))
    .map(({ label }) =>
      report(requiredAdmin, key.nameSpan, { ...unmet(required), admin: label }, related(required, 'admins')),
    );
};

/** An id that is equal for grantees that a policy would name in the same way. */
function granteeId(grantee: Grantee): string {
  switch (grantee.kind) {
    case 'created':
      return `${grantee.created.stack.name}/${grantee.created.id}`;
    case 'existing':
      return expressionKey(grantee.arn);
    case 'outside':
      return grantee.principal.kind === 'aws'
        ? expressionKey(grantee.principal.arn)
        : JSON.stringify([grantee.principal, grantee.conditions]);
  }
}

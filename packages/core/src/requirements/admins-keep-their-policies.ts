/** Only files that decide for the project may name an inline policy on a required admin. */
import { report } from '../diagnostics/diagnostic.ts';
import { replacedPolicyOfAdmin } from '../diagnostics/requirements.ts';
import type { IdentityPolicyDocument } from '../policy/identity-policies.ts';
import type { Span } from '../source/span.ts';
import { type Required, type RequirementRule, related, unmet } from './rule.ts';
import { adminsOf, isOnAdmin } from './same-in-iam.ts';

/** A policy with the name of an existing policy replaces that policy, and may take away what the admin was allowed. */
export const adminsKeepTheirPolicies: RequirementRule = (required) => {
  const { key, attached } = required;
  return adminsOf(required).flatMap((admin) =>
    attached
      .filter((policy) => isOnAdmin(policy, admin, key.place))
      .flatMap((policy) => {
        const named = namedByTeam(policy, required);
        if (named === undefined) return [];
        const parameters = { ...unmet(required), admin: admin.label, policy: named.name };
        return [report(replacedPolicyOfAdmin, named.span, parameters, related(required, 'admins'))];
      }),
  );
};

/** The name and span of a policy, if a file that does not decide for the project names it. */
function namedByTeam(
  { definition, holder, source }: IdentityPolicyDocument,
  { trustedFiles }: Required,
): { readonly name: string; readonly span: Span } | undefined {
  if (definition !== undefined) {
    const { policyName } = definition.value;
    const { nameSpan: span } = definition;
    return policyName === undefined || trustedFiles.has(span.file) ? undefined : { name: policyName, span };
  }
  if (holder.kind !== 'existing' || holder.policyName === undefined || holder.policyNameIn === undefined)
    return undefined;
  return trustedFiles.has(holder.policyNameIn) ? undefined : { name: holder.policyName, span: source.span };
}

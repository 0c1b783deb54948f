import { report } from '../diagnostics/diagnostic.ts';
import { groupInStatement } from '../diagnostics/policy.ts';
import type { Result } from '../diagnostics/result.ts';
import type { Expression } from '../ir/expression.ts';
import type { PolicyPrincipal } from '../ir/policy.ts';
import type { CreatedModel, Grantee } from '../resolve/model.ts';

/** A grantee as a policy names it; `arnOf` gives the ARN of a principal that a stack creates. A policy cannot name a group (KW3026). */
export function namedInPolicy(
  grantee: Grantee,
  arnOf: (created: CreatedModel) => Expression,
): Result<PolicyPrincipal | undefined> {
  if (grantee.kind === 'outside') return { value: grantee.principal, diagnostics: [] };
  if (grantee.kind === 'existing') return { value: { kind: 'aws', arn: grantee.arn }, diagnostics: [] };
  if (grantee.created.kind !== 'group') return { value: { kind: 'aws', arn: arnOf(grantee.created) }, diagnostics: [] };
  return { value: undefined, diagnostics: [report(groupInStatement, grantee.span, { group: grantee.label })] };
}

import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { everyoneInAccountNeedsVia } from '../diagnostics/policy.ts';
import type { Condition } from '../ir/policy.ts';
import type { Grantee } from './grantee.ts';

/** `everyoneInAccount` where no condition asks for a service (KW3072): IAM policies would no longer decide. */
export function callersComeThroughAService(grantee: Grantee, conditions: readonly Condition[]): readonly Diagnostic[] {
  if (grantee.kind !== 'outside' || grantee.category !== 'callers') return [];
  if (conditions.some(({ key }) => key.toLowerCase() === 'kms:viaservice')) return [];
  return [report(everyoneInAccountNeedsVia, grantee.span, {})];
}

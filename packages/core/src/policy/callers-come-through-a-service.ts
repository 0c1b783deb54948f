import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { everyoneInAccountNeedsVia, type PlaceOfPrincipal } from '../diagnostics/policy.ts';
import type { Expression } from '../ir/expression.ts';
import type { Condition } from '../ir/policy.ts';
import { namesService } from '../kms/via-service.ts';
import type { Grantee } from '../resolve/model.ts';

/**
 * The operators that require a service. Negated operators, `Null`, `ForAllValues:` and operators that end in `IfExists` also hold for
 * requests made directly, which have no `kms:ViaService`. Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
const asksForOne = /^(ForAnyValue:)?String(Equals|EqualsIgnoreCase|Like)$/i;

/**
 * Reports `everyoneInAccount` without a condition that requires a service (KW3072), since the account's IAM policies would then no longer
 * decide.
 */
export function callersComeThroughAService(
  grantee: Grantee,
  conditions: readonly Condition[],
  place: PlaceOfPrincipal,
): readonly Diagnostic[] {
  if (grantee.kind !== 'outside' || grantee.category !== 'callers') return [];
  const isThroughOne = ({ operator, key, values }: Condition) =>
    key.toLowerCase() === 'kms:viaservice' && asksForOne.test(operator) && values.every(namesOne);
  if (conditions.some(isThroughOne)) return [];
  return [report(everyoneInAccountNeedsVia, grantee.span, { place })];
}

/** Whether a value starts with the name of a service; a pattern for any service, such as `*`, limits nobody. */
function namesOne(value: Expression): boolean {
  const [start] = value.kind === 'concat' ? value.parts : [value];
  return start?.kind === 'literal' && namesService(start.text);
}

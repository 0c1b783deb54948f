import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PlaceOfPrincipal } from '../diagnostics/policy.ts';
import type { Condition } from '../ir/policy.ts';
import type { Grantee } from '../resolve/model.ts';
import { callersComeThroughAService } from './callers-come-through-a-service.ts';
import { everyoneIsNarrowed } from './everyone-is-narrowed.ts';

/** Reports everyone (KW3027, KW3070), and everyone in the account (KW3072), if no condition limits them. Admins have no conditions. */
export function granteeIsLimited(
  grantee: Grantee,
  conditions: readonly Condition[],
  place: PlaceOfPrincipal,
): readonly Diagnostic[] {
  const isAnyone = grantee.kind === 'outside' && grantee.category === 'anyone' && conditions.length === 0;
  return [
    ...(isAnyone ? [everyoneIsNarrowed(grantee.label, grantee.because, grantee.span)] : []),
    ...callersComeThroughAService(grantee, conditions, place),
  ];
}

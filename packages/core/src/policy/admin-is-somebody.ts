import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Grantee } from '../resolve/model.ts';
import { callersComeThroughAService } from './callers-come-through-a-service.ts';
import { everyoneIsNarrowed } from './everyone-is-narrowed.ts';

/** Reports everyone, and everyone in the account, as an admin, since admins have no conditions that could limit them. */
export function adminIsSomebody(grantee: Grantee): readonly Diagnostic[] {
  const isAnyone = grantee.kind === 'outside' && grantee.category === 'anyone';
  return [
    ...callersComeThroughAService(grantee, [], 'admins'),
    ...(isAnyone ? [everyoneIsNarrowed(grantee.label, grantee.because, grantee.span)] : []),
  ];
}

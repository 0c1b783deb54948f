import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { inStack } from '@keywright/core/diagnostics/in-stack';
import type { PicturePrincipal } from '../../picture.ts';

/** A finding about a role, with the stack that creates the role. */
export function aboutRole(created: PicturePrincipal['created'], finding: Diagnostic): readonly Diagnostic[] {
  return created === undefined ? [finding] : inStack({ name: created.stack }, [finding]);
}

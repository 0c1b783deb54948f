import { addressCannotMove, movesToNothing } from '../diagnostics/changes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fitsNoEnvironment } from '../diagnostics/environments.ts';
import { deniedAdmin, outsider, requiredAdmin } from '../diagnostics/requirements.ts';
import { unknownName } from '../diagnostics/resolve.ts';
import type { Project } from '../project/project.ts';

/**
 * Drops errors about unknown names (KW2003, KW2100, KW5157, KW8331) if a part of the project is invalid: that part may define these names,
 * and its own errors already fail the build. Also drops errors about admins and outsiders (KW3309, KW3310, KW3312): an unknown name may be
 * the name of a required admin, and the only organization may be among the principals left out.
 */
export function withoutUnknownNames(
  diagnostics: readonly Diagnostic[],
  { hasAllNames }: Pick<Project, 'hasAllNames'>,
): readonly Diagnostic[] {
  if (hasAllNames) return diagnostics;
  const definitions = [
    unknownName,
    fitsNoEnvironment,
    movesToNothing,
    addressCannotMove,
    requiredAdmin,
    outsider,
    deniedAdmin,
  ];
  const codes = definitions.map(({ code }) => code);
  return diagnostics.filter(({ code }) => !codes.includes(code));
}

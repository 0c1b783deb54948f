import { movesToNothing } from '../diagnostics/changes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fitsNoEnvironment } from '../diagnostics/environments.ts';
import { unknownName } from '../diagnostics/resolve.ts';
import type { Project } from '../project/project.ts';

/**
 * Drops errors about unknown names (KW2003, KW2100, KW5157) if a part of the project is invalid: that part may define these names, and its
 * own errors already fail the build.
 */
export function withoutUnknownNames(
  diagnostics: readonly Diagnostic[],
  { hasAllNames }: Pick<Project, 'hasAllNames'>,
): readonly Diagnostic[] {
  if (hasAllNames) return diagnostics;
  const codes = [unknownName, fitsNoEnvironment, movesToNothing].map(({ code }) => code);
  return diagnostics.filter(({ code }) => !codes.includes(code));
}

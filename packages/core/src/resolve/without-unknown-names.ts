import { addressCannotMove, movesToNothing } from '../diagnostics/changes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { noEnvironmentInRegion } from '../diagnostics/differences.ts';
import { fitsNoEnvironment, groupWithoutEnvironments } from '../diagnostics/environments.ts';
import { misspeltAction, unknownCapability, unknownService, unknownViaService } from '../diagnostics/policy.ts';
import { deniedAdmin, outsider, requiredAdmin } from '../diagnostics/requirements.ts';
import {
  cyclicDefinition,
  stackNotInEnvironment,
  unclosedPlaceholder,
  unknownName,
  unknownPlaceholder,
} from '../diagnostics/resolve.ts';
import type { Project } from '../project/project.ts';

// Functions, so that the bundled command loads the definitions only if there are diagnostics.

/** Errors about a name that the project does not define. */
const aboutNames = () => [unknownName, fitsNoEnvironment, movesToNothing, addressCannotMove];

/**
 * Errors that a missing definition can cause. An unknown name may be the name of a required admin, the only organization may be among the
 * principals left out, and another entry may need the environment or group.
 */
const dueToNames = () => [
  ...aboutNames(),
  requiredAdmin,
  outsider,
  deniedAdmin,
  groupWithoutEnvironments,
  noEnvironmentInRegion,
  stackNotInEnvironment,
];

/** Drops errors that an invalid part of the project may cause. That part may define the names, and its own errors already fail the build. */
export function withoutUnknownNames(
  diagnostics: readonly Diagnostic[],
  { hasAllNames }: Pick<Project, 'hasAllNames'>,
): readonly Diagnostic[] {
  return hasAllNames ? diagnostics : diagnostics.filter((one) => !isOf(one, dueToNames));
}

/** Whether some errors are about names that the project does not define. */
export function hasUnknownNames(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => isOf(one, aboutNames));
}

/** Problems with single words, which do not depend on the standards of a key. */
const aboutWords = () => [
  ...aboutNames(),
  cyclicDefinition,
  unknownPlaceholder,
  unclosedPlaceholder,
  unknownCapability,
  misspeltAction,
  unknownService,
  unknownViaService,
];

/**
 * Drops problems that may be consequences of an unknown standard or key set. `certain`: the diagnostics of the project without everything that
 * uses these standards and key sets. Problems in `certain` stay, as do problems with single words.
 */
export function withoutConsequences(
  diagnostics: readonly Diagnostic[],
  certain: readonly Diagnostic[],
): readonly Diagnostic[] {
  const identity = ({ code, span, message }: Diagnostic) => JSON.stringify([code, span, message]);
  const known = new Set(certain.map(identity));
  return diagnostics.filter((one) => isOf(one, aboutWords) || known.has(identity(one)));
}

function isOf({ code }: Diagnostic, definitions: () => readonly { readonly code: string }[]): boolean {
  return definitions().some((definition) => definition.code === code);
}

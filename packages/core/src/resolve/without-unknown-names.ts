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

/** Errors about a name that the project does not define. */
const aboutNames = [unknownName, fitsNoEnvironment, movesToNothing, addressCannotMove];

/**
 * Errors that a name which is left out can cause. A name that stands for nobody may be the name of a required admin, the only organization
 * may be among the principals left out, and an environment or a group may be what another entry counts on.
 */
const dueToNames = [
  ...aboutNames,
  requiredAdmin,
  outsider,
  deniedAdmin,
  groupWithoutEnvironments,
  noEnvironmentInRegion,
  stackNotInEnvironment,
];

/** Drops errors that may be due to a part of the project that is invalid: it may define these names, and its own errors fail the build. */
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

/** Problems with single words, which are the same whatever a key gets from its standards. */
const aboutWords = [
  ...aboutNames,
  cyclicDefinition,
  unknownPlaceholder,
  unclosedPlaceholder,
  unknownCapability,
  misspeltAction,
  unknownService,
  unknownViaService,
];

/**
 * Drops what may be a consequence of an unknown standard or key set: problems that `certain`, the diagnostics without everything that builds
 * on these, does not have.
 */
export function withoutConsequences(
  diagnostics: readonly Diagnostic[],
  certain: readonly Diagnostic[],
): readonly Diagnostic[] {
  const identity = ({ code, span, message }: Diagnostic) => JSON.stringify([code, span, message]);
  const known = new Set(certain.map(identity));
  return diagnostics.filter((one) => isOf(one, aboutWords) || known.has(identity(one)));
}

function isOf({ code }: Diagnostic, definitions: readonly { readonly code: string }[]): boolean {
  return definitions.some((definition) => definition.code === code);
}

import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { tooManyWarnings } from '../diagnostics/baseline.ts';

/** What is wrong with the number of warnings, if `--max-warnings` allows fewer. */
export function checkWarnings(diagnostics: readonly Diagnostic[], allowed: number | undefined): readonly Diagnostic[] {
  const found = diagnostics.filter(({ severity }) => severity === 'warning').length;
  return allowed === undefined || found <= allowed ? [] : [report(tooManyWarnings, undefined, { found, allowed })];
}

/** What `--quiet` prints: the errors. */
export function errorsOf<T extends Diagnostic>(diagnostics: readonly T[]): readonly T[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

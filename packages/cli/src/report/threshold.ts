import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { tooManyWarnings } from '../diagnostics/baseline.ts';

/** Reports the number of warnings if it exceeds `--max-warnings`. */
export function checkWarnings(diagnostics: readonly Diagnostic[], allowed: number | undefined): readonly Diagnostic[] {
  const count = diagnostics.filter(({ severity }) => severity === 'warning').length;
  return allowed === undefined || count <= allowed
    ? []
    : [report(tooManyWarnings, undefined, { found: count, allowed })];
}

export function errorsOf<T extends Diagnostic>(diagnostics: readonly T[]): readonly T[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

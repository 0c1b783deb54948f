import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { errorCannotBeSuppressed, suppressionMatchesNothing } from '../diagnostics/policy.ts';
import type { SuppressionDefinition } from '../language/key.ts';
import type { Located } from '../project/located.ts';

/**
 * The diagnostics about a key without the warnings and notes that it suppresses. An error cannot be suppressed, and a
 * suppression that matches nothing is reported, so that none outlives its reason.
 */
export function applySuppressions(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Located<SuppressionDefinition>[],
): readonly Diagnostic[] {
  const codes = new Set(suppressions.map((suppression) => suppression.value.rule));
  const kept = diagnostics.filter((diagnostic) => diagnostic.severity === 'error' || !codes.has(diagnostic.code));
  const unmatched = suppressions.flatMap((suppression): readonly Diagnostic[] => {
    const { rule } = suppression.value;
    const matching = diagnostics.filter((diagnostic) => diagnostic.code === rule);
    if (matching.some((diagnostic) => diagnostic.severity === 'error')) {
      return [report(errorCannotBeSuppressed, suppression.span, { rule })];
    }
    // A suppression of a standard is for all keys that build on it: it may match nothing in one of them.
    if (matching.length > 0 || suppression.through !== undefined) return [];
    return [report(suppressionMatchesNothing, suppression.span, { rule })];
  });
  return [...kept, ...unmatched];
}

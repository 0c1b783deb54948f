import { catalogue } from '../diagnostics/catalogue.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { errorCannotBeSuppressed, suppressionMatchesNothing } from '../diagnostics/policy.ts';
import type { SuppressionDefinition } from '../language/key.ts';
import type { Located } from '../project/located.ts';
import { isRuleCode } from '../review/review.ts';

/** Removes the diagnostics that keys and imports suppress, and records which suppressions were used. */
export interface Suppressions {
  /** The diagnostics about a key or import, without those that the key or import suppresses. */
  apply(
    diagnostics: readonly Diagnostic[],
    suppressions: readonly Located<SuppressionDefinition>[],
  ): readonly Diagnostic[];
  /**
   * Reports suppressions that match nothing, so that no suppression outlives its reason. A stack in several environments repeats each
   * suppression; a match in one environment is enough.
   */
  problems(): readonly Diagnostic[];
}

export function createSuppressions(): Suppressions {
  const matches = new Map<string, { readonly problem: Diagnostic; matched: boolean }>();
  return {
    apply(diagnostics, suppressions) {
      const raised = new Set(diagnostics.map(({ code }) => code));
      const codes = new Set<string>();
      for (const { value, span, through } of suppressions) {
        const { rule } = value;
        // Findings of rules are known only later: see packages/analyze, check-program.ts.
        if (isRuleCode(rule) || isError(rule)) continue;
        codes.add(rule);
        // A standard's suppression applies to all keys that build on it, so it may match nothing in one of them.
        const matched = raised.has(rule) || through !== undefined;
        const id = JSON.stringify([rule, span]);
        const earlier = matches.get(id);
        if (earlier !== undefined) earlier.matched ||= matched;
        else matches.set(id, { problem: report(suppressionMatchesNothing, span, { rule }), matched });
      }
      return diagnostics.filter(({ code }) => isError(code) || !codes.has(code));
    },
    problems: () => [...matches.values()].filter(({ matched }) => !matched).map(({ problem }) => problem),
  };
}

/** Reports suppressions of errors, which cannot be suppressed (KW3044). */
export function errorsAreNotSuppressed(suppressions: readonly Located<SuppressionDefinition>[]): readonly Diagnostic[] {
  return suppressions
    .filter(({ value }) => isError(value.rule))
    .map(({ value: { rule }, span }) => report(errorCannotBeSuppressed, span, { rule }));
}

function isError(rule: string): boolean {
  return catalogue.some(
    ({ code, severity, canBeSuppressed }) => code === rule && severity === 'error' && canBeSuppressed !== true,
  );
}

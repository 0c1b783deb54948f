import { catalogue } from '../diagnostics/catalogue.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { errorCannotBeSuppressed, suppressionMatchesNothing } from '../diagnostics/policy.ts';
import type { SuppressionDefinition } from '../language/key.ts';
import type { Located } from '../project/located.ts';
import { isRuleCode } from '../review/review.ts';

/** Takes out what keys and imports suppress, and remembers which suppressions were of use. */
export interface Suppressions {
  /** The diagnostics about a key or import without those that it suppresses. */
  apply(
    diagnostics: readonly Diagnostic[],
    suppressions: readonly Located<SuppressionDefinition>[],
  ): readonly Diagnostic[];
  /**
   * The suppressions that match nothing, so that none outlives its reason. A stack in several environments has each several times: it is
   * enough if one matches.
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
        // What rules find is known when they have run: packages/analyze, check-program.ts.
        if (isRuleCode(rule) || isError(rule)) continue;
        codes.add(rule);
        // A suppression of a standard is for all keys that build on it: it may match nothing in one of them.
        const matched = raised.has(rule) || through !== undefined;
        const place = JSON.stringify([rule, span]);
        const earlier = matches.get(place);
        if (earlier !== undefined) earlier.matched ||= matched;
        else matches.set(place, { problem: report(suppressionMatchesNothing, span, { rule }), matched });
      }
      return diagnostics.filter(({ code }) => isError(code) || !codes.has(code));
    },
    problems: () => [...matches.values()].filter(({ matched }) => !matched).map(({ problem }) => problem),
  };
}

/** The suppressions of an error, which nothing suppresses (KW3044). */
export function errorsAreNotSuppressed(suppressions: readonly Located<SuppressionDefinition>[]): readonly Diagnostic[] {
  return suppressions
    .filter(({ value }) => isError(value.rule))
    .map(({ value: { rule }, span }) => report(errorCannotBeSuppressed, span, { rule }));
}

/** Whether something is an error that stays one. */
function isError(rule: string): boolean {
  return catalogue.some(
    ({ code, severity, canBeSuppressed }) => code === rule && severity === 'error' && canBeSuppressed !== true,
  );
}

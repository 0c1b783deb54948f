import { catalogue } from '../diagnostics/catalogue.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { errorCannotBeSuppressed, suppressionMatchesNothing } from '../diagnostics/policy.ts';
import type { SuppressionDefinition } from '../language/key.ts';
import type { Located } from '../project/located.ts';
import { isRuleCode } from '../review/review.ts';

/** Takes out what keys and imports suppress, and remembers which suppressions were of use. */
export interface Suppressions {
  /** The diagnostics about a key or import without the warnings and notes that it suppresses. */
  apply(
    diagnostics: readonly Diagnostic[],
    suppressions: readonly Located<SuppressionDefinition>[],
  ): readonly Diagnostic[];
  /**
   * What is wrong with the suppressions themselves: an error cannot be suppressed, and one that matches nothing is reported, so
   * that none outlives its reason. A stack in several environments has each several times: it is enough if one matches.
   */
  problems(): readonly Diagnostic[];
}

export function createSuppressions(): Suppressions {
  const asked = new Map<string, { readonly problem: Diagnostic; matched: boolean }>();
  return {
    apply(diagnostics, suppressions) {
      const raised = new Set(diagnostics.map(({ code }) => code));
      const codes = new Set<string>();
      for (const { value, span, through } of suppressions) {
        const { rule } = value;
        // What rules find is known when they have run: packages/analyze, check-program.ts.
        if (isRuleCode(rule)) continue;
        codes.add(rule);
        const cannot = isError(rule);
        // A suppression of a standard is for all keys that build on it: it may match nothing in one of them.
        const matched = !cannot && (raised.has(rule) || through !== undefined);
        const place = JSON.stringify([rule, span]);
        const known = asked.get(place);
        if (known !== undefined) known.matched ||= matched;
        else {
          const problem = report(cannot ? errorCannotBeSuppressed : suppressionMatchesNothing, span, { rule });
          asked.set(place, { problem, matched });
        }
      }
      return diagnostics.filter(({ severity, code }) => severity === 'error' || !codes.has(code));
    },
    problems: () => [...asked.values()].filter(({ matched }) => !matched).map(({ problem }) => problem),
  };
}

function isError(rule: string): boolean {
  return catalogue.some(({ code, severity }) => code === rule && severity === 'error');
}

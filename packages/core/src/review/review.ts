import type { RuleSeverity } from '../language/rules.ts';
import type { Span } from '../source/span.ts';

/**
 * A project's settings for the rules of packages/analyze: their severities, suppressed findings, and known principals. Kept beside the
 * program, because no output depends on it.
 */
export interface Review {
  /** The severities under `rules`, by code. */
  readonly severities: ReadonlyMap<string, { readonly severity: RuleSeverity; readonly span: Span }>;
  /** The entries of `suppress` that name rules, in keys, replicas and imports; each once for each stack that has it. */
  readonly suppressions: readonly Suppression[];
  /** The accounts under `accounts` and `environments`: the project's own. */
  readonly accounts: ReadonlySet<string>;
  /** Account ids, ARNs, organization ids and unit paths that have a `because`. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** A finding that is not to be reported. */
export interface Suppression {
  readonly rule: string;
  readonly because: string;
  /** A key or replica, by its stack and resource id; an import, by its position in the YAML. */
  readonly of:
    | { readonly kind: 'key'; readonly stack: string; readonly resource: string }
    | { readonly kind: 'import'; readonly span: Span };
  readonly span: Span;
  /**
   * The standard that the suppression comes from. The suppression applies to every key that builds on the standard, so for some of these
   * keys it may match nothing.
   */
  readonly through?: string;
}

/** Whether a code is that of a rule. Core raises no such diagnostics, since rules run later. */
export function isRuleCode(code: string): boolean {
  return code.startsWith('KW7');
}

/** For a project that could not be read. */
export const noReview: Review = {
  severities: new Map(),
  suppressions: [],
  accounts: new Set(),
  reasons: new Map(),
};

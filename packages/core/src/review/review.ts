import type { RuleSeverity } from '../language/rules.ts';
import type { Span } from '../source/span.ts';

/**
 * What a project says about the rules that judge it (packages/analyze): how serious each is, what it has looked at already, and
 * whom it knows. It stands beside the program, because nothing that is generated depends on it.
 */
export interface Review {
  /** What `rules` says, by code. */
  readonly severities: ReadonlyMap<string, { readonly severity: RuleSeverity; readonly span: Span }>;
  /** The `suppress` of keys, replicas and imports that name rules, once for each stack that has them. */
  readonly suppressions: readonly Suppression[];
  /** The accounts under `accounts` and `environments`: the project's own. */
  readonly accounts: ReadonlySet<string>;
  /** Account ids, ARNs, organization ids and paths of organizational units for which a reason stands beside a principal. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** A finding of a rule that is not to be reported. */
export interface Suppression {
  readonly rule: string;
  readonly because: string;
  /** A key or replica, by its stack and the id of its resource; an import, by where it is written. */
  readonly of:
    | { readonly kind: 'key'; readonly stack: string; readonly resource: string }
    | { readonly kind: 'import'; readonly span: Span };
  readonly span: Span;
  /** The standard that it comes from: it is for all keys that build on it, and may match nothing in one of them. */
  readonly through?: string;
}

/** The codes of rules. Core raises none of them: what they find is known when they have run. */
export function isRuleCode(code: string): boolean {
  return code.startsWith('KW7');
}

/** Of a project that could not be read. */
export const noReview: Review = {
  severities: new Map(),
  suppressions: [],
  accounts: new Set(),
  reasons: new Map(),
};

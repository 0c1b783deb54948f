/**
 * Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and `${*}`, `${?}`, `${$}` for the literal
 * characters. A variable without a value makes the whole text match nothing. Source: IAM User Guide, "IAM policy
 * elements: Variables and tags", "Policy variables with no value".
 */

import { type ContextEntry, isKnown } from '../context/context.ts';
import { anyCharacter, anyText, type Cell, cells, type Pattern, patternOf } from '../value/compare.ts';
import { partsOf, type Value } from '../value/value.ts';
import type { PolicyValue } from './operators.ts';

export type Resolved =
  | { readonly kind: 'value'; readonly wanted: PolicyValue }
  /** A variable has no value, so nothing equals the text. */
  | { readonly kind: 'none' }
  /** The values of these condition keys are unknown. */
  | { readonly kind: 'unknown'; readonly keys: readonly string[] };

const variable = /\$\{([^{}]*)\}/g;

export function hasVariables(value: Value): boolean {
  return partsOf(value).some((part) => typeof part === 'string' && part.includes('${'));
}

/** The condition keys, as written, that the variables in a value refer to. */
export function keysOfVariables(value: Value): readonly string[] {
  const texts = partsOf(value).filter((part) => typeof part === 'string');
  const names = texts.flatMap((text) => [...text.matchAll(variable)].map(([, name = '']) => name));
  return names.filter((name) => !/^[*?$]$/.test(name)).map((name) => parseVariable(name).key);
}

export function resolveVariables(value: Value, entry: (key: string) => ContextEntry): Resolved {
  const literal: Cell[] = [];
  const pattern: Pattern[number][] = [];
  const unknown: string[] = [];
  let none = false;
  const addText = (text: string): void => {
    literal.push(...text);
    pattern.push(...patternOf(text));
  };
  const addValue = (text: Value): void => {
    // Wildcards in a value from the request are literal characters.
    literal.push(...cells(text));
    pattern.push(...cells(text));
  };
  for (const part of partsOf(value)) {
    if (typeof part !== 'string') {
      literal.push(part);
      pattern.push(part);
      continue;
    }
    let end = 0;
    for (const match of part.matchAll(variable)) {
      addText(part.slice(end, match.index));
      end = match.index + match[0].length;
      const name = match[1] ?? '';
      if (name === '*' || name === '?' || name === '$') {
        addValue(name);
        continue;
      }
      const { key: written, fallback } = parseVariable(name);
      const key = written.toLowerCase();
      const contextEntry = entry(key);
      if (!isKnown(contextEntry)) unknown.push(key);
      // A condition key with several values cannot be substituted.
      else if (contextEntry !== 'absent' && contextEntry.length === 1 && contextEntry[0] !== undefined)
        addValue(contextEntry[0]);
      else if (fallback !== undefined) addValue(fallback);
      else none = true;
    }
    addText(part.slice(end));
  }
  if (none) return { kind: 'none' };
  if (unknown.length > 0) return { kind: 'unknown', keys: unknown };
  return { kind: 'value', wanted: { literal, pattern, written: value } };
}

/** Splits `aws:PrincipalTag/team, 'none'` into the condition key, as written, and its default. */
function parseVariable(text: string): { readonly key: string; readonly fallback: string | undefined } {
  const match = /^(.*?), '(.*)'$/.exec(text);
  return { key: (match?.[1] ?? text).trim(), fallback: match?.[2] };
}

/** A value in which `${` is literal. */
export function literalValue(written: Value): PolicyValue {
  // Lazy: each operator needs only one of the forms.
  return {
    written,
    get literal() {
      return cells(written);
    },
    get pattern() {
      return patternOf(written);
    },
  };
}

export function hasWildcard(pattern: Pattern): boolean {
  return pattern.some((token) => token === anyText || token === anyCharacter);
}

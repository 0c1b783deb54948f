/**
 * Compares values, and matches them against patterns, when some of their parts are unknown: yes, no, or open. Yes and
 * no hold whatever the unknown parts turn out to be.
 */
import { matchesWildcards } from '@keywright/core/collections/wildcards';
import { identical, joinValue, partsOf, type Unknown, type UnknownKind, type Value } from './value.ts';

export type Comparison = boolean | 'open';

/** The characters that unknown parts of each kind can consist of. Only a path may be empty. */
const alphabets: Readonly<Record<UnknownKind, RegExp>> = {
  account: /\d/,
  region: /[a-z0-9-]/,
  partition: /[a-z-]/,
  dnsSuffix: /[a-z.]/,
  name: /[\w+=,.@-]/,
  id: /[0-9a-z-]/,
  path: /[\x21-\x7e]/,
  session: /[\w+=,.@-]/,
  principal: /[\w+=,.@/:-]/,
  value: /[\s\S]/,
};

/**
 * Generated names and ids are new: they never equal another resource's name or id, or a name that the project gives. They always end the
 * compared value, an ARN or the name itself.
 */
const unique: readonly UnknownKind[] = ['name', 'id'];

export function equals(one: Value, other: Value): Comparison {
  if (identical(one, other)) return true;
  if (typeof one === 'string' && typeof other === 'string') return false;
  const [left, right] = withoutCommonStart(partsOf(one), partsOf(other));
  const [first] = left;
  const [otherFirst] = right;
  // The values differ if their next parts are both known.
  if (typeof first === 'string' && typeof otherFirst === 'string') return false;
  if (isUnique(left) && (isUnique(right) || isKnown(right))) return false;
  if (isUnique(right) && isKnown(left)) return false;
  return canMatch(cells({ parts: left, text: '' }), cells({ parts: right, text: '' })) ? 'open' : false;
}

type Parts = readonly (string | Unknown)[];

/** Two values without their common start. No remaining text is empty. */
function withoutCommonStart(one: Parts, other: Parts): readonly [Parts, Parts] {
  let index = 0;
  while (index < Math.min(one.length, other.length) && sameCell(one[index], other[index])) index += 1;
  const [left, right] = [one.slice(index), other.slice(index)];
  const [first] = left;
  const [otherFirst] = right;
  if (typeof first !== 'string' || typeof otherFirst !== 'string') return [left, right];
  let length = 0;
  while (length < Math.min(first.length, otherFirst.length) && first[length] === otherFirst[length]) length += 1;
  return [withoutStart(left, first, length), withoutStart(right, otherFirst, length)];
}

function withoutStart([, ...rest]: Parts, first: string, length: number): Parts {
  return length === first.length ? rest : [first.slice(length), ...rest];
}

function isUnique(parts: Parts): boolean {
  const [only] = parts;
  return parts.length === 1 && only !== undefined && typeof only !== 'string' && unique.includes(only.unknown);
}

function isKnown(parts: Parts): boolean {
  return parts.every((part) => typeof part === 'string');
}

/** A pattern: `*` matches any number of characters, `?` one. Both are tokens here, distinct from the literal characters. */
export type Pattern = readonly (Cell | typeof anyText | typeof anyCharacter)[];

/** A known character, or an unknown part. */
export type Cell = string | Unknown;

export const anyText = { wildcard: '*' } as const;
export const anyCharacter = { wildcard: '?' } as const;

/** The cells of a value, all characters literal. */
export function cells(value: Value): readonly Cell[] {
  return partsOf(value).flatMap((part): readonly Cell[] => (typeof part === 'string' ? [...part] : [part]));
}

/** Parses a pattern with the wildcards of policies. */
export function patternOf(value: Value): Pattern {
  return cells(value).map((cell) => (cell === '*' ? anyText : cell === '?' ? anyCharacter : cell));
}

export function matchesText(pattern: Value, value: Value): Comparison {
  if (typeof pattern === 'string' && typeof value === 'string' && !/[*?]/.test(pattern)) return pattern === value;
  return matches(patternOf(pattern), value);
}

export function matches(pattern: Pattern, value: Value): Comparison {
  const text = cells(value);
  if (pattern.length === 1 && pattern[0] === anyText) return true;
  if (surelyMatches(pattern, text)) return true;
  const isKnown = text.every((cell) => typeof cell === 'string') && pattern.every((token) => !isUnknown(token));
  if (isKnown) return false;
  // Without wildcards the pattern is one text, and equality gives more certain results: a generated name never equals a written one.
  const patternCells = pattern.filter(isCell);
  if (patternCells.length === pattern.length) return equals(joinValue(patternCells), value);
  return canMatch(pattern, text) ? 'open' : false;
}

/** Whether the pattern matches whatever the unknown parts are: a `*` covers each part, or the pattern contains the part. */
function surelyMatches(pattern: Pattern, text: readonly Cell[]): boolean {
  return matchesWildcards(pattern, text, (token) => token === anyText, fits);
}

function fits(token: Pattern[number], cell: Cell | undefined): boolean {
  if (typeof token === 'object' && 'wildcard' in token) return token.wildcard === '?' && typeof cell === 'string';
  return sameCell(token, cell);
}

function sameCell(one: Cell | undefined, other: Cell | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.unknown === other.unknown && one.of === other.of;
}

function isCell(token: Pattern[number]): token is Cell {
  return typeof token === 'string' || isUnknown(token);
}

function isUnknown(token: Pattern[number]): token is Unknown {
  return typeof token === 'object' && 'unknown' in token;
}

/**
 * Whether some values of the unknown parts make the pattern match: whether two automata, with loops for unknown parts and wildcards, accept
 * a common text. The comparison ignores that an unknown part has the same value everywhere, so `true` can be wrong, but `false` never is.
 */
function canMatch(pattern: Pattern, text: Pattern): boolean {
  const width = text.length + 1;
  const seen = new Uint8Array((pattern.length + 1) * width);
  const pending: number[] = [0];
  const push = (at: number, index: number): void => {
    const state = at * width + index;
    if (seen[state] === 1) return;
    seen[state] = 1;
    pending.push(state);
  };
  seen[0] = 1;
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    const at = Math.floor(state / width);
    const index = state % width;
    if (at === pattern.length && index === text.length) return true;
    const token = pattern[at];
    const cell = text[index];
    if (token !== undefined && mayBeEmpty(token)) push(at + 1, index);
    if (cell !== undefined && mayBeEmpty(cell)) push(at, index + 1);
    if (token === undefined || cell === undefined || !mayMeet(token, cell)) continue;
    push(at + 1, index + 1);
    if (goesOn(token)) push(at, index + 1);
    if (goesOn(cell)) push(at + 1, index);
  }
  return false;
}

function mayBeEmpty(token: Pattern[number]): boolean {
  return token === anyText || (isUnknown(token) && token.unknown === 'path');
}

function goesOn(token: Pattern[number]): boolean {
  return token === anyText || isUnknown(token);
}

function mayMeet(one: Pattern[number], other: Pattern[number]): boolean {
  if (typeof one === 'string' && typeof other === 'string') return one === other;
  if (typeof one === 'string') return !isUnknown(other) || alphabets[other.unknown].test(one);
  if (typeof other === 'string') return !isUnknown(one) || alphabets[one.unknown].test(other);
  return true; // all alphabets have characters in common
}

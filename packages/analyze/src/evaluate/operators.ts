/**
 * The condition operators, each as the comparison of one value of the request with one value of the policy.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
import { matchesArn } from '../value/arn-pattern.ts';
import { type Cell, type Comparison, matches, type Pattern } from '../value/compare.ts';
import { identical, type Value } from '../value/value.ts';
import { isInRange } from './ip-ranges.ts';

export interface Operator {
  /** Negated operators hold when no value of the policy matches, and when the request does not have the key. */
  readonly negated: boolean;
  /** Whether `${…}` in its values is replaced. */
  readonly variables: boolean;
  /** `wanted` is the policy's value, of which the operator uses the form that it needs. */
  readonly matches: (actual: Value, wanted: Wanted) => Comparison;
}

/** A value of a policy with its variables replaced. */
export interface Wanted {
  /** Its text, where what looks like a wildcard is a character. */
  readonly literal: readonly Cell[];
  /** As a pattern, with wildcards. */
  readonly pattern: Pattern;
  /** As it is written. */
  readonly written: Value;
}

const stringEquals: Operator['matches'] = (actual, wanted) =>
  typeof actual === 'string' && actual === wanted.written && !actual.includes('${')
    ? true
    : matches(wanted.literal, actual);

const stringEqualsIgnoreCase: Operator['matches'] = (actual, wanted) =>
  matches(lower(wanted.literal), lowerValue(actual));

const stringLike: Operator['matches'] = (actual, wanted) => matches(wanted.pattern, actual);

const arnMatches: Operator['matches'] = (actual, wanted) => matchesArn(wanted.pattern, actual);

const bool: Operator['matches'] = (actual, { written }) => {
  const values = [actual, written].map((value) => (typeof value === 'string' ? value.toLowerCase() : undefined));
  if (values.includes(undefined)) return 'open';
  const [one, other] = values;
  return (one === 'true' || one === 'false') && one === other;
};

/** Both are base64; what is compared is the bytes. */
const binaryEquals: Operator['matches'] = (actual, { written }) => {
  if (identical(actual, written)) return true;
  if (typeof actual !== 'string' || typeof written !== 'string') return 'open';
  return Buffer.from(actual, 'base64').equals(Buffer.from(written, 'base64'));
};

const ipAddress: Operator['matches'] = (actual, { written }) => {
  if (typeof actual !== 'string' || typeof written !== 'string') return 'open';
  return isInRange(actual, written);
};

function numeric(compare: (actual: number, wanted: number) => boolean): Operator['matches'] {
  return compared(numberOf, compare);
}

function date(compare: (actual: number, wanted: number) => boolean): Operator['matches'] {
  return compared(secondsOf, compare);
}

/** What is no number, or no date, is not compared: it matches nothing. */
function compared(
  read: (text: string) => number | undefined,
  compare: (actual: number, wanted: number) => boolean,
): Operator['matches'] {
  return (actual, { written }) => {
    if (typeof actual !== 'string' || typeof written !== 'string') return 'open';
    const [one, other] = [read(actual), read(written)];
    return one !== undefined && other !== undefined && compare(one, other);
  };
}

function numberOf(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

/** A date of ISO 8601, as the W3C's note has it, or seconds since 1970. Four digits alone are a year. */
function secondsOf(text: string): number | undefined {
  if (/^\d{4}$/.test(text)) return Date.UTC(Number(text), 0) / 1000;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const iso = compact === null ? text : `${compact.slice(1, 4).join('-')}T${compact.slice(4).join(':')}Z`;
  const milliseconds = /^\d{4}-/.test(iso) ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

const rows: Readonly<Record<string, Operator['matches']>> = {
  stringequals: stringEquals,
  stringequalsignorecase: stringEqualsIgnoreCase,
  stringlike: stringLike,
  arnequals: arnMatches,
  arnlike: arnMatches,
  bool,
  binaryequals: binaryEquals,
  ipaddress: ipAddress,
  numericequals: numeric((actual, wanted) => actual === wanted),
  numericlessthan: numeric((actual, wanted) => actual < wanted),
  numericlessthanequals: numeric((actual, wanted) => actual <= wanted),
  numericgreaterthan: numeric((actual, wanted) => actual > wanted),
  numericgreaterthanequals: numeric((actual, wanted) => actual >= wanted),
  dateequals: date((actual, wanted) => actual === wanted),
  datelessthan: date((actual, wanted) => actual < wanted),
  datelessthanequals: date((actual, wanted) => actual <= wanted),
  dategreaterthan: date((actual, wanted) => actual > wanted),
  dategreaterthanequals: date((actual, wanted) => actual >= wanted),
};

/** The negated operators and what each is the opposite of. */
const opposites: Readonly<Record<string, string>> = {
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
  notipaddress: 'ipaddress',
  numericnotequals: 'numericequals',
  datenotequals: 'dateequals',
};

/** Variables stand in text and ARNs, and for a Boolean. */
const withVariables = /^(string|arn|bool)/;

export interface ParsedOperator {
  readonly quantifier: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
  /** `null` tests whether the key is there; undefined: no operator of IAM. */
  readonly operator: Operator | 'null' | undefined;
}

const parsed = new Map<string, ParsedOperator>();

/** `ForAnyValue:StringLikeIfExists` in its parts. */
export function parseOperator(written: string): ParsedOperator {
  const known = parsed.get(written);
  if (known !== undefined) return known;
  const match = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(written.toLowerCase());
  const name = match?.[2] ?? '';
  const base = opposites[name] ?? name;
  const compare = Object.hasOwn(rows, base) ? rows[base] : undefined;
  const quantifier = match?.[1] === undefined ? undefined : match[1] === 'forallvalues' ? 'all' : 'any';
  const operator: Operator | 'null' | undefined =
    name === 'null'
      ? 'null'
      : compare && { negated: base !== name, variables: withVariables.test(base), matches: compare };
  const result = { quantifier, ifExists: match?.[3] !== undefined, operator } as const;
  // There are not many ways to write an operator; a policy with made-up ones does not fill the memory.
  if (operator !== undefined) parsed.set(written, result);
  return result;
}

function lower(pattern: Pattern): Pattern {
  return pattern.map((token) => (typeof token === 'string' ? token.toLowerCase() : token));
}

function lowerValue(value: Value): Value {
  if (typeof value === 'string') return value.toLowerCase();
  const parts = value.parts.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
  return { parts, text: value.text };
}

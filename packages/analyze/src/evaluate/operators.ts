/**
 * The condition operators: each compares one value of the request with one value of the policy. Source: IAM User Guide,
 * "IAM JSON policy elements: Condition operators".
 */
import { numberOf, secondsOf } from '@keywright/core/kms/condition-values';
import { isInRange } from '@keywright/core/kms/ip-ranges';
import { matchesArn } from '../value/arn-pattern.ts';
import { type Cell, type Comparison, matches, type Pattern } from '../value/compare.ts';
import { identical, unknownsOf, type Value } from '../value/value.ts';

export interface Operator {
  /** A negated operator holds if no value of the policy matches, and also if the request lacks the condition key. */
  readonly negated: boolean;
  /** Whether the values may contain policy variables (`${…}`). */
  readonly variables: boolean;
  /** `wanted` is the policy's value, in the form the operator needs. */
  readonly matches: (actual: Value, wanted: PolicyValue) => Comparison;
}

/** A value of a condition, after its policy variables are replaced. */
export interface PolicyValue {
  /** The text, with wildcards taken literally. */
  readonly literal: readonly Cell[];
  /** The pattern, with wildcards. */
  readonly pattern: Pattern;
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
  return compared(numberOf, compare, /^aws:epochtime$/i);
}

function date(compare: (actual: number, wanted: number) => boolean): Operator['matches'] {
  return compared(secondsOf, compare, /^aws:(currenttime|epochtime)$/i);
}

/** The earliest time of any request. The clock is not used, so that the same project has the same findings every day. */
const earliest = Date.UTC(2026, 0) / 1000;

/**
 * Compares numbers or dates, which `read` parses; a text that it cannot parse matches nothing. `times`: the condition keys with the time of
 * the request. That time is later than `earliest`, so comparing it with an earlier time has a certain result.
 */
function compared(
  read: (text: string) => number | undefined,
  compare: (actual: number, wanted: number) => boolean,
  times: RegExp,
): Operator['matches'] {
  return (actual, { written }) => {
    if (typeof written !== 'string') return 'open';
    const other = read(written);
    if (typeof actual !== 'string') {
      const isTime = unknownsOf(actual).some(({ unknown, of }) => unknown === 'value' && times.test(of));
      return isTime && other !== undefined && other < earliest ? compare(earliest, other) : 'open';
    }
    const one = read(actual);
    return one !== undefined && other !== undefined && compare(one, other);
  };
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

/** Operators whose values may contain variables: text, ARNs and Booleans. */
const withVariables = /^(string|arn|bool)/;

export interface ParsedOperator {
  readonly quantifier: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
  /** `null` tests for the presence of the condition key; `undefined` if IAM has no such operator. */
  readonly operator: Operator | 'null' | undefined;
}

const parsed = new Map<string, ParsedOperator>();

/** The parts of an operator such as `ForAnyValue:StringLikeIfExists`. */
export function parseOperator(written: string): ParsedOperator {
  const lowerCase = written.toLowerCase();
  const cached = parsed.get(lowerCase);
  if (cached !== undefined) return cached;
  const match = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(lowerCase);
  const name = match?.[2] ?? '';
  const base = opposites[name] ?? name;
  const compare = Object.hasOwn(rows, base) ? rows[base] : undefined;
  const quantifier = match?.[1] === undefined ? undefined : match[1] === 'forallvalues' ? 'all' : 'any';
  const operator: Operator | 'null' | undefined =
    name === 'null' && match?.[3] === undefined
      ? 'null'
      : compare && { negated: base !== name, variables: withVariables.test(base), matches: compare };
  const result = { quantifier, ifExists: match?.[3] !== undefined, operator } as const;
  // IAM has few operators; unknown names are not cached, so that a hostile policy cannot fill the memory.
  if (operator !== undefined) parsed.set(lowerCase, result);
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

/**
 * Splits the conditions of a decision into their smallest parts. `StringEquals` with two values becomes two atoms, one of which has to
 * hold; `StringNotLike` with one value becomes the negation of an atom; `IfExists` adds an atom. So equal tests give equal atoms, however a
 * policy phrases them. Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Multivalued context keys".
 */
import type { RequestFacts } from '@keywright/analyze/context/context';
import type { Open, OpenTest } from '@keywright/analyze/decision';
import { conditionHolds } from '@keywright/analyze/evaluate/conditions';
import { all, any, not, type Truth, test } from '@keywright/analyze/logic/truth';
import type { PictureGrant, PolicyCondition, PolicyStatement, StatementRef } from '@keywright/analyze/picture';
import { matchesText } from '@keywright/analyze/value/compare';
import { isPattern, shown, type Value } from '@keywright/analyze/value/value';
import type { Consequences } from './formula.ts';

/** An atom that tests a condition key, with its id. */
interface ConditionAtom {
  readonly key: string;
  readonly kind: 'missing' | 'one' | 'all';
  readonly base: string;
  readonly value: Value;
}

export interface Atoms {
  /** Turns a formula of tests into a formula of atoms, for the request that the tests are about. */
  split(truth: Truth, request: SplitRequest): Truth;
  /** Turns a condition of a statement, as it is written, into a formula of atoms. */
  splitCondition(condition: PolicyCondition, ref: StatementRef, facts: Pick<RequestFacts, 'entry'>): Truth;
  readonly consequences: Consequences;
}

export interface SplitRequest {
  readonly facts: Pick<RequestFacts, 'entry' | 'operation'>;
  readonly statementOf: (ref: StatementRef) => PolicyStatement | PictureGrant | undefined;
  /** Whether the principal is certainly none of the principals that policies name. */
  readonly isNobodyNamed: boolean;
  /** The accounts whose principals are asked about individually. */
  readonly accounts: ReadonlySet<string>;
}

export function createAtoms(): Atoms {
  const conditionsById = new Map<string, ConditionAtom>();

  const split = (truth: Truth, request: SplitRequest): Truth => {
    if (typeof truth === 'boolean') return truth;
    switch (truth.kind) {
      case 'test':
        return splitTest(truth, request);
      case 'not':
        return not(split(truth.of, request));
      case 'all':
        return all(...truth.of.map((part) => split(part, request)));
      case 'any':
        return any(...truth.of.map((part) => split(part, request)));
    }
  };

  const splitTest = (open: Open & { readonly kind: 'test' }, request: SplitRequest): Truth => {
    const { test: own } = open;
    switch (own.kind) {
      case 'condition': {
        const condition = writtenCondition(own, request);
        return condition === undefined ? open : splitCondition(condition, own.statement, request.facts);
      }
      case 'comparison': {
        // Named principals are asked about individually. Any other principal fails a test for a named principal.
        if (!request.isNobodyNamed) return open;
        if (own.what === 'principal' || own.what === 'session') return false;
        if (own.what === 'account' && [own.left, own.right].some((side) => request.accounts.has(side))) return false;
        return open;
      }
      case 'grant': {
        // The test is identified by the operations and conditions of the grant, not by its name.
        const grant = request.statementOf(own.statement);
        const what = grant !== undefined && 'operations' in grant ? [...grant.operations].sort().join() : '';
        const pairs =
          grant !== undefined && 'encryptionContext' in grant ? JSON.stringify(grant.encryptionContext) : '';
        const isOfGrant = request.facts.operation === 'CreateGrant';
        return test({ ...own, id: `grant ${own.asks}${isOfGrant ? ` ${what} ${pairs}` : ''}` });
      }
      case 'notPrincipal':
        // Whether AWS lets this principal through depends on which of the principal's own names are missing from the list, not on the other
        // names in it.
        return test({ ...own, id: `notPrincipal ${own.missing.join()}` });
      default:
        return open;
    }
  };

  const splitCondition: Atoms['splitCondition'] = (condition, ref, facts) => {
    const { quantifier, ifExists, base, isNegated } = read(condition.operator);
    const key = condition.key.toLowerCase();
    const suffix = key === 'kms:resourcealiases' ? ` in ${ref.kind}` : '';
    /** Returns the evaluator's answer to a test, or else the test as an atom. */
    const atom = (operator: string, kind: ConditionAtom['kind'], values: readonly Value[]): Truth => {
      const truth = conditionHolds({ operator, key: condition.key, values }, facts, ref);
      if (typeof truth === 'boolean') return truth;
      const texts = [...new Set(values.map(shown))].sort();
      const id = `${operator} ${key}${suffix} ${JSON.stringify(texts)}`;
      conditionsById.set(id, { key: `${key}${suffix}`, kind, base: operator, value: values[0] ?? '' });
      return truth.kind === 'test' ? test({ ...truth.test, id }) : truth;
    };
    const missing = () => atom('Null', 'missing', ['true']);
    if (base === undefined) return atom(condition.operator, 'all', condition.values);
    if (base === 'null') {
      const booleans = new Set(condition.values.map((value) => shown(value).toLowerCase()));
      return any(booleans.has('true') && missing(), booleans.has('false') && not(missing()));
    }
    const values = condition.values.map((value) => canonicalValue(base, value));
    if (quantifier === (isNegated ? 'any' : 'all')) {
      // `ForAllValues` requires every value in the request to be one of `values` or, if the operator is negated, some value to be none of
      // them.
      const isPlain = base === 'StringLike' && !values.some(isPattern);
      const each = atom(`ForAllValues:${isPlain ? 'StringEquals' : base}`, 'all', values);
      if (!isNegated) return each;
      return ifExists ? any(missing(), not(each)) : not(each);
    }
    const prefix = quantifier === undefined ? '' : 'ForAnyValue:';
    const one = any(
      ...values.map((value) => {
        // `*` matches any text, so the condition key only has to be present.
        if (base === 'StringLike' && value === '*' && quantifier === undefined) return not(missing());
        const likeText = base === 'StringLike' && !isPattern(value);
        return atom(`${prefix}${likeText ? 'StringEquals' : base}`, 'one', [value]);
      }),
    );
    if (isNegated) return not(one);
    return ifExists ? any(missing(), one) : one;
  };

  const consequences: Consequences = (id, ids) => {
    const condition = conditionsById.get(id);
    const follows = new Map<string, boolean>();
    if (condition === undefined) return follows;
    for (const other of ids) {
      const atom = conditionsById.get(other);
      if (atom === undefined || other === id || atom.key !== condition.key) continue;
      if (condition.kind === 'missing') follows.set(other, atom.kind === 'all');
      else if (condition.kind === 'one' && atom.kind === 'missing') follows.set(other, false);
      else if (condition.kind === 'one' && atom.kind === 'one' && isWithin(condition, atom)) follows.set(other, true);
    }
    return follows;
  };
  return { split, splitCondition, consequences };
}

/**
 * Whether every value that passes the first test passes the second. This holds if the first tests for a text, and the second for a pattern
 * that matches the text.
 */
function isWithin(one: ConditionAtom, other: ConditionAtom): boolean {
  const equal = /^((?:ForAnyValue:)?)StringEquals$/.exec(one.base);
  if (equal === null || other.base !== `${equal[1]}StringLike`) return false;
  if (typeof one.value !== 'string' || typeof other.value !== 'string') return false;
  return !/\$\{/.test(one.value + other.value) && matchesText(other.value, one.value) === true;
}

function writtenCondition(
  test: OpenTest & { readonly kind: 'condition' },
  { statementOf }: SplitRequest,
): PolicyCondition | undefined {
  const statement = statementOf(test.statement);
  if (statement === undefined || !('conditions' in statement)) return undefined;
  return statement.conditions.find(
    ({ operator, key, values }) =>
      operator === test.operator &&
      key === test.key &&
      values.length === test.values.length &&
      values.every((value, index) => shown(value) === test.values[index]),
  );
}

interface ReadOperator {
  readonly quantifier: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
  /** The spelling of the positive operator; `undefined` if IAM has no such operator. */
  readonly base: string | undefined;
  readonly isNegated: boolean;
}

function read(written: string): ReadOperator {
  const match = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(written.toLowerCase());
  const name = match?.[2] ?? '';
  const isNegated = negated.includes(name);
  const positive = isNegated ? name.replace('not', '') : name;
  return {
    quantifier: match?.[1] === undefined ? undefined : match[1] === 'forallvalues' ? 'all' : 'any',
    ifExists: match?.[3] !== undefined,
    base:
      positive === 'null' && match?.[3] === undefined
        ? 'null'
        : Object.hasOwn(bases, positive)
          ? bases[positive]
          : undefined,
    isNegated,
  };
}

/** Operators that negate another operator; their names contain `not`. */
const negated: readonly string[] = [
  'stringnotequals',
  'stringnotequalsignorecase',
  'stringnotlike',
  'arnnotequals',
  'arnnotlike',
  'notipaddress',
  'numericnotequals',
  'datenotequals',
];

/** The positive operators, by their names in lower case. ArnEquals and ArnLike mean the same. */
const bases: Readonly<Record<string, string>> = {
  stringequals: 'StringEquals',
  stringequalsignorecase: 'StringEqualsIgnoreCase',
  stringlike: 'StringLike',
  arnequals: 'ArnLike',
  arnlike: 'ArnLike',
  bool: 'Bool',
  binaryequals: 'BinaryEquals',
  ipaddress: 'IpAddress',
  numericequals: 'NumericEquals',
  numericlessthan: 'NumericLessThan',
  numericlessthanequals: 'NumericLessThanEquals',
  numericgreaterthan: 'NumericGreaterThan',
  numericgreaterthanequals: 'NumericGreaterThanEquals',
  dateequals: 'DateEquals',
  datelessthan: 'DateLessThan',
  datelessthanequals: 'DateLessThanEquals',
  dategreaterthan: 'DateGreaterThan',
  dategreaterthanequals: 'DateGreaterThanEquals',
};

/** Returns the same spelling for all values that mean the same. */
function canonicalValue(base: string, value: Value): Value {
  if (typeof value !== 'string' || value.includes('${')) return value;
  if (base === 'StringEqualsIgnoreCase' || base === 'Bool') return value.toLowerCase();
  if (base === 'StringLike') return value.replaceAll(/\*+/g, '*');
  if (base === 'IpAddress') return value.toLowerCase().replace(/^(\d+\.\d+\.\d+\.\d+)\/32$/, '$1');
  if (base.startsWith('Numeric') && /^[+-]?\d+(\.\d+)?$/.test(value.trim())) return String(Number(value));
  return value;
}

import { isList } from '@keywright/core/collections/is-list';
import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import { areEqual, isNullBeside } from './equality.ts';
import { callOnFiles, fileFunctions } from './file-functions.ts';
import { functions } from './functions.ts';
import { hasMark } from './marks.ts';
import type { Scope } from './scope.ts';
import type { HclExpression } from './syntax.ts';
import {
  asText,
  elementsOf,
  entriesOf,
  HclFailure,
  HclObject,
  HclSet,
  type HclValue,
  numberOf,
  unified,
  unknownIn,
} from './value.ts';

/** The maximum length of a text or list, which can double with every local value. */
const longest = 1_000_000;

const advice = `replace the expression with its value, or ${readTheState}`;

/** Evaluates an expression. A value that cannot be known is `Unknown`, with the reason and its line. Never throws. */
export function evaluate(expression: HclExpression, scope: Scope): HclValue {
  const unread = (why: string) => new Unknown(`${why} (${scope.location(expression.at)})`, advice);
  if (!scope.mayGoOn()) return unread('it takes too much computation');
  const value = valueOfExpression(expression, scope, unread);
  const isLong = (typeof value === 'string' || isList(value)) && value.length > longest;
  return isLong ? unread('it is too long') : value;
}

function valueOfExpression(expression: HclExpression, scope: Scope, unread: Unread): HclValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return template(expression.parts, scope, unread);
    case 'variable':
      return orElse(scope.get(expression.name), () => unread(`nothing is called ${expression.name}`));
    case 'attribute':
      return step(evaluate(expression.of, scope), expression.name, unread);
    case 'index':
      return step(evaluate(expression.of, scope), evaluate(expression.key, scope), unread);
    case 'splat': {
      const of = evaluate(expression.of, scope);
      if (of instanceof Unknown) return of;
      const elements = of === null ? [] : isList(of) || of instanceof HclSet ? elementsOf(of) : [of];
      return (elements ?? []).map((each) => evaluate(expression.each, named(scope, new Map([['*', each]]))));
    }
    case 'call': {
      const { name, args, expands } = expression;
      if (name === 'try' || name === 'can') return attempts(name, args, scope, unread);
      const values = args.map((each) => evaluate(each, scope));
      const last = values.at(-1);
      const all = expands && last !== undefined ? [...values.slice(0, -1), ...(elementsOf(last) ?? [last])] : values;
      const onFiles = fileFunctions.get(name);
      const call = functions.get(name);
      if (call === undefined && onFiles === undefined) return unread(`the function ${name} is not supported`);
      const unknown = all.find((each) => each instanceof Unknown);
      if (unknown !== undefined) return unknown;
      const value = onFiles === undefined ? call?.(all) : callOnFiles(onFiles, all, { scope, unread, evaluate });
      return orElse(value, () => unread(`the function ${name} cannot be called like this`));
    }
    case 'list':
      return expression.items.map((each) => evaluate(each, scope));
    case 'object': {
      const values = new Map<string, HclValue>();
      for (const [key, value] of expression.items) {
        const name = evaluate(key, scope);
        const text = asText(name);
        if (text === undefined) return name instanceof Unknown ? name : unread('a name is not text');
        values.set(text, evaluate(value, scope));
      }
      return values;
    }
    case 'conditional': {
      const test = flagOf(evaluate(expression.test, scope));
      if (test === undefined) return unread('the condition is neither true nor false');
      if (test instanceof Unknown) return test;
      const chosen = evaluate(test ? expression.yes : expression.no, scope);
      if (chosen === null || typeof chosen === 'string' || chosen instanceof Unknown) return chosen;
      return unified([chosen, evaluate(test ? expression.no : expression.yes, scope)])[0] ?? null;
    }
    case 'unary': {
      const of = evaluate(expression.of, scope);
      if (of instanceof Unknown) return of;
      if (expression.operator === '-') {
        const number = numberOf(of);
        return number === undefined ? unread('it is not a number') : -number;
      }
      const flag = flagOf(of);
      return flag === undefined || flag instanceof Unknown ? unread('it is neither true nor false') : !flag;
    }
    case 'binary':
      return binary(expression, scope, unread);
    case 'for':
      return forLoop(expression, scope, unread);
  }
}

type Unread = (why: string) => Unknown;

/** Unlike `??`, keeps `null`. */
function orElse(value: HclValue | undefined, otherwise: () => Unknown): HclValue {
  return value === undefined ? otherwise() : value;
}

/** A template that is a single interpolation has the type of the interpolated value. */
function template(parts: readonly (string | HclExpression)[], scope: Scope, unread: Unread): HclValue {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return evaluate(only, scope);
  let text = '';
  for (const part of parts) {
    const value = typeof part === 'string' ? part : evaluate(part, scope);
    const written = asText(value);
    if (written === undefined) return value instanceof Unknown ? value : unread('a part of the text is not text');
    text += written;
  }
  return text;
}

function step(of: HclValue, key: HclValue, unread: Unread): HclValue {
  if (of instanceof Unknown) return of;
  if (key instanceof Unknown) return key;
  if (of instanceof HclObject) return typeof key === 'string' ? of.attribute(key) : unread('it is not a list');
  const missing = (why: string) => new HclFailure(unread(why));
  if (of instanceof Map) {
    const name = asText(key) ?? '';
    const value = of.get(name);
    if (value === undefined && of.size > 0 && [name, ...of.keys()].some(hasMark))
      return unread('it is unknown which element is meant');
    return orElse(value, () => missing(`there is no ${JSON.stringify(key)}`));
  }
  if (isList(of)) {
    const index = typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : key;
    const element = typeof index === 'number' ? of[index] : undefined;
    return orElse(element, () => missing(`there is no element ${JSON.stringify(key)}`));
  }
  return missing(`${JSON.stringify(key)} is requested from a value without elements`);
}

/**
 * Evaluates `try`, which returns the first argument without an error, or `can`, which says whether its argument has no error. If an
 * argument is unknown for any reason but an error, so is the result: the argument may still have an error.
 */
function attempts(name: string, args: readonly HclExpression[], scope: Scope, unread: Unread): HclValue {
  for (const each of args) {
    const value = evaluate(each, scope);
    const unknown = unknownIn(value);
    if (unknown === undefined) return name === 'can' ? true : value;
    if (!(unknown instanceof HclFailure)) return unread(`it is unknown whether an argument of ${name} has an error`);
  }
  return name === 'can' ? false : new HclFailure(unread('every argument of try has an error'));
}

function flagOf(value: HclValue): boolean | Unknown | undefined {
  if (value instanceof Unknown || typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

function binary(
  { operator, left, right }: Extract<HclExpression, { kind: 'binary' }>,
  scope: Scope,
  unread: Unread,
): HclValue {
  const one = evaluate(left, scope);
  const other = evaluate(right, scope);
  if (operator === '&&' || operator === '||') {
    const [first, second] = [flagOf(one), flagOf(other)];
    const decides = operator === '||';
    if (first === decides) return decides;
    const failure = [one, other].find((each) => each instanceof HclFailure);
    if (failure !== undefined) return failure;
    if (second === decides) return decides;
    if (first instanceof Unknown) return first;
    if (second instanceof Unknown) return second;
    return first === undefined || second === undefined ? unread('it is neither true nor false') : !decides;
  }
  const comparesEquality = operator === '==' || operator === '!=';
  if (comparesEquality && isNullBeside(one, other)) return operator === '!=';
  const unknown = unknownIn(one) ?? unknownIn(other);
  if (unknown !== undefined) return unknown;
  if (comparesEquality) {
    const isSame = areEqual(one, other);
    return isSame === undefined ? unread('it is unknown whether the two are equal') : isSame === (operator === '==');
  }
  const [first, second] = [numberOf(one), numberOf(other)];
  if (first === undefined || second === undefined) return unread('it is not a number');
  switch (operator) {
    case '<':
      return first < second;
    case '<=':
      return first <= second;
    case '>':
      return first > second;
    case '>=':
      return first >= second;
    case '+':
      return first + second;
    case '-':
      return first - second;
    case '*':
      return first * second;
    default: {
      const result = operator === '/' ? first / second : first % second;
      return Number.isFinite(result) ? result : unread('it divides by zero');
    }
  }
}

function forLoop(
  { keyName, valueName, over, key, value, groups, when }: Extract<HclExpression, { kind: 'for' }>,
  scope: Scope,
  unread: Unread,
): HclValue {
  const of = evaluate(over, scope);
  if (of instanceof Unknown) return of;
  const entries = entriesOf(of);
  if (entries === undefined) return unread('there is nothing to iterate over');
  const list: HclValue[] = [];
  const map = new Map<string, HclValue>();
  const grouped = new Map<string, HclValue[]>();
  for (const [index, each] of entries) {
    if (!scope.mayGoOn()) return unread('it takes too much computation');
    const inner = named(
      scope,
      new Map([[valueName, each], ...(keyName === undefined ? [] : [[keyName, index] as const])]),
    );
    const holds = when === undefined ? true : flagOf(evaluate(when, inner));
    if (holds instanceof Unknown) return holds;
    if (holds === undefined) return unread('the condition is neither true nor false');
    if (!holds) continue;
    const result = evaluate(value, inner);
    if (key === undefined) list.push(result);
    else {
      const name = evaluate(key, inner);
      const text = asText(name);
      if (text === undefined) return name instanceof Unknown ? name : unread('a name is not text');
      if (grouped.has(text) && !groups)
        return new HclFailure(unread(`two results have the name ${JSON.stringify(text)}`));
      // Two names that look different may be equal once they are deployed.
      if (groups && grouped.size > 0 && [text, ...grouped.keys()].some(hasMark) && !grouped.has(text))
        return unread('it is unknown which results have the same name');
      grouped.set(text, [...(grouped.get(text) ?? []), result]);
      map.set(text, result);
    }
  }
  if (key === undefined) return list;
  return groups ? grouped : map;
}

export function named(scope: Scope, names: ReadonlyMap<string, HclValue>): Scope {
  return {
    get: (name) => (names.has(name) ? names.get(name) : scope.get(name)),
    location: scope.location,
    mayGoOn: scope.mayGoOn,
    files: scope.files,
  };
}

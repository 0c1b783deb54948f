/**
 * Decides whether a statement's conditions hold for a request. Every condition must hold. A condition holds if one of its values matches
 * or, with a negated operator, if none does. Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Multivalued
 * context keys".
 */
import { type ContextEntry, isKnown, type KnownEntry, type RequestFacts } from '../context/context.ts';
import { isForIamPoliciesOnly } from '../facts/iam-policies-only.ts';
import { all, any, not, type Truth, test } from '../logic/truth.ts';
import type { PolicyCondition, PolicyStatement, StatementRef } from '../picture.ts';
import type { Comparison } from '../value/compare.ts';
import { joinValue, shown, type Unknown, unknownsOf, type Value } from '../value/value.ts';
import { type Operator, type PolicyValue, parseOperator } from './operators.ts';
import { sameValue } from './principals.ts';
import { hasVariables, literalValue, resolveVariables } from './variables.ts';

export function conditionsHold(statement: PolicyStatement, facts: RequestFacts): Truth {
  let holds: Truth = true;
  for (const condition of statement.conditions) {
    const truth = conditionHolds(condition, facts, statement.ref);
    if (truth === false) return false;
    holds = all(holds, truth);
  }
  return holds;
}

export function conditionHolds(
  condition: PolicyCondition,
  facts: Pick<RequestFacts, 'entry'>,
  ref: StatementRef,
): Truth {
  const key = condition.key.toLowerCase();
  const { operator } = parseOperator(condition.operator);
  const entry = entryFor(key, facts, ref);
  if (operator === undefined) return open(condition, ref, [condition.key], []);
  if (isKnown(entry)) return decided(condition, entry, facts, ref);
  // The condition key may be absent. If nothing is known about it, it may also have any value. Only a `Null` test, a policy value that
  // matches anything, or a policy value with a variable can then have a certain result.
  const isUnknown = entry === 'unknown';
  const canBeDecided =
    operator === 'null' || condition.values.some((value) => isAnything(value) || hasVariables(value));
  if (isUnknown && !canBeDecided) return open(condition, ref, [condition.key], []);
  const value = isUnknown ? joinValue([{ unknown: 'value', of: key }]) : entry.ifPresent;
  const without = decided(condition, 'absent', facts, ref);
  const withValue = decided(condition, [value], facts, ref);
  if (typeof without === 'boolean' && without === withValue) return without;
  return open(condition, ref, [condition.key], []);
}

function entryFor(key: string, facts: Pick<RequestFacts, 'entry'>, ref: StatementRef): ContextEntry {
  return ref.kind === 'keyPolicy' && isForIamPoliciesOnly(key) ? 'unknown' : facts.entry(key);
}

function decided(
  condition: PolicyCondition,
  entry: KnownEntry,
  facts: Pick<RequestFacts, 'entry'>,
  ref: StatementRef,
): Truth {
  const { quantifier, ifExists, operator } = parseOperator(condition.operator);
  if (operator === undefined) return open(condition, ref, [condition.key], []);
  if (operator === 'null') {
    const booleans = condition.values.map((value) => shown(value).toLowerCase());
    return booleans.includes(entry === 'absent' ? 'true' : 'false');
  }
  if (entry === 'absent') {
    if (quantifier === 'all') return true;
    if (quantifier === 'any') return ifExists;
    return ifExists || operator.negated;
  }

  const unknownKeys = new Set<string>();
  const policyValues = condition.values.flatMap((value): readonly (PolicyValue | 'unknown')[] => {
    if (!operator.variables || !hasVariables(value)) return [literalValue(value)];
    const resolved = resolveVariables(value, (name) => entryFor(name, facts, ref));
    if (resolved.kind === 'value') return [resolved.wanted];
    if (resolved.kind === 'none') return [];
    for (const name of resolved.keys) unknownKeys.add(name);
    return ['unknown'];
  });
  const unknowns = [...entry, ...condition.values].flatMap(unknownsOf);
  const matchesOne = (actual: Value): Truth => {
    const matched = anyMatches(operator, actual, policyValues);
    if (matched === 'open' && isOfCallersAccount(condition)) {
      // Uses the same test as the check of the caller's account, so that a formula treats both as one test.
      const same = any(...condition.values.map((value) => sameValue('account', actual, value, ref)));
      return operator.negated ? not(same) : same;
    }
    // The open test is the condition as written, negated or not.
    if (matched === 'open') return open(condition, ref, [...unknownKeys, ...unknownValues(unknowns)], unknowns);
    return matched !== operator.negated;
  };

  if (quantifier === undefined && entry.length > 1) {
    // AWS does not document how several values without a quantifier are compared. The result is certain only if all give the same.
    const results = entry.map(matchesOne);
    const [first] = results;
    return typeof first === 'boolean' && results.every((result) => result === first)
      ? first
      : open(condition, ref, [], unknowns);
  }
  // In a set, an empty text does not count as a value.
  const values = quantifier === undefined ? entry : entry.filter((value) => value !== '');
  return quantifier === 'any' ? any(...values.map(matchesOne)) : all(...values.map(matchesOne));
}

/** Whether a condition compares the caller's account only with values that have neither variables nor wildcards. */
function isOfCallersAccount({ operator, key, values }: PolicyCondition): boolean {
  const isWritten = (value: Value) => !hasVariables(value) && !/[*?]/.test(shown(value));
  return /^(aws:PrincipalAccount|kms:CallerAccount)$/i.test(key) && /string/i.test(operator) && values.every(isWritten);
}

function isAnything(value: Value): boolean {
  return typeof value === 'string' && /^\*+$/.test(value);
}

function anyMatches(operator: Operator, actual: Value, wanted: readonly (PolicyValue | 'unknown')[]): Comparison {
  let answer: Comparison = false;
  for (const one of wanted) {
    const matched = one === 'unknown' ? 'open' : operator.matches(actual, one);
    if (matched === true) return true;
    if (matched === 'open') answer = 'open';
  }
  return answer;
}

function unknownValues(unknowns: readonly Unknown[]): readonly string[] {
  return unknowns.filter(({ unknown }) => unknown === 'value').map(({ of }) => of);
}

function open(
  condition: PolicyCondition,
  statement: StatementRef,
  unknownKeys: readonly string[],
  unknowns: readonly Unknown[],
): Truth {
  const values = condition.values.map(shown);
  const key = condition.key.toLowerCase();
  return test({
    kind: 'condition',
    // Equal tests of several statements have the same id, unless the test means something else in a key policy.
    id: `${condition.operator} ${key}${isForIamPoliciesOnly(key) ? ` in ${statement.kind}` : ''} ${JSON.stringify(values)}`,
    operator: condition.operator,
    key: condition.key,
    values,
    unknownKeys: [...new Set(unknownKeys)],
    unknowns: unknowns.filter(({ unknown }) => unknown !== 'value'),
    statement,
  });
}

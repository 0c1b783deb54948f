/** Statements that no request for a key can meet, whoever makes it. */
import { numberOf, secondsOf } from '@keywright/core/kms/condition-values';
import { boundsOf } from '@keywright/core/kms/ip-ranges';
import { parseOperator } from '../../evaluate/operators.ts';
import { resourceIncludes } from '../../evaluate/statements.ts';
import { hasVariables } from '../../evaluate/variables.ts';
import { isAboutKey, takesEncryptionContext } from '../../facts/actions.ts';
import { conditionKeyNamed } from '../../facts/condition-key-names.ts';
import { availability } from '../../facts/condition-keys.ts';
import { valuesFor } from '../../facts/key-values.ts';
import type { NamedPrincipal, PictureKey, PolicyCondition, PolicyStatement } from '../../picture.ts';
import { equals } from '../../value/compare.ts';
import { joinValue, partsOf, shown, type Value } from '../../value/value.ts';
import { canHold, hasWildcard, mustMatch, requiresItsKey } from './conditions.ts';
import { operationsIn, operationsOf } from './operations.ts';
import { differentOwnersIn } from './owners.ts';

/** Whether a statement of a key policy covers only other resources, or requires something that no request for the key has. */
export function isNeverMet(statement: PolicyStatement, key: PictureKey): boolean {
  const { resources, notResources, actions = [], conditions, ref } = statement;
  const isElsewhere =
    resources?.every((resource) => resourceIncludes(resource, key.arn) === false) === true ||
    notResources?.some((resource) => resourceIncludes(resource, key.arn) === true) === true;
  if (ref.kind === 'keyPolicy' && isElsewhere) return true;
  if (contradictionIn(statement) !== undefined) return true;
  return conditions.some(
    (condition) =>
      impossibleFor(condition, statement, key) !== undefined ||
      (actions.length > 0 && actionsWithout(condition, statement, key).length === actions.length),
  );
}

/** The actions of a statement, as written, for which no request has the condition key that a condition requires. */
export function actionsWithout(
  condition: PolicyCondition,
  { actions = [], principals = [] }: PolicyStatement,
  key: PictureKey | undefined,
): readonly string[] {
  // Another rule reports condition keys that do not exist.
  if (!requiresItsKey(condition) || conditionKeyNamed(condition.key) === undefined) return [];
  const name = condition.key.toLowerCase();
  const occursFor = (operation: string) => !neverHas(operation, name, key);
  // AWS's documented statement for CloudWatch Logs has `kms:Describe*` beside actions with an encryption context.
  const isForLogs = principals.length > 0 && principals.every(isLogs);
  const isAsDocumented = isForLogs && actions.flatMap(operationsOf).some(occursFor);
  return actions.filter((action) => {
    const operations = operationsOf(action);
    if (isAsDocumented && operations.filter(isAboutKey).every((operation) => operation === 'DescribeKey')) return false;
    return operations.length > 0 && !operations.some(occursFor);
  });
}

/**
 * The values that the condition key can have, if the condition requires a different value; `undefined` if the condition can be met. Empty:
 * any value but the one that the condition requires, the region of the key for `kms:ReplicaRegion`.
 */
export function impossibleFor(
  condition: PolicyCondition,
  statement: PolicyStatement,
  key: PictureKey,
): readonly string[] | undefined {
  const { traits, aliases, region } = key;
  const name = condition.key.toLowerCase();
  if (name === 'kms:replicaregion') {
    // A Deny may be meant for the keys of several regions.
    const isOwnRegion = condition.values.every((value) => equals(value, region) === true);
    return statement.effect === 'Allow' && mustMatch(condition) && isOwnRegion ? [] : undefined;
  }
  // Without traits, the key is not the project's own, and may have other aliases.
  const possible = traits && (name === 'kms:requestalias' ? aliases : valuesFor(name, traits));
  if (possible === undefined || possible.length === 0) return undefined;
  // A condition that also holds without the condition key may be meant for other actions of the statement.
  const isNeeded =
    mustMatch(condition) ||
    [...operationsIn(statement)].every(
      (operation) => availability(name, operation, isAboutKey(operation)) === 'always',
    );
  return isNeeded && !possible.some((value) => canHold(condition, value, statement)) ? possible : undefined;
}

/**
 * The one or two condition keys, as written, on which the statement's conditions exclude each other; `undefined` if all conditions can hold
 * together.
 */
export function contradictionIn({
  conditions,
  ref,
}: Pick<PolicyStatement, 'conditions' | 'ref'>): readonly string[] | undefined {
  if (conditions.length < 2) return undefined;
  const onOneKey = conditions.find(({ key }, index) => {
    const alike = conditions.filter((other) => other.key.toLowerCase() === key.toLowerCase());
    if (alike.length < 2 || alike[0] !== conditions[index] || !alike.some(requiresItsKey)) return false;
    if (alike.some(({ operator }) => parseOperator(operator).quantifier !== undefined)) return false;
    if (alike.some(isOfAbsence)) return true;
    const candidates = candidatesFor(alike);
    return candidates?.some((value) => alike.every((condition) => canHold(condition, value, { ref }))) === false;
  })?.key;
  return onOneKey === undefined ? differentOwnersIn(conditions) : [onOneKey];
}

function isOfAbsence({ operator, values }: PolicyCondition): boolean {
  return operator.toLowerCase() === 'null' && values.every((value) => shown(value).toLowerCase() === 'true');
}

/**
 * The values to try for a condition key that a request has: if some value meets all of these conditions, one of the candidates does. The
 * candidates are the values that one condition requires, texts that its pattern matches, or values around the limits of numbers, dates and
 * addresses; `undefined` if there are too many.
 */
function candidatesFor(conditions: readonly PolicyCondition[]): readonly Value[] | undefined {
  const operators = conditions.map(({ operator }) => operator.replace(/IfExists$/i, ''));
  const are = (pattern: RegExp) => operators.every((operator) => pattern.test(operator));
  const positive = conditions.filter((_, index) =>
    /^((String|Numeric|Date)Equals|Arn(Equals|Like)|StringLike|Bool)$/i.test(operators[index] ?? ''),
  );
  const exact = positive.find(({ values }) => !values.some((value) => hasWildcard(value) || hasVariables(value)));
  if (exact !== undefined) return exact.values;
  if (conditions.some(({ values }) => values.some(hasVariables))) return undefined;
  const [pattern] = positive;
  if (positive.length === 1 && pattern !== undefined && are(/^(Arn|String)(Equals|Like|Not\w+)$/i))
    return pattern.values.flatMap(matchesOf);
  const texts = conditions.flatMap(({ values }) => values.map(shown));
  if (are(/^(Not)?IpAddress$/i)) {
    const bounds = texts.map(boundsOf);
    return bounds.includes(undefined) ? undefined : bounds.flatMap((bound) => Object.values(bound ?? {}));
  }
  if (!are(/^(Numeric|Date)((Less|Greater)Than(Equals)?|NotEquals)$/i)) return undefined;
  const read = operators.some((operator) => /^Date/i.test(operator)) ? secondsOf : numberOf;
  const limits = texts.map(read);
  return limits.includes(undefined)
    ? undefined
    : limits.flatMap((limit = 0) => [limit - 0.5, limit, limit + 0.5].map(String));
}

/** Some texts that a pattern matches, chosen so that another pattern matches all of them only if it is at least as wide. */
function matchesOf(pattern: Value): readonly Value[] {
  const unusual = '\u{10fffd}';
  return ['', unusual, unusual.repeat(2), unusual.repeat(9)].map((text) =>
    joinValue(
      partsOf(pattern).map((part) =>
        typeof part === 'string' ? part.replaceAll('*', text).replaceAll('?', unusual) : part,
      ),
    ),
  );
}

function isLogs(named: NamedPrincipal): boolean {
  return named.kind === 'service' && /^logs\./.test(shown(named.host));
}

function neverHas(operation: string, conditionKey: string, key: PictureKey | undefined): boolean {
  if (availability(conditionKey, operation, isAboutKey(operation)) === 'never') return true;
  const spec = key?.traits?.spec ?? 'SYMMETRIC_DEFAULT';
  return (
    conditionKey.startsWith('kms:encryptioncontext') &&
    takesEncryptionContext(operation) &&
    spec !== 'SYMMETRIC_DEFAULT'
  );
}

/** Finds mistakes in the operator of a condition: its type, its quantifier, a wildcard, or requests that lack the condition key. */
import { conditionOperators } from '@keywright/core/kms/condition-operators';
import { type ConditionKey, type ConditionKeyType, conditionKeyNamed } from '../../facts/condition-key-names.ts';
import type { NamedPrincipal, PolicyCondition, PolicyStatement } from '../../picture.ts';
import { shown, type Value } from '../../value/value.ts';
import { hasWildcard, mustMatch, requiresItsKey } from './conditions.ts';

export interface Mistake {
  readonly problem: string;
  readonly advice: string;
}

const types = new Map(
  Object.entries(conditionOperators).flatMap(
    ([type, names]) => names.map((name) => [name.toLowerCase(), type as ConditionKeyType | 'Binary'] as const), // Object.entries loses the type of the keys
  ),
);

/** The mistake in a condition, given all conditions of its statement. */
export function mistakeIn(
  condition: PolicyCondition,
  effect: 'Allow' | 'Deny',
  all: readonly PolicyCondition[],
): Mistake | undefined {
  const { operator: written } = condition;
  const [, quantifier, name = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(?:IfExists)?$/i.exec(written) ?? [];
  const type = types.get(name.toLowerCase());
  if (type === undefined) return undefined; // `Null`, which fits every condition key
  const key = conditionKeyNamed(condition.key);
  if (key === undefined) return undefined;
  return (
    mistakeOfIfExists(condition, effect, all) ??
    (key.family ? undefined : mistakeOfType(condition, key, name, type)) ??
    mistakeOfQuantifier(condition, key, quantifier, effect, all) ??
    mistakeOfWildcard(condition)
  );
}

function mistakeOfType(
  { values }: PolicyCondition,
  key: ConditionKey,
  name: string,
  type: ConditionKeyType | 'Binary',
): Mistake | undefined {
  if (type === key.type || (key.type === 'ARN' && type === 'Text')) return undefined;
  // Source: IAM User Guide, "AWS global condition context keys", aws:EpochTime, "Works with".
  if (key.name === 'aws:EpochTime' && type === 'Numeric') return undefined;
  // Some condition keys of type text hold ARNs and take ARN operators.
  const areArns = values.every((value) => typeof value !== 'string' || value.startsWith('arn:') || value === '*');
  if (key.type === 'Text' && type === 'ARN' && areArns) return undefined;
  const operators: readonly string[] = conditionOperators[key.type];
  const alike = operators.find((operator) => comparisonOf(operator) === comparisonOf(name));
  const better = alike ?? operators.find((operator) => /not/i.test(operator) === /not/i.test(name)) ?? operators[0];
  return {
    problem: `\`${name}\` cannot compare \`${key.name}\`, which is ${nouns[key.type]}`,
    advice: `use \`${better}\``,
  };
}

/** The comparison that an operator makes, in lower case: `lessthan` for `NumericLessThan` and `DateLessThan`. */
function comparisonOf(operator: string): string {
  return operator.replace(/^(String|Arn|Numeric|Date)/i, '').toLowerCase();
}

const nouns: Readonly<Record<ConditionKeyType, string>> = {
  Text: 'text',
  ARN: 'an ARN',
  Bool: 'a Boolean',
  Numeric: 'a number',
  Date: 'a date',
  'IP address': 'an IP address',
};

function mistakeOfQuantifier(
  condition: PolicyCondition,
  key: ConditionKey,
  quantifier: string | undefined,
  effect: 'Allow' | 'Deny',
  all: readonly PolicyCondition[],
): Mistake | undefined {
  const { operator } = condition;
  if (key.multivalued && quantifier === undefined) {
    const problem = `\`${operator}\` cannot compare \`${key.name}\`, which can have several values`;
    // An Allow for some operations or tags is meant to exclude all others.
    const better = effect === 'Allow' && isInEveryRequest.includes(key.name) ? 'ForAllValues' : 'ForAnyValue';
    return { problem, advice: `write \`${better}:${operator}\`` };
  }
  if (effect === 'Deny') return mistakeOfAnyValue(condition, key);
  if (quantifier?.toLowerCase() !== 'forallvalues') return undefined;
  if (isInEveryRequest.includes(key.name) || all.some((other) => requires(other, condition.key))) return undefined;
  if (!key.multivalued) return allValuesOfOne(condition);
  const plain = operator.slice('ForAllValues:'.length);
  const problem = `\`${operator}\` is met by every request that lacks \`${condition.key}\``;
  return { problem, advice: `add \`Null: { "${condition.key}": false }\`, or write \`ForAnyValue:${plain}\`` };
}

/** The mistake of `ForAllValues` on a condition key that has one value. */
function allValuesOfOne({ operator, key }: PolicyCondition): Mistake {
  return {
    problem: `\`${operator}\` is for condition keys with several values, and is met by every request that lacks \`${key}\``,
    advice: `write \`${operator.slice('ForAllValues:'.length)}\``,
  };
}

/** The mistake of `ForAllValues` in a trust policy, on a condition key that a request to assume a role can leave out. */
export function mistakeOfAllValues(condition: PolicyCondition, all: readonly PolicyCondition[]): Mistake | undefined {
  const { operator, key } = condition;
  if (!/^ForAllValues:/i.test(operator) || !/^sts:(ExternalId|SourceIdentity)$/i.test(key)) return undefined;
  return all.some((other) => requires(other, key)) ? undefined : allValuesOfOne(condition);
}

/**
 * The mistake of an Allow whose condition is met if the caller leaves the condition key out, as callers can with an
 * encryption context, a service or an endpoint. Another rule covers the sources of services.
 */
export function mistakeOfIfExists(
  condition: PolicyCondition,
  effect: 'Allow' | 'Deny',
  all: readonly PolicyCondition[],
): Mistake | undefined {
  const { operator, key } = condition;
  const positive = operator.replace(/IfExists$/i, '');
  if (effect === 'Deny' || positive === operator || !mustMatch({ ...condition, operator: positive })) return undefined;
  if (!isLeftToCallers.test(key) || all.some((other) => requires(other, key))) return undefined;
  return {
    problem: `\`${operator}\` is met by every request that leaves out \`${key}\``,
    advice: `write \`${positive}\`${/^kms:/i.test(key) ? ', and put actions that lack the condition key in a statement without the condition' : ''}`,
  };
}

const isLeftToCallers =
  /^(kms:(EncryptionContext(Keys$|:)|RecipientAttestation:|RequestAlias$|ViaService$|GrantConstraint)|aws:(CalledVia|MultiFactorAuth|SourceVpc|VpcSourceIp$)|sts:ExternalId$)/i;

/**
 * The mistake in a Deny for everyone outside an organization or a network, or for requests that do not come through the listed services.
 * Such a Deny misses callers without an organization and requests without a service, since a `ForAnyValue:` condition is never met without
 * its condition key, negated or not.
 */
function mistakeOfAnyValue({ operator, key }: PolicyCondition, { multivalued }: ConditionKey): Mistake | undefined {
  const isOfOthers = /^ForAnyValue:((String|Arn)Not\w*|NotIpAddress)$/i.test(operator) && !/IfExists$/i.test(operator);
  if (!isOfOthers || !escapesWithout.test(key)) return undefined;
  const better = multivalued
    ? operator.replace(/^ForAnyValue/i, 'ForAllValues')
    : operator.slice('ForAnyValue:'.length);
  return {
    problem: `requests that lack \`${key}\` escape a Deny with \`${operator}\``,
    advice: `write \`${better}\``,
  };
}

/**
 * Condition keys that some requests lack. A Deny of all values but some is meant to deny requests without the condition key too. The source
 * of a service is not among them, because a Deny of other sources is not meant for requests without a source.
 */
const escapesWithout =
  /^(aws:(CalledVia(First|Last)?$|Principal(OrgID$|OrgPaths$|Tag\/)|Source(Ip|Vpc|Vpce|VpcArn|Identity)$|VpcSourceIp$|Vpce(Account|OrgID|OrgPaths)$)|kms:(EncryptionContext:|RequestAlias$|ViaService$))/i;

/** Condition keys with values in every request that can have them: the operations of a KMS grant, and the tags to add or remove. */
const isInEveryRequest: readonly string[] = ['kms:GrantOperations', 'aws:TagKeys'];

function requires(condition: PolicyCondition, required: string): boolean {
  return condition.key.toLowerCase() === required.toLowerCase() && requiresItsKey(condition);
}

/**
 * The mistake in a Deny for requests without MFA: users with access keys escape, because their requests lack the condition key. It is not a
 * mistake if another Deny covers these users. Sessions of roles have the condition key. Source: IAM User Guide, "AWS global condition
 * context keys", aws:MultiFactorAuthPresent.
 */
export function mistakeOfAbsence(
  { operator, key, values }: PolicyCondition,
  { effect, principals }: PolicyStatement,
  policy: readonly PolicyStatement[] = [],
): Mistake | undefined {
  const isAboutLackOfMfa =
    (/^aws:MultiFactorAuthPresent$/i.test(key) && /^Bool$/i.test(operator) && values.every(isFalse)) ||
    (/^aws:MultiFactorAuthAge$/i.test(key) && /^NumericGreaterThan(Equals)?$/i.test(operator));
  if (effect === 'Allow' || !isAboutLackOfMfa || principals?.every(({ kind }) => !hasUsers.includes(kind)))
    return undefined;
  const deniesAbsence = ({ effect, conditions }: PolicyStatement) =>
    effect === 'Deny' &&
    conditions.some((other) => /^aws:MultiFactorAuth/i.test(other.key) && /^Null$|IfExists$/i.test(other.operator));
  if (policy.some(deniesAbsence)) return undefined;
  const problem = `requests of users with access keys lack \`${key}\`, so a Deny with \`${operator}\` lets them pass`;
  return { problem, advice: `write \`${operator}IfExists\`` };
}

const hasUsers: readonly NamedPrincipal['kind'][] = ['anyone', 'account', 'user'];

const isFalse = (value: Value) => shown(value).toLowerCase() === 'false';

/** The mistake of a wildcard under `StringEquals` or another operator that treats wildcards as literal characters. */
export function mistakeOfWildcard({ operator, values }: PolicyCondition): Mistake | undefined {
  const equals = /(?:^|:)String(Not)?Equals/i.exec(operator);
  if (equals === null || !values.some(hasWildcard)) return undefined;
  const better = equals[1] === undefined ? 'StringLike' : 'StringNotLike';
  return { problem: `\`${operator}\` takes wildcards literally`, advice: `use \`${better}\`` };
}

import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { conditionOperators } from '@keywright/core/kms/condition-operators';
import { type ConditionKey, type ConditionKeyType, conditionKeyNamed } from '../facts/condition-key-names.ts';
import type { NamedPrincipal, PolicyCondition, PolicyStatement } from '../picture.ts';
import { shown, type Value } from '../value/value.ts';
import { hasWildcard, mustMatch } from './read/conditions.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ problem: string; advice: string }>({
  code: 'KW7013',
  severity: 'warning',
  title: 'A condition operator of the wrong type',
  message: ({ problem }) => problem,
  help: ({ advice }) => advice,
  explanation: `An operator compares values of one type. On a condition key of another type it is never met, and a statement that depends
on it does nothing. A key that can have several values needs \`ForAnyValue:\` or \`ForAllValues:\`. An Allow with \`ForAllValues:\` also
lets in every request that lacks the key, unless another condition requires the key. \`StringEquals\` takes \`*\` and \`?\` literally:
wildcards need \`StringLike\`. A Deny of requests without MFA needs \`BoolIfExists\`, since requests with access keys lack the condition key. Tags and the encryption context are free text, so an operator of any type may make sense, and ARNs may
be compared as text. Source: IAM User Guide, "IAM JSON policy elements: Condition operators", "Set operators for multivalued context keys".`,
  example: {
    wrong: `grants:
  - { to: ordersApi, can: decrypt, when: { NumericEquals: { "kms:CallerAccount": "111122223333" } } }`,
    right: `grants:
  - { to: ordersApi, can: decrypt, when: { StringEquals: { "kms:CallerAccount": "111122223333" } } }`,
  },
});

/** Each condition operator fits the type of its condition key. One that does not exist is an error, KW3075. */
export const operatorsFitTheirKeys: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) =>
    statement.conditions.flatMap((condition): readonly Diagnostic[] => {
      const { conditions, effect, ref } = statement;
      const mistake = mistakeIn(condition, effect, conditions) ?? mistakeOfAbsence(condition, statement, key?.policy);
      return mistake === undefined ? [] : [report(definition, ref.source.span, mistake)];
    }),
};

interface Mistake {
  readonly problem: string;
  readonly advice: string;
}

const types = new Map(
  Object.entries(conditionOperators).flatMap(
    ([type, names]) => names.map((name) => [name.toLowerCase(), type as ConditionKeyType | 'Binary'] as const), // Object.entries loses the type of the keys
  ),
);

function mistakeIn(
  condition: PolicyCondition,
  effect: 'Allow' | 'Deny',
  all: readonly PolicyCondition[],
): Mistake | undefined {
  const { operator: written } = condition;
  const [, quantifier, name = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(?:IfExists)?$/i.exec(written) ?? [];
  const type = types.get(name.toLowerCase());
  if (type === undefined) return undefined; // \`Null\`, which takes every key
  const key = conditionKeyNamed(condition.key);
  if (key === undefined) return undefined;
  return (
    (key.family ? undefined : mistakeOfType(condition, key, name, type)) ??
    mistakeOfQuantifier(condition, key, quantifier, effect, all) ??
    mistakeOfWildcard(condition, name)
  );
}

function mistakeOfType(
  { values }: PolicyCondition,
  key: ConditionKey,
  name: string,
  type: ConditionKeyType | 'Binary',
): Mistake | undefined {
  if (type === key.type || (key.type === 'ARN' && type === 'Text')) return undefined;
  // Some text keys hold ARNs and take ARN operators.
  const areArns = values.every((value) => typeof value !== 'string' || value.startsWith('arn:') || value === '*');
  if (key.type === 'Text' && type === 'ARN' && areArns) return undefined;
  const [better = ''] = conditionOperators[key.type];
  return {
    problem: `\`${name}\` cannot compare \`${key.name}\`, which is ${nouns[key.type]}`,
    advice: `use \`${better}\``,
  };
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
    return { problem, advice: `write \`ForAnyValue:${operator}\`` };
  }
  if (quantifier?.toLowerCase() !== 'forallvalues' || effect === 'Deny') return undefined;
  if (isInEveryRequest.includes(key.name) || all.some((other) => requires(other, condition.key))) return undefined;
  const plain = operator.slice('ForAllValues:'.length);
  const problem = `\`${operator}\` is met by every request that lacks \`${condition.key}\``;
  if (!key.multivalued) return { problem: `${problem}, which has one value`, advice: `write \`${plain}\`` };
  return { problem, advice: `add \`Null: { "${condition.key}": false }\`, or write \`ForAnyValue:${plain}\`` };
}

/** Keys with values in every request that can have them: the operations of a grant, and the tags to add or remove. */
const isInEveryRequest: readonly string[] = ['kms:GrantOperations', 'aws:TagKeys'];

/** Whether a condition is met only by requests that have the key. */
function requires(condition: PolicyCondition, required: string): boolean {
  const { operator, key, values } = condition;
  if (key.toLowerCase() !== required.toLowerCase()) return false;
  if (operator.toLowerCase() === 'null') return values.every((value) => value === 'false');
  return mustMatch(condition);
}

/**
 * A Deny of requests without MFA that users with access keys escape, since their requests lack the condition key, unless another Deny is
 * about them. Sessions of roles have it. Source: IAM User Guide, "AWS global condition context keys", aws:MultiFactorAuthPresent.
 */
function mistakeOfAbsence(
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

/** The principals that are users, or whose members are. */
const hasUsers: readonly NamedPrincipal['kind'][] = ['anyone', 'account', 'user'];

const isFalse = (value: Value) => shown(value).toLowerCase() === 'false';

/** `StringEquals` and the other operators that treat a wildcard as a literal character. */
function mistakeOfWildcard({ operator, values }: PolicyCondition, name: string): Mistake | undefined {
  if (!/^String(Not)?Equals/i.test(name) || !values.some(hasWildcard)) return undefined;
  const better = /not/i.test(name) ? 'StringNotLike' : 'StringLike';
  return { problem: `\`${operator}\` takes wildcards literally`, advice: `use \`${better}\`` };
}

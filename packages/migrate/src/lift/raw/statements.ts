import type { Condition, PolicyDocument, Statement } from '@keywright/core/ir/policy';
import type { Environment, Stack } from '@keywright/core/ir/program';
import type { ConditionsDefinition } from '@keywright/core/language/conditions';
import type { IdentityStatementDefinition } from '@keywright/core/language/identity-policy';
import type { InlinePrincipal } from '@keywright/core/language/principal';
import type { StatementDefinition } from '@keywright/core/language/statement';
import { principalOf } from './principals.ts';
import { eachStatement, oneOrMany, type ReferenceText, textOf } from './text.ts';

/** The reason for keeping something of an existing key that needs a reason, such as access for everyone. */
export const reasonOfImport = 'it was like this when it was imported';

/** Writes the statements of a key policy one by one. */
export function keyStatements(policy: PolicyDocument, stack: Stack, environment: Environment): StatementDefinition[] {
  return eachStatement(policy.statements, (whole) => {
    const { statement, organization } = withOrganization(whole);
    const { principals, notPrincipals, resources = [] } = statement;
    const isForEveryKey = resources.length === 1 && resources[0]?.kind === 'literal' && resources[0].text === '*';
    return {
      ...opening(statement),
      ...(principals !== undefined && {
        principals:
          organization ??
          oneOrMany(
            principals.map((principal) => {
              const named = principalOf(principal, stack, environment);
              const isOpen = principal.kind === 'anyone' && isUnconditional(statement);
              return isOpen && typeof named === 'object' ? { ...named, because: reasonOfImport } : named;
            }),
          ),
      }),
      ...(notPrincipals !== undefined && {
        notPrincipals: oneOrMany(notPrincipals.map((principal) => principalOf(principal, stack, environment))),
      }),
      ...acting(statement),
      ...(isForEveryKey ? {} : reaching(statement)),
      ...limiting(statement),
    };
  });
}

/**
 * If a condition restricts a statement for everyone to an organization or organizational unit, returns that organization or unit, and the
 * statement without the condition.
 */
export function withOrganization(statement: Statement): {
  readonly statement: Statement;
  readonly organization?: InlinePrincipal;
} {
  const { principals = [], conditions } = statement;
  const [only] = principals;
  if (principals.length !== 1 || only?.kind !== 'anyone') return { statement };
  for (const condition of conditions) {
    const { operator, key, values } = condition;
    const [value] = values;
    if (values.length !== 1 || value?.kind !== 'literal') continue;
    const rest = { ...statement, conditions: conditions.filter((one) => one !== condition) };
    if (operator === 'StringEquals' && key === 'aws:PrincipalOrgID' && /^o-[a-z0-9]{10,32}$/.test(value.text))
      return { statement: rest, organization: { organization: value.text } };
    const [, unit] =
      /^(o-[a-z0-9]{10,32}\/(?:r-[a-z0-9]{4,32}|\*)(?:\/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})+)\/\*$/.exec(value.text) ??
      [];
    if (operator === 'ForAnyValue:StringLike' && key === 'aws:PrincipalOrgPaths' && unit !== undefined)
      return { statement: rest, organization: { orgUnit: unit } };
  }
  return { statement };
}

function isUnconditional({ effect, conditions }: Statement): boolean {
  return effect === 'Allow' && conditions.length === 0;
}

export function identityStatements(
  document: PolicyDocument,
  referenceText: ReferenceText,
): IdentityStatementDefinition[] {
  return eachStatement(document.statements, (statement) => ({
    ...opening(statement),
    ...acting(statement),
    ...reaching(statement, referenceText),
    ...limiting(statement),
  }));
}

function opening({ sid, effect }: Statement) {
  return { ...(sid !== undefined && { sid }), ...(effect === 'Deny' && { effect }) };
}

function acting({ actions, notActions }: Statement) {
  return {
    ...(actions !== undefined && { actions: oneOrMany(actions) }),
    ...(notActions !== undefined && { notActions: oneOrMany(notActions) }),
  };
}

function reaching({ resources, notResources }: Statement, referenceText?: ReferenceText) {
  return {
    ...(resources !== undefined && { resources: oneOrMany(resources.map((one) => textOf(one, referenceText))) }),
    ...(notResources !== undefined && {
      notResources: oneOrMany(notResources.map((one) => textOf(one, referenceText))),
    }),
  };
}

function limiting({ conditions }: Statement) {
  return conditions.length === 0 ? {} : { conditions: conditionsOf(conditions) };
}

/** Writes conditions in the form that the language shares with IAM, by operator and condition key, with a value or a list of values. */
export function conditionsOf(conditions: readonly Condition[]): ConditionsDefinition {
  const operators = new Map<string, [string, string | string[]][]>();
  for (const { operator, key, values } of conditions) {
    const tests = operators.get(operator) ?? [];
    tests.push([key, oneOrMany(values.map((value) => textOf(value)))]);
    operators.set(operator, tests);
  }
  return Object.fromEntries([...operators].map(([operator, tests]) => [operator, Object.fromEntries(tests)]));
}

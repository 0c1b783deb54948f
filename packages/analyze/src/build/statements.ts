import type { PolicyDocument, PolicyPrincipal, Statement } from '@keywright/core/ir/policy';
import type { Stack } from '@keywright/core/ir/program';
import { nameOfArn } from '../named-principal.ts';
import type { NamedPrincipal, PolicyStatement, StatementRef } from '../picture.ts';
import type { Values } from './resolve-values.ts';

/** A document's statements with their references resolved, each with the span that an answer points to. */
export function resolveStatements(
  document: PolicyDocument,
  stack: Stack,
  values: Values,
  owner: Pick<StatementRef, 'kind' | 'owner' | 'name'>,
): readonly PolicyStatement[] {
  return document.statements.map((statement, index) => resolveStatement(statement, index, stack, values, owner));
}

function resolveStatement(
  statement: Statement,
  index: number,
  stack: Stack,
  values: Values,
  owner: Pick<StatementRef, 'kind' | 'owner' | 'name'>,
): PolicyStatement {
  const { sid, effect, principals, notPrincipals, actions, notActions, resources, notResources } = statement;
  const value = (expression: Parameters<Values['resolve']>[0]) => values.resolve(expression, stack);
  const named = (principal: PolicyPrincipal) => namedPrincipal(principal, value);
  return {
    ref: { ...owner, index, ...(sid !== undefined && { sid }), effect, source: statement.source },
    effect,
    ...(principals !== undefined && { principals: principals.map(named) }),
    ...(notPrincipals !== undefined && { notPrincipals: notPrincipals.map(named) }),
    ...(actions !== undefined && { actions }),
    ...(notActions !== undefined && { notActions }),
    ...(resources !== undefined && { resources: resources.map(value) }),
    ...(notResources !== undefined && { notResources: notResources.map(value) }),
    conditions: statement.conditions.map((condition) => ({ ...condition, values: condition.values.map(value) })),
  };
}

function namedPrincipal(
  principal: PolicyPrincipal,
  value: (expression: Parameters<Values['resolve']>[0]) => ReturnType<Values['resolve']>,
): NamedPrincipal {
  switch (principal.kind) {
    case 'aws':
      return nameOfArn(value(principal.arn));
    case 'service':
      return { kind: 'service', host: value(principal.host) };
    case 'federated':
      return { kind: 'federated', provider: value(principal.provider) };
    case 'anyone':
      return { kind: 'anyone' };
  }
}

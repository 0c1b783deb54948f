import type { Expression } from '@keywright/core/ir/expression';
import type { PolicyDocument, PolicyPrincipal, Statement } from '@keywright/core/ir/policy';

/** A statement with a label for people, and a text that is the same for statements that AWS stores in the same way. */
export interface StatementText {
  readonly label: string;
  readonly text: string;
}

/**
 * Returns the statements of a policy document, and its `Id`. If two documents have the same texts, in whatever order, the AWS provider
 * treats them as equal: it ignores the order of statements and lists when it compares policies.
 */
export function statementTexts(
  document: PolicyDocument,
  show: (expression: Expression) => string,
): readonly StatementText[] {
  const id = document.id && show(document.id);
  const ofId = id === undefined ? [] : [{ label: `the Id ${id}`, text: JSON.stringify(['Id', id]) }];
  return [...ofId, ...document.statements.map((statement) => statementText(statement, show))];
}

function statementText(statement: Statement, show: (expression: Expression) => string): StatementText {
  const { sid, effect, principals, notPrincipals, actions, notActions, resources, notResources, conditions } =
    statement;
  const people = (list: readonly PolicyPrincipal[] | undefined) =>
    list && sorted(list.map((one) => principalText(one, show)));
  const texts = (list: readonly Expression[] | undefined) => list && sorted(list.map(show));
  const parts = {
    ...(sid !== undefined && { Sid: sid }),
    Effect: effect,
    Principal: people(principals),
    NotPrincipal: people(notPrincipals),
    Action: actions && sorted(actions),
    NotAction: notActions && sorted(notActions),
    Resource: texts(resources),
    NotResource: texts(notResources),
    Condition: sorted(
      conditions.map(({ operator, key, values }) =>
        JSON.stringify([operator, key.toLowerCase(), sorted(values.map(show))]),
      ),
    ),
  };
  const text = JSON.stringify(parts);
  return { label: sid === undefined ? short(text) : `the statement ${sid}`, text };
}

function principalText(principal: PolicyPrincipal, show: (expression: Expression) => string): string {
  switch (principal.kind) {
    case 'aws':
      return show(principal.arn);
    case 'service':
      return `service ${show(principal.host)}`;
    case 'federated':
      return `federated ${show(principal.provider)}`;
    case 'anyone':
      return '*';
  }
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

function short(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 160)}…`;
}

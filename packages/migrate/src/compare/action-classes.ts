/**
 * Groups actions that the same statements cover and that the evaluator cannot tell apart, so that only one action of each group is
 * compared. This makes a comparison several times faster, since most policies need only a handful of groups.
 */

import { operationOf, takesEncryptionContext, worksAcrossAccounts } from '@keywright/analyze/facts/actions';
import { availability } from '@keywright/analyze/facts/condition-keys';
import type { PictureGrant, PolicyStatement } from '@keywright/analyze/picture';
import { shown } from '@keywright/analyze/value/value';
import { groupBy } from '@keywright/core/collections/group-by';
import { covers } from '@keywright/core/policy/trust';

export function actionClasses(
  actions: readonly string[],
  statements: readonly (PolicyStatement | PictureGrant)[],
): readonly (readonly [string, ...(readonly string[])])[] {
  const keys = [...new Set(statements.flatMap(conditionKeysIn))];
  // Many statements have the same list of actions.
  const lists = [...groupBy(statements, listOf).values()].map(([statement]) => statement);
  const classes = groupBy(actions, (action) => {
    const operation = operationOf(action);
    return JSON.stringify([
      lists.map((statement) => isAbout(statement, action, operation)),
      worksAcrossAccounts(operation),
      takesEncryptionContext(operation),
      // Requests to create or retire a grant are decided differently.
      operation === 'CreateGrant',
      operation === 'RetireGrant',
      keys.map((key) => availability(key, operation, true)),
    ]);
  });
  return [...classes.values()];
}

function listOf(statement: PolicyStatement | PictureGrant): string {
  return 'operations' in statement
    ? statement.operations.join()
    : `${statement.actions === undefined ? 'not ' : ''}${(statement.actions ?? statement.notActions ?? []).join()}`;
}

function isAbout(statement: PolicyStatement | PictureGrant, action: string, operation: string): boolean {
  if ('operations' in statement) return statement.operations.includes(operation);
  const isOne = (pattern: string) => pattern === '*' || covers(pattern, action);
  const { actions, notActions } = statement;
  return actions === undefined ? !(notActions ?? []).some(isOne) : actions.some(isOne);
}

/** Returns the condition keys that a statement tests or uses in policy variables, in lower case. */
function conditionKeysIn(statement: PolicyStatement | PictureGrant): readonly string[] {
  if ('operations' in statement) return [];
  const { conditions, resources = [], notResources = [] } = statement;
  const texts = [...conditions.flatMap(({ values }) => values), ...resources, ...notResources].map(shown);
  const variables = texts.flatMap((text) => [...text.matchAll(/\$\{([^{},]*)/g)].map(([, name = '']) => name.trim()));
  return [...conditions.map(({ key }) => key), ...variables].map((key) => key.toLowerCase());
}

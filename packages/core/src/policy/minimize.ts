import { groupBy } from '../collections/group-by.ts';
import { expressionKey } from '../ir/expression.ts';
import type { Origin, Provenance, Statement } from '../ir/policy.ts';

/** Drops every statement that repeats an earlier statement. The earlier statement then has the spans of both. */
export function dropDuplicates(statements: readonly Statement[]): readonly Statement[] {
  if (statements.length < 2) return statements;
  const groups = groupBy(statements, meaningOf);
  return groups.size === statements.length ? statements : [...groups.values()].map((alike) => joined(alike));
}

/**
 * Merges statements that differ only in actions, then those that differ only in principals, into the first of them. A statement with a Sid
 * stays, since readers look for it. Lists of `notActions` and `notPrincipals` are not merged, since their union would mean something else.
 * A statement about every action takes in no other actions, since they would add nothing. So the default statement reads as AWS writes it.
 * In everything else, this follows the CDK's feature flag `@aws-cdk/aws-iam:minimizePolicies`.
 */
export function minimize(statements: readonly Statement[]): readonly Statement[] {
  const byActions = merge(
    statements,
    'actions',
    (alike) => ({ actions: [...new Set(alike.flatMap(({ actions = [] }) => actions))] }),
    (statement) => (hasEveryAction(statement) ? setText(statement.actions) : ''),
  );
  return merge(byActions, 'principals', (alike) => ({
    principals: distinct(
      alike.flatMap(({ principals = [] }) => principals),
      (principal) => JSON.stringify(principal),
    ),
  }));
}

function hasEveryAction({ actions = [] }: Statement): boolean {
  return actions.some((action) => action === '*' || action.toLowerCase() === 'kms:*');
}

/**
 * Merges statements that differ only in resources into the first of them. Used only if a policy has no room otherwise: a merged statement
 * has the spans of all, so `why` cannot tell which span is about a key.
 */
export function mergeResources(statements: readonly Statement[]): readonly Statement[] {
  return merge(statements, 'resources', unionOfResources);
}

/**
 * Merges statements that differ only in resources and come from the same span, such as a standard's `admins`, which many keys repeat, or a
 * grant on a key with replicas.
 */
export function mergeRepetitions(statements: readonly Statement[]): readonly Statement[] {
  return merge(statements, 'resources', unionOfResources, ({ source }) =>
    JSON.stringify([source, ...(source.also ?? [])].map(originText)),
  );
}

function unionOfResources(alike: readonly Statement[]): Partial<Statement> {
  const all = alike.flatMap(({ resources = [] }) => resources);
  return { resources: distinct(all, expressionKey) };
}

/** Merges statements that are equal except for `differing`, which `union` combines. Statements for which `more` differs stay apart. */
function merge(
  statements: readonly Statement[],
  differing: 'actions' | 'principals' | 'resources',
  union: (alike: readonly Statement[]) => Partial<Statement>,
  more: (statement: Statement) => string = () => '',
): readonly Statement[] {
  if (statements.length < 2) return statements;
  const groups = groupBy(statements, (statement) => {
    const mergeable = statement.sid === undefined && statement[differing] !== undefined;
    return mergeable ? meaningOf(statement, differing) + more(statement) : statement;
  });
  return groups.size === statements.length ? statements : [...groups.values()].map((alike) => joined(alike, union));
}

function joined(
  alike: readonly [Statement, ...(readonly Statement[])],
  union: (alike: readonly Statement[]) => Partial<Statement> = () => ({}),
): Statement {
  const [first, ...others] = alike;
  return others.length === 0 ? first : { ...first, ...union(alike), source: joinedSource(first, others) };
}

/** The spans of several statements: the spans of the first statement, then the spans of the other statements, without repetition. */
function joinedSource({ source: first }: Statement, others: readonly Statement[]): Provenance {
  const also: Origin[] = [...(first.also ?? [])];
  const texts = new Set([first, ...also].map(originText));
  for (const { source } of others) {
    for (const { span, through } of [source, ...(source.also ?? [])]) {
      const origin = { span, ...(through !== undefined && { through }) };
      const text = originText(origin);
      if (!texts.has(text)) also.push(origin);
      texts.add(text);
    }
  }
  return also.length === 0 ? first : { ...first, also };
}

function originText({ span: { file, line, column }, through = '' }: Origin): string {
  return JSON.stringify([file, line, column, through]);
}

function distinct<T>(values: readonly T[], textOf: (value: T) => string): readonly T[] {
  return [...new Map(values.map((value) => [textOf(value), value])).values()];
}

/** The positions of the parts in which merged statements may differ. */
const partAt = { actions: 0, principals: 1, resources: 2 } as const;

/**
 * A statement's content without its spans and, on request, without one part. The order of actions, principals and
 * conditions does not matter.
 */
function meaningOf(statement: Statement, without?: keyof typeof partAt): string {
  const parts = partsOf(statement);
  return (without === undefined ? parts : parts.with(partAt[without], '')).join('|');
}

function partsOf(statement: Statement): readonly string[] {
  return [
    setText(statement.actions),
    setText(statement.principals),
    setText(statement.resources),
    setText(statement.notActions),
    setText(statement.notPrincipals),
    setText(statement.notResources),
    setText(statement.conditions),
    statement.effect,
    JSON.stringify(statement.sid ?? null),
  ];
}

/** A text that is equal for lists with the same values in any order; empty without a list. */
function setText(values: readonly unknown[] | undefined): string {
  if (values === undefined) return '';
  if (values.length < 2) return JSON.stringify(values);
  return JSON.stringify(values.map((value) => JSON.stringify(value)).sort());
}

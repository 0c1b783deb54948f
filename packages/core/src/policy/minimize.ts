import { expressionKey } from '../ir/expression.ts';
import type { Origin, PolicyPrincipal, Provenance, Statement } from '../ir/policy.ts';

/** Drops every statement that says exactly what an earlier one says, which comes from both places then. */
export function dropDuplicates(statements: readonly Statement[]): readonly Statement[] {
  const distinct = new Map<string, Statement>();
  for (const statement of statements) {
    const text = meaningOf(statement);
    const first = distinct.get(text);
    distinct.set(text, first === undefined ? statement : { ...first, source: joinSources(first, statement) });
  }
  return [...distinct.values()];
}

/**
 * Merges statements that differ only in actions, then those that differ only in principals, into the first of them.
 * Statements with a sid, which a reader looks for, and those with `notActions` or `notPrincipals`, where a union would
 * mean something else, stay as they are. As the CDK's feature flag `@aws-cdk/aws-iam:minimizePolicies`.
 */
export function minimize(statements: readonly Statement[]): readonly Statement[] {
  const byPrincipals = merge(statements, 'actions', mergeActions);
  return merge(byPrincipals, 'principals', mergePrincipals);
}

/**
 * Merges statements that differ only in resources into the first of them. Only where a policy has no room otherwise: a
 * statement for each key is easier to read and to review.
 */
export function mergeResources(statements: readonly Statement[]): readonly Statement[] {
  return merge(statements, 'resources', (first, second) => {
    const resources = [...(first.resources ?? []), ...(second.resources ?? [])];
    return { resources: [...new Map(resources.map((one) => [expressionKey(one), one])).values()] };
  });
}

function merge(
  statements: readonly Statement[],
  differing: 'actions' | 'principals' | 'resources',
  union: (first: Statement, second: Statement) => Partial<Statement>,
): readonly Statement[] {
  const merged: Statement[] = [];
  const places = new Map<string, number>();
  for (const statement of statements) {
    const mergeable = statement.sid === undefined && statement[differing] !== undefined;
    const text = mergeable ? meaningOf({ ...statement, [differing]: undefined }) : undefined;
    const place = text === undefined ? undefined : places.get(text);
    const first = place === undefined ? undefined : merged[place];
    if (place !== undefined && first !== undefined) {
      merged[place] = { ...first, ...union(first, statement), source: joinSources(first, statement) };
    } else {
      if (text !== undefined) places.set(text, merged.length);
      merged.push(statement);
    }
  }
  return merged;
}

function mergeActions(first: Statement, second: Statement): Partial<Statement> {
  return { actions: [...new Set([...(first.actions ?? []), ...(second.actions ?? [])])] };
}

function mergePrincipals(first: Statement, second: Statement): Partial<Statement> {
  const byText = new Map<string, PolicyPrincipal>();
  for (const principal of [...(first.principals ?? []), ...(second.principals ?? [])]) {
    byText.set(JSON.stringify(principal), principal);
  }
  return { principals: [...byText.values()] };
}

/** Where both come from: the places of the first, then those of the second that are others. */
function joinSources({ source: first }: Statement, { source: second }: Statement): Provenance {
  const also = [...(first.also ?? [])];
  for (const origin of [second, ...(second.also ?? [])]) {
    const { span, through } = origin;
    if (![first, ...also].some((known) => isSameOrigin(known, origin)))
      also.push({ span, ...(through !== undefined && { through }) });
  }
  return also.length === 0 ? first : { ...first, also };
}

function isSameOrigin(one: Origin, other: Origin): boolean {
  if (one.through !== other.through) return false;
  if (one.span === other.span) return true;
  const { file, line, column } = one.span;
  return file === other.span.file && line === other.span.line && column === other.span.column;
}

/** What a statement says, without where it comes from; the order of actions, principals and conditions does not count. */
function meaningOf(statement: Statement): string {
  const sorted = (texts: readonly string[] | undefined) => texts?.toSorted();
  const principals = (list: Statement['principals']) => sorted(list?.map((principal) => JSON.stringify(principal)));
  return JSON.stringify([
    statement.sid,
    statement.effect,
    principals(statement.principals),
    principals(statement.notPrincipals),
    sorted(statement.actions),
    sorted(statement.notActions),
    sorted(statement.resources?.map(expressionKey)),
    sorted(statement.notResources?.map(expressionKey)),
    sorted(statement.conditions.map((condition) => JSON.stringify(condition))),
  ]);
}

import type { Expression } from '../ir/expression.ts';
import type { Condition, PolicyDocument, PolicyPrincipal, Statement } from '../ir/policy.ts';

/** A policy document as JSON with expressions at its leaves. Every target prints this tree. */
export type PolicyTree = string | Expression | readonly PolicyTree[] | PolicyObject;

/** An object of the tree, with its entries in printing order. */
export interface PolicyObject {
  readonly kind: 'object';
  readonly entries: readonly (readonly [string, PolicyTree])[];
}

export const policyVersion = '2012-10-17';

/**
 * The JSON structure of a policy document: `Version`, `Id` if it has one, `Statement` as a list. A single action, resource, principal or
 * condition value is printed without a list, as the CDK does.
 */
export function policyTree(document: PolicyDocument): PolicyObject {
  return object([
    ['Version', policyVersion],
    ['Id', document.id],
    ['Statement', document.statements.map(statementTree)],
  ]);
}

/**
 * Wraps `make` so that equal statements are made once: the keys of an organization have most statements in common. Results are kept, so
 * create one wrapper per run of a target.
 */
export function oncePerStatement<T>(make: (tree: PolicyObject) => T): (statement: Statement) => T {
  const nodes = new Map<string, T>();
  return (statement) => {
    const key = statementText(statement);
    const existing = nodes.get(key);
    if (existing !== undefined) return existing;
    const result = make(statementTree(statement));
    nodes.set(key, result);
    return result;
  };
}

/** A statement's content as JSON; equal for equal statements, wherever they come from. */
export function statementText(statement: Omit<Statement, 'source'>): string {
  const { sid, effect, principals, notPrincipals, actions, notActions, resources, notResources, conditions } =
    statement;
  return JSON.stringify([
    sid,
    effect,
    principals,
    notPrincipals,
    actions,
    notActions,
    resources,
    notResources,
    conditions,
  ]);
}

export function statementTree(statement: Statement): PolicyObject {
  return object([
    ['Sid', statement.sid],
    ['Effect', statement.effect],
    ['Principal', statement.principals && principalTree(statement.principals)],
    ['NotPrincipal', statement.notPrincipals && principalTree(statement.notPrincipals)],
    ['Action', statement.actions && oneOrMany(statement.actions)],
    ['NotAction', statement.notActions && oneOrMany(statement.notActions)],
    ['Resource', statement.resources && oneOrMany(statement.resources)],
    ['NotResource', statement.notResources && oneOrMany(statement.notResources)],
    ['Condition', statement.conditions.length > 0 ? conditionTree(statement.conditions) : undefined],
  ]);
}

function principalTree(principals: readonly PolicyPrincipal[]): PolicyObject {
  const aws: PolicyTree[] = [];
  const service: PolicyTree[] = [];
  const federated: PolicyTree[] = [];
  for (const principal of principals) {
    switch (principal.kind) {
      case 'aws':
        aws.push(principal.arn);
        break;
      case 'anyone':
        aws.push('*');
        break;
      case 'service':
        service.push(principal.host);
        break;
      case 'federated':
        federated.push(principal.provider);
        break;
    }
  }
  return object([
    ['AWS', aws.length > 0 ? oneOrMany(aws) : undefined],
    ['Service', service.length > 0 ? oneOrMany(service) : undefined],
    ['Federated', federated.length > 0 ? oneOrMany(federated) : undefined],
  ]);
}

function conditionTree(conditions: readonly Condition[]): PolicyObject {
  const byOperator = new Map<string, [string, PolicyTree][]>();
  for (const { operator, key, values } of conditions) {
    const tests = byOperator.get(operator) ?? [];
    tests.push([key, oneOrMany(values)]);
    byOperator.set(operator, tests);
  }
  return object([...byOperator].map(([operator, tests]) => [operator, object(tests)]));
}

function oneOrMany(values: readonly PolicyTree[]): PolicyTree {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

function object(entries: readonly (readonly [string, PolicyTree | undefined])[]): PolicyObject {
  return {
    kind: 'object',
    entries: entries.filter((entry): entry is readonly [string, PolicyTree] => entry[1] !== undefined),
  };
}

import { expect, test } from 'vitest';
import { literal } from '../ir/expression.ts';
import type { Statement } from '../ir/policy.ts';
import { type PolicyTree, policyTree } from './policy-tree.ts';

/** The tree as JSON; every leaf of these tests is literal. */
function json(tree: PolicyTree): unknown {
  if (typeof tree === 'string') return tree;
  if (!('kind' in tree)) return tree.map(json);
  if (tree.kind === 'literal') return tree.text;
  if (tree.kind !== 'object') throw new Error(`a leaf of kind ${tree.kind}`);
  return Object.fromEntries(tree.entries.map(([name, value]) => [name, json(value)]));
}

const source = { span: { file: 'a', line: 1, column: 1, endLine: 1, endColumn: 1 } };
const bare: Statement = { effect: 'Allow', conditions: [], source };
const aws = (arn: string) => ({ kind: 'aws', arn: literal(arn) }) as const;

test.each<readonly [string, Partial<Statement>, object]>([
  ['what is absent is left out', { actions: ['a'] }, { Effect: 'Allow', Action: 'a' }],
  ['several values are a list', { actions: ['a', 'b'] }, { Effect: 'Allow', Action: ['a', 'b'] }],
  [
    'principals are grouped by kind, with everyone as an AWS principal',
    {
      principals: [
        { kind: 'service', host: literal('s') },
        aws('a'),
        { kind: 'anyone' },
        { kind: 'federated', provider: literal('f') },
      ],
    },
    { Effect: 'Allow', Principal: { AWS: ['a', '*'], Service: 's', Federated: 'f' } },
  ],
  [
    'conditions are grouped by operator, in the order in which the operators first occur',
    {
      conditions: [
        { operator: 'StringEquals', key: 'a', values: [literal('1')] },
        { operator: 'Bool', key: 'b', values: [literal('true')] },
        { operator: 'StringEquals', key: 'c', values: [literal('2'), literal('3')] },
      ],
    },
    { Effect: 'Allow', Condition: { StringEquals: { a: '1', c: ['2', '3'] }, Bool: { b: 'true' } } },
  ],
  [
    'each `not…` has its own name',
    { effect: 'Deny', sid: 'S', notPrincipals: [aws('a')], notActions: ['b'], notResources: [literal('c')] },
    { Sid: 'S', Effect: 'Deny', NotPrincipal: { AWS: 'a' }, NotAction: 'b', NotResource: 'c' },
  ],
])('%s', (_name, more, expected) => {
  const tree = json(policyTree({ statements: [{ ...bare, ...more }] }));
  expect(JSON.stringify(tree)).toBe(JSON.stringify({ Version: '2012-10-17', Statement: [expected] }));
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PolicyTree, policyTree } from '../emit/policy-tree.ts';
import { concat, type Expression, literal } from '../ir/expression.ts';
import type { PolicyPrincipal, Statement } from '../ir/policy.ts';
import { leastPolicyLength } from './size.ts';

const source = { span: { file: 'a', line: 1, column: 1, endLine: 1, endColumn: 1 } };
const few = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 });

/** The document as JSON, with a value for everything that only a deployment knows. */
function deployed(tree: PolicyTree, textOf: (expression: Expression) => string): unknown {
  if (typeof tree === 'string') return tree;
  if (!('kind' in tree)) return tree.map((element) => deployed(element, textOf));
  if (tree.kind !== 'object') return tree.kind === 'concat' ? tree.parts.map(textOf).join('') : textOf(tree);
  return Object.fromEntries(tree.entries.map(([name, value]) => [name, deployed(value, textOf)]));
}

function documentOf(text: fc.Arbitrary<Expression>): fc.Arbitrary<readonly Statement[]> {
  const principal: fc.Arbitrary<PolicyPrincipal> = fc.oneof(
    text.map((arn) => ({ kind: 'aws', arn }) as const),
    text.map((host) => ({ kind: 'service', host }) as const),
    text.map((provider) => ({ kind: 'federated', provider }) as const),
    fc.constant({ kind: 'anyone' } as const),
  );
  const statement: fc.Arbitrary<Statement> = fc.record({
    effect: fc.constantFrom('Allow', 'Deny'),
    principals: few(principal),
    actions: few(fc.string()),
    resources: few(text),
    conditions: fc.uniqueArray(
      fc.record({ operator: fc.constantFrom('A', 'B'), key: fc.constantFrom('k', 'ä"'), values: few(text) }),
      {
        selector: ({ operator, key }) => operator + key,
        maxLength: 3,
      },
    ),
    source: fc.constant(source),
  });
  return fc.array(statement, { maxLength: 3 });
}

test('a document without expressions has the length of its JSON', () => {
  const text = fc.string({ unit: 'grapheme' }).map(literal);
  fc.assert(
    fc.property(documentOf(text), (statements) => {
      const json = JSON.stringify(
        deployed(policyTree({ statements }), (part) => (part.kind === 'literal' ? part.text : '')),
      );
      expect(leastPolicyLength({ statements })).toBe(Buffer.byteLength(json));
    }),
  );
});

test('a value that only the deployment knows is never overestimated', () => {
  const shortest: Readonly<Record<string, string>> = {
    account: '111122223333',
    region: 'us-east-1',
    partition: 'aws',
    dnsSuffix: 'amazonaws.com',
    arn: 'arn:aws:iam::111122223333:role/x',
  };
  const unknown: fc.Arbitrary<Expression> = fc.constantFrom(
    ...(['account', 'region', 'partition', 'dnsSuffix'] as const).map((name) => ({ kind: 'pseudo', name }) as const),
    { kind: 'reference', resource: 'role/x', attribute: 'arn' } as const,
    { kind: 'crossStack', stack: 'a', export: 'principals.x.arn' } as const,
  );
  const text = fc
    .array(fc.oneof(unknown, fc.string().map(literal)), { minLength: 1, maxLength: 3 })
    .map((parts) => concat(...parts));
  fc.assert(
    fc.property(documentOf(text), (statements) => {
      const textOf = (part: Expression) =>
        part.kind === 'literal' ? part.text : (shortest[part.kind === 'pseudo' ? part.name : 'arn'] ?? '');
      const json = JSON.stringify(deployed(policyTree({ statements }), textOf));
      expect(leastPolicyLength({ statements })).toBe(Buffer.byteLength(json));
    }),
  );
});

import { parse } from '@cdktn/hcl2json';
import { concat, type Expression, literal } from '@keywright/core/ir/expression';
import type { Condition, PolicyPrincipal, Statement } from '@keywright/core/ir/policy';
import { policyJson } from '@keywright/core/testing/policy-json';
import { key, provenance } from '@keywright/core/testing/target-stacks';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stackOf } from '../stacks.test-fixture.ts';
import { anyText, asTerraformHasIt } from '../texts.test-support.ts';
import { createPrinter } from './printer.ts';

const text = anyText.map(literal);
const expression: fc.Arbitrary<Expression> = fc.oneof(
  text,
  fc.constant<Expression>({ kind: 'reference', resource: 'key/orders', attribute: 'arn' }),
  // Next to an interpolation, the text is only `a:` or `:b`. Any other text may have a `$` next to it, which hcl2json does not tell apart
  // from the interpolation; text.test.ts tests this with terraform itself.
  fc
    .constantFrom<Expression>({ kind: 'pseudo', name: 'account' })
    .map((account) => concat(literal('a:'), account, literal(':b'))),
);
const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 });

const principal: fc.Arbitrary<PolicyPrincipal> = fc.oneof(
  expression.map((arn) => ({ kind: 'aws' as const, arn })),
  expression.map((host) => ({ kind: 'service' as const, host })),
  fc.constant({ kind: 'anyone' as const }),
);
const condition: fc.Arbitrary<Condition> = fc.record({
  operator: fc.constantFrom('StringEquals', 'ForAnyValue:StringLike'),
  key: fc.oneof(fc.constantFrom('kms:ViaService', 'tenant'), anyText.map(asTerraformHasIt)),
  values: some(expression),
});
const statement: fc.Arbitrary<Statement> = fc.record({
  sid: anyText,
  effect: fc.constantFrom('Allow' as const, 'Deny' as const),
  principals: some(principal),
  actions: some(fc.constantFrom('kms:Decrypt', 'kms:*')),
  resources: some(expression),
  conditions: fc.uniqueArray(condition, { maxLength: 4, selector: ({ operator, key }) => `${operator} ${key}` }),
  source: fc.constant(provenance(1)),
});

const printed: Readonly<Record<string, string>> = {
  reference: 'aws_kms_key.orders.arn',
  pseudo: 'data.aws_caller_identity.current.account_id',
};

function textOf(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return asTerraformHasIt(expression.text);
    case 'concat':
      return expression.parts.map(textOf).join('');
    default:
      return `\${${printed[expression.kind]}}`;
  }
}

function unescaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$${', '${').replaceAll('%%{', '%{');
  if (Array.isArray(value)) return value.map(unescaped);
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [unescaped(key), unescaped(inner)]));
}

test('any policy is parsed back as the same JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(statement, { maxLength: 3 }), async (statements) => {
      const document = { statements };
      const text = createPrinter(stackOf(key('orders')), { provider: 6 })({ kind: 'policy', document });
      expect(text.startsWith('jsonencode(')).toBe(true);
      const object = text.slice('jsonencode('.length, -1);
      const { locals } = await parse('main.tf', `locals {\npolicy = ${object}\n}\n`);
      const [{ policy }] = locals as [{ policy: unknown }];
      expect(unescaped(policy)).toEqual(policyJson(document, textOf, asTerraformHasIt));
    }),
    { numRuns: 150 },
  );
});

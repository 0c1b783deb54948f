import { concat, type Expression, literal } from '@keywright/core/ir/expression';
import { provenance as source } from '@keywright/core/testing/target-stacks';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { json } from '../print/json.ts';
import { yamlAfterKey } from '../print/yaml.ts';
import { evaluate, readYaml } from '../read-back.test-support.ts';
import { alias, arnOf, crossStack, idOf, key, nameOf, nastyTexts, pseudo, stack } from '../stack.test-fixture.ts';
import { lower } from './lower.ts';
import { planTemplates } from './plan.ts';

const [plan] = planTemplates(
  stack({
    resources: [key('orders'), alias('orders', idOf('key/orders'))],
    imports: [
      { stack: 'platform', export: 'keys.root.arn', environment: {}, nativeTargets: ['cfn'], source: source(1) },
      {
        stack: 'tools',
        export: 'keys.shared.arn',
        environment: {},
        nativeTargets: [],
        parameterName: '/p',
        source: source(1),
      },
    ],
  }),
);

/** Expressions and their meanings, given the values that CloudFormation would use for pseudo parameters. */
const meanings: readonly (readonly [Expression, string])[] = [
  [pseudo('account'), '111122223333'],
  [pseudo('region'), 'eu-west-1'],
  [pseudo('partition'), 'aws'],
  [pseudo('dnsSuffix'), 'amazonaws.com'],
  [arnOf('key/orders'), 'arn:orders'],
  [idOf('key/orders'), 'id-orders'],
  [nameOf('alias/orders'), 'alias/orders'],
  [arnOf('alias/orders'), 'arn:aws:kms:eu-west-1:111122223333:alias/orders'],
  [crossStack('platform', 'keys.root.arn'), 'arn:root'],
  [crossStack('tools', 'keys.shared.arn'), 'arn:shared'],
];

const world = {
  'AWS::AccountId': '111122223333',
  'AWS::Region': 'eu-west-1',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  OrdersKey: 'id-orders',
  'OrdersKey.Arn': 'arn:orders',
  OrdersAlias: 'alias/orders',
  ToolsKeysSharedArn: 'arn:shared',
  'payments:platform:keys:root:arn': 'arn:root',
};

const part = fc.oneof(
  fc.constantFrom(...meanings),
  fc
    .oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a${}!.:') }), fc.constantFrom(...nastyTexts))
    .map((text) => [literal(text), text] as const),
);

it('any expression is printed as something that CloudFormation evaluates to its meaning', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      if (plan === undefined) throw new Error('there is no template');
      const value = lower(concat(...parts.map(([expression]) => expression)), plan.scope);
      const meaning = parts.map(([, text]) => text).join('');
      expect(evaluate(readYaml(`value:${yamlAfterKey(value, 2)}\n`), world)).toEqual({ value: meaning });
      expect(evaluate(JSON.parse(json(value)), world)).toEqual(meaning);
    }),
    { numRuns: 3000 },
  );
});

it.each([
  ['a reference', arnOf('key/orders'), '!GetAtt OrdersKey.Arn'],
  ['text with a policy variable', literal('${aws:username}'), "'${aws:username}'"],
  ['text and values', concat(literal('${aws:username}/'), pseudo('region')), "!Sub '${!aws:username}/${AWS::Region}'"],
  ['an exported value', crossStack('platform', 'keys.root.arn'), '!ImportValue payments:platform:keys:root:arn'],
  ['a value of another tool', crossStack('tools', 'keys.shared.arn'), '!Ref ToolsKeysSharedArn'],
])('%s is printed', (_, expression, printed) => {
  if (plan === undefined) throw new Error('there is no template');
  expect(yamlAfterKey(lower(expression, plan.scope), 2)).toBe(` ${printed}`);
});

it.each([
  ['a pseudo parameter', 'in ${AWS::Region}', ['in $', '{AWS::Region}']],
  ['a resource', '${OrdersKey}, ${OrdersKey.Arn}', ['$', '{OrdersKey}, $', '{OrdersKey.Arn}']],
  ['a parameter', '${ToolsKeysSharedArn}', ['$', '{ToolsKeysSharedArn}']],
])('text that looks like a placeholder for %s is split', (_, text, parts) => {
  if (plan === undefined) throw new Error('there is no template');
  expect(lower(literal(text), plan.scope)).toEqual({ kind: 'join', parts });
});

it('text with an unclosed placeholder is joined', () => {
  if (plan === undefined) throw new Error('there is no template');
  expect(lower(concat(literal('${'), pseudo('region')), plan.scope)).toMatchObject({ kind: 'join' });
});

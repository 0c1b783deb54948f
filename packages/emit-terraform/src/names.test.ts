import type { Expression } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import { key, provenance } from '@keywright/core/testing/target-stacks';
import { describe, expect, test } from 'vitest';
import { parameterName, snakeCase, variableName } from './names.ts';
import { moduleOutputs } from './outputs.ts';
import { securityStack, stackOf } from './stacks.test-fixture.ts';
import { target } from './target.ts';

test.each([
  ['orders', 'orders'],
  ['ordersApi', 'orders_api'],
  ['orders-api', 'orders_api'],
  ['payments/orders', 'payments_orders'],
  ['HMACKey', 'hmac_key'],
  ['orders2Api', 'orders2_api'],
  ['2fa', '_2fa'],
  ['-', '_'],
])('%s is called %s', (name, expected) => {
  expect(snakeCase([name])).toBe(expected);
});

test.each([
  [['us-east-1', 'environment'], 'us_east_1_environment'],
  [['orders', 'policy', 'statement 3', 'aws:SourceArn'], 'orders_policy_statement_3_aws_source_arn'],
  [['tier2'], 'tier2'],
  [['2fa'], 'value_2fa'],
])('the variable for %j is called %s', (words, expected) => {
  expect(variableName(words)).toBe(expected);
});

test.each([
  ['a', 'keys.keys-orders.arn', 'a-keys', 'keys.orders.arn'],
  ['a', 'keys.ordersApi.arn', 'a', 'keys.orders-api.arn'],
  ['a', 'keys.orders_api.arn', 'a', 'keys.orders-api.arn'],
  ['prod-a', 'keys.b.arn', 'prod', 'keys.a-keys-b.arn'],
])('stack %s with %s and stack %s with %s have different parameters', (stack, exported, otherStack, otherExported) => {
  const names = [parameterName(stack, exported), parameterName(otherStack, otherExported)];
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(target.pinnedName.pattern);
});

test('every resource has an address', () => {
  expect(securityStack.resources.flatMap((resource) => target.addressesOf(resource, securityStack))).toEqual([
    'aws_iam_role.orders_api',
    'aws_iam_user.batch',
    'aws_iam_group.auditors',
    'aws_kms_key.orders',
    'output.keys_orders_arn',
    'aws_kms_key.mac_key',
    'aws_kms_key.signing',
    'aws_kms_external_key.imported',
    'aws_kms_key.vault',
    'aws_kms_replica_key.orders_prod_us',
    'aws_kms_alias.payments_orders',
    'aws_kms_alias.payments_orders_prod_us',
    'aws_kms_alias.imported',
    'aws_kms_alias.legacy',
    'aws_iam_role_policy.orders_api',
    'aws_iam_user_policy.ci',
    'aws_kms_grant.orders_workers',
    'aws_ssm_parameter.keys_orders_arn',
  ]);
});

describe('an output with the name of an export', () => {
  const orders = key('orders');
  const arn: Expression = { kind: 'reference', resource: 'key/orders', attribute: 'arn' };
  const source = provenance(1);
  const stackWith = (value: Expression): Stack => ({
    ...stackOf(orders),
    outputs: [{ name: 'keys_orders_arn', value, source }],
    exports: [{ id: 'keys.orders.arn', value: arn, source }],
  });

  test('serves as both if it has the same value', () => {
    expect(moduleOutputs.of(stackWith(arn))).toHaveLength(1);
    expect(target.addressesOf(orders, stackWith(arn))).toEqual(['aws_kms_key.orders']);
  });

  test('is reported if it has another value', () => {
    const addresses = target.addressesOf(orders, stackWith({ kind: 'literal', text: 'x' }));
    expect(addresses).toEqual(['aws_kms_key.orders', 'output.keys_orders_arn', 'output.keys_orders_arn']);
  });
});

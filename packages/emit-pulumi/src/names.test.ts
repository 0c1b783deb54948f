import { type Expression, literal } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import { key, provenance, reference } from '@keywright/core/testing/target-stacks';
import { describe, expect, test } from 'vitest';
import { camelCase, exportOutputName, projectName } from './names.ts';
import { programOutputs } from './outputs.ts';
import { securityStack, stackOf } from './stacks.test-fixture.ts';
import { target } from './target.ts';

test.each([
  [['orders', 'key'], 'ordersKey'],
  [['orders-api', 'role'], 'ordersApiRole'],
  [['payments/orders', 'alias'], 'paymentsOrdersAlias'],
  [['HMACKey', 'key'], 'hmacKeyKey'],
  [['2fa', 'alias'], '_2faAlias'],
  [['-', 'alias'], 'alias'],
  [['us-gov-west-1'], 'usGovWest1'],
])('%j is called %s', (words, expected) => {
  expect(camelCase(words)).toBe(expected);
});

test('an export becomes an output without dots and hyphens in its name', () => {
  expect(exportOutputName('keys.orders-api.arn')).toBe('keysOrdersApiArn');
});

test('every resource has an address', () => {
  expect(securityStack.resources.flatMap((resource) => target.addressesOf(resource, securityStack))).toEqual([
    'aws:iam/role:Role::ordersApi',
    'aws:iam/user:User::batch',
    'aws:iam/group:Group::auditors',
    'aws:kms/key:Key::orders',
    'output keysOrdersArn',
    'aws:kms/key:Key::macKey',
    'aws:kms/key:Key::signing',
    'aws:kms/externalKey:ExternalKey::imported',
    'aws:kms/key:Key::vault',
    'aws:kms/replicaKey:ReplicaKey::orders-prod-us',
    'aws:kms/alias:Alias::payments/orders',
    'aws:kms/alias:Alias::payments/orders-prod-us',
    'aws:kms/alias:Alias::imported',
    'aws:kms/alias:Alias::legacy',
    'aws:iam/rolePolicy:RolePolicy::ordersApi',
    'aws:iam/userPolicy:UserPolicy::ci',
    'aws:kms/grant:Grant::orders-workers',
    'aws:ssm/parameter:Parameter::keys.orders.arn',
  ]);
});

test('a replica and its alias are named after their own environment, whichever other environments are in that region', () => {
  const [first] = securityStack.replicaEnvironments;
  const replicaEnvironments = [first, { ...first, name: 'again' }].filter((one) => one !== undefined);
  const names = (stack: Stack) => stack.resources.flatMap((resource) => target.addressesOf(resource, stack));
  expect(names({ ...securityStack, replicaEnvironments })).toEqual(names(securityStack));
});

describe('a project', () => {
  test('is named after its app and stack', () => {
    expect(projectName('payments', 'prod-eu')).toBe('payments-prod-eu');
  });

  test('with a long name is shortened, and still unique', () => {
    const names = ['a', 'b'].map((end) => projectName('p'.repeat(63), 's'.repeat(62) + end));
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_.-]{100}$/);
  });
});

describe('an output with the name of an export', () => {
  const orders = key('orders');
  const arn = reference('key/orders', 'arn');
  const source = provenance(1);
  const stackWith = (value: Expression): Stack => ({
    ...stackOf(orders),
    outputs: [{ name: 'keysOrdersArn', value, source }],
    exports: [{ id: 'keys.orders.arn', value: arn, source }],
  });

  test('serves as both if it has the same value', () => {
    expect(programOutputs.of(stackWith(arn))).toHaveLength(1);
    expect(target.addressesOf(orders, stackWith(arn))).toEqual(['aws:kms/key:Key::orders']);
  });

  test('is reported if it has another value', () => {
    const addresses = target.addressesOf(orders, stackWith(literal('x')));
    expect(addresses).toEqual(['aws:kms/key:Key::orders', 'output keysOrdersArn', 'output keysOrdersArn']);
  });
});

test('two exports with the same name are reported', () => {
  const keys = [key('orders-api'), key('ordersApi')];
  const exports = keys.map(({ id, name, source }) => ({
    id: `keys.${name}.arn`,
    value: reference(id, 'arn'),
    source,
  }));
  const stack = { ...stackOf(...keys), exports };
  const outputs = keys
    .flatMap((resource) => target.addressesOf(resource, stack))
    .filter((name) => /^output/.test(name));
  expect(outputs).toEqual(Array(4).fill('output keysOrdersApiArn'));
});

describe('a pinned name', () => {
  test.each(['orders', 'payments/orders', 'Orders key (old)', '日本', 'a:b', 'x'])('can be %j', (name) => {
    expect(name).toMatch(target.pinnedName.pattern);
  });

  test.each(['', ' a', 'a ', 'a::b', 'a\nb', 'a\u202eb', '\u00a0'])('cannot be %j', (name) => {
    expect(name).not.toMatch(target.pinnedName.pattern);
  });
});

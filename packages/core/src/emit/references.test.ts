import { expect, test } from 'vitest';
import { concat, literal } from '../ir/expression.ts';
import { key, reference, stacksFor } from '../testing/target-stacks.ts';
import { inReadingOrder } from './reading-order.ts';
import { explicitDependencies, resourceIn, usesOf } from './references.ts';

const { securityStack, anywhereStack, stackOf } = stacksFor('any');

test('a stack uses everything that its resources and outputs refer to', () => {
  const { pseudos, stacks, parameters, resources } = usesOf(securityStack, 'any');
  expect([...pseudos]).toEqual([]);
  expect(stacks).toEqual(['platform']);
  expect(parameters.map(({ stack }) => stack)).toEqual(['data-lake']);
  expect(resources).toContain('group/auditors'); // the key waits for the group
  expect(resources).toContain('role/ordersApi');
  expect(resources).not.toContain('kmsGrant/orders/workers');
  expect([...usesOf(anywhereStack, 'any').pseudos].sort()).toEqual(['account', 'dnsSuffix', 'partition', 'region']);
});

test('an import without a parameter is read from its stack, even for another target', () => {
  expect(usesOf(securityStack, 'other').stacks).toEqual(['platform']); // the value has no parameter
});

test('a reference is not repeated as an explicit dependency', () => {
  expect(explicitDependencies(resourceIn(securityStack, 'key/orders'))).toEqual(['group/auditors']);
  const description = concat(literal('after '), reference('key/a', 'arn'));
  expect(explicitDependencies(key('b', { description, dependsOn: ['key/a', 'key/c'] }))).toEqual(['key/c']);
});

test('a reference to a missing resource is a bug', () => {
  expect(() => resourceIn(stackOf(), 'key/a')).toThrow('stack one has no resource key/a');
});

test('an alias comes right after its key, unless it waits for a resource that comes later', () => {
  const byId = (id: string) => resourceIn(securityStack, id);
  const alias = byId('alias/orders/payments/orders');
  const [orders, vault] = [byId('key/orders'), byId('key/vault')];
  expect(inReadingOrder([orders, vault, alias])).toEqual([orders, alias, vault]);
  const waiting = { ...alias, dependsOn: ['key/vault'] };
  expect(inReadingOrder([orders, vault, waiting])).toEqual([orders, vault, waiting]);
  expect(inReadingOrder([vault, alias])).toEqual([vault, alias]);
});

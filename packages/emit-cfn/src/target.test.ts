import { checkNames } from '@keywright/core/emit/check-names';
import { expect, it } from 'vitest';
import { alias, everything, idOf, key, stack } from './stack.test-fixture.ts';
import { target } from './target.ts';

it('options have defaults, and unknown options are refused', () => {
  expect(target.options.parse({})).toEqual({ format: 'yaml' });
  expect(target.options.safeParse({ fromat: 'json' }).success).toBe(false);
  expect(target.options.safeParse({ format: 'toml' }).success).toBe(false);
});

it('every resource has a unique name in its template', () => {
  const addresses = everything.resources.flatMap((resource) => target.addressesOf(resource, everything));
  expect(new Set(addresses).size).toBe(everything.resources.length - 1); // without the grant
  expect(addresses).toContain('security/OrdersAlias');
  expect(addresses).toContain('security-prod-us/OrdersAlias');
});

it.each([
  ['two names that give the same logical id', [key('orders-eu'), key('ordersEu')], ['KW4004']],
  ['a pinned name that equals a generated one', [key('orders'), key('x', { names: { cfn: 'OrdersKey' } })], ['KW4004']],
  ['a pinned name with a hyphen', [key('orders', { names: { cfn: 'Orders-Key' } })], ['KW4005']],
  ['nothing about different aliases', [key('a'), alias('a', idOf('key/a')), alias('a/b', idOf('key/a'))], []],
])('core reports %s', (_, resources, codes) => {
  const program = { app: 'payments', stacks: [stack({ resources })] };
  expect(checkNames(program, [target]).map(({ code }) => code)).toEqual(codes);
});

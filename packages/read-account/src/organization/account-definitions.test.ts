import { expect, test } from 'vitest';
import { accountsOf } from './account-definitions.ts';

const account = (id: number, name: string, units: readonly string[] = [], more: object = {}) => ({
  id: String(111122220000 + id),
  name,
  state: 'ACTIVE',
  units,
  tags: [],
  ...more,
});

test('units are groups, with the enclosing units in the name if several units have the same name', () => {
  const units = [
    { id: 'ou-1', name: 'Workloads' },
    { id: 'ou-2', name: 'Prod', parent: 'ou-1' },
    { id: 'ou-3', name: 'Infrastructure' },
    { id: 'ou-4', name: 'Prod', parent: 'ou-3' },
  ];
  const found = accountsOf({ units, accounts: [account(1, 'Payments Prod', ['ou-1', 'ou-2'])] });
  expect(found.accounts).toEqual([
    { name: 'payments-prod', id: '111122220001', groups: ['workloads', 'workloads-prod'], purpose: 'production' },
  ]);
  expect([...found.groups]).toEqual(['workloads', 'workloads-prod', 'infrastructure', 'infrastructure-prod']);
});

test('the purpose comes from a tag, or else from the innermost unit whose name gives one', () => {
  const units = [
    { id: 'ou-1', name: 'Production' },
    { id: 'ou-2', name: 'Sandbox', parent: 'ou-1' },
    { id: 'ou-3', name: 'Non-Prod' },
  ];
  const accounts = [
    account(1, 'a', ['ou-1', 'ou-2']),
    account(2, 'b', ['ou-1'], { tags: [{ name: 'Environment', value: 'Staging' }] }),
    account(3, 'c', ['ou-3']),
    account(4, 'd', [], { tags: [{ name: 'env', value: 'constructor' }] }),
  ];
  const purposes = accountsOf({ units, accounts }).accounts.map(({ purpose }) => purpose);
  expect(purposes).toEqual(['development', 'test', undefined, undefined]);
});

test('names of accounts are valid and unique, and no group has the same name', () => {
  const accounts = [
    account(1, 'Überweisung & Co.'),
    account(2, 'shared'),
    account(3, 'Shared'),
    account(4, '中文'),
    account(5, 'security'),
    account(6, 'a'.repeat(60)),
  ];
  const { accounts: found } = accountsOf({ units: [{ id: 'ou-1', name: 'Security' }], accounts });
  expect(found.map(({ name }) => name)).toEqual([
    'uberweisung-co',
    'shared-111122220002',
    'shared-111122220003',
    'account-111122220004',
    'security-111122220005',
    'a'.repeat(47),
  ]);
});

test('suspended accounts are listed separately', () => {
  const accounts = [account(1, 'old', [], { state: 'SUSPENDED' }), account(2, 'new')];
  const { accounts: found, inactive } = accountsOf({ units: [], accounts });
  expect(found.map(({ name }) => name)).toEqual(['new']);
  expect(inactive).toEqual([{ id: '111122220001', name: 'old', state: 'SUSPENDED' }]);
});

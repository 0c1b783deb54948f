import { parseSource } from '@keywright/core/syntax/parse';
import type { FoundAccount } from '@keywright/read-account';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { updateAccounts } from './accounts-file.ts';

const groups = new Set(['workloads', 'prod', 'sandbox']);
const payments: FoundAccount = {
  name: 'payments',
  id: '111122223333',
  groups: ['workloads', 'prod'],
  purpose: 'production',
};
const fresh: FoundAccount = { name: 'fresh', id: '444455556666', groups: ['sandbox'] };
const regions = ['eu-west-1'];

function update(text: string | undefined, accounts: readonly FoundAccount[]) {
  const file = text === undefined ? undefined : { path: 'accounts.yaml', text };
  const result = updateAccounts(file, { accounts, groups, regions });
  if ('problem' in result) throw new Error(result.problem);
  return result;
}

test('a new file has all accounts', () => {
  const { text, added } = update(undefined, [payments, fresh]);
  expect(added).toEqual(['payments', 'fresh']);
  expect(text.replace(/^#.*\n/gm, '')).toBe(`accounts:
  payments: { id: "111122223333", regions: [eu-west-1], purpose: production, groups: [workloads, prod] }
  fresh: { id: "444455556666", regions: [eu-west-1], groups: [sandbox] }
`);
  expect(update(text, [payments, fresh]).text).toBe(text);
});

test('text that a person wrote stays, and new accounts are added', () => {
  const own = `# ours
environments: {}
accounts:
    # the shop
    shop: # renamed
        id: "111122223333" # do not touch
        regions:
            - us-east-1
        groups: [critical, sandbox, workloads]   # sandbox was once
        purpose: test
    flat: { id: '777788889999', regions: [eu-west-1] }

# the end
include: []
`;
  const flat = { name: 'other', id: '777788889999', groups: ['prod'], purpose: 'production' as const };
  const { text, added, changed, gone } = update(own, [payments, fresh, flat]);
  expect({ added, changed, gone }).toEqual({ added: ['fresh'], changed: ['shop', 'flat'], gone: [] });
  expect(text).toBe(`# ours
environments: {}
accounts:
    # the shop
    shop: # renamed
        id: "111122223333" # do not touch
        regions:
            - us-east-1
        groups: [critical, workloads, prod]   # sandbox was once
        purpose: test
    flat: { id: '777788889999', regions: [eu-west-1], purpose: production, groups: [prod] }
    fresh: { id: "444455556666", regions: [eu-west-1], groups: [sandbox] }

# the end
include: []
`);
});

test('groups in block style are replaced, and a missing purpose becomes another line of a block mapping', () => {
  const own = 'accounts:\n  a:\n    groups:\n      - sandbox\n    id: "111122223333"\n  b:\n    id: "444455556666"\n';
  const { text } = update(own, [
    { ...payments, groups: ['prod'] },
    { ...fresh, purpose: 'test' },
  ]);
  expect(parseSource({ path: 'a', text }).value).toEqual({
    accounts: {
      a: { id: '111122223333', groups: ['prod'], purpose: 'production' },
      b: { id: '444455556666', groups: ['sandbox'], purpose: 'test' },
    },
  });
});

test('an account that the organization lacks stays, and is reported', () => {
  const own = 'accounts: { old: { id: "999999999999" } }\n';
  const { text, gone } = update(own, [fresh]);
  expect(gone).toMatchObject([{ name: 'old', id: '999999999999', span: { line: 1, column: 13 } }]);
  expect(text).toBe(
    'accounts: { old: { id: "999999999999" }, fresh: { id: "444455556666", regions: [eu-west-1], groups: [sandbox] } }\n',
  );
});

test.each([
  '',
  '# nothing yet\n',
  'accounts:\n',
  'accounts: {}\n',
  'accounts: # later\n',
  'rules: {}',
  'rules: {}\naccounts:\ngroups: {}\n',
])('new accounts are added to a file without accounts: %j', (own) => {
  const { text } = update(own, [fresh]);
  const { value, diagnostics } = parseSource({ path: 'a', text });
  expect(diagnostics).toEqual([]);
  expect(value).toMatchObject({ accounts: { fresh: { id: '444455556666' } } });
  for (const line of own.split('\n').filter((one) => one.startsWith('#') || one.startsWith('rules'))) {
    expect(text).toContain(line);
  }
});

test.each(['accounts: [', 'accounts: [1]\n', '- 1\n'])('an invalid file is left alone: %j', (own) => {
  expect(updateAccounts({ path: 'a.yaml', text: own }, { accounts: [], groups, regions })).toHaveProperty('problem');
});

test('brackets over several lines keep their commas and comments', () => {
  const own = `accounts: {
  # it's the "first" }
  a: { id: "111122223333", },
  b: {
    id: "444455556666" # its id
    },
  }
`;
  const { text } = update(own, [payments, { ...fresh, purpose: 'test' }, { ...fresh, name: 'c', id: '777788889999' }]);
  const { value, diagnostics } = parseSource({ path: 'a', text });
  expect(diagnostics).toEqual([]);
  expect(value).toEqual({
    accounts: {
      a: { id: '111122223333', purpose: 'production', groups: ['workloads', 'prod'] },
      b: { id: '444455556666', purpose: 'test', groups: ['sandbox'] },
      c: { id: '777788889999', regions: ['eu-west-1'], groups: ['sandbox'] },
    },
  });
  for (const comment of ['# it\'s the "first" }', '# its id']) expect(text).toContain(comment);
});

test('an account is not added again if the file has its id without quotes', () => {
  expect(update('accounts: { own: { id: 444455556666, groups: [sandbox] } }\n', [fresh]).added).toEqual([]);
});

test('a new account gets another name if the file uses its name for a different account', () => {
  const { added } = update('accounts: { fresh: { id: "999999999999" } }\n', [fresh]);
  expect(added).toEqual(['fresh-444455556666']);
});

test('in any file, only accounts, their groups and missing purposes change', () => {
  const group = fc.constantFrom('workloads', 'prod', 'sandbox', 'critical', 'eu');
  const entry = fc.record(
    {
      regions: fc.constant(['eu-west-1']),
      groups: fc.uniqueArray(group, { maxLength: 3 }),
      purpose: fc.constantFrom('production', 'test'),
      lookupRole: fc.constantFrom('R', 'a: b # c'),
    },
    { requiredKeys: [] },
  );
  const ids = ['111122223333', '444455556666', '777788889999'];
  const wanted = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('one', 'two', 'three'),
      id: fc.constantFrom(...ids),
      groups: fc.uniqueArray(fc.constantFrom(...groups), { maxLength: 2 }),
    }),
    { selector: ({ id }) => id },
  );
  const layouts = fc.constantFrom('block', 'flow', 'entries in flow');
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 3 }), wanted, layouts, (entries, accounts, layout) => {
      const present = Object.fromEntries(entries.map((one, index) => [`n${index}`, { id: ids[index], ...one }]));
      const own = `before: 1\n${written(present, layout)}after: 2\n`;
      const named = accounts.map((account, index) => ({ ...account, name: `${account.name}${index}` }));
      const { text } = update(own, named);
      const { value, diagnostics } = parseSource({ path: 'a', text });
      expect(diagnostics).toEqual([]);
      const expected: Record<string, unknown> = {};
      for (const [name, one] of Object.entries(present)) {
        const account = named.find(({ id }) => id === one.id);
        const kept = (one.groups ?? []).filter(
          (each) => !groups.has(each) || account?.groups.some((one) => one === each),
        );
        const next = [...kept, ...(account?.groups ?? []).filter((each) => !kept.some((one) => one === each))];
        const isAsBefore = account === undefined || (one.groups === undefined && next.length === 0);
        expected[name] = isAsBefore ? one : { ...one, groups: next };
      }
      for (const { name, id, groups: units } of named) {
        if (Object.values(present).some((one) => one.id === id)) continue;
        expected[name] = { id, regions, ...(units.length > 0 && { groups: units }) };
      }
      expect(value).toEqual({ before: 1, accounts: expected, after: 2 });
      expect(update(text, named).text).toBe(text);
    }),
    { numRuns: 300 },
  );
});

function written(accounts: Readonly<Record<string, object>>, layout: string): string {
  if (layout === 'flow' || Object.keys(accounts).length === 0) return `accounts: ${JSON.stringify(accounts)}\n`;
  const entries = Object.entries(accounts).map(([name, one]) => {
    if (layout === 'entries in flow') return `  ${name}: ${JSON.stringify(one)}\n`;
    const lines = Object.entries(one).map(([key, value]) => `    ${key}: ${JSON.stringify(value)} # ${key}\n`);
    return `  ${name}:\n${lines.join('')}`;
  });
  return `accounts:\n${entries.join('')}`;
}

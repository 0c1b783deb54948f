/** An organisation's accounts, read and lifted: what is the same in many is written once. */

import { liftProgram } from '@keywright/migrate/lift/lift-program';
import { askAccounts, readAccounts } from '@keywright/read-account';
import { fakeAccounts, keeping } from '@keywright/read-account/fake-account.test-support';
import { expect, test } from 'vitest';
import { targets } from './targets.ts';

const keysOf = (team: string) =>
  Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `key-${index}`,
      { description: `Key ${index}`, rotation: { enabled: true }, tags: [{ name: 'team', value: team }] },
    ]),
  );
const aliases = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`alias/app/k${index}`, `key-${index}`]));

async function imported(accounts: Readonly<Record<string, ReturnType<typeof keysOf>>>, regions = ['eu-west-1']) {
  const places = Object.keys(accounts).flatMap((account) =>
    regions.map((region) => ({ account, region, partition: 'aws', lookupRole: 'Reader' })),
  );
  const world = places.map(({ account, region }) => [
    `${account}/${region}`,
    { keys: accounts[account] ?? {}, aliases },
  ]);
  const store = keeping();
  const { clients } = fakeAccounts({ accounts: Object.fromEntries(world) });
  expect(await askAccounts({ places, ...store, signal: new AbortController().signal, clients })).toEqual([]);
  const { program, diagnostics } = readAccounts(store.sources());
  expect(diagnostics).toEqual([]);
  const all = targets.map(({ name }) => name);
  const asked = { ...program, stacks: program.stacks.map((stack) => ({ ...stack, targets: all })) };
  const { text, diagnostics: reported } = liftProgram(asked, { targets });
  expect(reported).toEqual([]);
  return text;
}

const account = (index: number) => String(100000000000 + index);

test('accounts with the same keys are one definition, and those that differ stay by themselves', {
  timeout: 120_000,
}, async () => {
  const same = Array.from({ length: 4 }, (_, index) => [account(index), keysOf('platform')]);
  const others = [4, 5].map((index) => [account(index), keysOf('other')]);
  const text = await imported(Object.fromEntries([...same, ...others]));
  const stacks = [...text.matchAll(/^ {2}(keys[\w-]*):$/gm)].map(([, name]) => name);
  expect(stacks).toEqual(['keys', 'keys-eu-west-1-100000000004', 'keys-eu-west-1-100000000005']);
  expect(text.match(/description: Key 7,/g)).toHaveLength(3);
});

test('so are the regions of one account', async () => {
  const text = await imported({ [account(0)]: keysOf('platform') }, ['eu-west-1', 'us-east-1']);
  expect(text).toContain('    environment: [eu-west-1, us-east-1]\n');
  expect(text.match(/description: Key 7,/g)).toHaveLength(1);
});

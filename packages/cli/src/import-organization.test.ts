/** Reads and lifts the accounts of an organization. Content that is the same in many accounts is written once. */

import type { Program } from '@keywright/core/ir/program';
import { compileText } from '@keywright/migrate/lift/draft/compile-draft';
import { liftMany } from '@keywright/migrate/lift/lift-many';
import { liftProgram } from '@keywright/migrate/lift/lift-program';
import { meaningOf } from '@keywright/migrate/lift/meaning/meaning';
import { askAccounts, readAccounts, surveyAccounts } from '@keywright/read-account';
import { type FakeAccount, fakeAccounts, keeping } from '@keywright/read-account/fake-account.test-support';
import { describe, expect, test } from 'vitest';
import { targets } from './targets.ts';

const keysOf = (team: string) =>
  Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `key-${index}`,
      { description: `Key ${index}`, rotation: { enabled: true }, tags: [{ name: 'team', value: team }] },
    ]),
  );
const aliases = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`alias/app/k${index}`, `key-${index}`]));
const account = (index: number) => String(100000000000 + index);

async function asked(accounts: Readonly<Record<string, FakeAccount>>) {
  const places = Object.keys(accounts).map((place) => {
    const [account = '', region = ''] = place.split('/');
    return { account, region, partition: 'aws', lookupRole: 'Reader' };
  });
  const store = keeping();
  const { clients } = fakeAccounts({ accounts });
  expect(await askAccounts({ places, ...store, signal: new AbortController().signal, clients })).toEqual([]);
  return store.sources();
}

const all = targets.map(({ name }) => name);
const forAll = (program: Program) => ({
  ...program,
  stacks: program.stacks.map((stack) => ({ ...stack, targets: all })),
});

/**
 * Lifts accounts with only a few of them in memory at a time. Also returns the largest number of stacks that were in memory, and the result
 * of lifting all accounts at once.
 */
async function imported(accounts: Readonly<Record<string, FakeAccount>>) {
  const files = await asked(accounts);
  const ids = [...new Set(Object.keys(accounts).map((place) => place.slice(0, 12)))];
  const survey = surveyAccounts(
    ids.map((id) => ({ account: id, files: () => files.filter(({ path }) => path.startsWith(id)) })),
  );
  let held = 0;
  const read = (names: ReadonlySet<string>) => {
    const { program, origins } = survey.read(names);
    held = Math.max(held, program.stacks.length);
    return { program: forAll(program), origins };
  };
  const lifted = liftMany({ stacks: survey.stacks, read }, { targets });
  const whole = readAccounts(files);
  expect(survey.diagnostics).toEqual(whole.diagnostics);
  expect(survey.leftOut).toEqual(whole.leftOut);
  const inPlaces = (program: Program | undefined) =>
    [...meaningOf(program ?? { app: '', stacks: [] }, [])].map(([, parts]) => JSON.stringify([...parts].sort())).sort();
  expect(inPlaces(compileText(lifted.text, targets).program)).toEqual(inPlaces(forAll(whole.program)));
  return { ...lifted, held };
}

const stacksIn = (text: string) => [...text.matchAll(/^ {2}(keys[\w-]*):$/gm)].map(([, name]) => name);
const many = <T>(from: number, to: number, value: (index: number) => T, region = 'eu-west-1') =>
  Object.fromEntries(
    Array.from({ length: to - from }, (_, index) => [`${account(from + index)}/${region}`, value(from + index)]),
  );

describe('accounts', { timeout: 120_000 }, () => {
  test('with the same keys become one definition, and accounts with other keys become a second definition', async () => {
    const same = many(0, 30, () => ({ keys: keysOf('platform'), aliases }));
    const others = many(30, 34, () => ({ keys: keysOf('other'), aliases }));
    const alone = many(34, 35, () => ({ keys: keysOf('alone'), aliases }));
    const { text, held, diagnostics, alike } = await imported({ ...same, ...others, ...alone });
    expect(diagnostics).toEqual([]);
    expect(stacksIn(text)).toEqual(['keys', 'keys2', `keys-eu-west-1-${account(34)}`]);
    expect(text.match(/description: Key 7,/g)).toHaveLength(3);
    expect(alike.size).toBe(30);
    expect(held).toBe(20);
    const environments = [...text.matchAll(/^ {2}eu-west-1-(\d+): /gm)].map(([, id]) => id);
    expect(environments).toEqual(Array.from({ length: 35 }, (_, index) => account(index)));
  });

  test('get a placeholder for their own id in texts, and ids of other accounts stay literal', async () => {
    const naming = (id: string) => ({
      keys: { 'key-1': { description: `Of ${id}`, tags: [{ name: 'place', value: 'eu-west-1' }] } },
      aliases: { 'alias/own': 'key-1' },
    });
    const { text } = await imported({
      ...many(0, 5, (index) => naming(account(index))),
      ...many(5, 8, () => naming(account(0))),
    });
    expect(text).toContain('description: "Of ${account}"');
    expect(text).toContain(`description: Of ${account(0)}`);
    expect(stacksIn(text)).toEqual(['keys', 'keys2']);
  });

  test('in two regions with replicas become one definition', async () => {
    const primary = (index: number) => `arn:aws:kms:us-east-1:${account(index)}:key/mrk-1`;
    const own = { 'alias/global': 'mrk-1' };
    const { text, held } = await imported({
      ...many(0, 25, () => ({ keys: { 'mrk-1': { multiRegion: true } }, aliases: own }), 'us-east-1'),
      ...many(0, 25, (index) => ({
        keys: { 'mrk-1': { multiRegion: true, primaryArn: primary(index) } },
        aliases: own,
      })),
    });
    expect(stacksIn(text)).toEqual(['keys']);
    expect(text).toContain('replicas: [{ region: eu-west-1, aliases: [global], policy: key-default-1 }]');
    expect(held).toBe(20);
  });

  test('are lifted one by one if their aliases contain the account id', async () => {
    // The name of an alias cannot contain a placeholder.
    const misleading = (id: string) => ({ keys: { 'key-1': {} }, aliases: { [`alias/of-${id}`]: 'key-1' } });
    const { text, alike } = await imported(many(0, 4, (index) => misleading(account(index))));
    expect(alike.size).toBe(0);
    expect(stacksIn(text)).toEqual([0, 1, 2, 3].map((index) => `keys-eu-west-1-${account(index)}`));
  });
});

test('the regions of one account become one definition', async () => {
  const files = await asked({
    [`${account(0)}/eu-west-1`]: { keys: keysOf('platform'), aliases },
    [`${account(0)}/us-east-1`]: { keys: keysOf('platform'), aliases },
  });
  const { text } = liftProgram(forAll(readAccounts(files).program), { targets });
  expect(text).toContain('    environment: [eu-west-1, us-east-1]\n');
  expect(text.match(/description: Key 7,/g)).toHaveLength(1);
});

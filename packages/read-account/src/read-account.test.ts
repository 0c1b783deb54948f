import { literal } from '@keywright/core/ir/expression';
import { describe, expect, test } from 'vitest';
import { readAccounts } from './account-program.ts';
import { askAccounts } from './ask-accounts.ts';
import { type FakeAccounts, fakeAccounts, keeping, sdkError } from './fake-account.test-support.ts';

const account = '111122223333';
const ireland = { account, region: 'eu-west-1', partition: 'aws', lookupRole: 'Reader' };
const virginia = { ...ireland, region: 'us-east-1' };

async function ask(world: FakeAccounts, places = [ireland], store = keeping(), signal = new AbortController().signal) {
  const { clients, calls } = fakeAccounts(world);
  const { kept, keep } = store;
  const diagnostics = await askAccounts({ places, kept, keep, signal, clients });
  return { calls, diagnostics, reading: readAccounts(store.sources()), store };
}

function once(call: string, error: string): (made: string) => Error | undefined {
  let isOver = false;
  return (made) => {
    if (isOver || !made.endsWith(call)) return undefined;
    isOver = true;
    return sdkError(error);
  };
}

const arnOf = (id: string, region = 'eu-west-1') => `arn:aws:kms:${region}:${account}:key/${id}`;

test('an account becomes a stack with keys, aliases, KMS grants and policies', async () => {
  const world: FakeAccounts = {
    accounts: {
      [`${account}/eu-west-1`]: {
        keys: {
          'aaaaaaaa-1': {
            description: 'Orders',
            rotation: { enabled: true, periodDays: 180 },
            tags: [
              { name: 'team', value: 'shop' },
              { name: 'aws:cloudformation:stack-name', value: 'x' },
            ],
            grants: [
              {
                id: 'g1',
                name: 'reader',
                grantee: `arn:aws:iam::${account}:role/App`,
                operations: ['Decrypt'],
                encryptionContextSubset: { b: '2', a: '1' },
              },
              {
                id: 'g2',
                grantee: `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/Y`,
                operations: ['Decrypt'],
              },
            ],
          },
          'bbbbbbbb-2': { spec: 'RSA_2048', usage: 'SIGN_VERIFY', state: 'Disabled' },
          'cccccccc-3': { state: 'PendingDeletion' },
          'dddddddd-4': { manager: 'AWS' },
        },
        aliases: { 'alias/shop/orders': 'aaaaaaaa-1', 'alias/aws/s3': 'dddddddd-4', 'alias/old': 'cccccccc-3' },
      },
    },
  };
  const { reading, diagnostics, calls } = await ask(world);
  expect(diagnostics).toEqual([]);
  expect(reading.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
    ['KW8152', 'note'],
    ['KW8155', 'note'],
  ]);
  expect(reading.diagnostics[0]?.message).toBe(
    `${arnOf('cccccccc-3')} is scheduled for deletion and is not imported, nor is its alias \`alias/old\``,
  );
  const [stack] = reading.program.stacks;
  expect(stack?.environment).toEqual({ name: 'eu-west-1', account, region: 'eu-west-1', partition: 'aws' });
  expect(stack?.resources.map(({ id }) => id)).toEqual([
    'key/keybbbbbbbb',
    'key/shopOrders',
    'alias/shopOrders/shop/orders',
    'kmsGrant/shopOrders/reader',
  ]);
  expect(stack?.resources[1]).toMatchObject({
    description: literal('Orders'),
    rotation: { enabled: true, periodDays: 180 },
    tags: [{ name: 'team', value: literal('shop') }],
    policy: { id: { text: 'key-default-1' }, statements: [{ sid: 'Enable IAM User Permissions' }] },
  });
  expect(stack?.resources[3]).toMatchObject({
    grantee: literal(`arn:aws:iam::${account}:role/App`),
    encryptionContext: {
      match: 'subset',
      pairs: [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' },
      ],
    },
  });
  expect(stack?.resources[0]).toMatchObject({ spec: 'RSA_2048', enabled: false });
  expect(reading.leftOut.map(({ type }) => type)).toEqual(['key to be deleted', 'KMS grant of a service']);
  expect(reading.origins.get(stack?.name ?? '')?.get('key/shopOrders')).toEqual({
    address: arnOf('aaaaaaaa-1'),
    physicalId: 'aaaaaaaa-1',
  });
  // These are the fewest calls: two lists, five for a key that can rotate, four for a key that cannot, one for a key to be deleted, and
  // none for the AWS managed key.
  expect(calls).toHaveLength(2 + 5 + 4 + 1);
});

test('a key policy that names its key by its ARN means `*`', async () => {
  const policy = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: arnOf('aaaaaaaa-1') }],
  });
  const { reading } = await ask({ accounts: { [`${account}/eu-west-1`]: { keys: { 'aaaaaaaa-1': { policy } } } } });
  const statements = [{ resources: [literal('*')] }];
  expect(reading.program.stacks[0]?.resources).toMatchObject([{ policy: { statements } }]);
  expect(reading.diagnostics.map(({ code }) => code)).toEqual(['KW8003']);
});

test('KMS grants with equal names or without one are different resources', async () => {
  const grantTo = (id: string, name?: string) => ({
    id,
    ...(name !== undefined && { name }),
    grantee: `arn:aws:iam::${account}:role/${id}`,
    operations: ['Decrypt'],
  });
  const grants = [grantTo('a', 'same'), grantTo('b', 'same'), grantTo('c'), grantTo('d', 'grant3')];
  const { reading } = await ask({ accounts: { [`${account}/eu-west-1`]: { keys: { 'aaaaaaaa-1': { grants } } } } });
  const found = reading.program.stacks[0]?.resources.filter(({ kind }) => kind === 'kmsGrant');
  expect(found).toMatchObject([
    { name: 'same', named: true },
    { name: 'same', named: true },
    { named: false },
    { name: 'grant3', named: true },
  ]);
  expect(new Set(found?.map(({ id }) => id)).size).toBe(4);
});

test('a replica is put into the stack of its primary', async () => {
  const primaryArn = arnOf('mrk-1', 'us-east-1');
  const accounts = {
    [`${account}/us-east-1`]: { keys: { 'mrk-1': { multiRegion: true } }, aliases: { 'alias/global': 'mrk-1' } },
    [`${account}/eu-west-1`]: {
      keys: { 'mrk-1': { multiRegion: true, primaryArn } },
      aliases: { 'alias/global': 'mrk-1' },
    },
  };
  const { reading } = await ask({ accounts }, [ireland, virginia]);
  expect(reading.diagnostics).toEqual([]);
  expect(reading.program.stacks.map(({ name }) => name)).toEqual(['keys-us-east-1']);
  expect(reading.program.stacks[0]?.resources).toMatchObject([
    { kind: 'key', id: 'key/global', multiRegion: true },
    { kind: 'alias', aliasName: 'alias/global' },
    { kind: 'replicaKey', primary: 'key/global', region: 'eu-west-1' },
    { kind: 'alias', aliasName: 'alias/global', region: 'eu-west-1' },
  ]);
  const { reading: half } = await ask({ accounts }, [ireland]);
  expect(half.diagnostics).toMatchObject([{ code: 'KW8153', severity: 'error' }]);
  expect(half.program.stacks).toEqual([]);
});

describe('an account with incomplete answers', () => {
  const keys = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`key-${index}`, {}]));
  const world = { accounts: { [`${account}/eu-west-1`]: { keys } }, pageSize: 7 };

  test('is reported with the refused key, gives the other keys, and does not count as complete', async () => {
    const { diagnostics, reading } = await ask({
      ...world,
      refuse: (call) => (call.includes('GetKeyPolicy key-3') ? sdkError('AccessDeniedException') : undefined),
    });
    expect(diagnostics).toMatchObject([{ code: 'KW5106' }]);
    expect(diagnostics[0]?.message).toContain(arnOf('key-3'));
    expect(reading.program.stacks[0]?.resources).toHaveLength(29);
    expect(reading.diagnostics).toMatchObject([{ code: 'KW8151', severity: 'error' }]);
  });

  test('is asked only for the missing answers after each interruption', async () => {
    const store = keeping();
    const all: string[] = [];
    let runs = 0;
    for (; runs < 100 && !store.sources().some(({ text }) => text.includes('"complete"')); runs += 1) {
      const abort = new AbortController();
      let left = 3 + (runs % 11);
      const { calls } = await ask(
        {
          ...world,
          refuse: () => {
            left -= 1;
            if (left === 0) abort.abort();
            return undefined;
          },
        },
        [ireland],
        store,
        abort.signal,
      );
      all.push(...calls);
    }
    expect(runs).toBeGreaterThan(10);
    const { reading, calls } = await ask(world, [ireland], store);
    expect(calls).toEqual([]);
    expect(reading.diagnostics).toEqual([]);
    const names = reading.program.stacks[0]?.resources.map(({ id }) => id) ?? [];
    expect(new Set(names).size).toBe(30);
    expect(names).toHaveLength(30);
    // The fewest calls are five pages of keys, one of aliases, and five calls for each key. Calls that were waiting when the process ended
    // are made again.
    const least = 5 + 1 + 30 * 5;
    expect(all.length).toBeGreaterThan(least);
    expect(all.length).toBeLessThanOrEqual(least + runs * 5);
    expect(new Set(all).size).toBe(least);
  });

  test('lists again if KMS no longer accepts a marker', async () => {
    const store = keeping();
    await ask({ ...world, refuse: once('ListKeys 14', 'AccessDeniedException') }, [ireland], store);
    const { calls, diagnostics, reading } = await ask(
      { ...world, refuse: once('ListKeys 14', 'InvalidMarkerException') },
      [ireland],
      store,
    );
    expect(diagnostics).toEqual([]);
    expect(calls.filter((call) => call.includes('ListKeys')).map((call) => call.split(' ')[2])).toEqual([
      '14',
      '',
      '7',
      '14',
      '21',
      '28',
    ]);
    expect(reading.program.stacks[0]?.resources).toHaveLength(30);
  });

  test('lacks a key that was deleted after an earlier run had listed it', async () => {
    const store = keeping();
    const refusing = { ...world, refuse: once('DescribeKey key-3', 'AccessDeniedException') };
    expect((await ask(refusing, [ireland], store)).diagnostics).toMatchObject([{ code: 'KW5106' }]);
    const { 'key-3': _, ...left } = keys;
    const later = { ...world, accounts: { [`${account}/eu-west-1`]: { keys: left } } };
    const { diagnostics, reading } = await ask(later, [ireland], store);
    expect([diagnostics, reading.diagnostics]).toEqual([[], []]);
    expect(reading.program.stacks[0]?.resources).toHaveLength(29);
    expect(reading.leftOut).toEqual([]);
  });

  test('has an error at a line that is not an answer', () => {
    const text = '{"place":{"account":"111122223333","region":"eu-west-1","partition":"aws"}}\n{"key":{}}\n';
    expect(readAccounts([{ path: 'a.jsonl', text }]).diagnostics).toMatchObject([
      { code: 'KW8150', span: { file: 'a.jsonl', line: 2 } },
    ]);
  });
});

test('500 accounts with 20 keys each are read with the minimum of calls', async () => {
  const places = Array.from({ length: 500 }, (_, index) => ({ ...ireland, account: String(100000000000 + index) }));
  const keys = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`key-${index}`, {}]));
  const accounts = Object.fromEntries(places.map((place) => [`${place.account}/eu-west-1`, { keys }]));
  const { reading, calls, diagnostics } = await ask({ accounts }, places);
  expect(diagnostics).toEqual([]);
  expect(calls).toHaveLength(500 * (2 + 20 * 5));
  expect(reading.program.stacks).toHaveLength(500);
  expect(reading.program.stacks.every(({ resources }) => resources.length === 20)).toBe(true);
});

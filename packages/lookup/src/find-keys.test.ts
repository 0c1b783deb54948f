import { describe, expect, it } from 'vitest';
import type { Answer } from './ask-place.ts';
import { type FakeKeys, fakeClients, here, query, sdkError } from './fake-clients.test-support.ts';
import { findKeys, listedFrom } from './find-keys.ts';

interface Asked {
  readonly keys: FakeKeys;
  readonly aliases: readonly string[];
  /** Returns the error if KMS refuses a call. `call` does not contain the account and region. */
  readonly refuse?: (call: string) => Error | undefined;
}

async function ask({ keys, aliases, refuse = () => undefined }: Asked) {
  const prefix = `${here.account} ${here.region} kms:`;
  const world = { keys: { [`${here.account}/${here.region}`]: keys } };
  const clients = fakeClients({ ...world, refuse: (call) => refuse(call.replace(prefix, '')) });
  const credentials = { accessKeyId: here.account, secretAccessKey: '' };
  const kms = await clients.kms(here.region, credentials, new AbortController().signal);
  let progress = 0;
  const opened = { place: here, kms, whose: 'the default credentials', identity: 'arn:aws:iam::111122223333:user/me' };
  const queries = aliases.map((alias) => query(alias));
  const found = await findKeys(opened, queries, () => {
    progress += 1;
  });
  expect(found.map(([query]) => query)).toEqual(queries);
  expect(progress).toBe(queries.length);
  return {
    calls: clients.calls.map((call) => call.replace(prefix, '')),
    answers: Object.fromEntries(found.map(([{ alias }, answer]) => [alias, brief(answer)])),
    messages: found.flatMap(([, answer]) => ('diagnostic' in answer && answer.diagnostic?.message) || []),
  };
}

function brief(answer: Answer): string {
  return answer.kind === 'key' ? answer.facts.keyId : answer.kind;
}

const denied = (message = 'not authorized') => sdkError('AccessDeniedException', message);
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `alias/${String(index).padStart(3, '0')}`);
const oneToOne = (aliases: readonly string[]) =>
  Object.fromEntries(aliases.map((alias) => [alias, alias.replace('alias/', 'key-')]));

describe('few aliases', () => {
  it('take one DescribeKey each', async () => {
    const keys = { aliases: { 'alias/a': 'key-a', 'alias/b': 'key-b', 'alias/unasked': 'key-c' } };
    expect(await ask({ keys, aliases: ['alias/a', 'alias/b', 'alias/gone'] })).toEqual({
      calls: ['DescribeKey alias/a', 'DescribeKey alias/b', 'DescribeKey alias/gone'],
      answers: { 'alias/a': 'key-a', 'alias/b': 'key-b', 'alias/gone': 'missing' },
      messages: [],
    });
  });

  it('are not listed if they are one alias short of the number at which listing starts', async () => {
    const aliases = numbered(listedFrom - 1);
    const { calls } = await ask({ keys: { aliases: oneToOne(aliases) }, aliases });
    expect(calls).toHaveLength(listedFrom - 1);
    expect(calls.filter((call) => call.startsWith('ListAliases'))).toEqual([]);
  });

  it('are listed if DescribeKey is denied by alias, and described by key id', async () => {
    expect(
      await ask({
        keys: { aliases: { 'alias/a': 'key-a', 'alias/b': 'key-b' } },
        aliases: ['alias/a', 'alias/b', 'alias/gone'],
        refuse: (call) => (/^DescribeKey alias/.test(call) ? denied() : undefined),
      }),
    ).toEqual({
      calls: [
        'DescribeKey alias/a',
        'DescribeKey alias/b',
        'DescribeKey alias/gone',
        'ListAliases from 0',
        'DescribeKey key-a',
        'DescribeKey key-b',
      ],
      answers: { 'alias/a': 'key-a', 'alias/b': 'key-b', 'alias/gone': 'missing' },
      messages: [],
    });
  });

  it('are listed if one of them is denied, and only that alias is described again', async () => {
    const { calls, answers } = await ask({
      keys: { aliases: { 'alias/a': 'key-a', 'alias/b': 'key-b' } },
      aliases: ['alias/a', 'alias/b'],
      refuse: (call) => (call === 'DescribeKey alias/b' ? denied() : undefined),
    });
    expect(calls).toEqual(['DescribeKey alias/a', 'DescribeKey alias/b', 'ListAliases from 0', 'DescribeKey key-b']);
    expect(answers).toEqual({ 'alias/a': 'key-a', 'alias/b': 'key-b' });
  });

  it('are reported with the first denial if listing is denied as well', async () => {
    const { calls, answers, messages } = await ask({
      keys: { aliases: { 'alias/a': 'key-a' } },
      aliases: ['alias/a'],
      refuse: () => denied('no policy allows it'),
    });
    expect(calls).toEqual(['DescribeKey alias/a', 'ListAliases from 0']);
    expect(answers).toEqual({ 'alias/a': 'denied' });
    expect(messages).toEqual([
      'arn:aws:iam::111122223333:user/me may not call kms:DescribeKey on arn:aws:kms:eu-west-1:111122223333:alias/a: no policy allows it',
    ]);
  });
});

describe('many aliases', () => {
  it('are listed, and each of their keys is described once', async () => {
    const aliases = numbered(250);
    const keys = { aliases: Object.fromEntries(aliases.map((alias, index) => [alias, `key-${index % 20}`])) };
    const { calls, answers } = await ask({ keys, aliases });
    expect(calls.slice(0, 3)).toEqual(['ListAliases from 0', 'ListAliases from 100', 'ListAliases from 200']);
    expect(calls.slice(3).sort()).toEqual(Array.from({ length: 20 }, (_, key) => `DescribeKey key-${key}`).sort());
    expect(answers).toEqual(keys.aliases);
  });

  it('count as missing if no page has them, without another call', async () => {
    const aliases = numbered(listedFrom);
    const { calls, answers } = await ask({ keys: { aliases: { 'alias/000': 'key-a' } }, aliases });
    expect(calls).toEqual(['ListAliases from 0', 'DescribeKey key-a']);
    expect(answers).toMatchObject({ 'alias/000': 'key-a', 'alias/001': 'missing', 'alias/009': 'missing' });
  });

  it('take no more pages than needed', async () => {
    const wanted = numbered(listedFrom);
    const keys = { aliases: oneToOne([...wanted, ...numbered(500).map((alias) => `${alias}-unasked`)]) };
    const { calls } = await ask({ keys, aliases: wanted });
    expect(calls.filter((call) => call.startsWith('ListAliases'))).toEqual(['ListAliases from 0']);
  });

  it('are described by name if listing would need more calls', async () => {
    const wanted = numbered(listedFrom);
    // The account has so many other aliases that the wanted aliases come last.
    const keys = { aliases: oneToOne([...numbered(50).map((alias) => `${alias}-unasked`), ...wanted]), pageSize: 2 };
    const { calls, answers } = await ask({ keys, aliases: wanted });
    expect(calls.filter((call) => call.startsWith('ListAliases'))).toHaveLength(listedFrom);
    expect(calls.filter((call) => call.startsWith('DescribeKey alias/'))).toHaveLength(listedFrom);
    expect(answers).toEqual(oneToOne(wanted));
  });

  it('are described by name if ListAliases is denied', async () => {
    const aliases = numbered(listedFrom);
    const { calls, answers } = await ask({
      keys: { aliases: oneToOne(aliases) },
      aliases: [...aliases, 'alias/gone'],
      refuse: (call) => (call.startsWith('ListAliases') ? denied() : undefined),
    });
    expect(calls[0]).toBe('ListAliases from 0');
    expect(calls.slice(1).sort()).toEqual([...aliases, 'alias/gone'].map((alias) => `DescribeKey ${alias}`));
    expect(answers).toEqual({ ...oneToOne(aliases), 'alias/gone': 'missing' });
  });

  it('are described by name if listing fails', async () => {
    const aliases = numbered(listedFrom);
    const { answers } = await ask({
      keys: { aliases: oneToOne(aliases) },
      aliases,
      refuse: (call) => (call.startsWith('ListAliases') ? sdkError('InvalidMarkerException') : undefined),
    });
    expect(answers).toEqual(oneToOne(aliases));
  });

  it('are described by name if DescribeKey is allowed by alias only (kms:RequestAlias)', async () => {
    const aliases = numbered(listedFrom);
    const { answers } = await ask({
      keys: { aliases: oneToOne(aliases) },
      aliases,
      refuse: (call) => (/^DescribeKey key/.test(call) ? denied() : undefined),
    });
    expect(answers).toEqual(oneToOne(aliases));
  });

  it('are found, except those of keys that the caller may not describe', async () => {
    const aliases = numbered(listedFrom);
    const { answers, messages } = await ask({
      keys: { aliases: oneToOne(aliases) },
      aliases,
      refuse: (call) => (/^DescribeKey (key-|alias\/)00[12]/.test(call) ? denied() : undefined),
    });
    expect(Object.values(answers).filter((answer) => answer === 'denied')).toHaveLength(2);
    expect(answers).toMatchObject({ 'alias/000': 'key-000', 'alias/001': 'denied', 'alias/002': 'denied' });
    expect(messages.map((message) => /on (\S+):/.exec(message)?.[1])).toEqual([
      'arn:aws:kms:eu-west-1:111122223333:alias/001',
      'arn:aws:kms:eu-west-1:111122223333:alias/002',
    ]);
  });
});

describe('aliases of AWS managed keys', () => {
  it('are listed even if they are few, since DescribeKey would create a missing key', async () => {
    const keys = { aliases: { 'alias/a': 'key-a', 'alias/aws/s3': 'key-s3', 'alias/aws/ebs': undefined } };
    expect(await ask({ keys, aliases: ['alias/a', 'alias/aws/s3', 'alias/aws/ebs', 'alias/aws/none'] })).toEqual({
      calls: ['ListAliases from 0', 'DescribeKey key-a', 'DescribeKey key-s3'],
      answers: {
        'alias/a': 'key-a',
        'alias/aws/s3': 'key-s3',
        'alias/aws/ebs': 'withoutKey',
        'alias/aws/none': 'missing',
      },
      messages: [],
    });
  });

  it('are looked for on every page, however many pages there are', async () => {
    const aliases = oneToOne([...numbered(300), 'alias/aws/s3']);
    const { calls, answers } = await ask({ keys: { aliases, pageSize: 10 }, aliases: ['alias/aws/s3'] });
    expect(calls).toHaveLength(32);
    expect(answers).toEqual({ 'alias/aws/s3': 'key-aws/s3' });
  });

  it('are never described by name, whatever is denied', async () => {
    const keys = { aliases: { 'alias/a': 'key-a', 'alias/aws/s3': 'key-s3' } };
    const { calls, answers, messages } = await ask({
      keys,
      aliases: ['alias/a', 'alias/aws/s3'],
      refuse: (call) => (call.startsWith('ListAliases') ? denied() : undefined),
    });
    expect(calls).toEqual(['ListAliases from 0', 'DescribeKey alias/a']);
    expect(answers).toEqual({ 'alias/a': 'key-a', 'alias/aws/s3': 'denied' });
    expect(messages).toEqual(['arn:aws:iam::111122223333:user/me may not call kms:ListAliases on *: not authorized']);
  });

  it('are described by name once it is known that they have a key', async () => {
    const { calls, answers } = await ask({
      keys: { aliases: { 'alias/aws/s3': 'key-s3' } },
      aliases: ['alias/aws/s3'],
      refuse: (call) => (/^DescribeKey key/.test(call) ? denied() : undefined),
    });
    expect(calls).toEqual(['ListAliases from 0', 'DescribeKey key-s3', 'DescribeKey alias/aws/s3']);
    expect(answers).toEqual({ 'alias/aws/s3': 'key-s3' });
  });
});

describe('a key that is listed but not found', () => {
  const keys = { aliases: { 'alias/aws/s3': 'key-s3' } };
  const notFound = () => sdkError('NotFoundException', 'Key is not found');

  it('is described by name', async () => {
    const { calls, answers } = await ask({
      keys,
      aliases: ['alias/aws/s3'],
      refuse: (call) => (call === 'DescribeKey key-s3' ? notFound() : undefined),
    });
    expect(calls).toEqual(['ListAliases from 0', 'DescribeKey key-s3', 'DescribeKey alias/aws/s3']);
    expect(answers).toEqual({ 'alias/aws/s3': 'key-s3' });
  });

  it('makes its alias count as missing if it is not found by name either', async () => {
    const refuse = (call: string) => (call.startsWith('DescribeKey') ? notFound() : undefined);
    const { answers } = await ask({ keys, aliases: ['alias/aws/s3'], refuse });
    expect(answers).toEqual({ 'alias/aws/s3': 'missing' });
  });
});

describe('a region that does not answer', () => {
  const throttled = () => sdkError('ThrottlingException', 'Rate exceeded');

  it('gets no more requests, and is reported for every alias that is left', async () => {
    const aliases = numbered(listedFrom - 1);
    const { calls, answers, messages } = await ask({
      keys: { aliases: oneToOne(aliases) },
      aliases,
      refuse: (call) => (call === 'DescribeKey alias/001' ? throttled() : undefined),
    });
    // Calls that had already started when another call failed still get their answers.
    expect(calls.length).toBeLessThan(aliases.length);
    expect(answers).toMatchObject({ 'alias/000': 'key-000', 'alias/001': 'failed', 'alias/008': 'failed' });
    expect(new Set(messages)).toEqual(
      new Set(['kms:DescribeKey in account 111122223333, eu-west-1, was throttled in every attempt']),
    );
  });

  it('gets no more requests if listing fails', async () => {
    const aliases = numbered(listedFrom);
    const { calls, answers } = await ask({ keys: { aliases: {} }, aliases, refuse: throttled });
    expect(calls).toEqual(['ListAliases from 0']);
    expect(new Set(Object.values(answers))).toEqual(new Set(['failed']));
  });

  it('gets no ListAliases for an alias that was denied before', async () => {
    const { calls, answers } = await ask({
      keys: { aliases: {} },
      aliases: ['alias/a', 'alias/b'],
      refuse: (call) => (call.endsWith('a') ? denied() : throttled()),
    });
    expect(calls).toEqual(['DescribeKey alias/a', 'DescribeKey alias/b']);
    expect(answers).toEqual({ 'alias/a': 'denied', 'alias/b': 'failed' });
  });
});

describe('a refused request', () => {
  it('is not repeated in another way', async () => {
    const { calls, answers, messages } = await ask({
      keys: { aliases: {} },
      aliases: ['alias/a'],
      refuse: () => sdkError('InvalidArnException', 'Invalid keyId'),
    });
    expect(calls).toEqual(['DescribeKey alias/a']);
    expect(answers).toEqual({ 'alias/a': 'refused' });
    expect(messages).toEqual([
      'kms:DescribeKey on arn:aws:kms:eu-west-1:111122223333:alias/a was refused: InvalidArnException: Invalid keyId',
    ]);
  });

  it.each([
    'arn:aws:kms:us-east-1:111122223333:key/key-a',
    'arn:aws:kms:eu-west-1:999999999999:key/key-a',
    'arn:aws-cn:kms:eu-west-1:111122223333:key/key-a',
    'arn:aws:kms:eu-west-1:111122223333:key/key-b',
  ])('can also be a request that was answered with another key or place: %s', async (arn) => {
    const { answers, messages } = await ask({
      keys: { aliases: { 'alias/a': 'key-a' }, facts: { 'key-a': { arn } } },
      aliases: ['alias/a'],
    });
    expect(answers).toEqual({ 'alias/a': 'refused' });
    expect(messages).toEqual([
      `kms:DescribeKey on arn:aws:kms:eu-west-1:111122223333:alias/a answered with ${arn}, which is in another account, region or partition`,
    ]);
  });
});

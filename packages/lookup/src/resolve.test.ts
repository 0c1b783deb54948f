import {
  type Context,
  type ContextEntry,
  contextKey,
  dummyKeyId,
  type LookupQuery,
} from '@keywright/core/context/context';
import { describe, expect, it } from 'vitest';
import { entryOfId } from './entry.ts';
import { type FakeWorld, fakeClients, here, query, sdkError } from './fake-clients.test-support.ts';
import { type ResolveOptions, resolveLookups } from './resolve.ts';

const entry = (alias: string, keyId: string, more: Partial<ContextEntry> = {}): ContextEntry => ({
  ...entryOfId({ ...here, alias }, keyId),
  ...more,
});
const contextOf = (...entries: readonly ContextEntry[]): Context =>
  new Map(entries.map((entry) => [contextKey(entry), entry]));
const keyOf = (alias: string) => contextKey({ ...here, alias });

const world = (aliases: Readonly<Record<string, string | undefined>>, more: FakeWorld = {}): FakeWorld => ({
  keys: { '111122223333/eu-west-1': { aliases } },
  ...more,
});

async function resolve(
  world: FakeWorld,
  options: Partial<ResolveOptions> & { readonly queries: readonly LookupQuery[] },
) {
  const clients = fakeClients(world);
  const { context = new Map(), mode = 'missing', ...rest } = options;
  const resolution = await resolveLookups({ ...rest, context, mode, clients });
  expect(clients.open()).toBe(0);
  return {
    ...resolution,
    calls: clients.calls,
    codes: resolution.diagnostics.map(({ code }) => code),
    keyIds: Object.fromEntries([...resolution.context.values()].map(({ alias, keyId }) => [alias, keyId])),
  };
}

describe('a lookup', () => {
  it('requests only the missing entries', async () => {
    const known = entry('alias/known', 'key-known');
    const { calls, context, changes, diagnostics, unreachable } = await resolve(
      world({ 'alias/known': 'key-other', 'alias/new': 'key-new' }),
      { queries: [query('alias/known'), query('alias/new')], context: contextOf(known) },
    );
    expect(calls.slice(2)).toEqual(['111122223333 eu-west-1 kms:DescribeKey alias/new']);
    expect(context).toEqual(contextOf(known, entry('alias/new', 'key-new')));
    expect(changes).toEqual([{ kind: 'added', key: keyOf('alias/new') }]);
    expect({ diagnostics, unreachable }).toEqual({ diagnostics: [], unreachable: false });
  });

  it('contacts no account if nothing is missing', async () => {
    const { calls, codes } = await resolve(world({}), {
      queries: [query('alias/known')],
      context: contextOf(entry('alias/known', 'key-known')),
    });
    expect({ calls, codes }).toEqual({ calls: [], codes: [] });
  });

  it('keeps entries that nothing looks up', async () => {
    const { keyIds } = await resolve(world({ 'alias/new': 'key-new' }), {
      queries: [query('alias/new')],
      context: contextOf(entry('alias/unasked', 'key-unasked')),
      mode: 'refresh',
    });
    expect(keyIds).toEqual({ 'alias/unasked': 'key-unasked', 'alias/new': 'key-new' });
  });

  it('does not modify the given context', async () => {
    const context = contextOf(entry('alias/gone', 'key-gone'));
    await resolve(world({ 'alias/new': 'key-new' }), {
      queries: [query('alias/new'), query('alias/gone')],
      context,
      mode: 'refresh',
    });
    expect(context).toEqual(contextOf(entry('alias/gone', 'key-gone')));
  });

  it('reports its progress', async () => {
    const progress: string[] = [];
    await resolve(world({ 'alias/a': 'key-a' }), {
      queries: [query('alias/a'), query('alias/b'), query('alias/elsewhere', { profile: 'none' })],
      onProgress: ({ done, total }) => progress.push(`${done} of ${total}`),
    });
    expect(progress).toEqual(['1 of 3', '2 of 3', '3 of 3']);
  });
});

describe('an alias that does not exist', () => {
  const queries = (whenMissing: 'error' | 'dummy') => [query('alias/gone', { whenMissing })];

  it('is reported as KW5120 at the place that looks it up', async () => {
    const { diagnostics, keyIds, unreachable } = await resolve(world({}), { queries: queries('error') });
    expect(diagnostics).toMatchObject([
      {
        code: 'KW5120',
        message: 'there is no `alias/gone` in account 111122223333, eu-west-1',
        span: query('alias/gone').span,
      },
    ]);
    expect({ keyIds, unreachable }).toEqual({ keyIds: {}, unreachable: false });
  });

  it('loses its entry on --refresh', async () => {
    const { keyIds, changes } = await resolve(world({}), {
      queries: queries('error'),
      context: contextOf(entry('alias/gone', 'key-gone')),
      mode: 'refresh',
    });
    expect(keyIds).toEqual({});
    expect(changes).toEqual([{ kind: 'removed', key: keyOf('alias/gone') }]);
  });

  it('gets the dummy key if the project allows it, with a warning', async () => {
    const { diagnostics, keyIds, changes } = await resolve(world({}), { queries: queries('dummy') });
    expect(keyIds).toEqual({ 'alias/gone': dummyKeyId });
    expect(changes).toEqual([{ kind: 'added', key: keyOf('alias/gone') }]);
    expect(diagnostics).toMatchObject([{ code: 'KW5011', severity: 'warning' }]);
  });

  it('is not requested again while the dummy is allowed', async () => {
    const context = contextOf(entry('alias/gone', dummyKeyId));
    expect((await resolve(world({}), { queries: queries('dummy'), context })).calls).toEqual([]);
  });

  it('is requested again once the project no longer allows a dummy', async () => {
    const context = contextOf(entry('alias/gone', dummyKeyId));
    const gone = await resolve(world({}), { queries: queries('error'), context });
    expect(gone).toMatchObject({ codes: ['KW5120'], changes: [{ kind: 'removed' }] });
    const there = await resolve(world({ 'alias/gone': 'key-new' }), { queries: queries('error'), context });
    expect(there).toMatchObject({ codes: [], changes: [{ kind: 'changed' }], keyIds: { 'alias/gone': 'key-new' } });
  });
});

describe('an alias without a key', () => {
  it('is reported as KW5121', async () => {
    const { diagnostics, keyIds } = await resolve(world({ 'alias/aws/s3': undefined }), {
      queries: [query('alias/aws/s3')],
    });
    expect(diagnostics).toMatchObject([
      { code: 'KW5121', message: '`alias/aws/s3` in account 111122223333, eu-west-1 has no key yet' },
    ]);
    expect(keyIds).toEqual({});
  });

  it('gets the dummy key if the project allows it', async () => {
    const { codes, keyIds } = await resolve(world({ 'alias/aws/s3': undefined }), {
      queries: [query('alias/aws/s3', { whenMissing: 'dummy' })],
    });
    expect({ codes, keyIds }).toEqual({ codes: ['KW5011'], keyIds: { 'alias/aws/s3': dummyKeyId } });
  });
});

describe('a key that is pending deletion', () => {
  const facts = { 'key-a': { state: 'PendingDeletion' } };

  it.each(['error', 'dummy'] as const)('is reported and loses its entry if whenMissing is %s', async (whenMissing) => {
    const { codes, keyIds, unreachable } = await resolve(
      { keys: { '111122223333/eu-west-1': { aliases: { 'alias/a': 'key-a' }, facts } } },
      {
        queries: [query('alias/a', { whenMissing })],
        context: contextOf(entry('alias/a', 'key-a')),
        mode: 'refresh',
      },
    );
    expect({ codes, keyIds, unreachable }).toEqual({ codes: ['KW5122'], keyIds: {}, unreachable: false });
  });
});

describe('--refresh', () => {
  it('records and reports changed entries', async () => {
    const { calls, keyIds, changes } = await resolve(
      world({ 'alias/same': 'key-same', 'alias/moved': 'key-new', 'alias/new': 'key-1' }),
      {
        queries: ['alias/same', 'alias/new', 'alias/moved'].map((alias) => query(alias)),
        context: contextOf(entry('alias/same', 'key-same'), entry('alias/moved', 'key-old')),
        mode: 'refresh',
      },
    );
    expect(calls).toHaveLength(5);
    expect(keyIds).toEqual({ 'alias/same': 'key-same', 'alias/moved': 'key-new', 'alias/new': 'key-1' });
    expect(changes).toEqual([
      { kind: 'changed', key: keyOf('alias/moved') },
      { kind: 'added', key: keyOf('alias/new') },
    ]);
  });

  it.each<[string, Partial<ContextEntry>]>([
    ['spec', { spec: 'RSA_2048' }],
    ['usage', { spec: 'SYMMETRIC_DEFAULT', usage: 'SIGN_VERIFY' }],
    ['manager', { manager: 'AWS' }],
    ['multiRegion', { multiRegion: true }],
  ])('sees that an imported entry has the wrong %s', async (_, wrong) => {
    const { context, changes } = await resolve(world({ 'alias/a': 'key-a' }), {
      queries: [query('alias/a')],
      context: contextOf(entry('alias/a', 'key-a', wrong)),
      mode: 'refresh',
    });
    expect(context).toEqual(contextOf(entry('alias/a', 'key-a')));
    expect(changes).toEqual([{ kind: 'changed', key: keyOf('alias/a') }]);
  });
});

describe('--check', () => {
  const check = (world: FakeWorld, context: Context, whenMissing: 'error' | 'dummy' = 'error') =>
    resolve(world, { queries: [query('alias/a', { whenMissing })], context, mode: 'check' });

  it('passes if the account agrees', async () => {
    const { codes, calls, unreachable } = await check(
      world({ 'alias/a': 'key-a' }),
      contextOf(entry('alias/a', 'key-a')),
    );
    expect({ codes, unreachable, calls: calls.length }).toEqual({ codes: [], unreachable: false, calls: 3 });
  });

  it('reports how the account disagrees, and changes nothing', async () => {
    const context = contextOf(entry('alias/a', 'key-old', { multiRegion: true }));
    const { diagnostics, changes, ...checked } = await check(world({ 'alias/a': 'key-new' }), context);
    expect(diagnostics).toMatchObject([
      {
        code: 'KW5130',
        severity: 'error',
        message:
          '`alias/a` in account 111122223333, eu-west-1 is not what the context file says: keyId is key-new, not key-old, multiRegion is false, not true',
        span: query('alias/a').span,
      },
    ]);
    expect(changes).toEqual([]);
    expect(checked.context).toBe(context);
  });

  it('names the ARN only if the key id is equal', async () => {
    const arn = 'arn:aws:kms:eu-west-1:999999999999:key/key-a';
    const { diagnostics } = await check(world({ 'alias/a': 'key-a' }), contextOf(entry('alias/a', 'key-a', { arn })));
    expect(diagnostics[0]?.message).toContain(`arn is ${entry('alias/a', 'key-a').arn}, not ${arn}`);
  });

  it('fails for a missing alias, and keeps its entry', async () => {
    const context = contextOf(entry('alias/a', 'key-a'));
    expect(await check(world({}), context)).toMatchObject({ codes: ['KW5120'], context, changes: [] });
  });

  it('fails for a recorded key that is gone, even if a dummy is allowed', async () => {
    const context = contextOf(entry('alias/a', 'key-a'));
    expect((await check(world({}), context, 'dummy')).codes).toEqual(['KW5130']);
  });

  it('accepts an allowed dummy as long as the alias does not exist', async () => {
    const context = contextOf(entry('alias/a', dummyKeyId));
    expect((await check(world({}), context, 'dummy')).codes).toEqual([]);
    expect((await check(world({}), context, 'error')).codes).toEqual(['KW5120']);
    expect((await check(world({ 'alias/a': 'key-a' }), context, 'dummy')).codes).toEqual(['KW5130']);
  });

  it('fails for an alias that was never looked up, without requesting it', async () => {
    expect(await check(world({ 'alias/a': 'key-a' }), new Map())).toMatchObject({ codes: ['KW5010'], calls: [] });
  });

  it('distinguishes an account that does not answer from an account that disagrees', async () => {
    const refuse = () => sdkError('ExpiredToken', 'expired');
    const checked = await check(world({}, { refuse }), contextOf(entry('alias/a', 'key-a')));
    expect(checked).toMatchObject({ codes: ['KW5102'], unreachable: true });
  });
});

describe('several accounts or regions', () => {
  const accounts = {
    profiles: { default: '111122223333', data: '444455556666' },
    keys: {
      '111122223333/eu-west-1': { aliases: { 'alias/a': 'key-1' } },
      '111122223333/us-east-1': { aliases: { 'alias/a': 'key-2' } },
      '444455556666/eu-west-1': { aliases: { 'alias/a': 'key-3' } },
      '777788889999/eu-west-1': { aliases: { 'alias/a': 'key-4' } },
    },
  };
  const queries = [
    query('alias/a'),
    query('alias/a', { region: 'us-east-1' }),
    query('alias/a', { account: '444455556666', profile: 'data' }),
    query('alias/a', { account: '777788889999', lookupRole: 'Reader' }),
  ];
  const found = ({ context }: { context: Context }) =>
    Object.fromEntries([...context].map(([key, { keyId }]) => [key, keyId]));

  it('are called with their own credentials', async () => {
    expect(found(await resolve(accounts, { queries }))).toEqual({
      '111122223333/eu-west-1/alias/a': 'key-1',
      '111122223333/us-east-1/alias/a': 'key-2',
      '444455556666/eu-west-1/alias/a': 'key-3',
      '777788889999/eu-west-1/alias/a': 'key-4',
    });
  });

  it('keep their answers and entries if another account or region refuses', async () => {
    const old = entry('alias/a', 'key-old', { account: '444455556666' });
    const resolution = await resolve(
      { ...accounts, profiles: { ...accounts.profiles, data: '999999999999' } },
      { queries, context: contextOf(old), mode: 'refresh' },
    );
    expect(found(resolution)).toEqual({
      '111122223333/eu-west-1/alias/a': 'key-1',
      '111122223333/us-east-1/alias/a': 'key-2',
      '444455556666/eu-west-1/alias/a': 'key-old',
      '777788889999/eu-west-1/alias/a': 'key-4',
    });
    expect(resolution).toMatchObject({ codes: ['KW5104'], unreachable: true });
  });

  it('keep their answers if another account or region stops answering', async () => {
    const resolution = await resolve(
      {
        ...accounts,
        refuse: (call) =>
          call.startsWith('111122223333 us-east-1 kms:') ? sdkError('ThrottlingException') : undefined,
      },
      { queries },
    );
    expect(Object.values(found(resolution))).toEqual(['key-1', 'key-3', 'key-4']);
    expect(resolution).toMatchObject({ codes: ['KW5109'], unreachable: true });
  });

  it('have their changes reported in the order of the file, whatever was requested first', async () => {
    const { changes } = await resolve(
      { ...accounts, profiles: { default: '111122223333', other: '111122223333' } },
      {
        queries: [query('alias/z'), query('alias/a', { profile: 'other' })].map((query) => ({
          ...query,
          whenMissing: 'dummy' as const,
        })),
      },
    );
    expect(changes.map(({ key }) => key)).toEqual([keyOf('alias/a'), keyOf('alias/z')]);
  });

  it('are reported once if they fail for the same reason', async () => {
    const refuse = () => sdkError('ExpiredToken', 'expired');
    const { diagnostics } = await resolve({ refuse }, { queries: queries.slice(0, 2) });
    expect(diagnostics.map(({ message }) => message)).toEqual(['the default credentials have expired: expired']);
  });

  it('are called six at a time', async () => {
    const regions = Array.from({ length: 20 }, (_, index) => query('alias/a', { region: `eu-west-${index + 1}` }));
    let most = 0;
    const clients = fakeClients();
    const counting = {
      ...clients,
      sts: (...args: Parameters<typeof clients.sts>) => {
        most = Math.max(most, clients.open() + 1);
        return clients.sts(...args);
      },
    };
    await resolveLookups({ queries: regions, context: new Map(), mode: 'missing', clients: counting });
    expect(most).toBe(6);
  });
});

describe('a missing permission', () => {
  it('is reported for each alias, at its place, with the action, the key and the caller', async () => {
    const { diagnostics, keyIds, unreachable } = await resolve(
      world(
        { 'alias/a': 'key-a', 'alias/b': 'key-b' },
        { refuse: (call) => (/alias\/b|ListAliases/.test(call) ? sdkError('AccessDeniedException', 'no') : undefined) },
      ),
      { queries: [query('alias/a'), query('alias/b')] },
    );
    expect(diagnostics).toMatchObject([
      {
        code: 'KW5106',
        message:
          'arn:aws:sts::111122223333:assumed-role/Me/i-1 may not call kms:DescribeKey on arn:aws:kms:eu-west-1:111122223333:alias/b: no',
        help: 'allow kms:DescribeKey; docs/lookups.md has a policy with everything that lookups need',
        span: query('alias/b').span,
      },
    ]);
    expect({ keyIds, unreachable }).toEqual({ keyIds: { 'alias/a': 'key-a' }, unreachable: true });
  });
});

describe('an interruption', () => {
  const queries = Array.from({ length: 8 }, (_, index) => query(`alias/${index}`));
  const aliases = Object.fromEntries(queries.map(({ alias }) => [alias, alias.replace('alias/', 'key-')]));

  it('keeps the results so far, and blames no account', async () => {
    const controller = new AbortController();
    const { keyIds, diagnostics, unreachable, calls } = await resolve(
      world(aliases, {
        refuse(call) {
          if (call.endsWith('alias/5')) controller.abort();
          return undefined;
        },
      }),
      { queries, signal: controller.signal },
    );
    expect(keyIds).toEqual(Object.fromEntries(Object.entries(aliases).slice(0, 5)));
    expect(diagnostics).toMatchObject([
      { code: 'KW5111', severity: 'error', message: 'interrupted after 5 of 8 aliases' },
    ]);
    expect(unreachable).toBe(false);
    expect(calls.at(-1)).toContain('alias/5');
  });

  it('before the first call prevents all requests, even for credentials', async () => {
    const asked = (): never => {
      throw new Error('nobody is to be asked');
    };
    const clients = { credentials: asked, sts: asked, kms: asked };
    const { context, diagnostics } = await resolveLookups({
      queries,
      context: new Map(),
      mode: 'missing',
      signal: AbortSignal.abort(),
      clients,
    });
    expect(context.size).toBe(0);
    expect(diagnostics.map(({ code }) => code)).toEqual(['KW5111']);
  });

  it('leaves entries alone that were about to be refreshed', async () => {
    const context = contextOf(entry('alias/0', 'key-old'));
    const interrupted = await resolve(world(aliases), {
      queries,
      context,
      mode: 'refresh',
      signal: AbortSignal.abort(),
    });
    expect(interrupted).toMatchObject({ context, changes: [] });
  });

  it('after the last answer has no effect', async () => {
    const controller = new AbortController();
    const { codes } = await resolve(world(aliases), {
      queries,
      signal: controller.signal,
      onProgress: ({ done, total }) => {
        if (done === total) controller.abort();
      },
    });
    expect(codes).toEqual([]);
  });
});

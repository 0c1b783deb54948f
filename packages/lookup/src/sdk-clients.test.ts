import { contextKey, type LookupQuery } from '@keywright/core/context/context';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { awsEnvironment } from './aws-environment.test-support.ts';
import {
  type AwsServer,
  identityAnswer,
  keyAnswer,
  kmsAnswer,
  kmsError,
  type Reply,
  roleAnswer,
  type ServerCall,
  startAwsServer,
  stsAnswer,
  stsError,
} from './aws-server.test-support.ts';
import { here, query } from './fake-clients.test-support.ts';
import { listedFrom } from './find-keys.ts';
import { resolveLookups } from './resolve.ts';
import { createSdkClients } from './sdk-clients.ts';

let server: AwsServer;
beforeEach(async () => {
  server = await startAwsServer();
});
afterEach(() => server.close());

/** The warnings that Node and the SDK would print on stderr. */
const warnings: string[] = [];
const keepWarning = (warning: Error) => warnings.push(warning.message);
beforeAll(() => {
  process.on('warning', keepWarning);
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => warnings.push(words.join(' ')));
  }
});
afterEach(() => expect(warnings).toEqual([]));
afterAll(() => {
  process.off('warning', keepWarning);
  vi.restoreAllMocks();
});

const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
const environment = (more: Readonly<Record<string, string>> = keys, config = '') =>
  onTestFinished(awsEnvironment({ AWS_ENDPOINT_URL: server.url, ...more }, config));

interface Asking {
  readonly clients?: ReturnType<typeof createSdkClients>;
  readonly signal?: AbortSignal;
}

async function lookUp(queries: readonly LookupQuery[], asking: Asking = {}) {
  const { context, diagnostics, unreachable } = await resolveLookups({
    queries,
    context: new Map(),
    mode: 'missing',
    ...asking,
  });
  return {
    entries: [...context.values()],
    problems: diagnostics.map(({ code, message }) => `${code} ${message}`),
    unreachable,
    actions: server.calls.map(({ action }) => action),
  };
}

/** An account in which every alias is for a key of the same name. Answers of `other` take precedence. */
function account(other: (call: ServerCall) => Reply | undefined = () => undefined) {
  return (call: ServerCall): Reply => {
    const special = other(call);
    if (special !== undefined) return special;
    if (call.action === 'sts:GetCallerIdentity') return identityAnswer(here.account);
    if (call.action === 'kms:DescribeKey') {
      return keyAnswer(here.account, call.region, String(call.input.KeyId).replace('alias/', ''));
    }
    return stsError(400, 'InvalidAction', `no ${call.action} here`);
  };
}

/** Gives one reply to the first calls of an action; the account answers the rest. */
function first(times: number, action: string, reply: Reply) {
  let left = times;
  return account((call) => {
    if (call.action !== action || left === 0) return undefined;
    left -= 1;
    return reply;
  });
}
const always = (action: string, reply: Reply) => first(Number.POSITIVE_INFINITY, action, reply);

describe('the calls', () => {
  it('go to AWS_ENDPOINT_URL, signed for the region, with the credentials in the environment', async () => {
    environment();
    server.answer = account((call) =>
      call.action === 'kms:DescribeKey'
        ? keyAnswer(here.account, call.region, 'mrk-1', {
            MultiRegion: true,
            KeySpec: 'RSA_2048',
            KeyUsage: 'SIGN_VERIFY',
          })
        : undefined,
    );
    expect((await lookUp([query('alias/a')])).entries).toEqual([
      {
        account: '111122223333',
        region: 'eu-west-1',
        alias: 'alias/a',
        keyId: 'mrk-1',
        arn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1',
        spec: 'RSA_2048',
        usage: 'SIGN_VERIFY',
        manager: 'CUSTOMER',
        multiRegion: true,
      },
    ]);
    const signed = { region: 'eu-west-1', accessKeyId: 'AKIDEXAMPLE' };
    expect(server.calls).toEqual([
      { action: 'sts:GetCallerIdentity', input: {}, ...signed },
      { action: 'kms:DescribeKey', input: { KeyId: 'alias/a' }, ...signed },
    ]);
  });

  it('list a hundred aliases per page, marker by marker', async () => {
    environment();
    const aliases = Array.from({ length: 250 }, (_, index) => ({
      AliasName: `alias/${index}`,
      TargetKeyId: `key-${index % 3}`,
    }));
    server.answer = account(({ action, input }) => {
      if (action !== 'kms:ListAliases') return undefined;
      const start = Number(input.Marker ?? 0);
      const end = start + Number(input.Limit ?? 50);
      return kmsAnswer({
        Aliases: aliases.slice(start, end),
        Truncated: end < aliases.length,
        ...(end < aliases.length && { NextMarker: String(end) }),
      });
    });
    const { entries, problems } = await lookUp(aliases.map(({ AliasName }) => query(AliasName)));
    expect(problems).toEqual([]);
    expect(Object.fromEntries(entries.map(({ alias, keyId }) => [alias, keyId]))).toEqual(
      Object.fromEntries(aliases.map(({ AliasName, TargetKeyId }) => [AliasName, TargetKeyId])),
    );
    expect(server.calls.filter(({ action }) => action === 'kms:ListAliases').map(({ input }) => input)).toEqual([
      { Limit: 100 },
      { Limit: 100, Marker: '100' },
      { Limit: 100, Marker: '200' },
    ]);
    expect(server.calls.filter(({ action }) => action === 'kms:DescribeKey')).toHaveLength(3);
  });

  it('are made with the role of the environment', async () => {
    environment();
    server.answer = account(({ action, accessKeyId }) => {
      if (action === 'sts:AssumeRole') return roleAnswer('ASIAROLE');
      return accessKeyId === 'ASIAROLE' ? undefined : stsError(403, 'AccessDenied', 'only as the role');
    });
    const { entries, problems } = await lookUp([query('alias/a', { lookupRole: 'Reader' })]);
    expect(problems).toEqual([]);
    expect(entries).toHaveLength(1);
    const [assumed, ...rest] = server.calls;
    expect(assumed).toEqual({
      action: 'sts:AssumeRole',
      region: 'eu-west-1',
      accessKeyId: 'AKIDEXAMPLE',
      input: { RoleArn: 'arn:aws:iam::111122223333:role/Reader', RoleSessionName: 'keywright-lookup' },
    });
    expect(rest.map(({ accessKeyId }) => accessKeyId)).toEqual(['ASIAROLE', 'ASIAROLE']);
  });
});

describe('credentials', () => {
  it('of a profile are read from the configuration files', async () => {
    environment(keys, '[profile prod]\naws_access_key_id = AKIDPROD\naws_secret_access_key = secret\n');
    server.answer = account();
    await lookUp([query('alias/a', { profile: 'prod' })]);
    expect(server.calls.map(({ accessKeyId }) => accessKeyId)).toEqual(['AKIDPROD', 'AKIDPROD']);
  });

  it('of a missing profile are not read from anywhere else', async () => {
    environment();
    const { problems, unreachable } = await lookUp([query('alias/a', { profile: 'prod' })]);
    expect(problems).toEqual([
      'KW5101 the credentials of profile prod cannot be loaded: Could not resolve credentials using profile: [prod] in configuration/credentials file(s).',
    ]);
    expect(unreachable).toBe(true);
    expect(server.calls).toEqual([]);
  });

  it('that do not exist are reported as KW5101', async () => {
    environment({});
    expect((await lookUp([query('alias/a')])).problems).toEqual([
      'KW5101 the default credentials cannot be loaded: Could not load credentials from any providers',
    ]);
  });

  const assuming = `[profile base]
aws_access_key_id = AKIDBASE
aws_secret_access_key = secret

[profile data]
role_arn = arn:aws:iam::111122223333:role/Data
source_profile = base
`;

  it('of a profile with a role are loaded once for all regions, in the first region', async () => {
    environment({}, assuming);
    server.answer = account(({ action }) => (action === 'sts:AssumeRole' ? roleAnswer('ASIADATA') : undefined));
    const { entries } = await lookUp(
      ['eu-west-2', 'eu-west-1', 'us-east-1'].map((region) => query('alias/a', { region, profile: 'data' })),
    );
    expect(entries).toHaveLength(3);
    const assumed = server.calls.filter(({ action }) => action === 'sts:AssumeRole');
    expect(assumed).toMatchObject([{ region: 'eu-west-1', accessKeyId: 'AKIDBASE' }]);
  });

  it('are those of AWS_PROFILE by default, in the region AWS_REGION', async () => {
    // In this situation, the SDK would warn on the console that the profile's credentials take precedence over those in variables.
    environment({ ...keys, AWS_PROFILE: 'data', AWS_REGION: 'sa-east-1' }, assuming);
    server.answer = account(({ action }) => (action === 'sts:AssumeRole' ? roleAnswer('ASIADATA') : undefined));
    await lookUp([query('alias/a')]);
    expect(server.calls.map(({ action, region }) => `${action} ${region}`)).toEqual([
      'sts:AssumeRole sa-east-1',
      'sts:GetCallerIdentity eu-west-1',
      'kms:DescribeKey eu-west-1',
    ]);
  });

  it('of a profile whose role is denied are reported as KW5101', async () => {
    environment({}, assuming);
    server.answer = always(
      'sts:AssumeRole',
      stsError(403, 'AccessDenied', 'not authorized to perform: sts:AssumeRole'),
    );
    expect((await lookUp([query('alias/a', { profile: 'data' })])).problems).toEqual([
      'KW5101 the credentials of profile data cannot be loaded: not authorized to perform: sts:AssumeRole',
    ]);
  });

  it('that a program is still providing do not delay an interruption', async () => {
    environment({}, '[profile slow]\ncredential_process = sleep 2\n');
    const clients = createSdkClients();
    const controller = new AbortController();
    const loading = clients.credentials('slow', 'eu-west-1', controller.signal);
    controller.abort();
    await expect(loading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});

describe('a service that refuses', () => {
  it.each<[string, string, Reply, string]>([
    [
      'a key',
      'kms:DescribeKey',
      kmsError(400, 'AccessDeniedException', 'not authorized to perform: kms:DescribeKey'),
      'KW5106 arn:aws:iam::111122223333:user/me may not call kms:DescribeKey on arn:aws:kms:eu-west-1:111122223333:alias/a: not authorized to perform: kms:DescribeKey',
    ],
    [
      'an alias that does not exist',
      'kms:DescribeKey',
      kmsError(400, 'NotFoundException', 'Alias arn:aws:kms:eu-west-1:111122223333:alias/a is not found.'),
      'KW5120 there is no `alias/a` in account 111122223333, eu-west-1',
    ],
    [
      'a session that expired on the way',
      'kms:DescribeKey',
      kmsError(400, 'ExpiredTokenException', 'The security token included in the request is expired'),
      'KW5102 the default credentials have expired: The security token included in the request is expired',
    ],
    [
      'an expired session',
      'sts:GetCallerIdentity',
      stsError(403, 'ExpiredToken', 'The security token included in the request is expired'),
      'KW5102 the default credentials have expired: The security token included in the request is expired',
    ],
    [
      'an access key that it does not know',
      'sts:GetCallerIdentity',
      stsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'),
      'KW5103 the default credentials are not accepted in account 111122223333, eu-west-1: The security token included in the request is invalid.',
    ],
    [
      'a signature',
      'kms:DescribeKey',
      kmsError(
        403,
        'InvalidSignatureException',
        'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z',
      ),
      'KW5103 the default credentials are not accepted in account 111122223333, eu-west-1: Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z',
    ],
    [
      'no request, although it is not AWS,',
      'sts:GetCallerIdentity',
      identityAnswer('999999999999'),
      'KW5104 the credentials for account 111122223333, eu-west-1 belong to account 999999999999 (arn:aws:iam::999999999999:user/me)',
    ],
  ])('%s is reported', async (_, action, reply, problem) => {
    environment();
    server.answer = account((call) => {
      if (call.action === action) return reply;
      // The other way, ListAliases, is denied as well.
      return call.action === 'kms:ListAliases' ? kmsError(400, 'AccessDeniedException', 'no') : undefined;
    });
    const { entries, problems } = await lookUp([query('alias/a')]);
    expect({ entries, problems }).toEqual({ entries: [], problems: [problem] });
  });

  it('is reported with the reason that the account has not enabled the region', async () => {
    environment();
    server.answer = always(
      'sts:GetCallerIdentity',
      stsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid'),
    );
    expect((await lookUp([query('alias/a', { region: 'af-south-1' })])).problems).toEqual([
      'KW5107 account 111122223333, af-south-1, does not seem to be enabled: The security token included in the request is invalid',
    ]);
  });

  it('is reported if it refuses to let a role be assumed', async () => {
    environment();
    server.answer = always(
      'sts:AssumeRole',
      stsError(403, 'AccessDenied', 'not authorized to perform: sts:AssumeRole'),
    );
    expect((await lookUp([query('alias/a', { lookupRole: 'Reader' })])).problems).toEqual([
      'KW5105 arn:aws:iam::111122223333:role/Reader cannot be assumed: not authorized to perform: sts:AssumeRole',
    ]);
  });

  it('that denies DescribeKey gets ListAliases instead, and the other way round', async () => {
    environment();
    const denied = kmsError(400, 'AccessDeniedException', 'no');
    server.answer = account(({ action, input }) => {
      if (action === 'kms:ListAliases') return kmsAnswer({ Aliases: [{ AliasName: 'alias/a', TargetKeyId: 'a' }] });
      return action === 'kms:DescribeKey' && input.KeyId === 'alias/a' ? denied : undefined;
    });
    expect((await lookUp([query('alias/a')])).entries).toHaveLength(1);
    server.answer = always('kms:ListAliases', denied);
    const many = Array.from({ length: listedFrom }, (_, index) => query(`alias/${index}`));
    expect((await lookUp(many)).entries).toHaveLength(listedFrom);
  });
});

describe('a service with problems', () => {
  const attempts = (actions: readonly string[]) => actions.filter((action) => action === 'kms:DescribeKey').length;
  const truncated: Reply = {
    kind: 'answer',
    status: 200,
    type: 'application/x-amz-json-1.1',
    body: '{"KeyMetadata": {"KeyId": "a',
  };

  it.each<[string, number, Reply]>([
    ['throttles', 1, kmsError(400, 'ThrottlingException', 'Rate exceeded')],
    ['throttles with status 429', 1, kmsError(429, 'Unheard', 'slow down')],
    ['has an internal error', 4, kmsError(500, 'KMSInternalException', 'The request was rejected')],
    ['times out itself', 4, kmsError(503, 'DependencyTimeoutException', 'timed out')],
    ['stands behind a gateway that fails', 4, { kind: 'answer', status: 502, type: 'text/html', body: '<html>' }],
    ['resets the connection', 4, { kind: 'reset' }],
    ['cuts its answer off', 4, { kind: 'cut', body: '{"KeyMetadata": {"KeyId": "a' }],
  ])('that %s is asked again', async (_, times, reply) => {
    environment();
    server.answer = first(times, 'kms:DescribeKey', reply);
    const { entries, problems, actions } = await lookUp([query('alias/a')]);
    expect(problems).toEqual([]);
    expect(entries).toMatchObject([{ keyId: 'a' }]);
    expect(attempts(actions)).toBe(times + 1);
  });

  it.each<[string, Reply, string]>([
    ['having internal errors', kmsError(500, 'KMSInternalException', 'rejected'), 'rejected (HTTP 500)'],
    ['resetting the connection', { kind: 'reset' }, 'ECONNRESET'],
    ['cutting its answers off', { kind: 'cut', body: '{' }, 'aborted (ECONNRESET)'],
  ])('that goes on %s is given up after five attempts', async (_, reply, reason) => {
    environment();
    server.answer = always('kms:DescribeKey', reply);
    const { entries, problems, actions, unreachable } = await lookUp([query('alias/a')]);
    expect({ entries, unreachable }).toEqual({ entries: [], unreachable: true });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^KW5108 kms:DescribeKey in account 111122223333, eu-west-1, got no usable answer: /);
    expect(problems[0]).toContain(reason);
    expect(attempts(actions)).toBe(5);
  });

  it('that throttles endlessly is given up after AWS_MAX_ATTEMPTS attempts', async () => {
    environment({ ...keys, AWS_MAX_ATTEMPTS: '2' });
    server.answer = always('kms:DescribeKey', kmsError(400, 'ThrottlingException', 'Rate exceeded'));
    const { entries, problems, actions, unreachable } = await lookUp([query('alias/a')]);
    expect(problems).toEqual([
      'KW5109 kms:DescribeKey in account 111122223333, eu-west-1, was throttled in every attempt',
    ]);
    expect({ entries, unreachable, attempts: attempts(actions) }).toEqual({
      entries: [],
      unreachable: true,
      attempts: 2,
    });
  });

  it('gets fewer requests, since every client retries adaptively', async () => {
    environment();
    server.answer = account();
    await lookUp([query('alias/a')]);
    // The user agent lists the SDK features in use; F means adaptive retries. Source: @aws-sdk/core, middleware-user-agent.
    expect(server.userAgents).toHaveLength(2);
    for (const userAgent of server.userAgents) expect(userAgent).toMatch(/ m\/(\w+,)*F(,|$)/);
  });

  it('that never answers is not waited for', async () => {
    environment({ ...keys, AWS_MAX_ATTEMPTS: '2' });
    server.answer = always('kms:DescribeKey', { kind: 'silence' });
    const { problems, actions } = await lookUp([query('alias/a')], {
      clients: createSdkClients({ requestTimeout: 200 }),
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('KW5108');
    expect(problems[0]).toContain('exceeded the configured 200 ms requestTimeout');
    expect(attempts(actions)).toBe(2);
  });

  it.each(['kms:DescribeKey', 'sts:GetCallerIdentity'])(
    'that stalls within its answer to %s is not waited for',
    async (action) => {
      environment({ ...keys, AWS_MAX_ATTEMPTS: '2' });
      server.answer = always(action, { kind: 'endless', body: '{"KeyMetadata"', goesOn: false });
      const { problems, actions } = await lookUp([query('alias/a')], {
        clients: createSdkClients({ requestTimeout: 200 }),
      });
      expect(problems).toEqual([
        `KW5108 ${action} in account 111122223333, eu-west-1, got no usable answer: the answer did not end within 0.2 seconds (ETIMEDOUT)`,
      ]);
      expect(actions.filter((made) => made === action)).toHaveLength(2);
    },
  );

  it.each([
    ['kms:DescribeKey', {}],
    ['sts:GetCallerIdentity', {}],
    ['sts:AssumeRole', { lookupRole: 'Reader' }],
    ['sts:AssumeRole', { profile: 'data' }],
  ])('that answers %s without end is cut off (%j)', async (action, more) => {
    environment(
      keys,
      `[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = secret\n[profile data]\nrole_arn = arn:aws:iam::${here.account}:role/Data\nsource_profile = base\n`,
    );
    server.answer = always(action, { kind: 'endless', body: 'x'.repeat(10_000), goesOn: true });
    const { problems, actions } = await lookUp([query('alias/a', more)]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^KW5108 .*: the answer is longer than 1000000 bytes$/);
    expect(actions.filter((made) => made === action)).toHaveLength(1);
  });

  it.each([
    [
      'a new marker each time',
      (call: number) => `marker-${call}`,
      'the list of aliases has more than 1000 pages',
      1000,
    ],
    ['a marker without end', () => 'm'.repeat(2000), 'a marker is longer than 1024 characters', 1],
  ])(
    'that lists aliases with %s is given up',
    async (_, markerOf, reason, calls) => {
      environment();
      let call = 0;
      server.answer = account(({ action }) => {
        if (action !== 'kms:ListAliases') return undefined;
        call += 1;
        return kmsAnswer({ Aliases: [], Truncated: true, NextMarker: markerOf(call) });
      });
      expect((await lookUp([query('alias/aws/s3')])).problems).toEqual([
        `KW5108 kms:ListAliases in account 111122223333, eu-west-1, got no usable answer: ${reason}`,
      ]);
      expect(call).toBe(calls);
    },
    30_000,
  );

  it.each<[string, (call: ServerCall) => Reply | undefined, string]>([
    ['never answers', () => ({ kind: 'silence' }), ''],
    [
      'throttles for ever',
      ({ action }) =>
        action === 'kms:DescribeKey'
          ? kmsError(400, 'ThrottlingException', 'Rate exceeded')
          : stsError(400, 'Throttling', 'Rate exceeded'),
      '',
    ],
    [
      'is never asked, since credentials do not come',
      () => undefined,
      '[profile slow]\ncredential_process = sleep 3\n',
    ],
  ])('that %s is given up with the whole lookup, which keeps its results', async (_, reply, config) => {
    environment({ ...keys, AWS_MAX_ATTEMPTS: '1000' }, config);
    server.answer = account((call) => (call.region === 'us-east-1' ? reply(call) : undefined));
    const profile = config === '' ? {} : { profile: 'slow' };
    const { diagnostics, context, unreachable } = await resolveLookups({
      queries: [query('alias/a'), query('alias/a', { region: 'us-east-1', ...profile })],
      context: new Map(),
      mode: 'missing',
      minutes: 0.01,
    });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'KW5113 the lookup was stopped after 0.01 minutes, with 1 of 2 aliases done',
    ]);
    expect({ found: [...context.keys()], unreachable }).toEqual({
      found: ['111122223333/eu-west-1/alias/a'],
      unreachable: true,
    });
  });

  it.each<[string, Reply, string]>([
    ['JSON that ends in the middle', truncated, 'Unterminated string in JSON'],
    ['a web page', { kind: 'answer', status: 200, type: 'text/html', body: '<html>' }, 'not valid JSON (HTTP 200)'],
    ['an empty body', { kind: 'answer', status: 200, type: 'text/plain', body: '' }, 'the answer has no KeyId'],
    ['a key without its ARN', kmsAnswer({ KeyMetadata: { KeyId: 'a' } }), 'the answer has no Arn'],
    ['status 404', { kind: 'answer', status: 404, type: 'text/plain', body: '' }, 'HTTP 404 without'],
    ['status 301', { kind: 'answer', status: 301, type: 'text/plain', body: '' }, 'HTTP 301 without'],
  ])('that answers with %s is reported', async (_, reply, reason) => {
    environment();
    server.answer = always('kms:DescribeKey', reply);
    const { entries, problems, actions } = await lookUp([query('alias/a')]);
    expect(entries).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^KW5108 /);
    expect(problems[0]).toContain(reason);
    expect(problems[0]).not.toMatch(/Deserialization|\$response/);
    expect(attempts(actions)).toBe(1);
  });

  it.each<[string, Reply]>([
    ['a web page', { kind: 'answer', status: 200, type: 'text/html', body: '<html>' }],
    ['an empty body', { kind: 'answer', status: 200, type: 'text/plain', body: '' }],
    ['status 404', { kind: 'answer', status: 404, type: 'text/plain', body: '' }],
    ['half an identity', stsAnswer('GetCallerIdentity', '<Account>111122223333</Account>')],
  ])('that answers GetCallerIdentity with %s is not believed', async (_, reply) => {
    environment();
    server.answer = () => reply;
    const { problems } = await lookUp([query('alias/a')]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^KW5108 sts:GetCallerIdentity /);
  });

  it.each([
    ['a line break', { KeyId: 'a\nb' }],
    ['a control character', { KeyId: 'a\u001b[31m' }],
    ['a path', { KeyId: '../a' }],
    ['something that is neither true nor false', { MultiRegion: 'yes' }],
  ])('that answers with %s is not believed', async (_, more) => {
    environment();
    const keyId = 'KeyId' in more ? more.KeyId : 'a';
    server.answer = always('kms:DescribeKey', keyAnswer(here.account, here.region, keyId, more));
    const { entries, problems, unreachable } = await lookUp([query('alias/a')]);
    expect({ entries, unreachable }).toEqual({ entries: [], unreachable: true });
    expect(problems).toEqual([
      expect.stringMatching(/^KW5114 the answer for `alias\/a` in account 111122223333, eu-west-1 /),
    ]);
  });

  it('that lists aliases in a cycle is not followed', async () => {
    environment();
    const page = { Aliases: [{ AliasName: 'alias/a', TargetKeyId: 'a' }], Truncated: true };
    const markers = ['b', 'c', 'b'];
    server.answer = account(({ action }) =>
      action === 'kms:ListAliases' ? kmsAnswer({ ...page, NextMarker: markers.shift() }) : undefined,
    );
    const { problems, unreachable } = await lookUp([query('alias/aws/s3')]);
    expect(problems).toEqual([
      'KW5108 kms:ListAliases in account 111122223333, eu-west-1, got no usable answer: the list of aliases repeats itself',
    ]);
    expect({ unreachable, left: markers.length }).toEqual({ unreachable: true, left: 0 });
  });

  it('does not affect the answers of another region', async () => {
    environment();
    server.answer = account(({ region }) => (region === 'us-east-1' ? { kind: 'reset' } : undefined));
    const { entries, problems } = await lookUp([query('alias/a'), query('alias/a', { region: 'us-east-1' })]);
    expect(entries.map(contextKey)).toEqual(['111122223333/eu-west-1/alias/a']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^KW5108 sts:GetCallerIdentity in account 111122223333, us-east-1, /);
  });
});

describe('an AWS_ENDPOINT_URL', () => {
  it.each([
    ['not a URL', 'Invalid URL'],
    ['http://127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.1:1'],
  ])('that is %j makes the account count as not reached', async (url, reason) => {
    environment({ ...keys, AWS_ENDPOINT_URL: url });
    const { problems, unreachable } = await lookUp([query('alias/a')]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^KW5108 /);
    expect(problems[0]).toContain(reason);
    expect(unreachable).toBe(true);
  });
});

describe('an interruption', () => {
  it('ends calls in progress, however many', async () => {
    environment();
    const controller = new AbortController();
    const regions = Array.from({ length: 6 }, (_, index) => `eu-west-${index + 1}`);
    const queries = regions.flatMap((region) =>
      Array.from({ length: 9 }, (_, index) => query(`alias/${index}`, { region })),
    );
    let waiting = 0;
    server.answer = account(({ action, input }) => {
      if (action !== 'kms:DescribeKey' || input.KeyId === 'alias/0') return undefined;
      waiting += 1;
      // Five calls at a time in each of six regions are waiting; the call that is answered does not count.
      if (waiting === 5 * 6) controller.abort();
      return { kind: 'silence' };
    });
    const { entries, problems, unreachable } = await lookUp(queries, { signal: controller.signal });
    expect(entries.map(({ region, alias }) => `${region} ${alias}`)).toEqual(
      regions.map((region) => `${region} alias/0`),
    );
    expect(problems).toEqual(['KW5111 interrupted after 6 of 54 aliases']);
    expect(unreachable).toBe(false);
  });

  it('ends the wait for the next attempt', async () => {
    environment();
    const controller = new AbortController();
    server.answer = account(({ action }) => {
      if (action !== 'kms:DescribeKey') return undefined;
      controller.abort();
      return kmsError(400, 'ThrottlingException', 'Rate exceeded');
    });
    const { problems, actions } = await lookUp([query('alias/a')], { signal: controller.signal });
    expect(problems).toEqual(['KW5111 interrupted after 0 of 1 aliases']);
    expect(actions).toEqual(['sts:GetCallerIdentity', 'kms:DescribeKey']);
  });
});

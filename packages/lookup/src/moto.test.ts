import {
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  KMSClient,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type Context, contextKey, dummyKeyId } from '@keywright/core/context/context';
import { formatContextFile, parseContextFile } from '@keywright/core/context/context-file';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsEnvironment } from './aws-environment.test-support.ts';
import { query } from './fake-clients.test-support.ts';
import { inParallel } from './in-parallel.ts';
import { type Moto, motoAccount, startMoto, withoutMoto } from './moto.test-support.ts';
import { type ResolveOptions, resolveLookups } from './resolve.ts';

const data = '444455556666';
const base = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const many = Array.from({ length: 250 }, (_, index) => `alias/team-${index % 7}/${index}`);

let moto: Moto;
/** The key ids of the keys that were set up, by `account/region/alias`. */
const created = new Map<string, string>();

/** Returns the SDK's KMS client for an account's administrator, so that the set-up uses no code that is under test. */
async function administrator(account: string, region: string): Promise<KMSClient> {
  const settings = { endpoint: moto.url, region, credentials: base };
  if (account === motoAccount) return new KMSClient(settings);
  const role = { RoleArn: `arn:aws:iam::${account}:role/Administrator`, RoleSessionName: 'setup' };
  const { Credentials: given } = await new STSClient(settings).send(new AssumeRoleCommand(role));
  const {
    AccessKeyId: accessKeyId = '',
    SecretAccessKey: secretAccessKey = '',
    SessionToken: sessionToken = '',
  } = given ?? {};
  return new KMSClient({ ...settings, credentials: { accessKeyId, secretAccessKey, sessionToken } });
}

async function createKey(
  account: string,
  region: string,
  aliases: readonly string[],
  input: CreateKeyCommandInput = {},
): Promise<string> {
  const kms = await administrator(account, region);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  const keyId = KeyMetadata?.KeyId ?? '';
  await inParallel(aliases, 5, async (alias) => {
    await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: keyId }));
    created.set(contextKey({ account, region, alias }), keyId);
  });
  kms.destroy();
  return keyId;
}

/** Only this role may read the data account. */
const ofData = (alias: string, region = 'eu-west-1') => query(alias, { account: data, region, lookupRole: 'Reader' });
const ofBase = (alias: string) => query(alias, { account: motoAccount });

async function lookUp(
  queries: ResolveOptions['queries'],
  context: Context = new Map(),
  mode: ResolveOptions['mode'] = 'missing',
) {
  const resolution = await resolveLookups({ queries, context, mode });
  return {
    ...resolution,
    problems: resolution.diagnostics.map(({ code, message }) => `${code} ${message}`),
    keyIds: new Map([...resolution.context].map(([key, { keyId }]) => [key, keyId])),
  };
}

describe.skipIf(withoutMoto)('accounts in moto', () => {
  beforeAll(async () => {
    moto = await startMoto();
    const restore = awsEnvironment({
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: base.accessKeyId,
      AWS_SECRET_ACCESS_KEY: base.secretAccessKey,
      // Needed for the SDK clients of this test. Keywright's own clients print no warning.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
    await createKey(motoAccount, 'eu-west-1', ['alias/shared']);
    await createKey(data, 'us-east-1', ['alias/shared'], { MultiRegion: true });
    await createKey(data, 'eu-west-1', ['alias/shared', 'alias/shared-too']);
    await createKey(data, 'eu-west-1', ['alias/rsa'], { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    await createKey(data, 'eu-west-1', ['alias/agreement'], { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
    await createKey(data, 'eu-west-1', ['alias/hmac'], { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    for (let key = 0; key < 5; key += 1) {
      await createKey(
        data,
        'eu-west-1',
        many.filter((_, index) => index % 5 === key),
      );
    }
    const doomed = await createKey(data, 'eu-west-1', ['alias/doomed']);
    const kms = await administrator(data, 'eu-west-1');
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: doomed, PendingWindowInDays: 7 }));
    kms.destroy();
    return restore;
  });
  afterAll(() => moto.stop());

  it('are asked for aliases with the role of each account, in two regions', async () => {
    const queries = [ofBase('alias/shared'), ofData('alias/shared'), ofData('alias/shared', 'us-east-1')];
    const { problems, context, keyIds } = await lookUp(queries);
    expect(problems).toEqual([]);
    expect(keyIds).toEqual(new Map(queries.map((query) => [contextKey(query), created.get(contextKey(query))])));
    expect([...context.values()].map(({ arn }) => arn.replace(/[^/]*$/, ''))).toEqual([
      `arn:aws:kms:eu-west-1:${motoAccount}:key/`,
      `arn:aws:kms:eu-west-1:${data}:key/`,
      `arn:aws:kms:us-east-1:${data}:key/`,
    ]);
    expect([...context.values()].map(({ multiRegion }) => multiRegion)).toEqual([false, false, true]);
  });

  it('return the traits of their keys', async () => {
    const { context } = await lookUp(
      ['alias/shared-too', 'alias/rsa', 'alias/agreement', 'alias/hmac'].map((alias) => ofData(alias)),
    );
    expect(
      [...context.values()].map(({ alias, spec, usage, manager }) => `${alias} ${spec} ${usage} ${manager}`).sort(),
    ).toEqual([
      'alias/agreement ECC_NIST_P256 KEY_AGREEMENT CUSTOMER',
      'alias/hmac HMAC_256 GENERATE_VERIFY_MAC CUSTOMER',
      'alias/rsa RSA_2048 ENCRYPT_DECRYPT CUSTOMER',
      'alias/shared-too SYMMETRIC_DEFAULT ENCRYPT_DECRYPT CUSTOMER',
    ]);
  });

  it('return the keys of 250 aliases, but not of a missing alias or of an alias whose key is pending deletion', async () => {
    const queries = [...many, 'alias/gone', 'alias/doomed'].map((alias) => ofData(alias));
    const { problems, keyIds, unreachable } = await lookUp(queries);
    expect(keyIds).toEqual(
      new Map(many.map((alias) => ofData(alias)).map((query) => [contextKey(query), created.get(contextKey(query))])),
    );
    expect(problems).toEqual([
      expect.stringMatching(
        /^KW5122 `alias\/doomed` in account 444455556666, eu-west-1 points to arn:aws:kms:eu-west-1:444455556666:key\/\S+, which is pending deletion$/,
      ),
      'KW5120 there is no `alias/gone` in account 444455556666, eu-west-1',
    ]);
    expect(unreachable).toBe(false);
  });

  it('return the AWS managed key of an alias', async () => {
    const { problems, context } = await lookUp([ofData('alias/aws/s3')]);
    expect(problems).toEqual([]);
    // `manager` is not compared: moto reports its own AWS managed keys as the customer's.
    expect([...context.values()]).toMatchObject([{ alias: 'alias/aws/s3', spec: 'SYMMETRIC_DEFAULT' }]);
  });

  it('return the same answers for few aliases as for many', async () => {
    const { problems } = await lookUp([
      ofData('alias/gone'),
      ofData('alias/doomed'),
      query('alias/none', { account: motoAccount, whenMissing: 'dummy' }),
    ]);
    expect(problems.map((problem) => problem.slice(0, 6))).toEqual(['KW5011', 'KW5122', 'KW5120']);
  });

  it('are not confused, since the role of another account is refused', async () => {
    const lookupRole = 'arn:aws:iam::777788889999:role/Reader';
    const { problems, context, unreachable } = await lookUp([
      query('alias/shared', { account: data, lookupRole }),
      ofBase('alias/shared'),
    ]);
    expect(problems).toEqual([
      expect.stringMatching(
        /^KW5104 the credentials for account 444455556666, eu-west-1 belong to account 777788889999 \(arn:aws:sts::777788889999:assumed-role\/Reader\/keywright-lookup\)$/,
      ),
    ]);
    expect([...context.keys()]).toEqual([`${motoAccount}/eu-west-1/alias/shared`]);
    expect(unreachable).toBe(true);
  });

  it('are compared with a context file before and after an alias moves', async () => {
    const queries = [
      ofData('alias/hmac'),
      ofData('alias/shared'),
      query('alias/none', { account: motoAccount, whenMissing: 'dummy' }),
    ];
    const first = await lookUp(queries);
    const file = { path: 'keywright.context.json', text: formatContextFile(first.context) };
    const { context = new Map(), diagnostics } = parseContextFile(file);
    expect(diagnostics).toEqual([]);
    expect(context).toEqual(first.context);
    expect(context.get(`${motoAccount}/eu-west-1/alias/none`)?.keyId).toBe(dummyKeyId);

    expect((await lookUp(queries, context, 'check')).problems).toEqual([]);
    expect((await lookUp(queries, context, 'refresh')).changes).toEqual([]);

    const keyId = await createKey(data, 'eu-west-1', []);
    const kms = await administrator(data, 'eu-west-1');
    await kms.send(new UpdateAliasCommand({ AliasName: 'alias/hmac', TargetKeyId: keyId }));
    kms.destroy();
    expect((await lookUp(queries, context)).changes).toEqual([]);
    expect((await lookUp(queries, context, 'check')).problems).toEqual([
      `KW5130 \`alias/hmac\` in account ${data}, eu-west-1 is not what the context file says: keyId is ${keyId}, not ${created.get(`${data}/eu-west-1/alias/hmac`)}, spec is SYMMETRIC_DEFAULT, not HMAC_256, usage is ENCRYPT_DECRYPT, not GENERATE_VERIFY_MAC`,
    ]);
    const refreshed = await lookUp(queries, context, 'refresh');
    expect(refreshed.changes).toEqual([{ kind: 'changed', key: `${data}/eu-west-1/alias/hmac` }]);
    expect((await lookUp(queries, refreshed.context, 'check')).problems).toEqual([]);
  });
});

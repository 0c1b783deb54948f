import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  EnableKeyRotationCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { literal } from '@keywright/core/ir/expression';
import { awsEnvironment } from '@keywright/lookup/aws-environment.test-support';
import { type Moto, motoAccount, startMoto, withoutMoto } from '@keywright/lookup/moto.test-support';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAccounts } from './account-program.ts';
import { askAccounts } from './ask-accounts.ts';
import { keeping } from './fake-account.test-support.ts';

const policy = JSON.stringify({
  Version: '2012-10-17',
  Id: 'orders',
  Statement: [
    { Sid: 'Root', Effect: 'Allow', Principal: { AWS: motoAccount }, Action: 'kms:*', Resource: '*' },
    {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': motoAccount } },
    },
  ],
});

describe.skipIf(withoutMoto)('an emulated account, through the AWS SDK', { timeout: 120_000 }, () => {
  let moto: Moto;
  let leave: () => void;

  beforeAll(async () => {
    moto = await startMoto();
    leave = awsEnvironment({
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: moto.url,
    });
  }, 60_000);

  afterAll(async () => {
    leave();
    await moto.stop();
  });

  test('keys made by hand are read as they are', async () => {
    const region = 'eu-west-1';
    const kms = new KMSClient({ endpoint: moto.url, region });
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({ Description: 'Orders', Policy: policy, Tags: [{ TagKey: 'team', TagValue: 'shop' }] }),
    );
    const KeyId = KeyMetadata?.KeyId ?? '';
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: KeyId }));
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    const grantee = `arn:aws:iam::${motoAccount}:role/App`;
    await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal: grantee, Operations: ['Decrypt'], Name: 'app' }));
    kms.destroy();

    const store = keeping();
    const place = { account: motoAccount, region, partition: 'aws' };
    const { kept, keep } = store;
    const { signal } = new AbortController();
    expect(await askAccounts({ places: [place], kept, keep, signal })).toEqual([]);
    const { program, diagnostics, origins } = readAccounts(store.sources());
    expect(diagnostics).toEqual([]);
    const [stack] = program.stacks;
    expect(stack?.resources).toMatchObject([
      {
        kind: 'key',
        id: 'key/orders',
        description: literal('Orders'),
        rotation: { enabled: true },
        tags: [{ name: 'team', value: literal('shop') }],
        policy: {
          id: { text: 'orders' },
          statements: [
            { sid: 'Root', principals: [{ kind: 'aws', arn: literal(`arn:aws:iam::${motoAccount}:root`) }] },
            { principals: [{ kind: 'service', host: literal('sns.amazonaws.com') }] },
          ],
        },
      },
      { kind: 'alias', aliasName: 'alias/orders' },
      { kind: 'kmsGrant', name: 'app', grantee: literal(grantee), operations: ['Decrypt'] },
    ]);
    expect(origins.get(stack?.name ?? '')?.get('key/orders')?.physicalId).toBe(KeyId);
  });
});

import { dummyKeyId } from '@keywright/core/context/context';
import { describe, expect, it } from 'vitest';
import { importCdkContext } from './cdk-context.ts';

const keyId = '11111111-2222-3333-4444-555555555555';
const name = (alias = 'alias/shared', region = 'eu-west-1') =>
  `key-provider:account=111122223333:aliasName=${alias}:region=${region}`;

function importText(text: string) {
  const { context, diagnostics } = importCdkContext({ path: 'cdk.context.json', text });
  return { entries: [...context.values()], keys: [...context.keys()], problems: diagnostics };
}
const importValue = (value: unknown) => importText(JSON.stringify(value, undefined, 2));

describe('importing a cdk.context.json', () => {
  it('takes the keys, and skips everything else', () => {
    const { entries, problems } = importValue({
      'availability-zones:account=111122223333:region=eu-west-1': ['eu-west-1a', 'eu-west-1b'],
      [name()]: { keyId },
      'vpc-provider:account=111122223333:filter.vpc-id=vpc-1:region=eu-west-1': { vpcId: 'vpc-1' },
      '@aws-cdk/core:newStyleStackSynthesis': true,
    });
    expect(entries).toEqual([
      {
        account: '111122223333',
        region: 'eu-west-1',
        alias: 'alias/shared',
        keyId,
        arn: `arn:aws:kms:eu-west-1:111122223333:key/${keyId}`,
        spec: 'SYMMETRIC_DEFAULT',
        usage: 'ENCRYPT_DECRYPT',
        manager: 'CUSTOMER',
        multiRegion: false,
      },
    ]);
    expect(problems).toMatchObject([{ code: 'KW5140', severity: 'note', span: { line: 6, file: 'cdk.context.json' } }]);
  });

  it('counts entries with assumptions in one note', () => {
    const { problems } = importValue({ [name('alias/a')]: { keyId }, [name('alias/b')]: { keyId } });
    expect(problems.map(({ message }) => message)).toEqual([
      '2 keys are imported as symmetric encryption keys that you manage: a CDK context contains only ids',
    ]);
  });

  it('assumes nothing about aliases of AWS managed keys', () => {
    const { entries, problems } = importValue({ [name('alias/aws/s3')]: { keyId } });
    expect(entries).toMatchObject([{ alias: 'alias/aws/s3', manager: 'AWS', spec: 'SYMMETRIC_DEFAULT' }]);
    expect(problems).toEqual([]);
  });

  it('recognises a multi-Region key by its id', () => {
    const { entries } = importValue({ [name()]: { keyId: 'mrk-0123456789abcdef0123456789abcdef' } });
    expect(entries).toMatchObject([{ multiRegion: true }]);
  });

  it('derives the partition from the region', () => {
    const { entries } = importValue({ [name('alias/a', 'cn-north-1')]: { keyId } });
    expect(entries).toMatchObject([{ arn: `arn:aws-cn:kms:cn-north-1:111122223333:key/${keyId}` }]);
  });

  it('recognises a dummy entry', () => {
    const { entries, problems } = importValue({ [name()]: { keyId: dummyKeyId } });
    expect(entries).toMatchObject([{ keyId: dummyKeyId }]);
    expect(problems).toMatchObject([{ code: 'KW5011', severity: 'warning', span: { line: 2 } }]);
  });

  it.each([
    'lookupRoleArn=arn$:aws$:iam$:$:999999999999$:role/x=y',
    'someOther=$:account=999999999999$:region=us-east-1',
  ])('reads values with colons, which the CDK writes as $: (%s)', (more) => {
    const entry = `key-provider:account=111122223333:aliasName=alias/shared:region=eu-west-1:${more}`;
    expect(importValue({ [entry]: { keyId } }).keys).toEqual(['111122223333/eu-west-1/alias/shared']);
  });

  it('finds a property in any position', () => {
    const entry = 'key-provider:region=eu-west-1:aliasName=alias/shared:account=111122223333';
    expect(importValue({ [entry]: { keyId } }).keys).toEqual(['111122223333/eu-west-1/alias/shared']);
  });

  it.each([
    ['key-provider:aliasName=alias/a:region=eu-west-1', { keyId }, 'its name has no account id'],
    ['key-provider:account=1111:aliasName=alias/a:region=eu-west-1', { keyId }, 'its name has no account id'],
    ['key-provider:account=111122223333:aliasName=alias/a', { keyId }, 'its name has no region'],
    ['key-provider:account=111122223333:aliasName=alias/a:region=Ireland', { keyId }, 'its name has no region'],
    ['key-provider:account=111122223333:region=eu-west-1', { keyId }, 'its name has no alias'],
    [name('shared'), { keyId }, 'its name has no alias'],
    [name('alias/'), { keyId }, 'its name has no alias'],
    // The alias contains a colon, which KMS does not allow.
    [name('alias/a$:b'), { keyId }, 'its name has no alias'],
    [name('alias/a$b'), { keyId }, 'its name has no alias'],
    ['key-provider:', { keyId }, 'its name has no account id'],
    [name(), { $providerError: 'Could not find any key with alias named alias/shared' }, 'it holds no key id'],
    [name(), { keyId: '' }, 'it holds no key id'],
    [name(), { keyId: 'key/../x' }, 'it holds no key id'],
    [name(), { keyId: 7 }, 'it holds no key id'],
    [name(), [keyId], 'it holds no key id'],
    [name(), keyId, 'it holds no key id'],
    [name(), null, 'it holds no key id'],
  ])('warns of %s: %j', (entry, value, reason) => {
    const { entries, problems } = importValue({ [entry]: value, [name('alias/good')]: { keyId } });
    expect(entries.map(({ alias }) => alias)).toEqual(['alias/good']);
    expect(problems[0]).toMatchObject({
      code: 'KW5141',
      severity: 'warning',
      message: `\`${entry}\` is not imported: ${reason}`,
      span: { line: 2 },
    });
  });

  it.each(['[]', '"text"', '7', 'null'])('refuses %s, which is not an object', (text) => {
    const { entries, problems } = importText(text);
    expect(entries).toEqual([]);
    expect(problems).toMatchObject([{ code: 'KW5142', severity: 'error' }]);
  });

  it.each(['', '{', '{"a": 1,, }', `{"${name()}": {"keyId": "${keyId}"}`])(
    'refuses %j, which is not valid JSON',
    (text) => {
      const { entries, problems } = importText(text);
      expect(entries).toEqual([]);
      expect(problems.map(({ severity }) => severity)).toEqual(['error']);
    },
  );

  it('returns nothing for an empty object', () => {
    expect(importText('{}')).toEqual({ entries: [], keys: [], problems: [] });
  });

  it('reads tabs and escapes, which JSON may contain', () => {
    const { keys } = importText(
      `{\n\t"key-provider\\u003aaccount=111122223333:aliasName=alias\\/shared:region=eu-west-1":\n\t\t{ "keyId": "${keyId}" }\n}`,
    );
    expect(keys).toEqual(['111122223333/eu-west-1/alias/shared']);
  });
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAliasCommand, CreateGrantCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { awsEnvironment } from '@keywright/lookup/aws-environment.test-support';
import { type Moto, motoAccount, startMoto, withoutMoto } from '@keywright/lookup/moto.test-support';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

describe.skipIf(withoutMoto)('keys in an emulated account', { timeout: 120_000 }, () => {
  let moto: Moto;
  let leave: () => void;
  let cwd: string;

  beforeAll(async () => {
    moto = await startMoto();
    leave = awsEnvironment({
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: moto.url,
    });
    cwd = mkdtempSync(join(tmpdir(), 'keywright-account-'));
    for (const region of ['eu-west-1', 'us-east-1']) {
      const kms = new KMSClient({ endpoint: moto.url, region });
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: `Orders of ${region}` }));
      const KeyId = KeyMetadata?.KeyId ?? '';
      await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: KeyId }));
      const GranteePrincipal = `arn:aws:iam::${motoAccount}:role/App`;
      await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'], Name: 'app' }));
      kms.destroy();
    }
  }, 60_000);

  afterAll(async () => {
    leave();
    await moto.stop();
    rmSync(cwd, { recursive: true, force: true });
  });

  test('become a project that builds', async () => {
    const io = fakeIo({ cwd });
    const places = ['--account', motoAccount, '--region', 'eu-west-1,us-east-1'];
    const exitCode = await run(['import', 'account', ...places, '--target', 'terraform', '--app', 'shop'], io);
    expect(io.err()).toBe('');
    expect(exitCode).toBe(0);
    expect(io.out()).toContain('wrote keywright.yaml: 2 keys, 2 aliases, 2 KMS grants in 2 stacks\n');
    expect(readdirSync(join(cwd, 'keywright-answers'))).toEqual([
      `${motoAccount}-eu-west-1.jsonl`,
      `${motoAccount}-us-east-1.jsonl`,
    ]);
    const yaml = readFileSync(join(cwd, 'keywright.yaml'), 'utf8');
    // Content that is equal in both places is written once.
    expect(yaml).toContain('environment: [eu-west-1, us-east-1]');
    expect(yaml).toContain('description: "Orders of ${region}"');
    const build = fakeIo({ cwd });
    expect({ exitCode: await run(['build'], build), err: build.err() }).toEqual({ exitCode: 0, err: '' });
    expect(existsSync(join(cwd, 'out/terraform'))).toBe(true);

    const all = fakeIo({ cwd });
    const again = ['import', 'account', ...places, '--app', 'shop', '--out', 'all.yaml'];
    expect({ exitCode: await run(again, all), err: all.err() }).toEqual({ exitCode: 0, err: '' });
    // No tool manages the account, so the project gets all targets except CloudFormation, which has no KMS grants.
    expect(readFileSync(join(cwd, 'all.yaml'), 'utf8')).toContain('targets: [terraform, pulumi]\n');
  });

  test('are not requested without a place, and end in exit code 3 if the account refuses', async () => {
    const without = fakeIo({ cwd });
    expect(await run(['import', 'account', '--out', 'other.yaml'], without)).toBe(2);
    expect(without.err()).toBe('error: `account` needs --account and --region\n');
    const other = fakeIo({ cwd });
    const stranger = ['--account', '444455556666', '--region', 'eu-west-1', '--out', 'other.yaml'];
    expect(await run(['import', 'account', ...stranger], other)).toBe(3);
    expect(other.err()).toContain('KW5104');
    expect(existsSync(join(cwd, 'other.yaml'))).toBe(false);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsEnvironment } from '@keywright/lookup/aws-environment.test-support';
import { kmsAnswer, kmsError, startAwsServer } from '@keywright/lookup/aws-server.test-support';
import { type Moto, motoAccount, startMoto, withoutMoto } from '@keywright/lookup/moto.test-support';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

async function organization(cwd: string, ...more: readonly string[]) {
  const io = fakeIo({ cwd });
  const exitCode = await run(['import', 'organization', '--region', 'eu-west-1', ...more], io);
  return { exitCode, out: io.out(), err: io.err() };
}

describe.skipIf(withoutMoto)('an organization in an emulator', { timeout: 120_000 }, () => {
  let moto: Moto;
  let leave: () => void;
  let cwd: string;
  const ids: Record<string, string> = {};

  const ask = async (operation: string, input: object): Promise<Record<string, Record<string, string>>> => {
    const response = await fetch(moto.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSOrganizationsV20161128.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/organizations/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json() as Promise<Record<string, Record<string, string>>>;
  };

  beforeAll(async () => {
    moto = await startMoto();
    leave = awsEnvironment({ AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 's', AWS_ENDPOINT_URL: moto.url });
    cwd = mkdtempSync(join(tmpdir(), 'keywright-organization-'));
    await ask('CreateOrganization', { FeatureSet: 'ALL' });
    const { Roots } = (await ask('ListRoots', {})) as unknown as { Roots: readonly { Id: string }[] };
    const root = Roots[0]?.Id ?? '';
    const unit = async (Name: string, ParentId: string) => {
      const { OrganizationalUnit } = await ask('CreateOrganizationalUnit', { ParentId, Name });
      return OrganizationalUnit?.Id ?? '';
    };
    const workloads = await unit('Workloads', root);
    const prod = await unit('Prod', workloads);
    for (const [name, parent] of [
      ['Payments', prod],
      ['Playground', workloads],
    ] as const) {
      const { CreateAccountStatus } = await ask('CreateAccount', { AccountName: name, Email: `${name}@example.com` });
      const id = CreateAccountStatus?.AccountId ?? '';
      ids[name] = id;
      await ask('MoveAccount', { AccountId: id, SourceParentId: root, DestinationParentId: parent });
    }
    await ask('TagResource', { ResourceId: ids.Playground, Tags: [{ Key: 'env', Value: 'dev' }] });
  }, 60_000);

  afterAll(async () => {
    leave();
    await moto.stop();
    rmSync(cwd, { recursive: true, force: true });
  });

  test('becomes accounts.yaml, which a project can include; a second import changes nothing', async () => {
    const first = await organization(cwd);
    expect(first).toMatchObject({ exitCode: 0, err: '' });
    expect(first.out).toContain('wrote accounts.yaml: 3 accounts added\n');
    const yaml = readFileSync(join(cwd, 'accounts.yaml'), 'utf8');
    expect(yaml.replace(/^#.*\n/gm, '')).toBe(`accounts:
  master: { id: "${motoAccount}", regions: [eu-west-1] }
  playground: { id: "${ids.Playground}", regions: [eu-west-1], purpose: development, groups: [workloads] }
  payments: { id: "${ids.Payments}", regions: [eu-west-1], purpose: production, groups: [workloads, prod] }
`);
    writeFileSync(
      join(cwd, 'keywright.yaml'),
      `keywright: 1
app: shop
include: [{ files: accounts.yaml, trusted: true }]
stacks:
  security:
    environment: [prod]
    keys: { orders: { aliases: [orders] } }
`,
    );
    const check = fakeIo({ cwd });
    expect({ exitCode: await run(['check'], check), err: check.err() }).toEqual({ exitCode: 0, err: '' });
    expect(await organization(cwd)).toMatchObject({ exitCode: 0, out: 'accounts.yaml is up to date: 3 accounts\n' });
  });

  test('an account that leaves the organization stays in the file, with a warning', async () => {
    writeFileSync(join(cwd, 'old.yaml'), 'accounts: { old: { id: "999999999999" } }\n');
    const { exitCode, err } = await organization(cwd, '--out', 'old.yaml');
    expect(exitCode).toBe(0);
    expect(err).toContain('warning[KW8212]: account `old` (999999999999) is not in the organization');
    expect(err).toContain('old.yaml:1:13');
    expect(readFileSync(join(cwd, 'old.yaml'), 'utf8')).toContain('old: { id: "999999999999" }, master: {');
  });
});

describe('import organization', { timeout: 60_000 }, () => {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-organization-'));
  const pages: Readonly<Record<string, readonly object[]>> = {
    ListRoots: [{ Roots: [{ Id: 'r-1', Name: 'Root' }] }],
    ListOrganizationalUnitsForParent: [{ OrganizationalUnits: [] }],
    ListAccountsForParent: [
      { Accounts: [{ Id: '111122223333', Name: 'one', State: 'ACTIVE' }], NextToken: '1' },
      { Accounts: [{ Id: '444455556666', Name: 'two', Status: 'SUSPENDED' }] },
    ],
    ListTagsForResource: [{ Tags: [{ Key: 'stage', Value: 'qa' }] }],
  };

  async function answering(refuse: (operation: string, count: number) => ReturnType<typeof kmsError> | undefined) {
    const server = await startAwsServer();
    const leave = awsEnvironment({
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      // The variable for Organizations applies; the variable for KMS does not.
      AWS_ENDPOINT_URL_ORGANIZATIONS: server.url,
      AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:1',
    });
    const asked: string[] = [];
    server.answer = ({ action, region, input }) => {
      const operation = action.replace('kms:AWSOrganizationsV20161128.', '');
      asked.push(`${region} ${operation} ${input.ParentId ?? input.ResourceId ?? ''}${input.NextToken ?? ''}`);
      const page = pages[operation]?.[Number(input.NextToken ?? 0)];
      return refuse(operation, asked.length) ?? kmsAnswer(page ?? {});
    };
    const result = await organization(cwd, '--out', 'new.yaml');
    leave();
    await server.close();
    return { ...result, asked };
  }

  test('asks in the region of Organizations, page by page, and again after throttling', async () => {
    const { exitCode, err, asked } = await answering((_, count) =>
      count === 2 ? kmsError(400, 'TooManyRequestsException', 'slow down') : undefined,
    );
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(asked).toEqual([
      'us-east-1 ListRoots ',
      'us-east-1 ListAccountsForParent r-1',
      'us-east-1 ListAccountsForParent r-1',
      'us-east-1 ListAccountsForParent r-11',
      'us-east-1 ListOrganizationalUnitsForParent r-1',
      'us-east-1 ListTagsForResource 111122223333',
    ]);
    const yaml = readFileSync(join(cwd, 'new.yaml'), 'utf8');
    expect(yaml).toContain('  one: { id: "111122223333", regions: [eu-west-1], purpose: test }\n');
    expect(yaml).not.toContain('two');
    rmSync(join(cwd, 'new.yaml'));
  });

  test('ends with exit code 3 and writes nothing if a call is refused', async () => {
    const { exitCode, err } = await answering((operation) =>
      operation === 'ListTagsForResource' ? kmsError(400, 'AccessDeniedException', 'not authorized') : undefined,
    );
    expect(exitCode).toBe(3);
    expect(err).toContain('KW5106');
    expect(err).toContain('organizations:ListTagsForResource');
    expect(existsSync(join(cwd, 'new.yaml'))).toBe(false);
  });

  test('reports wrong usage', async () => {
    const io = fakeIo({ cwd });
    expect(await run(['import', 'organization'], io)).toBe(2);
    expect(io.err()).toContain('needs --region');
    expect((await organization(cwd, '--app', 'x')).err).toContain('takes --region, --role, --profile and --out');
    expect((await organization(cwd, '--role', 'Reader')).err).toContain('the ARN of a role');
  });
});

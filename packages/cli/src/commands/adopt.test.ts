import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

// The first test that needs the readers, the emitters and the comparison has to load them as well.
vi.setConfig({ testTimeout: 240_000 });

const account = '111122223333';
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const arn = `arn:aws:kms:eu-west-1:${account}:key/${keyId}`;
const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' };
const use = {
  Sid: 'Use',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:role/app` },
  Action: 'kms:Decrypt',
  Resource: '*',
};

function folder(files: Readonly<Record<string, string>>) {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-adopt-'));
  const write = (path: string, text: string) => {
    mkdirSync(join(cwd, path, '..'), { recursive: true });
    writeFileSync(join(cwd, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return {
    write,
    read: (path: string) => readFileSync(join(cwd, path), 'utf8'),
    has: (path: string) => existsSync(join(cwd, path)),
    async run(...argv: readonly string[]) {
      const io = fakeIo({ cwd });
      const exitCode = await run(argv, io);
      return { exitCode, out: io.out(), err: io.err() };
    },
  };
}

function answers({ aliases = ['alias/orders'], grants = true } = {}): string {
  const metadata = {
    keyId,
    arn,
    description: 'Orders',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    manager: 'CUSTOMER',
    enabled: true,
    state: 'Enabled',
    multiRegion: false,
  };
  const grant = { id: 'g1', name: 'app', grantee: `arn:aws:iam::${account}:role/app`, operations: ['Decrypt'] };
  const about = [
    { metadata },
    { policy: JSON.stringify({ Version: '2012-10-17', Id: 'orders', Statement: [root, use] }) },
    { rotation: { enabled: true, periodDays: 365 } },
    { tags: { items: [{ name: 'team', value: 'shop' }] } },
    { grants: { items: grants ? [grant] : [] } },
  ];
  const lines = [
    { place: { account, region: 'eu-west-1', partition: 'aws' } },
    { keyIds: { items: [keyId] } },
    { aliases: { items: aliases.map((name) => ({ name, keyId })) } },
    ...about.map((answer) => ({ key: keyId, answer })),
    { complete: { awsManagedKeys: 1 } },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

const answersFile = `keywright-answers/${account}-eu-west-1.jsonl`;
const place = ['--account', account, '--region', 'eu-west-1'];

const projects = new Map<string, string>();

async function imported(target: string) {
  // CloudFormation has no KMS grants.
  const project = folder({ [answersFile]: answers({ grants: target !== 'cfn' }) });
  const known = projects.get(target);
  if (known !== undefined) {
    project.write('keywright.yaml', known);
    return project;
  }
  const result = await project.run('import', 'account', ...place, '--target', target, '--app', 'shop');
  expect(result).toMatchObject({ exitCode: 0, err: '' });
  projects.set(target, project.read('keywright.yaml'));
  return project;
}

test.each([
  [['a.tfstate', '--account', '111122223333', '--account', '444455556666'], 'a source is in one account and region'],
  [['account', '--account', '111122223333'], '`account` needs --account and --region'],
])('adopt --from %j is a mistake', async (args, problem) => {
  const project = folder({ 'keywright.yaml': 'keywright: 1\napp: shop\nstacks: {}\n' });
  const { exitCode, err } = await project.run('adopt', '--from', ...args);
  expect(exitCode).toBe(2);
  expect(err).toContain(problem);
});

describe('from an account to Terraform', () => {
  test('every key, alias and grant is imported by its id, step by step', async () => {
    const project = await imported('terraform');
    const result = await project.run('adopt', '--from', 'account', ...place);
    expect(result).toEqual({
      exitCode: 0,
      err: '',
      out: 'wrote adopt/steps/plan.md: the steps, with the files they need beside it\n',
    });
    const stack = 'keys-eu-west-1';
    expect(project.read(`adopt/terraform/${stack}/adopt.tf`)).toContain(`import {
  to = aws_kms_key.orders
  id = "${keyId}"
}
`);
    const { steps } = JSON.parse(project.read('adopt/steps/plan.json'));
    expect(steps.map(({ title }: { title: string }) => title)).toEqual([
      'Freeze the keys',
      `Import ${stack} into Terraform`,
      `Check that Terraform would change nothing in ${stack}`,
      'Resume deployments',
    ]);
    expect(steps[1].expects).toEqual({
      tool: 'terraform',
      file: 'adopt-plan.json',
      imports: [
        { address: 'aws_kms_key.orders', id: keyId },
        { address: 'aws_kms_alias.orders', id: 'alias/orders' },
        { address: 'aws_kms_grant.orders_app', id: `${keyId}:g1` },
      ],
      forgets: [],
      creates: [],
      retains: [],
      rewords: [],
    });
    const module = `out/terraform/${stack}`;
    expect(project.read('adopt/steps/plan.md')).toContain(`Prepare:

\`\`\`sh
cp adopt/terraform/${stack}/adopt.tf ${module}/
terraform -chdir=${module} init
terraform -chdir=${module} plan -out=adopt.tfplan
terraform -chdir=${module} show -json adopt.tfplan > adopt-plan.json
keywright adopt --verify 2 adopt-plan.json
\`\`\`

The check passes if this and nothing else would happen:

| what | in the tool | in AWS |
| --- | --- | --- |
| import | \`aws_kms_key.orders\` | \`${keyId}\` |
| import | \`aws_kms_alias.orders\` | \`alias/orders\` |
| import | \`aws_kms_grant.orders_app\` | \`${keyId}:g1\` |

Then:

\`\`\`sh
terraform -chdir=${module} apply adopt.tfplan
rm ${module}/adopt.tf
\`\`\`
`);
  });

  test('files that a person edited in the folder stay', async () => {
    const project = await imported('terraform');
    await project.run('adopt', '--from', 'account', ...place);
    project.write('adopt/steps/plan.md', 'my notes');
    const again = await project.run('adopt', '--from', 'account', ...place);
    expect(again.exitCode).toBe(1);
    expect(again.err).toContain('error[KW6003]');
    expect(project.read('adopt/steps/plan.md')).toBe('my notes');
  });
});

test('CloudFormation imports a key that was renamed under the logical id that the generated template keeps', async () => {
  const project = await imported('cfn');
  await project.run('build', '--quiet');
  const renamed = project
    .read('keywright.yaml')
    .replace(/^( +)orders:$/m, '$1purchases:')
    .replace('    keys:\n', '    moved: [{ from: orders, to: purchases }]\n    keys:\n');
  project.write('keywright.yaml', renamed);
  expect(await project.run('build', '--quiet')).toMatchObject({ exitCode: 0 });
  expect(await project.run('adopt', '--from', 'account', ...place)).toMatchObject({ exitCode: 0 });
  for (const path of ['out/cfn/keys-eu-west-1.template.yaml', 'adopt/cfn/keys-eu-west-1/resources-to-import.json']) {
    expect(project.read(path)).toContain('OrdersKey');
    expect(project.read(path)).not.toContain('PurchasesKey');
  }
});

describe('a hand-over is refused', () => {
  test.each<[string, (yaml: string) => string, string]>([
    ['change a description', (yaml) => yaml.replace('description: Orders', 'description: Other'), 'KW8304'],
    ['change a tag', (yaml) => yaml.replace('shop }', 'sales }'), 'KW8304'],
    ['change the rotation', (yaml) => yaml.replace('rotation: true', 'rotation: false'), 'KW8304'],
    ['change a statement', (yaml) => yaml.replace('can: decrypt', 'can: encrypt'), 'KW8305'],
    ['change a Sid, although nobody gains or loses access', (yaml) => yaml.replace('sid: Use', 'sid: Used'), 'KW8305'],
    ['change the Id of a policy', (yaml) => yaml.replace('policyId: orders', 'policyId: others'), 'KW8305'],
    [
      'change the operations of a grant',
      (yaml) => yaml.replace('operations: [Decrypt]', 'operations: [Encrypt]'),
      'KW8304',
    ],
    ['create an alias', (yaml) => yaml.replace('aliases: [orders]', 'aliases: [orders, sales]'), 'KW8300'],
    ['add a tag of the provider', (yaml) => `${yaml}targets: { terraform: { defaultTags: { by: us } } }\n`, 'KW8304'],
    [
      'change an immutable property',
      (yaml) => yaml.replace('rotation: true', 'rotation: true\n        multiRegion: true'),
      'KW8304',
    ],
  ])('if it would %s', async (_, change, code) => {
    const project = await imported('terraform');
    const before = project.read('keywright.yaml');
    project.write('keywright.yaml', change(before));
    expect(project.read('keywright.yaml')).not.toBe(before);
    const result = await project.run('adopt', '--from', 'account', ...place);
    expect({ ...result, err: [...new Set(result.err.match(/error\[KW\d+\]/g))] }).toEqual({
      exitCode: 1,
      out: '',
      err: [`error[${code}]`],
    });
    expect(project.has('adopt')).toBe(false);
  });

  test('without a second error for a key that the source already reports as left out', async () => {
    const project = await imported('terraform');
    project.write(
      'template.yaml',
      'Parameters: { Text: { Type: String } }\nResources: { Orders: { Type: AWS::KMS::Key, Properties: { Description: !Ref Text } } }\n',
    );
    const { exitCode, err } = await project.run('adopt', '--from', 'template.yaml');
    expect({ exitCode, codes: err.match(/error\[KW\d+\]/g) }).toEqual({ exitCode: 1, codes: ['error[KW8001]'] });
  });

  test('if an alias of the key would stay behind', async () => {
    const project = await imported('terraform');
    project.write(answersFile, answers({ aliases: ['alias/orders', 'alias/second'] }));
    const result = await project.run('adopt', '--from', 'account', ...place);
    expect(result.exitCode).toBe(1);
    expect(result.err).toContain('`alias/second`');
    expect(result.err).toContain('error[KW8307]');
  });
});

function state(): string {
  const resource = (type: string, name: string, attributes: object, more: object = {}, module?: string) => ({
    ...(module !== undefined && { module }),
    mode: 'managed',
    type,
    name,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: 0, attributes, sensitive_attributes: [], ...more }],
  });
  const key = {
    arn,
    key_id: keyId,
    id: keyId,
    customer_master_key_spec: 'SYMMETRIC_DEFAULT',
    key_usage: 'ENCRYPT_DECRYPT',
    is_enabled: true,
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [root] }),
    tags: {},
    tags_all: {},
  };
  const policy = {
    key_id: keyId,
    id: keyId,
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [root, use] }),
  };
  const alias = { name: 'alias/orders', target_key_id: keyId, arn: `arn:aws:kms:eu-west-1:${account}:alias/orders` };
  return JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: 'l',
    resources: [
      resource('aws_kms_key', 'this', key, { index_key: 0 }, 'module.kms["a"]'),
      resource('aws_kms_key_policy', 'this', policy, {}, 'module.kms["a"]'),
      resource('aws_kms_alias', 'orders', alias),
    ],
  });
}

describe('from Terraform', () => {
  test('the state forgets its resources, and an instance first moves to an address that nothing declares', async () => {
    const project = folder({ 'terraform.tfstate': state() });
    await project.run('import', 'terraform.tfstate', '--app', 'shop');
    const result = await project.run('adopt', '--from', 'terraform.tfstate');
    expect(result).toMatchObject({ exitCode: 0, err: '' });
    const { steps } = JSON.parse(project.read('adopt/steps/plan.json'));
    const forget = steps.find(({ expects }: { expects?: { forgets: readonly string[] } }) => expects?.forgets.length);
    expect(forget.expects.forgets).toEqual([
      'aws_kms_alias.orders',
      'module.kms["a"].aws_kms_key.this[0]',
      'module.kms["a"].aws_kms_key_policy.this',
    ]);
    const [file] = forget.prepare[0].match(/adopt\/\S+/);
    expect(
      project.read(file),
    ).toBe(`# For one apply; delete this file afterwards. Terraform forgets these resources without calling AWS.

terraform {
  required_version = ">= 1.7"
}

removed {
  from = aws_kms_alias.orders

  lifecycle {
    destroy = false
  }
}

moved {
  from = module.kms["a"].aws_kms_key.this[0]
  to   = aws_kms_key.keywright_forgets_2
}

removed {
  from = aws_kms_key.keywright_forgets_2

  lifecycle {
    destroy = false
  }
}

moved {
  from = module.kms["a"].aws_kms_key_policy.this
  to   = aws_kms_key_policy.keywright_forgets_3
}

removed {
  from = aws_kms_key_policy.keywright_forgets_3

  lifecycle {
    destroy = false
  }
}
`);
  });
});

describe('tags that the provider of the old tool adds', () => {
  const tagged = state().replaceAll('"tags_all":{}', '"tags_all":{"owner":"platform"}');
  const files = { 'terraform.tfstate': tagged };

  test.each(['pulumi', 'terraform', 'cfn'])('become tags of the project for %s, as imported', async (target) => {
    const project = folder(files);
    await project.run('import', 'terraform.tfstate', '--app', 'shop', '--target', target);
    expect(project.read('keywright.yaml')).toContain('{ owner: platform }');
    expect(await project.run('adopt', '--from', 'terraform.tfstate')).toMatchObject({ exitCode: 0, err: '' });
  });

  test.each([
    ['with another value in the project', 'platform', 'security', 'its tag owner from platform to security'],
    ['that the project does not have', ' { owner: platform }', ' { other: platform }', 'tag other'],
  ])('%s stop the hand-over', async (_, from, to, said) => {
    const project = folder(files);
    await project.run('import', 'terraform.tfstate', '--app', 'shop', '--target', 'pulumi');
    const before = project.read('keywright.yaml');
    project.write('keywright.yaml', before.replace(from, to));
    expect(project.read('keywright.yaml')).not.toBe(before);
    const { exitCode, err } = await project.run('adopt', '--from', 'terraform.tfstate');
    expect(exitCode).toBe(1);
    expect(err).toContain('error[KW8304]');
    expect(err).toContain(said);
    expect(project.has('adopt')).toBe(false);
  });
});

describe('--verify reads a Terraform plan', () => {
  const change = (address: string, actions: readonly string[], more: object = {}) => ({
    address,
    mode: 'managed',
    type: address.split('.')[0],
    change: { actions, before: {}, after: {}, after_unknown: {}, ...more },
  });
  const plan = (...changes: readonly object[]) =>
    JSON.stringify({ format_version: '1.2', planned_values: {}, resource_changes: changes });
  const key = (more: object = {}) => change('aws_kms_key.orders', ['no-op'], { importing: { id: keyId }, ...more });
  const alias = change('aws_kms_alias.orders', ['no-op'], { importing: { id: 'alias/orders' } });
  const grant = change('aws_kms_grant.orders_app', ['no-op'], { importing: { id: `${keyId}:g1` } });
  const window = { before: { description: 'a' }, after: { description: 'a', deletion_window_in_days: 30 } };

  test.each<[string, number, readonly string[], string]>([
    ['everything is imported and nothing else happens', 0, [], plan(key(), alias, grant)],
    [
      'only a property that the provider alone keeps is written',
      0,
      [],
      plan({ ...key(window), change: { ...key(window).change, actions: ['update'] } }, alias, grant),
    ],
    ['a data source is read', 0, [], plan(key(), alias, grant, { ...change('data.x.y', ['read']), mode: 'data' })],
    [
      'a description is written',
      1,
      ['KW8310'],
      plan(
        {
          ...key(),
          change: {
            actions: ['update'],
            importing: { id: keyId },
            before: { description: 'a' },
            after: { description: 'b' },
          },
        },
        alias,
        grant,
      ),
    ],
    [
      'a policy is known only after apply',
      1,
      ['KW8310'],
      plan(
        {
          ...key(),
          change: {
            actions: ['update'],
            importing: { id: keyId },
            before: { policy: 'a' },
            after: {},
            after_unknown: { policy: true },
          },
        },
        alias,
        grant,
      ),
    ],
    ['a key is replaced', 1, ['KW8310'], plan(change('aws_kms_key.orders', ['delete', 'create']), alias, grant)],
    ['a key is created', 1, ['KW8310', 'KW8311'], plan(change('aws_kms_key.orders', ['create']), alias, grant)],
    ['something else is deleted', 1, ['KW8310'], plan(key(), alias, grant, change('aws_s3_bucket.a', ['delete']))],
    ['something else is forgotten', 1, ['KW8310'], plan(key(), alias, grant, change('aws_s3_bucket.a', ['forget']))],
    ['another key is imported', 1, ['KW8310'], plan(key({ importing: { id: 'other' } }), alias, grant)],
    ['nothing is imported', 1, ['KW8311'], plan()],
    ['the file is a state', 1, ['KW8312'], JSON.stringify({ format_version: '1.0', values: {} })],
    ['the file is not JSON', 1, ['KW8312'], 'Terraform will perform the following actions'],
    ['the plan failed', 1, ['KW8312'], JSON.stringify({ format_version: '1.2', planned_values: {}, errored: true })],
  ])('if %s, the exit code is %i', async (_, exitCode, codes, text) => {
    const project = await imported('terraform');
    await project.run('adopt', '--from', 'account', ...place);
    project.write('plan.json', text);
    const result = await project.run('adopt', '--verify', '2', 'plan.json');
    expect([...new Set(result.err.match(/KW\d+/g))]).toEqual(codes);
    expect(result.exitCode).toBe(exitCode);
    expect(result.out).toBe(
      exitCode === 0
        ? 'yes: plan.json does what step 2 expects, and nothing else\n'
        : 'no: do not take step 2 with plan.json\n',
    );
  });
});

interface Steps {
  readonly steps: readonly {
    readonly title: string;
    readonly prepare: readonly string[];
    readonly apply: readonly string[];
    readonly expects?: Readonly<Record<string, readonly unknown[]>>;
  }[];
}

async function stepsOf(project: Awaited<ReturnType<typeof imported>>, ...argv: readonly string[]) {
  const result = await project.run('adopt', ...argv);
  expect(result).toMatchObject({ exitCode: 0, err: '' });
  return (JSON.parse(project.read('adopt/steps/plan.json')) as Steps).steps;
}

const stack = 'keys-eu-west-1';

describe('to CloudFormation', () => {
  test('a change set imports the existing resources without outputs, before the generated template is deployed', async () => {
    const project = await imported('cfn');
    const steps = await stepsOf(project, '--from', 'account', ...place);
    expect(JSON.parse(project.read(`adopt/cfn/${stack}/resources-to-import.json`))).toEqual([
      { ResourceType: 'AWS::KMS::Key', LogicalResourceId: 'OrdersKey', ResourceIdentifier: { KeyId: keyId } },
      {
        ResourceType: 'AWS::KMS::Alias',
        LogicalResourceId: 'OrdersAlias',
        ResourceIdentifier: { AliasName: 'alias/orders' },
      },
    ]);
    const template = JSON.parse(project.read(`adopt/cfn/${stack}/import.template.json`));
    expect(template.Outputs).toBeUndefined();
    expect(Object.values<{ DeletionPolicy: string }>(template.Resources).map((one) => one.DeletionPolicy)).toEqual([
      'Retain',
      'Retain',
    ]);
    expect(template.Resources.OrdersKey.Properties.Description).toBe('Orders');
    expect(steps.map(({ title }) => title)).toEqual([
      'Freeze the keys',
      `Import ${stack} into CloudFormation`,
      `Deploy ${stack} as generated`,
      'Resume deployments',
    ]);
    expect(steps[1]?.prepare[0]).toContain(
      `--change-set-type IMPORT --capabilities CAPABILITY_NAMED_IAM --resources-to-import file://adopt/cfn/${stack}/resources-to-import.json`,
    );
    expect(steps[2]?.expects).toMatchObject({ imports: [], creates: [], rewords: ['OrdersKey', 'OrdersAlias'] });
  });

  const change = (Action: string, LogicalResourceId: string, more: object = {}) => ({
    Type: 'Resource',
    ResourceChange: { Action, LogicalResourceId, Scope: [], ...more },
  });
  const set = (...Changes: readonly object[]) =>
    JSON.stringify({ ChangeSetName: 'adopt', Status: 'CREATE_COMPLETE', Changes });
  const key = change('Import', 'OrdersKey', { PhysicalResourceId: keyId });
  const alias = change('Import', 'OrdersAlias');
  const empty = {
    ChangeSetName: 'adopt',
    Status: 'FAILED',
    StatusReason: "The submitted information didn't contain changes.",
  };

  test.each<[string, string, readonly string[], string]>([
    ['everything is imported', '2', [], set(key, alias)],
    [
      'another key is imported',
      '2',
      ['KW8310'],
      set(change('Import', 'OrdersKey', { PhysicalResourceId: 'x' }), alias),
    ],
    ['one resource is left out', '2', ['KW8311'], set(key)],
    ['a resource is added', '2', ['KW8310'], set(key, alias, change('Add', 'Bucket'))],
    [
      'only attributes change',
      '3',
      [],
      set(change('Modify', 'OrdersKey', { Scope: ['DeletionPolicy'], Replacement: 'False' })),
    ],
    ['nothing changes', '3', [], JSON.stringify(empty)],
    ['properties change', '3', ['KW8310'], set(change('Modify', 'OrdersKey', { Scope: ['Properties', 'Metadata'] }))],
    [
      'a key is replaced',
      '3',
      ['KW8310'],
      set(change('Modify', 'OrdersKey', { Scope: ['DeletionPolicy'], Replacement: 'True' })),
    ],
    ['a key is deleted', '3', ['KW8310'], set(change('Remove', 'OrdersKey', { PolicyAction: 'Delete' }))],
    [
      'a key is forgotten in a step that should not forget it',
      '3',
      ['KW8310'],
      set(change('Remove', 'OrdersKey', { PolicyAction: 'Retain' })),
    ],
    [
      'the change set could not be created',
      '3',
      ['KW8312'],
      JSON.stringify({ ...empty, StatusReason: 'Requires capabilities' }),
    ],
    [
      'the file is one page of several',
      '2',
      ['KW8312'],
      JSON.stringify({ ...JSON.parse(set(key, alias)), NextToken: 'n' }),
    ],
  ])('if %s (step %s), --verify of a change set reports %j', async (_, step, codes, text) => {
    const project = await imported('cfn');
    await project.run('adopt', '--from', 'account', ...place);
    project.write('set.json', text);
    const result = await project.run('adopt', '--verify', step, 'set.json');
    expect([...new Set(result.err.match(/KW\d+/g))]).toEqual(codes);
    expect(result.exitCode).toBe(codes.length === 0 ? 0 : 1);
  });
});

describe('from CloudFormation', () => {
  const template = JSON.stringify({
    Resources: {
      OrdersKey: {
        Type: 'AWS::KMS::Key',
        DeletionPolicy: 'Delete',
        Properties: { KeyPolicy: { Version: '2012-10-17', Statement: [root, use] } },
      },
      OrdersAlias: {
        Type: 'AWS::KMS::Alias',
        Properties: { AliasName: 'alias/orders', TargetKeyId: { Ref: 'OrdersKey' } },
      },
    },
  });
  const resources = JSON.stringify({
    StackResources: [
      {
        LogicalResourceId: 'OrdersKey',
        PhysicalResourceId: keyId,
        StackId: `arn:aws:cloudformation:eu-west-1:${account}:stack/keys/1`,
      },
      {
        LogicalResourceId: 'OrdersAlias',
        PhysicalResourceId: 'alias/orders',
        StackId: `arn:aws:cloudformation:eu-west-1:${account}:stack/keys/1`,
      },
    ],
  });

  test('Terraform imports by the stack’s ids, and the stack retains and then forgets the resources', async () => {
    const project = folder({ 'keys.template.json': template, 'resources.json': resources });
    await project.run('import', 'keys.template.json', ...place, '--target', 'terraform');
    const without = await project.run('adopt', '--from', 'keys.template.json', ...place);
    expect(without.exitCode).toBe(1);
    expect(without.err).toContain('error[KW8301]');
    const steps = await stepsOf(project, '--from', 'keys.template.json', ...place, '--ids', 'resources.json');
    expect(steps.map(({ title }) => title)).toEqual([
      'Freeze CloudFormation',
      'Import keys into Terraform',
      'Check that Terraform would change nothing in keys',
      'Have CloudFormation keep what it will forget in eu-west-1',
      'Let CloudFormation forget the resources in eu-west-1',
      'Resume deployments',
    ]);
    expect(steps[1]?.expects?.imports).toContainEqual({ address: 'aws_kms_key.orders', id: keyId });
    expect(steps[3]?.expects?.retains).toEqual(['OrdersAlias', 'OrdersKey']);
    expect(steps[4]?.expects?.forgets).toEqual(['OrdersAlias', 'OrdersKey']);
    const removal = (PolicyAction: string) =>
      JSON.stringify({
        ChangeSetName: 'forget',
        Status: 'CREATE_COMPLETE',
        Changes: ['OrdersKey', 'OrdersAlias'].map((LogicalResourceId) => ({
          ResourceChange: { Action: 'Remove', LogicalResourceId, PolicyAction },
        })),
      });
    project.write('kept.json', removal('Retain'));
    project.write('deleted.json', removal('Delete'));
    expect(await project.run('adopt', '--verify', '5', 'kept.json')).toMatchObject({ exitCode: 0, err: '' });
    expect((await project.run('adopt', '--verify', '5', 'deleted.json')).err).toContain('would be deleted');
  });

  test('another CloudFormation stack imports the resources only after the first stack has forgotten them', async () => {
    const project = folder({ 'keys.template.json': template, 'resources.json': resources });
    await project.run('import', 'keys.template.json', ...place);
    const steps = await stepsOf(project, '--from', 'keys.template.json', ...place, '--ids', 'resources.json');
    expect(steps.map(({ title }) => title).slice(1, 4)).toEqual([
      'Have CloudFormation keep what it will forget in eu-west-1',
      'Let CloudFormation forget the resources in eu-west-1',
      'Import keys into CloudFormation',
    ]);
  });

  test('a role with an inline policy is named once in each step, and one error asks for its name', async () => {
    const parsed = JSON.parse(template);
    parsed.Resources.OrdersKey.Properties.KeyPolicy.Statement[1].Principal = {
      AWS: { 'Fn::GetAtt': ['AppRole', 'Arn'] },
    };
    parsed.Resources.AppRole = {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'use',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: { 'Fn::GetAtt': ['OrdersKey', 'Arn'] } }],
            },
          },
        ],
      },
    };
    const described = JSON.parse(resources);
    described.StackResources.push({ LogicalResourceId: 'AppRole', PhysicalResourceId: 'keys-AppRole-1A2B' });
    const project = folder({
      'keys.template.json': JSON.stringify(parsed),
      'resources.json': JSON.stringify(described),
    });
    await project.run('import', 'keys.template.json', ...place, '--target', 'terraform');
    const from = ['--from', 'keys.template.json', ...place, '--ids', 'resources.json'];
    const { err } = await project.run('adopt', ...from);
    expect(err.match(/^error.*/gm)).toEqual([expect.stringContaining('KW8306')]);
    expect(err).toContain('add `name: keys-AppRole-1A2B`');
    const yaml = project.read('keywright.yaml');
    project.write('keywright.yaml', yaml.replace('ec2.amazonaws.com', 'ec2.amazonaws.com, name: keys-AppRole-1A2B'));
    const steps = await stepsOf(project, ...from);
    expect(steps[3]?.expects?.retains).toEqual(['OrdersAlias', 'AppRole', 'OrdersKey']);
    expect(project.read('adopt/steps/plan.md')).toContain('`AppRole` is `keys-AppRole-1A2B`, `OrdersKey` is');
  });

  test('an identity policy can go to Terraform, but CloudFormation cannot import it', async () => {
    const parsed = JSON.parse(template);
    parsed.Resources.AppPolicy = {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'use',
        Roles: ['app'],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': ['OrdersKey', 'Arn'] } }],
        },
      },
    };
    const project = folder({ 'keys.template.json': JSON.stringify(parsed), 'resources.json': resources });
    await project.run('import', 'keys.template.json', ...place, '--target', 'cfn,terraform');
    const from = ['--from', 'keys.template.json', ...place, '--ids', 'resources.json'];
    const result = await project.run('adopt', ...from, '--to', 'cfn');
    expect(result.exitCode).toBe(1);
    expect(result.err).toContain('error[KW8308]');
    const steps = await stepsOf(project, ...from, '--to', 'terraform');
    expect(steps[1]?.expects?.imports?.map((one) => (one as { id: string }).id)).toContain('app:use');
    // The policy in the YAML now has another action than the policy in AWS.
    project.write('keywright.yaml', project.read('keywright.yaml').replace('can: decrypt', 'can: encrypt'));
    expect((await project.run('adopt', ...from, '--to', 'terraform')).err).toContain('error[KW8305]');
  });
});

describe('to Pulumi', () => {
  test('a list for `pulumi import` comes after the providers that it needs', async () => {
    const project = await imported('pulumi');
    const steps = await stepsOf(project, '--from', 'account', ...place);
    const urn = `urn:pulumi:STACK::shop-${stack}::pulumi:providers:aws::eu-west-1`;
    const provider = 'eu-west-1';
    expect(JSON.parse(project.read(`adopt/pulumi/${stack}/import.json`))).toEqual({
      nameTable: { [provider]: urn },
      resources: [
        { type: 'aws:kms/key:Key', name: 'orders', id: keyId, provider },
        { type: 'aws:kms/alias:Alias', name: 'orders', id: 'alias/orders', provider },
        { type: 'aws:kms/grant:Grant', name: 'orders-app', id: `${keyId}:g1`, provider },
      ],
    });
    expect(steps.map(({ title }) => title)).toEqual([
      'Freeze the keys',
      `Create the providers of ${stack}`,
      `Import ${stack} into Pulumi`,
      `Check that Pulumi would change nothing in ${stack}`,
      'Resume deployments',
    ]);
    expect(steps[2]?.apply).toEqual([
      `pulumi -C out/pulumi/${stack} import --file "$PWD/adopt/pulumi/${stack}/import.json" --generate-code=false --protect=false --yes`,
    ]);
  });

  const step = (op: string, typeAndName: string, more: object = {}) => ({
    op,
    urn: `urn:pulumi:prod::shop-${stack}::${typeAndName}`,
    ...more,
  });
  const key = 'aws:kms/key:Key::orders';
  const preview = (...steps: readonly object[]) =>
    JSON.stringify({ steps: [step('same', `pulumi:pulumi:Stack::shop-prod`), ...steps], changeSummary: {} });

  test.each<[string, string, readonly string[], string]>([
    ['nothing changes', '4', [], preview(step('same', key))],
    [
      'only a property that the provider alone keeps is written',
      '4',
      [],
      preview(step('update', key, { diffReasons: ['deletionWindowInDays'] })),
    ],
    [
      'a policy is written',
      '4',
      ['KW8310'],
      preview(step('update', key, { diffReasons: ['policy'], detailedDiff: { policy: { kind: 'update' } } })),
    ],
    [
      'an import would change something',
      '4',
      ['KW8310'],
      preview(step('import', key, { detailedDiff: { 'tags.team': {} } })),
    ],
    ['a key is created', '4', ['KW8310'], preview(step('create', key))],
    ['a key is replaced', '4', ['KW8310'], preview(step('create-replacement', key))],
    ['a key is deleted', '4', ['KW8310'], preview(step('delete', key))],
    ['providers are created', '2', [], preview(step('create', 'pulumi:providers:aws::eu-west-1'))],
    ['a key is created with the providers', '2', ['KW8310'], preview(step('create', key))],
    [
      'the preview failed',
      '4',
      ['KW8312'],
      JSON.stringify({ steps: [], diagnostics: [{ severity: 'error', message: 'm' }] }),
    ],
    ['the file is an export', '4', ['KW8312'], JSON.stringify({ version: 3, deployment: {} })],
  ])('if %s (step %s), --verify of a preview reports %j', async (_, number, codes, text) => {
    const project = await imported('pulumi');
    await project.run('adopt', '--from', 'account', ...place);
    project.write('preview.json', text);
    const result = await project.run('adopt', '--verify', number, 'preview.json');
    expect([...new Set(result.err.match(/KW\d+/g))]).toEqual(codes);
    expect(result.exitCode).toBe(codes.length === 0 ? 0 : 1);
  });
});

describe('from Pulumi', () => {
  test('the state forgets the keys, protected or not, after the resources that refer to them', async () => {
    const urn = (type: string, name: string) => `urn:pulumi:prod::shop::${type}::${name}`;
    const resource = (type: string, name: string, id: string, inputs: object, outputs: object) => ({
      urn: urn(type, name),
      custom: true,
      id,
      type,
      inputs,
      outputs: { ...inputs, ...outputs },
    });
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [root, use] });
    const project = folder({
      'export.json': JSON.stringify({
        version: 3,
        deployment: {
          manifest: { time: '2026-01-01T00:00:00Z', magic: '', version: 'v3' },
          resources: [
            { urn: urn('pulumi:pulumi:Stack', 'shop-prod'), custom: false, type: 'pulumi:pulumi:Stack' },
            resource(
              'aws:kms/key:Key',
              'orders',
              keyId,
              { policy },
              { arn, keyId, isEnabled: true, keyUsage: 'ENCRYPT_DECRYPT', customerMasterKeySpec: 'SYMMETRIC_DEFAULT' },
            ),
            resource(
              'aws:kms/alias:Alias',
              'orders',
              'alias/orders',
              { name: 'alias/orders', targetKeyId: keyId },
              { arn: `arn:aws:kms:eu-west-1:${account}:alias/orders` },
            ),
          ],
        },
      }),
    });
    const { exitCode } = await project.run('import', 'export.json', '--target', 'terraform');
    expect(exitCode).toBe(0);
    const steps = await stepsOf(project, '--from', 'export.json');
    expect(steps.at(-3)?.apply).toEqual([
      `pulumi -C OLD_PROGRAM state delete --stack prod --force --yes ${urn('aws:kms/alias:Alias', 'orders')}`,
      `pulumi -C OLD_PROGRAM state delete --stack prod --force --yes ${urn('aws:kms/key:Key', 'orders')}`,
    ]);
    expect(steps.at(-2)?.expects).toMatchObject({ tool: 'pulumi', imports: [], forgets: [], creates: [] });
  });
});

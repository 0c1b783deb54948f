/**
 * Tests `diff` of one project and what each tool manages under other names. Either nothing differs, or all tools differ in the same way.
 */
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn } from '../testing/run-in.ts';

const account = '111122223333';
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const arn = `arn:aws:kms:eu-west-1:${account}:key/${keyId}`;
const place = ['--account', account, '--region', 'eu-west-1'];
const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' };
const use = {
  Sid: 'Use',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:role/app` },
  Action: 'kms:Decrypt',
  Resource: '*',
};
const policy = { Version: '2012-10-17', Statement: [root, use] };
const hidden = 'NOT+TO+BE+SHOWN';

const project = `keywright: 1
app: shop
environments:
  prod: { account: "${account}", region: eu-west-1 }
stacks:
  security:
    environment: prod
    targets: [terraform]
    keys:
      purchases:
        description: Orders
        rotation: true
        tags: { team: shop }
        aliases: [orders]
        grants: [{ to: { role: "arn:aws:iam::${account}:role/app", mutable: false }, can: decrypt }]
targets: { terraform: { defaultTags: { owner: platform } } }
`;

const managed = (type: string, name: string, values: object) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  provider_name: 'registry.terraform.io/hashicorp/aws',
  schema_version: 0,
  values,
});
const keyValues = {
  arn,
  key_id: keyId,
  id: keyId,
  description: 'Orders',
  enable_key_rotation: true,
  customer_master_key_spec: 'SYMMETRIC_DEFAULT',
  key_usage: 'ENCRYPT_DECRYPT',
  is_enabled: true,
  policy: JSON.stringify(policy),
  tags: { team: 'shop' },
  tags_all: { team: 'shop', owner: 'platform' },
};
const aliasValues = {
  name: 'alias/orders',
  target_key_id: keyId,
  arn: `arn:aws:kms:eu-west-1:${account}:alias/orders`,
};
const password = { name: 'password', value: hidden, type: 'SecureString' };
const tags = [
  { Key: 'team', Value: 'shop' },
  { Key: 'owner', Value: 'platform' },
];

const template = {
  Resources: {
    TheKey: {
      Type: 'AWS::KMS::Key',
      DeletionPolicy: 'Retain',
      Properties: { Description: 'Orders', EnableKeyRotation: true, KeyPolicy: policy, Tags: tags },
    },
    TheAlias: {
      Type: 'AWS::KMS::Alias',
      Properties: { AliasName: 'alias/orders', TargetKeyId: { Ref: 'TheKey' } },
    },
    Password: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/x', Type: 'String', Value: hidden } },
  },
};

const urn = (type: string, name: string) => `urn:pulumi:prod::keys::${type}::${name}`;
const provider = 'urn:pulumi:prod::keys::pulumi:providers:aws::default::p';
const secret = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', plaintext: hidden };
const pulumi = {
  version: 3,
  deployment: {
    manifest: { time: '2026-11-27T07:00:00Z', magic: '0', version: 'v3.228.0' },
    resources: [
      { urn: urn('pulumi:providers:aws', 'default'), custom: true, id: 'p', type: 'pulumi:providers:aws' },
      {
        urn: urn('aws:kms/key:Key', 'theKey'),
        custom: true,
        id: keyId,
        type: 'aws:kms/key:Key',
        provider,
        protect: true,
        inputs: {},
        outputs: {
          arn,
          keyId,
          description: 'Orders',
          enableKeyRotation: true,
          customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
          keyUsage: 'ENCRYPT_DECRYPT',
          isEnabled: true,
          policy: JSON.stringify(policy),
          tags: { team: 'shop' },
          tagsAll: { team: 'shop', owner: 'platform' },
        },
      },
      {
        urn: urn('aws:kms/alias:Alias', 'theAlias'),
        custom: true,
        id: 'alias/orders',
        type: 'aws:kms/alias:Alias',
        provider,
        inputs: {},
        outputs: { ...aliasValues, targetKeyId: keyId },
      },
      {
        urn: urn('aws:ssm/parameter:Parameter', 'password'),
        custom: true,
        id: 'password',
        type: 'aws:ssm/parameter:Parameter',
        provider,
        inputs: { value: secret },
        outputs: { value: secret },
      },
    ],
  },
};

const landingZone = {
  'lza/security-config.yaml': `homeRegion: eu-west-1
keyManagementService:
  keySets:
    - name: the-key
      alias: orders
      policy: policy.json
      description: Orders
      enableKeyRotation: true
      removalPolicy: retain
      deploymentTargets: { accounts: [Orders] }
`,
  'lza/policy.json': JSON.stringify({ Version: '2012-10-17', Statement: [use] }),
  'lza/accounts-config.yaml': `mandatoryAccounts: []
workloadAccounts: [{ name: Orders, email: orders@example.com, organizationalUnit: Workloads }]
accountIds: [{ email: orders@example.com, accountId: "${account}" }]
`,
  'lza/organization-config.yaml': 'enable: true\norganizationalUnits: [{ name: Workloads }]\n',
  'lza/global-config.yaml': 'homeRegion: eu-west-1\nenabledRegions: [eu-west-1]\ntags: [{ key: team, value: shop }]\n',
};

/** The answers of an account and region, call by call. */
const answersWith = (aliases: readonly string[]) => [
  { place: { account, region: 'eu-west-1', partition: 'aws' } },
  { keyIds: { items: [keyId] } },
  { aliases: { items: aliases.map((name) => ({ name, keyId })) } },
  {
    key: keyId,
    answer: {
      metadata: {
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
      },
    },
  },
  { key: keyId, answer: { policy: JSON.stringify(policy) } },
  { key: keyId, answer: { rotation: { enabled: true, periodDays: 365 } } },
  { key: keyId, answer: { tags: { items: tags.map(({ Key, Value }) => ({ name: Key, value: Value })) } } },
  { key: keyId, answer: { grants: { items: [] } } },
  { complete: { awsManagedKeys: 1 } },
];

interface Source {
  readonly name: string;
  readonly argv: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const text = (value: unknown) => JSON.stringify(value, undefined, 2);
const resources = [
  managed('aws_kms_key', 'this', keyValues),
  managed('aws_kms_alias', 'this', aliasValues),
  managed('aws_ssm_parameter', 'password', password),
];
const sources: readonly Source[] = [
  {
    name: 'a state',
    argv: ['terraform.json'],
    files: {
      'terraform.json': text({
        format_version: '1.0',
        terraform_version: '1.11.4',
        values: { root_module: { resources } },
      }),
    },
  },
  {
    name: 'a state file',
    argv: ['terraform.tfstate'],
    files: {
      'terraform.tfstate': text({
        version: 4,
        terraform_version: '1.11.4',
        serial: 1,
        lineage: 'l',
        resources: resources.map(({ mode, type, name, values }) => ({
          mode,
          type,
          name,
          provider: 'provider["registry.terraform.io/hashicorp/aws"]',
          instances: [{ schema_version: 0, attributes: values, sensitive_attributes: [] }],
        })),
      }),
    },
  },
  {
    name: 'a plan',
    argv: ['plan.json'],
    files: {
      'plan.json': text({
        format_version: '1.2',
        terraform_version: '1.11.4',
        planned_values: { root_module: { resources } },
        resource_changes: resources.map((one) => ({
          ...one,
          change: { actions: ['no-op'], before: one.values, after: one.values, after_unknown: {} },
        })),
        configuration: { root_module: {} },
      }),
    },
  },
  {
    name: 'a cdk.out',
    argv: ['cdk.out'],
    files: {
      'cdk.out/manifest.json': text({
        version: '36.0.0',
        artifacts: {
          Keys: {
            type: 'aws:cloudformation:stack',
            environment: `aws://${account}/eu-west-1`,
            properties: { templateFile: 'Keys.template.json' },
          },
        },
      }),
      'cdk.out/Keys.template.json': text(template),
    },
  },
  { name: 'a Pulumi export', argv: ['stack.json'], files: { 'stack.json': text(pulumi) } },
  { name: 'a Landing Zone Accelerator configuration', argv: ['lza'], files: landingZone },
  {
    name: 'an account',
    argv: ['account', ...place],
    files: {
      [`keywright-answers/${account}-eu-west-1.jsonl`]: answersWith(['alias/orders'])
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    },
  },
];

function folder(files: Readonly<Record<string, string>>): string {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-diff-tools-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
  return cwd;
}

async function diff(cwd: string, argv: readonly string[]) {
  return runIn(cwd, ['diff', ...argv]);
}

const projectFor = ({ name }: Source) =>
  name.startsWith('a Landing') ? project.replace(/^targets: .*\n/m, '') : project;

describe.each(sources)('$name', { timeout: 120_000 }, (source) => {
  const { argv, files } = source;
  const [side = '', ...options] = argv;

  test('equals the project, although it has its own names for the key and the stack', async () => {
    const cwd = folder({ ...files, 'keys/keywright.yaml': projectFor(source) });
    const there = await diff(cwd, [side, 'keys', ...options]);
    expect({ ...there, err: withoutWarnings(there.err) }).toEqual({ code: 0, out: 'no difference\n', err: '' });
    const back = await diff(cwd, ['keys', side, ...options]);
    expect({ ...back, err: withoutWarnings(back.err) }).toEqual({ code: 0, out: 'no difference\n', err: '' });
  });

  test.each(['text', 'json', 'markdown', 'sarif'])('prints the differences as %s, without secrets', async (format) => {
    const changed = projectFor(source)
      .replace('rotation: true', 'rotation: false')
      .replace(/ +grants: .*\n/, '');
    const cwd = folder({ ...files, 'keys/keywright.yaml': changed });
    const { code, out, err } = await diff(cwd, [side, 'keys', ...options, '--format', format]);
    expect(code).toBe(1);
    expect(`${out}${err}`).not.toContain(hidden);
    expect(out).toContain('security.purchases');
    expect(out).toContain(`arn:aws:iam::${account}:role/app`);
    if (format !== 'text') return;
    expect(out.split('\n').filter((line) => /^ +[-+~!]/.test(line))).toEqual([
      `  - arn:aws:iam::${account}:role/app can decrypt with security.purchases only if a policy outside this project allows it`,
      '  ~ security.purchases: rotation 365 days → off',
    ]);
  });
});

/** Removes the readers' warnings about a provider's tags and about an account without its organization. */
function withoutWarnings(err: string): string {
  return err.includes('error') ? err : '';
}

test('a source is expected to have the project’s default tags', async () => {
  const cwd = folder({ ...sources[0]?.files, 'keys/keywright.yaml': project.replace(/^targets: .*\n/m, '') });
  const { code, out } = await diff(cwd, ['terraform.json', 'keys']);
  expect(code).toBe(1);
  expect(out).toContain('security.purchases: tag owner platform is gone');
});

test('a change of a project’s default tags is a change of its keys', async () => {
  const cwd = folder({
    'before/keywright.yaml': project,
    'now/keywright.yaml': project.replace('platform', 'security'),
  });
  const { code, out } = await diff(cwd, ['before', 'now']);
  expect(code).toBe(1);
  expect(out).toContain('~ security.purchases: tag owner platform → security');
});

const withoutAlias = {
  'terraform.json': text({
    format_version: '1.0',
    terraform_version: '1.11.4',
    values: { root_module: { resources: [managed('aws_kms_key', 'this', keyValues)] } },
  }),
  [`keywright-answers/${account}-eu-west-1.jsonl`]: answersWith([])
    .map((line) => `${JSON.stringify(line)}\n`)
    .join(''),
};

test('a key without an alias is identified by the name that the project pins', async () => {
  const yaml = project.replace('aliases: [orders]', 'names: { terraform: this }');
  const cwd = folder({ ...withoutAlias, 'keys/keywright.yaml': yaml });
  expect(await diff(cwd, ['terraform.json', 'keys'])).toEqual({ code: 0, out: 'no difference\n', err: '' });
});

test('names pinned for a tool make no difference in a comparison with an account', async () => {
  const yaml = project.replace(
    'aliases: [orders]',
    'aliases: [{ name: orders, names: { terraform: old } }]\n        names: { terraform: old_orders }',
  );
  const cwd = folder({ ...sources.find(({ name }) => name === 'an account')?.files, 'keys/keywright.yaml': yaml });
  expect(await diff(cwd, ['account', 'keys', ...place])).toEqual({ code: 0, out: 'no difference\n', err: '' });
});

test('a key without an alias is identified by its id if both sides have it', async () => {
  const cwd = folder(withoutAlias);
  expect(await diff(cwd, ['terraform.json', 'account', ...place])).toMatchObject({ code: 0, out: 'no difference\n' });
});

test('a key that nothing identifies is reported as removed, and the key of the project as new', async () => {
  const cwd = folder({ ...withoutAlias, 'keys/keywright.yaml': project });
  const { out } = await diff(cwd, ['terraform.json', 'keys']);
  expect(out).toContain('! main.this is gone');
  expect(out).toContain('+ security.purchases is new');
});

test('keys of one module are identified in two stacks, one of which needs the other', async () => {
  const other = { ...keyValues, arn: arn.replace('1234abcd', 'abcd1234'), key_id: 'b', id: 'b', description: 'Others' };
  const statement = { ...use, Resource: arn };
  const files = {
    'terraform.json': text({
      format_version: '1.0',
      terraform_version: '1.11.4',
      values: {
        root_module: {
          resources: [
            ...resources,
            managed('aws_kms_key', 'other', { ...other, policy: JSON.stringify({ ...policy, Statement: [root] }) }),
            managed('aws_kms_alias', 'other', { ...aliasValues, name: 'alias/other', target_key_id: 'b' }),
            managed('aws_iam_role', 'app', {
              name: 'reader',
              arn: `arn:aws:iam::${account}:role/reader`,
              path: '/',
              assume_role_policy: JSON.stringify({
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
              }),
              tags: {},
              tags_all: { owner: 'platform' },
            }),
            managed('aws_iam_role_policy', 'app', {
              role: 'reader',
              name: 'keywright-shop-second',
              policy: JSON.stringify({
                Version: '2012-10-17',
                Statement: [{ ...statement, Sid: undefined, Principal: undefined }],
              }),
            }),
          ],
        },
      },
    }),
    'keys/keywright.yaml': project.replace(
      /^targets: /m,
      `  second:
    environment: prod
    targets: [terraform]
    principals: { app: { role: { assumedBy: ec2.amazonaws.com, name: reader } } }
    imports: { orders: { key: security.purchases } }
    identityPolicies:
      app: { attachTo: app, statements: [{ actions: "kms:Decrypt", resources: ["\${imports.orders.arn}"] }] }
    keys: { more: { description: Others, rotation: true, tags: { team: shop }, aliases: [other] } }
targets: `,
    ),
  };
  const cwd = folder(files);
  expect(await diff(cwd, ['terraform.json', 'keys'])).toEqual({ code: 0, out: 'no difference\n', err: '' });
  expect(await diff(cwd, ['keys', 'terraform.json'])).toEqual({ code: 0, out: 'no difference\n', err: '' });
});

test('`account` needs a place, and any other source accepts only one place', async () => {
  const cwd = folder({ 'keys/keywright.yaml': project, 'a.json': text(template) });
  expect(await diff(cwd, ['account', 'keys'])).toEqual({
    code: 2,
    out: '',
    err: 'error: `account` needs --account and --region\n',
  });
  expect(await diff(cwd, ['a.json', 'keys', '--account', `${account},444455556666`, '--region', 'eu-west-1'])).toEqual({
    code: 2,
    out: '',
    err: 'error: a source is in one account and region: name one account and one region\n',
  });
});

test('a path that cannot be read is reported with the reason', async () => {
  const cwd = folder({ 'keys/keywright.yaml': project });
  symlinkSync('loop', join(cwd, 'loop'));
  expect(await diff(cwd, ['loop', 'keys'])).toMatchObject({
    code: 2,
    err: 'error: cannot look at "loop": the symbolic links form a loop\n',
  });
  const long = 'x'.repeat(300);
  expect(await diff(cwd, [long, 'keys'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('the name is too long'),
  });
  mkdirSync(join(cwd, 'closed'));
  writeFileSync(join(cwd, 'closed/a.json'), '{}');
  chmodSync(join(cwd, 'closed'), 0);
  const { code } = await diff(cwd, ['closed/a.json', 'keys']);
  chmodSync(join(cwd, 'closed'), 0o755);
  expect(code).toBe(2);
});

test('two KMS grants without names count as two if different principals may retire them', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-diff-'));
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const grant = (name: string, retiring: string) => `resource "aws_kms_grant" "${name}" {
  key_id             = aws_kms_key.k.key_id
  grantee_principal  = "${role('app')}"
  retiring_principal = "${role(retiring)}"
  operations         = ["Decrypt"]
}
`;
  mkdirSync(join(cwd, 'module'));
  writeFileSync(
    join(cwd, 'module/main.tf'),
    `resource "aws_kms_key" "k" {
  description = "Orders"
}
resource "aws_kms_alias" "k" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.k.key_id
}
${grant('one', 'first')}${grant('two', 'second')}`,
  );
  const entry = (name: string, retiring: string) =>
    `${name}: { grantee: { role: "${role('app')}" }, retiringPrincipal: { role: "${role(retiring)}" }, operations: [Decrypt], named: false }`;
  mkdirSync(join(cwd, 'keys'));
  writeFileSync(
    join(cwd, 'keys/keywright.yaml'),
    `keywright: 1
app: shop
environments: { prod: { account: "${account}", region: eu-west-1 } }
stacks:
  security:
    environment: prod
    targets: [terraform]
    keys:
      purchases:
        description: Orders
        policy: key-default-1
        aliases: [orders]
        kmsGrants: { ${entry('a', 'second')}, ${entry('b', 'first')} }
`,
  );
  const result = await runIn(cwd, ['diff', 'module', 'keys', ...place]);
  expect(result).toEqual({ code: 0, out: 'no difference\n', err: '' });
});

test('a problem of a source is reported once', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-diff-'));
  const [providers, key] = pulumi.deployment.resources;
  const inRegion = (name: string, id: string, inputs: object) => ({
    ...key,
    urn: urn('aws:kms/key:Key', name),
    id,
    inputs,
    outputs: { ...key?.outputs, ...inputs, arn: `arn:aws:kms:eu-west-1:${account}:key/${id}`, keyId: id },
  });
  const [one, other] = ['1234abcd-12ab-34cd-56ef-1234567890ac', '1234abcd-12ab-34cd-56ef-1234567890ad'];
  const resources = [
    providers,
    inRegion('one', one, {}),
    inRegion('other', other, { description: { ...secret, plaintext: undefined, ciphertext: 'v1:x' } }),
    {
      urn: urn('aws:kms/keyPolicy:KeyPolicy', 'policy'),
      custom: true,
      id: one,
      type: 'aws:kms/keyPolicy:KeyPolicy',
      provider,
      inputs: { keyId: one, policy: JSON.stringify(policy) },
      outputs: { keyId: one, policy: JSON.stringify(policy) },
    },
  ];
  writeFileSync(
    join(cwd, 'stack.json'),
    JSON.stringify({ ...pulumi, deployment: { ...pulumi.deployment, resources } }),
  );
  mkdirSync(join(cwd, 'keys'));
  writeFileSync(join(cwd, 'keys/keywright.yaml'), project);
  const { err } = await runIn(cwd, ['diff', 'stack.json', 'keys']);
  expect(err.match(/\[KW8100\]/g)).toHaveLength(1);
});

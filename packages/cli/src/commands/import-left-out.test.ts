/** Tests what an import leaves out, and how that is reported. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

async function importing(name: string, text: string, ...argv: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-import-'));
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), content);
  };
  write(name, text);
  const io = fakeIo({ cwd });
  // A Terraform module is named by its folder.
  const exitCode = await run(['import', name.endsWith('.tf') ? dirname(name) : name, ...argv], io);
  const path = join(cwd, 'keywright.yaml');
  const check = async () => {
    const other = fakeIo({ cwd });
    return { exitCode: await run(['build'], other), out: other.out(), err: other.err() };
  };
  return { exitCode, err: io.err(), yaml: existsSync(path) ? readFileSync(path, 'utf8') : '', check, write };
}

const place = ['--account', '111122223333', '--region', 'eu-west-1'];
const root =
  '{ Sid: Root, Effect: Allow, Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" }';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' },
  ],
});
const statement = (who: string, sid = '') =>
  `{ ${sid}Effect: Allow, Principal: { AWS: "${who}" }, Action: "kms:Decrypt", Resource: "*" }`;
const key = (name: string, ...statements: readonly string[]) => `  ${name}:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
${[root, ...statements].map((one) => `          - ${one}\n`).join('')}`;

test('a key that is left out is reported with its aliases, at its own line', async () => {
  const { err } = await importing(
    'a.yaml',
    `Resources:
${key('Orders', statement('AROAABCDEFGHIJKLMNOPQ', 'Sid: Gone, '))}  One: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/one, TargetKeyId: !Ref Orders } }
  Two: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/two, TargetKeyId: !Ref Orders } }
`,
    ...place,
  );
  expect(err).toContain(
    'error[KW8200]: the key `orders`, with `alias/one` and `alias/two`, is left out, because the language cannot express it: ' +
      'in the statement `Gone`, `AROAABCDEFGHIJKLMNOPQ` is what is left of a role, user or group that was deleted',
  );
  expect(err).toContain('--> a.yaml:2:3');
  expect(err).toMatch(/note: the statement `Gone` is here\n *--> a\.yaml:9:13/);
  expect(err).toMatch(/note: `alias\/two` is left out with it\n *--> a\.yaml:11:3/);
});

test('every statement that cannot be expressed is named by its Sid or its position in the source', async () => {
  const cn = (name: string) => `arn:aws-cn:iam::111122223333:role/${name}`;
  const twice = statement('arn:aws:iam::111122223333:role/app');
  const text = `Resources:\n${key('Orders', twice, twice, statement(cn('a')), statement(cn('b'), 'Sid: B, '))}`;
  const { err } = await importing('a.yaml', text, ...place);
  expect(err).toContain(`in statement 4, \`${cn('a')}\` is in the partition \`aws-cn\``);
  expect(err).toContain(`; in the statement \`B\`, \`${cn('b')}\` is in the partition`);
});

test('a problem with a region is reported once, and other regions are imported', async () => {
  const keys = ['A', 'B', 'C'].map((name) => key(name)).join('');
  const { err, yaml } = await importing(
    'a.yaml',
    `Resources:\n${keys}`,
    '--account',
    '111122223333',
    '--region',
    'eu-west-9',
  );
  expect(err.match(/KW8200/g)).toHaveLength(1);
  expect(err).toContain(
    'everything in the stack `a` is left out, because the language cannot express it: there is no region',
  );
  expect(yaml).toBe('');

  const resource = (region: string) => ({
    mode: 'managed',
    type: 'aws_kms_key',
    name: region.replaceAll('-', '_'),
    provider_name: 'registry.terraform.io/hashicorp/aws',
    address: `aws_kms_key.${region.replaceAll('-', '_')}`,
    values: {
      arn: `arn:aws:kms:${region}:111122223333:key/12345678-1234-1234-1234-123456789012`,
      key_id: '12345678-1234-1234-1234-123456789012',
      description: region,
      policy,
    },
  });
  const state = {
    format_version: '1.0',
    terraform_version: '1.9.0',
    values: { root_module: { resources: ['eu-west-1', 'eu-west-9'].map(resource) } },
  };
  const two = await importing('a.json', JSON.stringify(state));
  expect(two.err.match(/KW8200/g)).toHaveLength(1);
  expect(two.yaml).toContain('description: eu-west-1');
  expect(two.yaml).not.toContain('eu-west-9');
});

test('a disabled key is imported with its existing KMS grants', async () => {
  const id = '12345678-1234-1234-1234-123456789012';
  const arn = `arn:aws:kms:eu-west-1:111122223333:key/${id}`;
  const resources = [
    { type: 'aws_kms_key', values: { arn, key_id: id, is_enabled: false, policy } },
    {
      type: 'aws_kms_grant',
      values: {
        key_id: arn,
        name: 'worker',
        grant_id: 'a'.repeat(64),
        grantee_principal: 'arn:aws:iam::111122223333:role/worker',
        operations: ['Decrypt'],
        constraints: [],
      },
    },
  ].map((one) => ({
    mode: 'managed',
    name: 'a',
    provider_name: 'registry.terraform.io/hashicorp/aws',
    address: `${one.type}.a`,
    ...one,
  }));
  const state = { format_version: '1.0', terraform_version: '1.9.0', values: { root_module: { resources } } };
  const { exitCode, err, yaml, check } = await importing('a.json', JSON.stringify(state));
  expect(exitCode).toBe(0);
  expect(err).toContain('warning[KW8204]: imported unchanged, but review it: `a` is disabled');
  expect(yaml).toContain('suppress: [{ rule: KW3050, because: it was like this when it was imported }]');
  expect(await check()).toMatchObject({ exitCode: 0 });
});

describe('KMS grants on one key', () => {
  const id = '12345678-1234-1234-1234-123456789012';
  const arn = `arn:aws:kms:eu-west-1:111122223333:key/${id}`;
  const resource = (type: string, name: string, values: object) => ({
    mode: 'managed',
    type,
    name,
    provider_name: 'registry.terraform.io/hashicorp/aws',
    address: `${type}.${name}`,
    values,
  });
  const grant = (address: string, name: string) =>
    resource('aws_kms_grant', address, {
      key_id: arn,
      name,
      grant_id: address.repeat(64).slice(0, 64),
      grantee_principal: `arn:aws:iam::111122223333:role/${address}`,
      operations: ['Decrypt'],
      constraints: [],
    });
  const stateOf = (...grants: readonly object[]) =>
    JSON.stringify({
      format_version: '1.0',
      terraform_version: '1.9.0',
      values: {
        root_module: { resources: [resource('aws_kms_key', 'a', { arn, key_id: id, policy }), ...grants] },
      },
    });

  test('that have the same name are reported, and the key is left out as a whole', async () => {
    const { exitCode, err, yaml } = await importing('a.json', stateOf(grant('one', 'same'), grant('two', 'same')));
    expect(exitCode).toBe(1);
    expect(err).toContain(
      'is left out, because the language cannot express it: two of its KMS grants are called `same`',
    );
    expect(yaml).toBe('');
  });

  test('without a name are imported, even if another KMS grant has their address as its name', async () => {
    const { exitCode, yaml, check } = await importing('a.json', stateOf(grant('two', ''), grant('one', 'two')));
    expect(exitCode).toBe(0);
    expect(yaml).toMatch(/two-2:.*role\/two.*named: false, names: \{ terraform: two \}/);
    expect(yaml).toMatch(/ two:.*role\/one/);
    expect(await check()).toMatchObject({ exitCode: 0 });
  });
});

test('a key that is left out takes no other key with it, even if both are instances of one Terraform resource', async () => {
  const module = `resource "aws_kms_key" "k" {
  for_each    = { good = "GOOD", bad = "AROAABCDEFGHIJKLMNOPQ" }
  description = each.value
}
resource "aws_kms_alias" "k" {
  for_each      = aws_kms_key.k
  name          = each.key == "bad" ? "alias/not.possible" : "alias/good"
  target_key_id = each.value.key_id
}
`;
  const { exitCode, err, yaml, check } = await importing('m/main.tf', module, ...place);
  expect(exitCode).toBe(1);
  expect(err.match(/error\[KW\d+\]/g)).toEqual(['error[KW8200]']);
  expect(err).toContain('with `alias/not.possible`, is left out');
  expect(yaml).toContain('aliases: [good]');
  expect(yaml).not.toContain('not.possible');
  expect(await check()).toMatchObject({ exitCode: 0 });
});

test('no resource gets the address of another resource, since Terraform would destroy one of them', async () => {
  const module = `resource "aws_kms_key" "a_b" {
  description = "root"
}
resource "aws_kms_key" "k" {
  for_each    = toset(["a-b", "a_b"])
  description = each.key
}
module "a" {
  source = "./a"
}
`;
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-import-'));
  mkdirSync(join(cwd, 'm/a'), { recursive: true });
  writeFileSync(join(cwd, 'm/main.tf'), module);
  writeFileSync(join(cwd, 'm/a/main.tf'), 'resource "aws_kms_key" "b" {\n  description = "child"\n}\n');
  const io = fakeIo({ cwd });
  expect(await run(['import', 'm', ...place], io)).toBe(0);
  expect(await run(['build', '--quiet'], io)).toBe(0);
  const changes = readFileSync(join(cwd, 'out/terraform/m/changes.tf'), 'utf8');
  const moves = [...changes.matchAll(/from = (.*)\n {2}to {3}= (.*)/g)].map(([, from, to]) => [from, to]);
  expect(moves).toEqual([
    ['module.a.aws_kms_key.b', 'aws_kms_key.a_b2'],
    ['aws_kms_key.k["a-b"]', 'aws_kms_key.k_ab'],
    ['aws_kms_key.k["a_b"]', 'aws_kms_key.k_ab2'],
  ]);
  expect(readFileSync(join(cwd, 'out/terraform/m/main.tf'), 'utf8')).toMatch(
    /"aws_kms_key" "a_b" \{\n {2}description += "root"/,
  );
});

test('one of two policies with the same name on a role is left out and reported', async () => {
  const inline = (address: string, action: string) => `resource "aws_iam_role_policy" "${address}" {
  name   = "p"
  role   = "app"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "${action}", Resource = aws_kms_key.k.arn }] })
}
`;
  const module = `resource "aws_kms_key" "k" {}\n${inline('one', 'kms:Decrypt')}${inline('two', 'kms:Encrypt')}`;
  const { exitCode, err, yaml, check } = await importing('m/main.tf', module, ...place);
  expect(exitCode).toBe(1);
  expect(err.match(/KW8200/g)).toHaveLength(1);
  expect(err).toContain('two inline policies called `p`');
  expect(yaml).toContain('kms:Decrypt');
  expect(await check()).toMatchObject({ exitCode: 0 });
});

test.each(['cfn', 'terraform,pulumi'])('all inline policies of a role are imported for %s', async (target) => {
  const inline = (name: string, effect: string) =>
    `{ PolicyName: ${name}, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: ${effect}, Action: "kms:Decrypt", Resource: !GetAtt Orders.Arn }] } }`;
  const role = `  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies: [${inline('one', 'Allow')}, ${inline('two', 'Deny')}]
`;
  const text = `Resources:\n${key('Orders')}${role}`;
  const { exitCode, yaml, check } = await importing('a.yaml', text, ...place, '--target', target);
  expect(exitCode).toBe(0);
  expect(yaml).toContain('policyName: one');
  expect(yaml).toMatch(/policyName: two\b.*effect: Deny/s);
  expect(await check()).toMatchObject({ exitCode: 0 });
});

test('a key and its replica are reported if only one of them is retained', async () => {
  const module = `provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_kms_key" "a" {
  multi_region = true
}
resource "aws_kms_replica_key" "a" {
  provider        = aws.us
  primary_key_arn = aws_kms_key.a.arn
  lifecycle { prevent_destroy = false }
}
`;
  const { exitCode, err } = await importing('m/main.tf', module, ...place);
  expect(exitCode).toBe(1);
  expect(err).toContain('the replica has `removal: destroy`, but its primary key `a` has `removal: retain`');
});

test('a duplicate tag is reported', async () => {
  const tagged = key('Orders').replace(
    'Properties:',
    'Properties:\n      Tags: [{ Key: a, Value: x }, { Key: a, Value: y }]',
  );
  const { err } = await importing('a.yaml', `Resources:\n${tagged}`, ...place);
  expect(err).toContain(
    'the key `orders` is left out, because the language cannot express it: the tag `a` is there twice',
  );
});

describe('a plan without the policy of a key', () => {
  const planOf = (configuration: object) =>
    JSON.stringify({
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            {
              address: 'aws_kms_key.orders',
              mode: 'managed',
              type: 'aws_kms_key',
              name: 'orders',
              provider_name: 'registry.terraform.io/hashicorp/aws',
              values: { description: 'Orders', enable_key_rotation: true, is_enabled: true },
              sensitive_values: {},
            },
          ],
        },
      },
      resource_changes: [
        {
          address: 'aws_kms_key.orders',
          type: 'aws_kms_key',
          change: {
            actions: ['create'],
            after_unknown: { arn: true, policy: true, multi_region: true, rotation_period_in_days: true },
          },
        },
      ],
      ...configuration,
    });
  const configured = (expressions: object) => ({
    configuration: {
      root_module: { resources: [{ address: 'aws_kms_key.orders', type: 'aws_kms_key', name: 'orders', expressions }] },
    },
  });

  test.each<[string, object, readonly string[]]>([
    ['and without a configuration', {}, ['KW8075', 'KW8076']],
    [
      'which refers to something still to be created',
      configured({ policy: { references: ['aws_iam_role.r.arn'] } }),
      ['KW8075'],
    ],
  ])('%s imports the rest, and nothing can be built until the policy is there', async (_, configuration, codes) => {
    const { exitCode, err, yaml, check, write } = await importing('a.json', planOf(configuration), ...place);
    expect(exitCode).toBe(1);
    expect([...err.matchAll(/KW\d{4}/g)].map(([code]) => code)).toEqual(codes);
    expect(yaml).toContain(
      'orders: { description: Orders, rotation: true, policy: { file: policies/orders.unknown.json } }',
    );
    expect(await check()).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('there is no file `policies/orders.unknown.json`'),
    });
    write('policies/orders.unknown.json', policy);
    expect(await check()).toMatchObject({ exitCode: 0 });
  });

  test('does not mean KMS’s default policy if it has a policy for an unknown key', async () => {
    const plan = JSON.parse(planOf(configured({}))) as {
      readonly planned_values: { readonly root_module: { readonly resources: object[] } };
      readonly resource_changes: object[];
    };
    const other = {
      address: 'aws_kms_key_policy.p["a"]',
      mode: 'managed',
      type: 'aws_kms_key_policy',
      name: 'p',
      index: 'a',
    };
    plan.planned_values.root_module.resources.push({ ...other, values: { policy } });
    plan.resource_changes.push({
      ...other,
      change: { actions: ['create'], after_unknown: { key_id: true, id: true } },
    });
    const { exitCode, err, yaml } = await importing('a.json', JSON.stringify(plan), ...place);
    expect(exitCode).toBe(1);
    expect([...err.matchAll(/KW\d{4}/g)].map(([code]) => code)).toEqual(['KW8213', 'KW8075', 'KW8058']);
    expect(yaml).toContain('policy: { file: policies/orders.unknown.json }');
  });

  test('means KMS’s default policy if the configuration has none', async () => {
    const { exitCode, err, yaml } = await importing('a.json', planOf(configured({ description: {} })), ...place);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(yaml).toContain('policy: key-default-1');
  });
});

test('a module with two accounts becomes a stack for each account', async () => {
  const module = `provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias               = "other"
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]
}
data "aws_caller_identity" "own" {}
resource "aws_kms_key" "here" { description = data.aws_caller_identity.own.account_id }
resource "aws_kms_key" "there" {
  provider    = aws.other
  description = data.aws_caller_identity.own.account_id
}
`;
  const { exitCode, err, yaml, check } = await importing('m/main.tf', module, ...place);
  expect(exitCode).toBe(0);
  expect(err).toMatch(
    /^warning\[KW8213\]: `m` becomes 2 stacks, each with generated code of its own: `m` and `m-444455556666-eu-west-1`\n/,
  );
  expect(err).toMatch(/\n1 warning\n$/);
  expect(yaml).toContain('eu-west-1-444455556666: { account: "444455556666", region: eu-west-1 }');
  expect(yaml).toContain('there: { description: "111122223333", policy: key-default-1 }');
  expect(await check()).toMatchObject({ exitCode: 0 });
});

test('an alias for a key id refers to the key in the account and region of the stack', async () => {
  const alias = (name: string, id: string) =>
    `  ${name}: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/${name}, TargetKeyId: ${id} } }\n`;
  const text = `Resources:\n${alias('A', '12345678-1234-1234-1234-123456789012')}${alias('B', 'mrk-1234abcd12ab34cd56ef1234567890ab')}`;
  const known = await importing('a.yaml', text, ...place);
  expect(known).toMatchObject({ exitCode: 0, err: '' });
  expect(known.yaml).toContain('arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012');
  expect(known.yaml).toContain(':key/mrk-1234abcd12ab34cd56ef1234567890ab');
  expect(await known.check()).toMatchObject({ exitCode: 0 });
  const anywhere = await importing('a.yaml', text);
  expect(anywhere).toMatchObject({ exitCode: 0, err: '' });
  expect(anywhere.yaml).toContain('arn:${partition}:kms:${region}:${account}:key/12345678');
});

test('the value of the condition operator Null may be written without quotes', async () => {
  const sentence = statement('*').replace(
    ' }',
    ' }, Condition: { Null: { "aws:PrincipalOrgID": false }, StringEquals: { "aws:PrincipalAccount": "111122223333" } }',
  );
  const { yaml } = await importing('a.yaml', `Resources:\n${key('Orders', sentence)}`, ...place);
  expect(yaml).toContain('"Null": { "aws:PrincipalOrgID": "false" }');
});

describe('default_tags of the provider', () => {
  const id = '12345678-1234-1234-1234-123456789012';
  const stateOf = (...keys: readonly { readonly tags: object | null; readonly tags_all: object }[]) =>
    JSON.stringify({
      format_version: '1.0',
      terraform_version: '1.9.0',
      values: {
        root_module: {
          resources: keys.map((tagged, index) => ({
            mode: 'managed',
            type: 'aws_kms_key',
            name: `k${index}`,
            address: `aws_kms_key.k${index}`,
            provider_name: 'registry.terraform.io/hashicorp/aws',
            values: {
              arn: `arn:aws:kms:eu-west-1:111122223333:key/${index}${id.slice(1)}`,
              key_id: `${index}${id.slice(1)}`,
              policy,
              ...tagged,
            },
          })),
        },
      },
    });
  const both = stateOf(
    { tags: { tier: 'one' }, tags_all: { tier: 'one', owner: 'platform' } },
    { tags: { owner: 'orders' }, tags_all: { owner: 'orders' } },
    { tags: null, tags_all: { owner: 'platform' } },
  );

  test('become an option of the target', async () => {
    const { exitCode, err, yaml, check } = await importing('a.json', both, '--target', 'terraform,pulumi');
    expect(exitCode).toBe(0);
    expect(err).toContain('note[KW8330]: the tags `owner` are `default_tags` of the provider');
    expect(yaml).toContain(
      'targets: { terraform: { defaultTags: { owner: platform } }, pulumi: { defaultTags: { owner: platform } } }',
    );
    expect(yaml.match(/owner: platform/g)).toHaveLength(2);
    expect(yaml).toContain('owner: orders');
    expect(await check()).toMatchObject({ exitCode: 0 });
  });

  test('are written on each key for a target without such an option', async () => {
    const { err, yaml } = await importing('a.json', both, '--target', 'cfn,terraform');
    expect(err).toContain('note[KW8330]');
    expect(yaml).not.toContain('defaultTags');
    expect(yaml.match(/owner: platform/g)).toHaveLength(2);
  });

  test('are written on each key if they are not the same everywhere', async () => {
    const { err, yaml } = await importing(
      'a.json',
      stateOf({ tags: null, tags_all: { owner: 'platform' } }, { tags: null, tags_all: {} }),
    );
    expect(err).not.toContain('KW8330');
    expect(yaml.match(/owner: platform/g)).toHaveLength(1);
  });
});

test('if the requested targets cannot express something, the help names the targets that can', async () => {
  const grant = (address: string, name: string) =>
    `resource "aws_kms_grant" "${address}" {
  key_id            = aws_kms_key.k.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/app"
  operations        = ["Decrypt"]${name}
}
`;
  const module = (name: string) => `resource "aws_kms_key" "k" {}\n${grant('g', name)}`;
  const helpOf = async (name: string) => {
    const { err } = await importing('m/main.tf', module(name), ...place, '--target', 'cfn,terraform');
    return /error\[KW8200\]: .*?^help: (.*?)$/ms.exec(err)?.[1];
  };
  expect(await helpOf('\n  name = "g"')).toBe(
    'import with `--target terraform,pulumi`, or leave it to the tool that manages it',
  );
  expect(await helpOf('')).toBe('import with `--target terraform`, or leave it to the tool that manages it');
});

describe('a source that may have more than the generated code', () => {
  const found = (err: string) => /^warning\[KW8213\]: (.*)$/m.exec(err)?.[1];
  const template = (more: string) => `Resources:\n${key('Orders')}${more}`;
  const bucket = '  Bucket: { Type: AWS::S3::Bucket }\n';
  const state = (...resources: readonly object[]) =>
    JSON.stringify({ version: 4, terraform_version: '1.9.0', serial: 1, lineage: 'x', outputs: {}, resources });
  const managed = (type: string, name: string, attributes: object) => ({
    mode: 'managed',
    type,
    name,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: 0, attributes }],
  });
  const id = '12345678-1234-1234-1234-123456789012';
  const arn = `arn:aws:kms:eu-west-1:111122223333:key/${id}`;
  const orders = managed('aws_kms_key', 'orders', { arn, key_id: id, id, is_enabled: true, policy, tags_all: {} });

  test('is reported if it is a template or a state with more', async () => {
    const { err } = await importing('a.yaml', template(bucket), ...place);
    expect(found(err)).toBe('the generated code lacks resources of `a.yaml`: `Bucket`');
    expect(err).toContain('CloudFormation would delete everything that the generated code lacks');
    const other = await importing(
      'a.tfstate',
      state(orders, managed('aws_s3_bucket', 'b', {}), managed('aws_x', 'x', {})),
    );
    expect(found(other.err)).toBe(
      'the generated code lacks resources of `a.tfstate`: `aws_s3_bucket.b` and another resource',
    );
  });

  test('is reported if one of its keys cannot be read', async () => {
    const { err } = await importing(
      'a.tfstate',
      state(orders, managed('aws_kms_external_key', 'e', { key_material_base64: 'x' })),
    );
    expect(err).toContain('error[KW8056]: aws_kms_external_key.e cannot be read');
    expect(found(err)).toBe('the generated code lacks resources of `a.tfstate`: the errors say which');
  });

  test.each([
    ['if it has nothing else', 'a.yaml', template(''), place],
    ['if the code is for another tool', 'a.yaml', template(bucket), [...place, '--target', 'terraform']],
    [
      'if only an output is left out',
      'a.tfstate',
      state(orders).replace('"outputs":{}', '"outputs":{"x":{"value":"y","type":"string"}}'),
      [],
    ],
  ])('is not reported %s', async (_, name, text, argv) => {
    const { exitCode, err } = await importing(name, text, ...argv);
    expect(exitCode).toBe(0);
    expect(found(err)).toBeUndefined();
  });
});

test('keys whose index in Terraform contains `$` and `%` keep their addresses', async () => {
  const id = (number: number) => `12345678-1234-1234-1234-12345678901${number}`;
  const instances = ['${x}', '50%', 'a"b', '%{y}$'].map((index_key, number) => ({
    index_key,
    schema_version: 0,
    attributes: {
      arn: `arn:aws:kms:eu-west-1:111122223333:key/${id(number)}`,
      key_id: id(number),
      is_enabled: true,
      policy,
      tags_all: {},
    },
  }));
  const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
  const resources = [{ mode: 'managed', type: 'aws_kms_key', name: 'k', provider, instances }];
  const state = { version: 4, terraform_version: '1.9.0', serial: 1, lineage: 'x', outputs: {}, resources };
  const { exitCode, yaml, check } = await importing('a.tfstate', JSON.stringify(state));
  expect(exitCode).toBe(0);
  const froms = [...yaml.matchAll(/from: ("(?:[^"\\]|\\.)*")/g)].map(([, from = '']) => JSON.parse(from) as string);
  expect(froms).toEqual(['$${x}', '50%', 'a\\"b', '%%{y}$'].map((index) => `Terraform: aws_kms_key.k["${index}"]`));
  expect((await check()).exitCode).toBe(0);
});

test('a stack that loses all its entries is left out, with its environment', async () => {
  const gone = policy.replace('arn:aws:iam::111122223333:root', 'AROAABCDEFGHIJKLMNOPQ');
  const { err, yaml } = await importing(
    'keys/main.tf',
    `provider "aws" { region = "eu-west-1" }
resource "aws_kms_key" "kept" {}
resource "aws_kms_key" "gone" {
  region = "us-east-1"
  policy = ${JSON.stringify(gone)}
}
`,
    '--account',
    '111122223333',
  );
  expect(err).toContain('error[KW8200]: the key `gone` is left out');
  expect(yaml).toContain('kept: ');
  expect(yaml).not.toContain('us-east-1');
});

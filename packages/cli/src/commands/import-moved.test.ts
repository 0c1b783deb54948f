/** Imports a Terraform state whose addresses no generated module uses, and tests the `moved` blocks of the build that follows. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' },
  ],
});
const keyId = '12345678-1234-1234-1234-123456789012';

function resource(type: string, index: string | number, values: object, module = 'module.kms') {
  return {
    ...(module !== '' && { module }),
    mode: 'managed',
    type,
    name: 'this',
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ index_key: index, schema_version: 0, attributes: values }],
  };
}

const arn = `arn:aws:kms:eu-west-1:111122223333:key/${keyId}`;
const key = resource('aws_kms_key', 0, { arn, key_id: keyId, id: keyId, is_enabled: true, policy, tags_all: {} });
const keyPolicy = resource('aws_kms_key_policy', 0, { key_id: keyId, id: keyId, policy });
const alias = resource('aws_kms_alias', 'a.b[0]', { name: 'alias/orders', target_key_id: keyId }, '');

async function imported(resources: readonly object[], ...argv: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-moved-'));
  const state = { version: 4, terraform_version: '1.9.0', serial: 1, lineage: 'x', outputs: {}, resources };
  writeFileSync(join(cwd, 'kms.tfstate'), JSON.stringify(state));
  const io = fakeIo({ cwd });
  const exitCode = await run(['import', 'kms.tfstate', ...argv], io);
  return {
    exitCode,
    err: io.err(),
    yaml: readFileSync(join(cwd, 'keywright.yaml'), 'utf8'),
    changes: async () => {
      await run(['build'], fakeIo({ cwd }));
      return readFileSync(join(cwd, 'out/terraform/kms/changes.tf'), 'utf8');
    },
  };
}

test('import records former addresses, and every build passes them on to Terraform', async () => {
  const { exitCode, err, yaml, changes } = await imported([key, keyPolicy, alias]);
  expect(exitCode).toBe(0);
  expect(err).toContain('warning[KW8202]: `key/kms` is `module.kms.aws_kms_key.this[0]` in Terraform');
  expect(err).toContain('note[KW8332]: `module.kms.aws_kms_key_policy.this[0]` becomes part of `kms`:');
  expect(yaml).toContain('{ from: "Terraform: module.kms.aws_kms_key.this[0]", to: kms }');
  for (const _ of ['first', 'second']) {
    const text = await changes();
    expect(text.match(/^moved {/gm)).toHaveLength(2);
    expect(text).toContain('from = module.kms.aws_kms_key.this[0]\n  to   = aws_kms_key.kms');
    expect(text).toContain('from = aws_kms_alias.this["a.b[0]"]\n  to   = aws_kms_alias.orders');
    expect(text).toContain('removed {\n  from = module.kms.aws_kms_key_policy.this\n');
  }
});

test('no `moved` entry is written for resources that are left out', async () => {
  const gone = policy.replace('arn:aws:iam::111122223333:root', 'AROAABCDEFGHIJKLMNOPQ');
  const values = { arn: arn.replace(/12$/, '13'), key_id: keyId.replace(/12$/, '13'), policy: gone, tags_all: {} };
  const { err, yaml } = await imported([key, resource('aws_kms_key', 1, values)]);
  expect(err.match(/error\[KW8200\]/g)).toHaveLength(1);
  expect(yaml.match(/Terraform: /g)).toHaveLength(1);
});

test('no addresses are recorded for other tools', async () => {
  const { err, yaml } = await imported([key, keyPolicy, alias], '--target', 'cfn');
  expect(err).toBe('');
  expect(yaml).not.toContain('moved');
});

const block = (from: string, to: string) => `moved {\n  from = ${from}\n  to   = ${to}\n}`;

/** The `moved` blocks of a build after the import of a module. */
async function movesOf(module: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-moved-'));
  mkdirSync(join(cwd, 'keys'));
  writeFileSync(join(cwd, 'keys/main.tf'), module.join('\n'));
  const io = fakeIo({ cwd });
  expect(await run(['import', 'keys', '--account', '111122223333', '--region', 'eu-west-1'], io)).toBe(0);
  await run(['build'], fakeIo({ cwd }));
  const changes = readFileSync(join(cwd, 'out/terraform/keys/changes.tf'), 'utf8');
  return { err: io.err(), blocks: changes.match(/^moved \{[^}]*\}/gm) };
}

test('a build keeps the `moved` blocks of an imported module', async () => {
  const module = [block('aws_kms_key.first', 'aws_kms_key.second'), block('aws_kms_key.second', 'aws_kms_key.orders')];
  const { err, blocks } = await movesOf([...module, 'resource "aws_kms_key" "orders" {}']);
  expect(err).toBe('');
  expect(blocks).toEqual(module);
});

const forEach = ['resource "aws_kms_key" "this" {', '  for_each = toset(["legacy", "orders"])', '}'];

test('a `moved` block that starts at the generated name is left out: with the new block, it would form a circle', async () => {
  const { blocks } = await movesOf([...forEach, block('aws_kms_key.orders', 'aws_kms_key.this["orders"]')]);
  expect(blocks).toEqual([
    block('aws_kms_key.this["legacy"]', 'aws_kms_key.legacy'),
    block('aws_kms_key.this["orders"]', 'aws_kms_key.orders'),
  ]);
});

test('no resource takes a name that another resource of the module had', async () => {
  const { blocks } = await movesOf([...forEach, block('aws_kms_key.orders', 'aws_kms_key.this["legacy"]')]);
  expect(blocks).toEqual([
    block('aws_kms_key.orders', 'aws_kms_key.this["legacy"]'),
    block('aws_kms_key.this["legacy"]', 'aws_kms_key.legacy'),
    block('aws_kms_key.this["orders"]', 'aws_kms_key.orders2'),
  ]);
});

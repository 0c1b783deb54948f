import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-module-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(cwd, path, '..'), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
}

async function imported(...argv: readonly string[]) {
  const io = fakeIo({ cwd });
  const exitCode = await run(['import', ...argv, '--out', 'keys/keywright.yaml'], io);
  const file = join(cwd, 'keys/keywright.yaml');
  const yaml = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  return { exitCode, err: io.err(), yaml };
}

const key = `variable "alias" {}
variable "users" { default = [] }
data "aws_iam_policy_document" "this" {
  count = 1
  statement {
    sid       = "Default"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
  dynamic "statement" {
    for_each = length(var.users) > 0 ? [1] : []
    content {
      sid       = "Use"
      actions   = ["kms:Decrypt"]
      resources = ["*"]
      principals {
        type        = "AWS"
        identifiers = var.users
      }
    }
  }
}
resource "aws_kms_key" "this" {
  count       = 1
  description = trimspace(file("\${path.module}/description.txt"))
  policy      = coalesce(null, data.aws_iam_policy_document.this[0].json)
}
resource "aws_kms_alias" "this" {
  for_each      = toset([var.alias])
  name          = "alias/\${each.value}"
  target_key_id = try(aws_kms_key.this[0].key_id, aws_kms_external_key.this[0].id)
}
`;

const call = `module "orders" {
  source  = "terraform-aws-modules/kms/aws"
  version = "~> 3.0"
  alias   = "orders"
  users   = ["arn:aws:iam::111122223333:role/app"]
}
`;

const index = JSON.stringify({
  Modules: [
    { Key: '', Source: '', Dir: '.' },
    {
      Key: 'orders',
      Source: 'registry.terraform.io/terraform-aws-modules/kms/aws',
      Version: '3.1.1',
      Dir: '.terraform/modules/orders',
    },
  ],
});

test('a module of a registry is imported once `terraform init` has installed it', async () => {
  write({ 'infra/main.tf': call });
  const before = await imported('infra');
  expect(before).toMatchObject({ exitCode: 1, yaml: undefined });
  expect(before.err).toContain(
    'error[KW8072]: module.orders is not read: its source "terraform-aws-modules/kms/aws" is not installed',
  );
  expect(before.err).toContain('help: run `terraform init` in the folder of the root module, and import it again');

  write({
    'infra/.terraform/modules/modules.json': index,
    'infra/.terraform/modules/orders/main.tf': key,
    'infra/.terraform/modules/orders/description.txt': 'Orders of the shop\n',
    // No module calls this module.
    'infra/.terraform/modules/orders/examples/complete/main.tf': 'not HCL {',
    'infra/examples/main.tf': 'not HCL either {',
  });
  const { exitCode, err, yaml } = await imported('infra', '--account', '111122223333', '--region', 'eu-west-1');
  expect(exitCode).toBe(0);
  expect(err).toContain('--> infra/main.tf:1:1');
  expect(yaml).toBe(`keywright: 1
app: infra
environments:
  eu-west-1: { account: "111122223333", region: eu-west-1 }
stacks:
  infra:
    environment: eu-west-1
    targets: [terraform]
    keys:
      orders:
        description: Orders of the shop
        aliases: [orders]
        policy: [{ sid: Default, principals: { account: "\${account}" }, actions: "kms:*" }]
        grants: [{ to: { role: "arn:aws:iam::\${account}:role/app", mutable: false }, can: decrypt, sid: Use }]
    moved:
      - { from: "Terraform: module.orders.aws_kms_key.this[0]", to: orders }
      - { from: "Terraform: module.orders.aws_kms_alias.this[\\"orders\\"]", to: alias/orders }
`);
});

test('an account is enough for a module whose provider has a region, and files with values override earlier ones', async () => {
  write({
    'infra/main.tf': `provider "aws" { region = "eu-west-1" }
variable "stage" {}
variable "team" {}
resource "aws_kms_key" "orders" { description = "\${var.team} \${var.stage}" }`,
    'common.tfvars': 'stage = "none"\nteam = "shop"',
    'prod.tfvars': 'stage = "prod"',
  });
  const values = ['--parameters', 'common.tfvars', '--parameters', 'prod.tfvars'];
  const { exitCode, yaml } = await imported('infra', '--account', '111122223333', ...values);
  expect(exitCode).toBe(0);
  expect(yaml).toContain('eu-west-1: { account: "111122223333", region: eu-west-1 }');
  expect(yaml).toContain('description: shop prod');
});

test('files and modules are read through symbolic links, and from folders beside the root module', async () => {
  write({
    'shared/provider.tf': 'variable "team" { default = "pay" }\n',
    'shared/description.txt': 'Keys of the team\n',
    'modules/key/main.tf': `variable "description" {}\nresource "aws_kms_key" "this" {\n  description = var.description\n}\n`,
    'roots/prod/main.tf': `module "key" {
  source      = "../../linked/key"
  description = "\${var.team} \${basename(path.cwd)} \${trimspace(file("\${path.root}/../../shared/description.txt"))}"
}
`,
  });
  symlinkSync('../../shared/provider.tf', join(cwd, 'roots/prod/provider.tf'));
  symlinkSync('modules', join(cwd, 'linked'));
  const { yaml, err } = await imported('roots/prod');
  expect(err).not.toContain('error');
  expect(yaml).toContain('description: pay prod Keys of the team,');
});

test('a folder whose files are all symbolic links is a module', async () => {
  write({ 'shared/main.tf': 'resource "aws_kms_key" "k" {\n  description = basename(path.cwd)\n}\n' });
  mkdirSync(join(cwd, 'prod'));
  symlinkSync('../shared/main.tf', join(cwd, 'prod/main.tf'));
  expect((await imported('prod')).yaml).toContain('description: prod,');
  expect(basename(cwd)).not.toBe('prod');
});

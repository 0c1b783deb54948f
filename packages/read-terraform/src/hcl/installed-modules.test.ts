import type { SourceFile } from '@keywright/core/source/span';
import { describe, expect, test } from 'vitest';
import { readTerraformModule } from '../read-terraform.ts';
import { hostOf } from './module-host.ts';
import { satisfies } from './version-constraint.ts';

const registry = 'registry.terraform.io/terraform-aws-modules/kms/aws';
const key = `variable "description" { default = "none" }
resource "aws_kms_key" "this" {
  count       = 1
  description = var.description
}
output "arn" { value = aws_kms_key.this[0].arn }
`;

function read(files: Readonly<Record<string, string>>, index?: readonly object[], folder = '.') {
  const at = (path: string) => (folder === '.' ? path : `${folder}/${path}`);
  const all: SourceFile[] = Object.entries(files).map(([path, text]) => ({ path: at(path), text }));
  if (index !== undefined)
    all.push({ path: at('.terraform/modules/modules.json'), text: JSON.stringify({ Modules: index }) });
  const { program, diagnostics, origins } = readTerraformModule(hostOf(all), folder);
  const addresses = [...origins.values()].flatMap((of) => [...of.values()].map(({ address }) => address));
  const descriptions = program.stacks.flatMap(({ resources }) =>
    resources.flatMap((one) =>
      one.kind === 'key' && one.description?.kind === 'literal' ? [one.description.text] : [],
    ),
  );
  return { addresses, descriptions, diagnostics };
}

const messages = ({ diagnostics }: ReturnType<typeof read>) => diagnostics.map(({ message }) => message);

describe('a module that `terraform init` installed', () => {
  const call = `module "kms" {
  source      = "terraform-aws-modules/kms/aws"
  version     = "~> 3.0"
  description = "Orders"
}`;

  test('is read from its folder, and a problem in it is reported at the call', () => {
    const index = [{ Key: 'kms', Source: registry, Version: '3.1.1', Dir: '.terraform/modules/kms' }];
    for (const folder of ['.', 'infra/keys']) {
      const result = read({ 'main.tf': call, '.terraform/modules/kms/main.tf': key }, index, folder);
      expect(result.addresses).toEqual(['module.kms.aws_kms_key.this[0]']);
      expect(result.descriptions).toEqual(['Orders']);
      expect(result.diagnostics).toEqual([]);
    }
    const broken = key.replace('var.description', 'timestamp()');
    expect(read({ 'main.tf': call, '.terraform/modules/kms/main.tf': broken }, index).diagnostics).toMatchObject([
      {
        code: 'KW8001',
        message: expect.stringContaining('timestamp is not supported (.terraform/modules/kms/main.tf:4)'),
        span: { file: 'main.tf', line: 1 },
      },
    ]);
  });

  test('can call other modules, each in a folder of its own', () => {
    const dir = '.terraform/modules';
    const result = read(
      {
        'main.tf': `module "a" {\n  source = "./team"\n}\nmodule "b" {\n  for_each = { x = "X", y = "Y" }\n  source = "./team"\n  name = each.value\n}`,
        'team/main.tf': `variable "name" { default = "A" }\nmodule "kms" {\n  source = "github.com/keys/kms//key?ref=v1"\n  name = var.name\n}`,
        [`${dir}/a.kms/key/main.tf`]: `variable "name" {}\nmodule "one" {\n  source = "../one"\n  description = var.name\n}`,
        [`${dir}/a.kms/one/main.tf`]: key,
        [`${dir}/b.kms/key/main.tf`]: `variable "name" {}\nmodule "other" {\n  source = "keys/key/aws"\n  version = "1.0.0"\n  description = var.name\n}`,
        [`${dir}/b.kms.other/main.tf`]: key,
      },
      [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'a', Source: './team', Dir: 'team' },
        { Key: 'a.kms', Source: 'git::https://github.com/keys/kms.git//key?ref=v1', Dir: `${dir}/a.kms/key` },
        { Key: 'a.kms.one', Source: '../one', Dir: `${dir}/a.kms/one` },
        { Key: 'b.kms', Source: 'git::https://github.com/keys/kms.git//key?ref=v1', Dir: `${dir}/b.kms/key` },
        {
          Key: 'b.kms.other',
          Source: 'registry.terraform.io/keys/key/aws',
          Version: '1.0.0',
          Dir: `${dir}/b.kms.other`,
        },
      ],
    );
    expect(messages(result)).toEqual([]);
    expect(result.addresses.sort()).toEqual([
      'module.a.module.kms.module.one.aws_kms_key.this[0]',
      'module.b["x"].module.kms.module.other.aws_kms_key.this[0]',
      'module.b["y"].module.kms.module.other.aws_kms_key.this[0]',
    ]);
    expect(result.descriptions.sort()).toEqual(['A', 'X', 'Y']);
  });

  test.each([
    ['without an index', undefined, 'its source "terraform-aws-modules/kms/aws" is not installed'],
    ['without an entry', [], 'its source "terraform-aws-modules/kms/aws" is not installed'],
    [
      'of a version that the constraint does not allow',
      [{ Key: 'kms', Source: registry, Version: '2.2.1', Dir: '.terraform/modules/kms' }],
      'it needs version "~> 3.0", but 2.2.1 is installed',
    ],
    [
      'from another source',
      [{ Key: 'kms', Source: 'registry.terraform.io/a/kms/aws', Version: '3.1.1', Dir: '.terraform/modules/kms' }],
      'its source is "terraform-aws-modules/kms/aws", but "registry.terraform.io/a/kms/aws" is installed',
    ],
    [
      'in a folder where Terraform installs nothing',
      [{ Key: 'kms', Source: registry, Version: '3.1.1', Dir: '.terraform/modules/../../elsewhere' }],
      'its source "terraform-aws-modules/kms/aws" is not installed',
    ],
  ])('is not read %s', (_, index, problem) => {
    const result = read({ 'main.tf': call, '.terraform/modules/kms/main.tf': key, 'elsewhere/main.tf': key }, index);
    expect(result.addresses).toEqual([]);
    expect(result.diagnostics).toMatchObject([
      {
        code: 'KW8072',
        message: `module.kms is not read: ${problem}`,
        help: expect.stringContaining('terraform init'),
      },
    ]);
  });

  test('is reported with all other missing modules if it is not installed', () => {
    const result = read({
      'main.tf': 'module "one" {\n  source = "a/kms/aws"\n}\nmodule "team" {\n  source = "./team"\n}',
      'team/main.tf': 'module "two" {\n  source = "git::https://example.com/kms.git"\n}',
    });
    expect(messages(result)).toEqual([
      'module.one is not read: its source "a/kms/aws" is not installed; neither is that of module.team.module.two',
    ]);
  });

  test.each([
    ['a/kms/aws', 'registry.opentofu.org/a/kms/aws'],
    ['a/kms/aws//modules/key', 'registry.terraform.io/a/kms/aws//modules/key'],
    ['app.terraform.io/a/kms/aws', 'app.terraform.io/a/kms/aws'],
    ['github.com/a/b', 'git::https://github.com/a/b.git'],
    ['github.com/a/b.git//key?ref=v1', 'git::https://github.com/a/b.git//key?ref=v1'],
    ['git@github.com:a/b.git?ref=v1', 'git::ssh://git@github.com/a/b.git?ref=v1'],
    ['git::ssh://git@example.com:2222/a/b', 'git::ssh://git@example.com:2222/a/b'],
    ['git::https://example.com/a/b.git', 'git::https://example.com/a/b.git'],
    ['/modules/kms', 'file:///modules/kms'],
  ])('with the source %s is recorded as %s', (source, recorded) => {
    const text = `module "kms" {\n  source = ${JSON.stringify(source)}\n}`;
    const installed = { 'main.tf': text, '.terraform/modules/kms/main.tf': key };
    const index = (one: string) => [{ Key: 'kms', Source: one, Dir: '.terraform/modules/kms' }];
    expect(messages(read(installed, index(recorded)))).toEqual([]);
    for (const other of [`${recorded}x`, recorded.replace('a/', 'c/').replace('modules', 'other')])
      expect(messages(read(installed, index(other)))).toEqual([expect.stringContaining('is installed')]);
  });
});

// Compared with the table in Terraform, "Version constraints", and with the tests of go-version.
test.each([
  ['3.1.1', '~> 3.0', true],
  ['4.0.0', '~> 3.0', false],
  ['3.1.1', '~> 3.1.0', true],
  ['3.2.0', '~> 3.1.0', false],
  ['3.1.0', '~> 3.1.1', false],
  ['9.0.0', '~> 3', true],
  ['3.1.1', '>= 3.0, < 4.0', true],
  ['4.0.0', '>= 3.0, < 4.0', false],
  ['3.1.1', '3.1.1', true],
  ['3.1.1', '= 3.1', false],
  ['3.1.0', 'v3.1', true],
  ['3.1.1', '!= 3.1.1', false],
  ['3.1.1', '> 3.1.1', false],
  ['3.1.1', '<= 3.1.1', true],
  ['3.1.1-beta1', '>= 3.0', false],
  ['3.1.1-beta1', '3.1.1-beta1', true],
  ['3.1.1', 'latest', true],
])('version %s satisfies %s: %s', (version, constraint, expected) => {
  expect(satisfies(version, constraint)).toBe(expected);
});

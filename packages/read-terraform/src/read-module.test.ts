import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '@keywright/core/ir/expression';
import type { Resource } from '@keywright/core/ir/program';
import { describe, expect, test } from 'vitest';
import { readTerraform, readTerraformModule } from './read-terraform.ts';

const states = join(import.meta.dirname, '../states');
const file = (path: string) => ({ path, text: readFileSync(join(states, path), 'utf8') });
const read = (
  text: string,
  more: Readonly<Record<string, string>> = {},
  place: { readonly account?: string; readonly region?: string } = {},
) =>
  readTerraformModule(
    Object.entries({ 'main.tf': text, ...more }).map(([path, own]) => ({ path, text: own })),
    '.',
    { place },
  );
/** The key `k` whose policy has one statement with this as its resource, and the diagnostics. */
function evaluated(expression: string, more = '') {
  const { program, diagnostics } = read(`${more}
resource "aws_kms_key" "k" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:*", Principal = "*", Resource = ${expression} }] })
}`);
  const [key] = program.stacks[0]?.resources.filter(({ id }) => id === 'key/k') ?? [];
  const resources = key?.kind === 'key' ? key.policy.statements[0]?.resources : undefined;
  return { resources: resources?.map((each) => (each.kind === 'literal' ? each.text : each)), diagnostics };
}

const undecided = 'it compares with something that only the deployment decides';

/** The statements of the key `k`, and the diagnostics about it. */
function statementsOf(text: string, more: Readonly<Record<string, string>> = {}) {
  const { program, diagnostics } = read(text, more);
  const [key] = program.stacks.flatMap(({ resources }) => resources).filter(({ id }) => id === 'key/k');
  return { statements: key?.kind === 'key' ? key.policy.statements : undefined, diagnostics };
}

/** What is left of resources when a deployment has decided the account, by id. */
function settled(resources: readonly Resource[]) {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const { kind, name } = value as { readonly kind?: string; readonly name?: string };
    if (kind === 'pseudo' && name === 'account') return literal('111122223333');
    const entries = Object.entries(value).filter(([key]) => key !== 'source' && key !== 'span');
    const inner = Object.fromEntries(entries.map(([key, each]) => [key, walk(each)]));
    if (kind !== 'concat') return inner;
    const parts = inner.parts as readonly { readonly text?: string }[];
    return parts.every(({ text }) => text !== undefined) ? literal(parts.map(({ text }) => text).join('')) : inner;
  };
  return new Map(resources.map((resource) => [resource.id, walk(resource)]));
}

describe('a module', () => {
  test('means what the state means that Terraform made of it', () => {
    const module = readTerraformModule([file('team/main.tf'), file('team/kms/main.tf')], 'team');
    const state = readTerraform(file('team.tfstate'));
    // Tags of the provider, where everything has them.
    const tagsOf = (resource: Resource, { defaultTags = new Map<string, string>() }: typeof state) =>
      'tags' in resource
        ? {
            ...resource,
            tags: [...[...defaultTags].map(([name, text]) => ({ name, value: literal(text) })), ...resource.tags].sort(
              (one, other) => (one.name < other.name ? -1 : 1),
            ),
          }
        : resource;
    const all = (reading: typeof state) =>
      settled(reading.program.stacks.flatMap(({ resources }) => resources.map((one) => tagsOf(one, reading))));
    const [found, expected] = [all(module), all(state)];
    // Its policy names the key itself, which has no ARN yet.
    expect(module.diagnostics).toMatchObject([
      { code: 'KW8001', span: { file: 'team/main.tf', line: 63 } },
      { code: 'KW8061' },
    ]);
    expect([...found.keys()].sort()).toEqual([...expected.keys()].filter((id) => id !== 'key/logs').sort());
    for (const [id, resource] of found) expect(resource, id).toEqual(expected.get(id));
    expect(module.leftOut.map(({ address }) => address).sort()).toEqual(
      state.leftOut.map(({ address }) => address).sort(),
    );
  });

  test.each<[string, unknown]>([
    ['"a"', ['a']],
    ['"$${a} %%{b} \\"c\\" \\u0041\\n"', ['${a} %{b} "c" A\n']],
    ['["a", "b",]', ['a', 'b']],
    ['"a ${~ "b" ~} c"', ['abc']],
    ['"%{ if true }a%{ else }b%{ endif }-%{ if false }c%{ endif }"', ['a-']],
    ['"%{ for k, v in { b = "1", a = "2" } }${k}${v},%{ endfor }"', ['a2,b1,']],
    [
      '<<EOT\n%{ for x in ["a", "b"] ~}\n  <${x}%{ if x == "b" } last%{ endif }>\n%{ endfor ~}\nend\nEOT\n',
      ['  <a>\n  <b last>\nend\n'],
    ],
    ['"a ${ "b" } c"', ['a b c']],
    ['true ? "a" : "b"', ['a']],
    ['1 + 2 * 3 - -4 == 11 && !false || false ? "a" : "b"', ['a']],
    ['"${1 + 1}-${true}"', ['2-true']],
    ['[for x in ["a", "b"] : upper(x) if x != "a"]', ['B']],
    ['[for k, v in { b = "1", a = "2" } : "${k}${v}"]', ['a2', 'b1']],
    ['values({ for x in ["b", "a"] : x => "v${x}" })', ['va', 'vb']],
    ['[{ n = "a" }, { n = "b" }][*].n', ['a', 'b']],
    ['concat(["a"], flatten([["b"], [["c"]]]))', ['a', 'b', 'c']],
    ['sort(toset(["b", "a", "b"]))', ['a', 'b']],
    ['merge({ a = "1" }, { a = "2" })["a"]', ['2']],
    ['[for k, v in { zoe = "z", adam = "a" } : v][0]', ['a']],
    ['join(",", [for x in toset([10, 9, 1]) : x])', ['1,9,10']],
    ['contains(["a"], "a") ? "x" : "y"', ['x']],
    ['tolist(setsubtract(["b", "a"], ["b"]))', ['a']],
    ['lookup({ a = "1" }, "b", "c")', ['c']],
    ['format("%s-%d%%", "a", 3)', ['a-3%']],
    ['join(",", split("-", "a-b"))', ['a,b']],
    ['jsondecode("{\\"a\\":[\\"b\\"]}").a[0]', ['b']],
    ['<<EOT\na ${"b"}\n  c\nEOT\n', ['a b\n  c\n']],
    ['<<-EOT\n    a\n      b\n    EOT\n', ['a\n  b\n']],
    ['(\n  "a" # comment\n)', ['a']],
    ['coalesce(null, "", "a")', ['a']],
    ['title("a key-word_x 1b .c")', ['A Key-Word_x 1b .C']],
    ['substr("abcd", 1, 2)', ['bc']],
    ['slice(["a", "b", "c"], 1, 2)', ['b']],
    ['alltrue([true, "true"]) && !anytrue([false]) ? "a" : "b"', ['a']],
    ['tolist(setintersection(["a", "b"], ["c", "b"]))', ['b']],
    ['formatlist("%s/%s", "a", ["b", "c"])', ['a/b', 'a/c']],
  ])('%s', (expression, resources) => {
    expect(evaluated(expression)).toEqual({ resources, diagnostics: [] });
  });

  test.each<[string, string]>([
    ['file("policy.json")', 'there is no file policy.json (main.tf:3)'],
    ['file(data.aws_region.r.name)', 'the name of a file depends on the deployment (main.tf:3)'],
    ['timestamp()', 'the function timestamp is not supported (main.tf:3)'],
    ['var.nobody', 'nothing sets var.nobody'],
    ['each.key', 'nothing is called each (main.tf:3)'],
    ['aws_s3_bucket.b.arn', 'there is no aws_s3_bucket.b'],
    ['data.aws_region.r.name == "a" ? "x" : "y"', 'whether the two are equal is unknown (main.tf:3)'],
    ['contains(["a"], data.aws_region.r.name) ? "x" : "y"', undecided],
    ['lookup({ a = "x" }, data.aws_region.r.name, "y")', undecided],
    ['tolist(setsubtract(["a", "b"], [data.aws_region.r.name]))', undecided],
    ['tolist(setintersection(["a"], [data.aws_region.r.name]))', undecided],
    ['replace(data.aws_region.r.name, "a", "b")', 'the function replace cannot be called so (main.tf:3)'],
    ['{}["a"]', 'there is no "a" (main.tf:3)'],
    ['1 / 0', 'it divides by zero (main.tf:3)'],
    ['"x" + 1', 'it is not a number (main.tf:3)'],
  ])('%s is not known, and the line that says why is named', (expression, why) => {
    const { resources, diagnostics } = evaluated(expression, 'data "aws_region" "r" {}');
    expect(resources).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'KW8001', message: `policy of aws_kms_key.k is not known: ${why}` }]);
  });

  test('keeps values that the deployment decides', () => {
    const { resources } = evaluated(
      '"arn:${data.aws_partition.p.partition}:kms:${data.aws_region.r.name}:${data.aws_caller_identity.c.account_id}:key/*"',
      'data "aws_region" "r" {}\ndata "aws_partition" "p" {}\ndata "aws_caller_identity" "c" {}',
    );
    expect(resources).toMatchObject([
      { kind: 'concat', parts: [{}, { name: 'partition' }, {}, { name: 'region' }, {}, { name: 'account' }, {}] },
    ]);
  });

  test('may share an ARN that the apply decides through a parameter, but no other text', () => {
    const { program, diagnostics } = read(`
resource "aws_kms_key" "k" {}
data "aws_caller_identity" "c" {}
resource "aws_ssm_parameter" "key" {
  name  = "/keywright/app/stack/keys.k.arn"
  type  = "String"
  value = aws_kms_key.k.arn
}
resource "aws_ssm_parameter" "role" {
  name  = "/keywright/app/stack/roles.r.arn"
  type  = "String"
  value = "arn:aws:iam::\${data.aws_caller_identity.c.account_id}:role/r"
}
resource "aws_ssm_parameter" "secret" {
  name  = "/keywright/app/stack/keys.s.arn"
  type  = "String"
  value = "secret of \${aws_kms_key.k.arn}"
}`);
    const shared = program.stacks[0]?.resources.filter(({ kind }) => kind === 'sharedParameter');
    expect(shared).toMatchObject([
      { value: { kind: 'reference', attribute: 'arn' } },
      { value: { kind: 'concat', parts: [{ text: 'arn:aws:iam::' }, { name: 'account' }, { text: ':role/r' }] } },
    ]);
    expect(diagnostics).toMatchObject([{ code: 'KW8001', span: { line: 17 } }]);
  });

  test('has parameters with a key’s ARN as outputs, and leaves out those with other text', () => {
    const { program, diagnostics, leftOut } = read(`
resource "aws_kms_key" "orders" {}
resource "aws_ssm_parameter" "orders_arn" {
  name  = "/shop/orders"
  type  = "String"
  value = aws_kms_key.orders.arn
}
resource "aws_ssm_parameter" "url" {
  name  = "/shop/url"
  type  = "String"
  value = "https://example.com"
}`);
    expect(diagnostics).toEqual([]);
    expect(leftOut.map(({ address }) => address)).toEqual(['aws_ssm_parameter.url']);
    const [stack] = program.stacks;
    const arn = { kind: 'reference', attribute: 'arn' };
    expect(stack?.outputs).toMatchObject([{ name: 'orders_arn', value: arn }]);
    const parameter = { kind: 'sharedParameter', parameterName: '/shop/orders', output: 'orders_arn', value: arn };
    expect(stack?.resources).toMatchObject([{ kind: 'key' }, parameter]);
  });

  test('refers to a key in another place by an ARN with the account of the deployment', () => {
    const { program, diagnostics } = read(`
data "aws_caller_identity" "c" {}
resource "aws_kms_alias" "a" {
  name          = "alias/a"
  target_key_id = "arn:aws:kms:eu-west-1:\${data.aws_caller_identity.c.account_id}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}`);
    expect(diagnostics).toEqual([]);
    expect(program.stacks[0]?.resources).toMatchObject([
      { target: { parts: [{ text: 'arn:aws:kms:eu-west-1:' }, { name: 'account' }, {}] } },
    ]);
  });

  describe('documents that are merged', () => {
    const statement = (sid: string, type: string, who: string) =>
      `statement {
  sid       = "${sid}"
  actions   = ["kms:*"]
  resources = ["*"]
  principals {
    type        = "${type}"
    identifiers = ["${who}"]
  }
}`;
    const base = `data "aws_iam_policy_document" "base" {\n${statement('A', '*', '*')}\n${statement('B', 'AWS', '111122223333')}\n}\n`;
    const used = 'resource "aws_kms_key" "k" { policy = data.aws_iam_policy_document.d.json }\n';
    const everyone = [{ kind: 'anyone' }];
    const account = [{ kind: 'aws' }];

    test.each<[string, string, readonly (readonly [string, readonly object[]])[]]>([
      [
        'a statement takes the place of one of its source with the same Sid',
        `source_policy_documents = [data.aws_iam_policy_document.base.json]\n${statement('A', 'AWS', '111122223333')}`,
        [
          ['A', account],
          ['B', account],
        ],
      ],
      [
        'an overriding document decides, and adds what it has more',
        `override_policy_documents = [data.aws_iam_policy_document.base.json, null]\n${statement('B', '*', '*')}`,
        [
          ['B', account],
          ['A', everyone],
        ],
      ],
    ])('%s', (_, document, expected) => {
      const { statements, diagnostics } = statementsOf(
        `${base}${used}data "aws_iam_policy_document" "d" {\n${document}\n}`,
      );
      expect(diagnostics).toEqual([]);
      expect(statements?.map(({ sid, principals }) => [sid, principals])).toMatchObject(expected);
    });

    test('may not name everyone beside other principals, which no service accepts', () => {
      const two = statement('A', '*', '*').replace(
        /}$/,
        'principals {\n type = "AWS"\n identifiers = ["111122223333"]\n}\n}',
      );
      const { statements, diagnostics } = statementsOf(`${used}data "aws_iam_policy_document" "d" {\n${two}\n}`);
      expect(statements).toBeUndefined();
      expect(diagnostics).toMatchObject([{ code: 'KW8001' }]);
    });
  });

  test('has values from terraform.tfvars, and defaults are reported', () => {
    const files = {
      'variables.tf': 'variable "a" { default = "default" }\nvariable "b" { default = "default" }',
      'terraform.tfvars': 'a = "given"',
      'prod.tfvars': 'b = "not taken by itself"',
    };
    const { program, diagnostics } = read('resource "aws_kms_key" "k" { description = "${var.a} ${var.b}" }', files);
    expect(program.stacks[0]?.resources).toMatchObject([{ description: { text: 'given default' } }]);
    expect(diagnostics).toMatchObject([{ code: 'KW8071', span: { file: 'variables.tf', line: 2 } }]);
  });

  test('has its value files loaded in Terraform’s order, including JSON', () => {
    const files = {
      'variables.tf': 'variable "a" {}\nvariable "b" {}\nvariable "c" {}',
      'terraform.tfvars': 'a = "first"\nb = "first"\nc = "first"',
      'terraform.tfvars.json': '{ "b": "second", "c": "second" }',
      'prod.auto.tfvars': 'c = "third"',
    };
    const { program } = read('resource "aws_kms_key" "k" { description = "${var.a} ${var.b} ${var.c}" }', files);
    expect(program.stacks[0]?.resources).toMatchObject([{ description: { text: 'first second third' } }]);
  });

  test.each(['override.tf', 'a_override.tf', 'main.tf.json'])('is not read if it has %s', (name) => {
    const { program, diagnostics } = read('resource "aws_kms_key" "k" {}', { [name]: '{}' });
    expect(program.stacks).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'KW8070', span: { file: name } }]);
  });

  test.each<[string, string, string, string]>([
    ['a text for a truth', 'type = bool', '"true"', 'var.v == true ? "x" : "y"'],
    ['a list for a set', 'type = set(string)', '["b", "a"]', '[for each in var.v : each == "a" ? "x" : "y"][0]'],
    ['a number for a text', 'type = map(string)', '{ a = 1 }', 'jsonencode(var.v) == "{\\"a\\":\\"1\\"}" ? "x" : "y"'],
    [
      'an attribute with a default that is not given',
      'type = map(object({ deny = optional(bool, false), roles = optional(list(string)) }))',
      '{ a = {} }',
      'lookup(var.v["a"], "deny", true) || var.v["a"].roles != null ? "y" : "x"',
    ],
    ['no value where there has to be one', 'nullable = false\ndefault = "x"', 'null', 'var.v'],
  ])('a variable converts %s', (_, variable, given, expression) => {
    const { program, diagnostics } = read(
      `variable "v" {\n${variable}\n}\nresource "aws_kms_key" "k" { description = ${expression} }`,
      {
        'terraform.tfvars': `v = ${given}`,
      },
    );
    expect(diagnostics).toEqual([]);
    expect(program.stacks[0]?.resources).toMatchObject([{ description: { text: 'x' } }]);
  });

  test('is refused if the type of a variable does not accept its value', () => {
    const { diagnostics } = read(
      'variable "v" { type = object({ a = string }) }\nresource "aws_kms_key" "k" { description = var.v.a }',
      { 'terraform.tfvars': 'v = {}' },
    );
    expect(diagnostics).toMatchObject([{ code: 'KW8001', message: expect.stringContaining('there is no "a"') }]);
  });

  test.each(['null', '""'])('gives a key whose policy is %s KMS’s default policy', (value) => {
    const { statements, diagnostics } = statementsOf(`resource "aws_kms_key" "k" { policy = ${value} }`);
    expect(diagnostics).toEqual([]);
    expect(statements).toMatchObject([{ sid: 'Enable IAM User Permissions' }]);
  });

  describe('a provider of another account', () => {
    const policy = (provider: string) =>
      `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::\${data.aws_caller_identity.${provider}.account_id}:root" }, Action = "kms:*", Resource = "*" }] })`;
    const module = (other: string) => `
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "other"
  region = "us-east-1"
  ${other}
}
data "aws_caller_identity" "own" {}
data "aws_caller_identity" "other" { provider = aws.other }
resource "aws_kms_key" "k" { policy = ${policy('other')} }
resource "aws_kms_key" "there" {
  provider = aws.other
  policy   = ${policy('own')}
}`;
    const keysOf = ({ program }: ReturnType<typeof read>) =>
      program.stacks.flatMap(({ environment: { account }, resources }) =>
        resources.map((one) => [one.id, account, one.kind === 'key' ? one.policy.statements[0]?.principals : '']),
      );
    const account = { kind: 'pseudo', name: 'account' };
    const arnOf = (id: object | string) => [
      { arn: typeof id === 'string' ? literal(`arn:aws:iam::${id}:root`) : { parts: [{}, id, {}] } },
    ];

    test.each([
      'assume_role { role_arn = "arn:aws:iam::999988887777:role/r" }',
      'allowed_account_ids = ["999988887777"]',
    ])('that it names: %s', (other) => {
      const reading = read(module(other), {}, { account: '111122223333', region: 'eu-west-1' });
      expect(reading.diagnostics).toEqual([]);
      expect(keysOf(reading)).toMatchObject([
        ['key/k', '111122223333', arnOf('999988887777')],
        ['key/there', '999988887777', arnOf('111122223333')],
      ]);
      // There, the account of the deployment would be the other one.
      const unplaced = read(module(other));
      expect(keysOf(unplaced)).toMatchObject([['key/k', undefined, arnOf('999988887777')]]);
      expect(unplaced.diagnostics).toMatchObject([{ code: 'KW8001', span: { line: 13 } }]);
    });

    test('is unknown if it does not name the account', () => {
      const reading = read(module('profile = "other"'));
      expect(keysOf(reading)).toEqual([]);
      expect(reading.diagnostics.map(({ code, span }) => `${code} ${span?.line}`)).toEqual(['KW8074 11', 'KW8001 10']);
    });

    test('is the same account if it has the same credentials', () => {
      const reading = read(module('default_tags { tags = {} }'));
      expect(reading.diagnostics).toEqual([]);
      expect(keysOf(reading)).toMatchObject([
        ['key/k', undefined, arnOf(account)],
        ['key/there', undefined, arnOf(account)],
      ]);
    });
  });

  test('has known values that depend on the account if that is given', () => {
    const { program, diagnostics } = read(
      `data "aws_caller_identity" "c" {}
resource "aws_kms_key" "k" { description = contains(["111122223333"], data.aws_caller_identity.c.account_id) ? "prod" : "test" }`,
      {},
      { account: '111122223333', region: 'eu-west-1' },
    );
    expect(diagnostics).toEqual([]);
    expect(program.stacks).toMatchObject([
      { environment: { account: '111122223333', region: 'eu-west-1' }, resources: [{ description: { text: 'prod' } }] },
    ]);
  });

  test('treats null as a value, which hides an outer one', () => {
    const { resources, diagnostics } = evaluated('[for x in ["a"] : [for x in [null] : x == null ? "x" : "y"][0]][0]');
    expect({ resources, diagnostics }).toEqual({ resources: ['x'], diagnostics: [] });
  });

  test('does not use the region of one provider for another without a region', () => {
    const { diagnostics } = read(`provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
data "aws_region" "here" {}
resource "aws_kms_key" "k" {
  provider    = aws.us
  description = data.aws_region.here.name
}`);
    expect(diagnostics).toMatchObject([{ code: 'KW8001', message: expect.stringContaining('does not say it') }]);
  });

  test('is read with its files, and those of a module that it calls', () => {
    const files = {
      'inner/main.tf': `variable "roles" {}
output "policy" { value = templatefile("\${path.module}/policy.tftpl", { roles = var.roles }) }`,
      'inner/policy.tftpl':
        '{ "Statement": [{ "Sid": "${upper("t")}", "Effect": "Allow", "Principal": { "AWS": ${jsonencode(roles)} }, "Action": "kms:*", "Resource": "*" }] }',
      'policy.json':
        '{ "Statement": [{ "Sid": "F", "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" }] }',
    };
    const { program, diagnostics } = read(
      `module "inner" {
  source = "./inner"
  roles  = ["111122223333"]
}
resource "aws_kms_key" "a" { policy = module.inner.policy }
resource "aws_kms_key" "b" { policy = file("\${path.module}/policy.json") }`,
      files,
    );
    expect(diagnostics).toEqual([]);
    expect(
      program.stacks[0]?.resources.map((one) => one.kind === 'key' && one.policy.statements.map(({ sid }) => sid)),
    ).toEqual([['T'], ['F']]);
  });

  test('has an incomplete template, which is reported', () => {
    const { diagnostics } = read(
      'resource "aws_kms_key" "k" { policy = templatefile("a.tftpl", {}) }\nresource "aws_kms_key" "l" { policy = templatefile("b.tftpl", {}) }',
      { 'a.tftpl': '%{ if true }x', 'b.tftpl': '{ ${roles} }' },
    );
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'policy of aws_kms_key.k is not known: a.tftpl is not a template that can be read: there is no %{ endif } (main.tf:1)',
      'policy of aws_kms_key.l is not known: nothing is called roles (b.tftpl:1)',
    ]);
  });

  test('does not give a key KMS’s default policy while a policy is for an unclear key', () => {
    const { statements, diagnostics } = statementsOf(`resource "aws_kms_key" "k" {}
resource "aws_kms_key_policy" "p" {
  key_id = replace(aws_kms_key.k.arn, "a", "b")
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "kms:*", Resource = "*" }] })
}`);
    expect(statements).toBeUndefined();
    expect(diagnostics.map(({ code }) => code).sort()).toEqual(['KW8001', 'KW8058']);
  });

  test.each(['[policy]', 'all'])('has an unknown policy if its changes are ignored: %s', (ignored) => {
    const { statements, diagnostics } = statementsOf(`resource "aws_kms_key" "k" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "kms:*", Resource = "*" }] })
  lifecycle { ignore_changes = ${ignored} }
}`);
    expect(statements).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'KW8001', message: expect.stringContaining('(main.tf:3)') }]);
  });

  test('reports cycles, missing files and unknown values', () => {
    const { program, diagnostics } = read(`locals {
  a = local.b
  b = local.a
}
module "registry" { source = "terraform-aws-modules/kms/aws" }
resource "aws_kms_key" "circle" { description = local.a }
resource "aws_kms_key" "many" { count = module.registry.count }
resource "aws_kms_key" "secret" { description = var.secret }
variable "secret" {
  sensitive = true
  default   = "correct horse"
}`);
    expect(program.stacks).toEqual([]);
    expect(diagnostics.map(({ code, span }) => `${code}:${span?.line}`).sort()).toEqual([
      'KW8001:6',
      'KW8001:8',
      'KW8072:5',
      'KW8073:7',
    ]);
    expect(JSON.stringify(diagnostics)).not.toContain('correct horse');
  });

  test('does not evaluate what grows without limit or never ends', () => {
    const doubling = Array.from(
      { length: 60 },
      (_, index) => `  a${index + 1} = "\${local.a${index}}\${local.a${index}}"`,
    );
    const chain = Array.from({ length: 5000 }, (_, index) => `  b${index + 1} = local.b${index}`);
    const { diagnostics } = read(`locals {
  a0 = "x"
${doubling.join('\n')}
  b0 = "x"
${chain.join('\n')}
  many = [for x in [for y in range : y] : x]
  range = flatten([for a in local.c : [for b in local.c : [for c in local.c : [for d in local.c : "x"]]]])
  c = split(",", "${'x,'.repeat(100)}")
}
resource "aws_kms_key" "long" { description = local.a60 }
resource "aws_kms_key" "chain" { description = local.b5000 }
resource "aws_kms_key" "loop" { description = local.range[0] }`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['KW8001', 'KW8001', 'KW8001']);
  });

  test.each<[string, string, string]>([
    ['resource "aws_kms_key" "k" {', 'it ends in the middle', '1:29'],
    ['resource "aws_kms_key" "k" {\n  a = \n}', 'there is no expression here', '2:7'],
    ['a = "x', 'a text does not end', '1:7'],
    ['a = "%{ if true }x"', 'there is no %{ endif }', '1:19'],
    ['a = <<-E\n  %{ if true }x%{ endif }\n  E\n', 'in an indented heredoc', '1:5'],
    ['a = "%{ else }"', 'there is no directive else', '1:6'],
    [`a = ${'['.repeat(5000)}`, 'it is nested too deeply', '1:205'],
    ['a = "\ue000"', 'it contains private-use characters', '1:1'],
  ])('that is no HCL, or none that is read: %.30s', (text, problem, at) => {
    const { program, diagnostics } = read(text);
    expect(program.stacks).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'KW8070', message: expect.stringContaining(problem) }]);
    expect(diagnostics.map(({ span }) => `${span?.line}:${span?.column}`)).toEqual([at]);
  });
});

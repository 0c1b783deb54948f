import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '@keywright/core/ir/expression';
import type { Resource } from '@keywright/core/ir/program';
import { describe, expect, test } from 'vitest';
import { hostOf } from './hcl/module-host.ts';
import { readTerraform, readTerraformModule } from './read-terraform.ts';

const states = join(import.meta.dirname, '../states');
const file = (path: string) => ({ path, text: readFileSync(join(states, path), 'utf8') });
const read = (
  text: string,
  more: Readonly<Record<string, string>> = {},
  options: { readonly account?: string; readonly region?: string; readonly variables?: readonly string[] } = {},
) =>
  readTerraformModule(
    hostOf(Object.entries({ 'main.tf': text, ...more }).map(([path, own]) => ({ path, text: own }))),
    '.',
    options,
  );
/** Reads the key `k`, whose policy has one statement with this expression as its resource. Returns the statement and the diagnostics. */
function evaluated(expression: string, more = '') {
  const { program, diagnostics } = read(`${more}
resource "aws_kms_key" "k" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:*", Principal = "*", Resource = ${expression} }] })
}`);
  const [key] = program.stacks[0]?.resources.filter(({ id }) => id === 'key/k') ?? [];
  const resources = key?.kind === 'key' ? key.policy.statements[0]?.resources : undefined;
  return { resources: resources?.map((each) => (each.kind === 'literal' ? each.text : each)), diagnostics };
}

const undecided = 'it compares with a value that is known only at deployment';

/** Reads the statements of the key `k`, and the diagnostics about it. */
function statementsOf(text: string, more: Readonly<Record<string, string>> = {}) {
  const { program, diagnostics } = read(text, more);
  const [key] = program.stacks.flatMap(({ resources }) => resources).filter(({ id }) => id === 'key/k');
  return { statements: key?.kind === 'key' ? key.policy.statements : undefined, diagnostics };
}

/** Returns the resources, by id, once a deployment has decided the account. */
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
  test('means the same as the state that Terraform made of it', () => {
    const module = readTerraformModule(hostOf([file('team/main.tf'), file('team/kms/main.tf')]), 'team');
    const state = readTerraform(file('team.tfstate'));
    // The tags of the provider count as tags of every resource.
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
    expect(module.diagnostics).toMatchObject([{ code: 'KW8061' }, { code: 'KW8003' }]);
    expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
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
    ['"${length(toset([]))} ${length(distinct([]))} ${length(setunion([], toset([])))}"', ['0 0 0']],
    ['coalesce(true ? null : null, "a")', ['a']],
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
    // The following results were compared with Terraform 1.11.
    ['replace("Ab-c d_1", "/[^-a-zA-Z0-9]/", "")', ['Ab-cd1']],
    ['replace("a.b.c", ".", "-")', ['a-b-c']],
    ['replace("abc", "/(b)(?P<x>c)/", "$2$1-$${x}")', ['acb-c']],
    ['replace("a/b//c", "/\\\\/+/", ":")', ['a:b:c']],
    ['replace("Team Pay", "/[[:space:]]+/", "-")', ['Team-Pay']],
    ['replace("x1y22", "/\\\\d+/", "<$0>")', ['x<1>y<22>']],
    ['replace("AbC", "/(?i)b/", "x")', ['AxC']],
    [
      'replace("arn:aws:iam::111122223333:role/a/b", "/:role\\\\/.*\\\\//", ":role/")',
      ['arn:aws:iam::111122223333:role/b'],
    ],
    ['replace("a]b[c", "/[][]/", "")', ['abc']],
    ['regex("^arn:([^:]*):iam::(\\\\d{12}):role/(.*)$", "arn:aws:iam::111122223333:role/app")[1]', ['111122223333']],
    ['regex("(?P<name>\\\\w+)-(?P<stage>\\\\w+)", "orders-prod").stage', ['prod']],
    ['regex("[a-z]+", "123abc")', ['abc']],
    ['join(",", flatten(regexall("[a-z]+", "ab 12 cd")))', ['ab,cd']],
    ['join(",", regexall("(\\\\w)=(\\\\w)", "a=b c=d")[1])', ['c,d']],
    ['can(regex("x", "y")) ? "y" : "n"', ['n']],
    ['try(regex("x", "y"), "none")', ['none']],
    ['md5("a")', ['0cc175b9c0f1b6a831c399e269772661']],
    ['sha1("a")', ['86f7e437faa5a7fce15d1ddcb9eaeaea377667b8']],
    ['sha256("a")', ['ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb']],
    ['substr(sha512("a"), 0, 12)', ['1f40fc92da24']],
    ['base64sha256("a")', ['ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=']],
    ['strrev("abc")', ['cba']],
    ['urlencode("a b&c=d/ä")', ['a+b%26c%3Dd%2F%C3%A4']],
    ['tostring(sum([1, 2, "3"]))', ['6']],
    ['tostring(pow(2, 10))', ['1024']],
    ['tostring(signum(-3))', ['-1']],
    ['tostring(parseint("FF", 16))', ['255']],
    ['join(",", transpose({ a = ["x", "y"], b = ["y"] }).y)', ['a,b']],
    [
      'format("%03d|%-5s|%5s|%.2f|%q|%t|%v|%x", 7, "ab", "cd", 1.239, "q\\"", true, ["a", 1], 255)',
      ['007|ab   |   cd|1.24|"q\\""|true|["a",1]|ff'],
    ],
    ['format("%[2]s-%[1]s", "a", "b")', ['b-a']],
    ['format("%s", true)', ['true']],
    ['format("%v", {a = 1})', ['{"a":1}']],
    ['format("%v", "x")', ['x']],
    ['format("%5d|%-5d|%+d", 1, 2, 3)', ['    1|2    |+3']],
    ['coalesce("", "a")', ['a']],
    ['title("hello world")', ['Hello World']],
    ['trimsuffix("helloworld", "world")', ['hello']],
    ['substr("hello", -3, 2)', ['ll']],
    ['substr("hello", 1, 100)', ['ello']],
    ['jsonencode({ a = 1.5, b = null, c = [true] })', ['{"a":1.5,"b":null,"c":[true]}']],
    ['join("", [for k, v in {a = "1"} : "${k}=${v}"])', ['a=1']],
    ['"v${1.50}"', ['v1.5']],
    ['"v${10000000000}"', ['v10000000000']],
    ['"v${7 / 2}"', ['v3.5']],
    ['"v${-7 % 3}"', ['v-1']],
    ['lower("ÄB")', ['äb']],
    ['upper("straße")', ['STRAßE']],
    ['title("o\'neil\'s e-mail")', ["O'Neil'S E-Mail"]],
    ['trim("  x ", " ")', ['x']],
    ['join(",", sort(["b", "A", "a"]))', ['A,a,b']],
    ['join(",", distinct(["b", "a", "b"]))', ['b,a']],
    ['join(",", setproduct(["a"], ["b", "c"])[1])', ['a,c']],
    ['join(",", chunklist(["a","b","c"], 2)[1])', ['c']],
    ['tostring(contains(["a"], "b"))', ['false']],
    ['tostring(length({a=1}))', ['1']],
    ['join(",", keys({b=1,a=2}))', ['a,b']],
    ['tostring(alltrue([]))', ['true']],
    ['tostring(startswith("abc", "ab"))', ['true']],
    ['join(",", split(",", ""))', ['']],
    ['tostring(length(split(",", "")))', ['1']],
    ['basename("/a/b/")', ['b']],
    ['dirname("/a/b/")', ['/a/b']],
    ['{ for x in ["a1", "b", "a2"] : substr(x, 0, 1) => x... }["a"]', ['a1', 'a2']],
    ['try({ a = "1" }.b, null.c, "text".d, "none")', ['none']],
    ['can({ a = "1" }.b) ? "y" : "n"', ['n']],
    ['[for x in ["a"] : { n = x }][*].n', ['a']],
    [
      '<<-EOT\n    %{ if true ~}\n    a\n      b\n    %{ else }\n    c\n    %{ endif }\n    d\n    EOT\n',
      ['    a\n  b\n\nd\n'],
    ],
    [
      '<<-EOT\n    %{ for x in ["a", "b"] ~}\n    <${x}>\n    %{ endfor ~}\n    end\n\n      x\n  \n    y\n    EOT\n',
      ['    <a>\n    <b>\n    end\n\n  x\n  \ny\n'],
    ],
    ['<<-EOT\n  ${"a"}\n   b\n  ${~ "c" ~}\n    d\n  EOT\n', ['  a\n   b\nc    d\n']],
    ['yamldecode("a: [b, \'c\']").a', ['b', 'c']],
    ['[for x in range(1, 4) : "n${x}"]', ['n1', 'n2', 'n3']],
    ['"${min(3, 1)}${max([3, 1]...)}${abs(-2)}${ceil(1.2)}${floor(1.8)}"', ['13221']],
    ['"${index(["a", "b"], "b")}"', ['1']],
    ['[for p in setproduct(["b", "a"], ["c"]) : join("", p)]', ['bc', 'ac']],
    ['chunklist(["a", "b", "c"], 2)[1]', ['c']],
    ['matchkeys(["1", "2"], ["a", "b"], ["b"])', ['2']],
    ['strcontains("abc", "b") ? trim("?a?", "?") : "x"', ['a']],
    ['"${basename("a/b.json")} ${dirname("a/b.json")}"', ['b.json a']],
    ['base64decode(base64encode("äb"))', ['äb']],
    ['upper("aß")', ['Aß']],
    ['tolist([1, "a"])', ['1', 'a']],
    ['tolist(toset(["1", 1]))', ['1']],
    ['values(tomap({ a = 1, b = "x" }))', ['1', 'x']],
    ['[true ? 1 : "a"]', ['1']],
    ['jsonencode("<")', ['"\\u003c"']],
    ['cidrsubnet("10.1.2.3/16", 4, 15)', ['10.1.240.0/20']],
    ['cidrsubnets("10.1.0.0/16", 8, 4)', ['10.1.0.0/24', '10.1.16.0/20']],
    ['cidrsubnets("10.1.0.0/16", 4, 4, 8, 4)[3]', ['10.1.48.0/20']],
    ['cidrhost("10.12.112.0/20", 268)', ['10.12.113.12']],
    ['cidrhost("10.12.112.0/20", -1)', ['10.12.127.255']],
    ['cidrnetmask("172.16.0.0/12")', ['255.240.0.0']],
    ['cidrsubnet("fd00:1234::/32", 16, 162)', ['fd00:1234:a2::/48']],
    ['cidrsubnet("2001:DB8:0:0:1::/80", 16, 0)', ['2001:db8:0:0:1::/96']],
    ['cidrsubnet("2001:db8:0:1:1:1:1:1/128", 0, 0)', ['2001:db8:0:1:1:1:1:1/128']],
    ['cidrsubnet("1:0:0:2:0:0:0:3/128", 0, 0)', ['1:0:0:2::3/128']],
    ['cidrsubnet("::/0", 3, 1)', ['2000::/3']],
    ['cidrsubnet("fd00::1/64", 8, 255)', ['fd00::ff00:0:0:0/72']],
    ['cidrsubnet("fd00::/64", 40, 4294967297)', ['fd00::100:0:100:0/104']],
    ['cidrsubnets("fd00:0:0:1::/64", 4, 4, 8)', ['fd00:0:0:1::/68', 'fd00:0:0:1:1000::/68', 'fd00:0:0:1:2000::/72']],
    ['cidrhost("fd00:fd12:3456:7890:00a2::/72", 34)', ['fd00:fd12:3456:7890::22']],
    ['cidrhost("2001:db8::/120", -1)', ['2001:db8::ff']],
    ['cidrhost("fd00::/8", 0)', ['fd00::']],
    ['[for row in csvdecode("a b,c\\n\\"x,\\"\\"y\\", z \\n\\n1,") : "${row["a b"]}|${row.c}"]', ['x,"y| z ', '1|']],
    ['templatestring("hi $${x}", { x = "you" })', ['hi you']],
  ])('evaluates %s', (expression, resources) => {
    expect(evaluated(expression)).toEqual({ resources, diagnostics: [] });
  });

  test.each<[string, unknown]>([
    ['data.aws_region.r.name == "" ? "x" : "y"', ['y']],
    ['data.aws_region.r.name == null ? "x" : "y"', ['y']],
    ['"a-${data.aws_region.r.name}-b" != "b-eu-west-1-b" ? "x" : "y"', ['x']],
    ['"a-${data.aws_region.r.name}-b" != "a--b" ? "x" : "y"', ['x']],
    ['[data.aws_region.r.name] == [] ? "x" : "y"', ['y']],
    ['[data.aws_region.r.name, "a"] == ["b", "b"] ? "x" : "y"', ['y']],
    ['{ a = data.aws_region.r.name } != null ? "x" : "y"', ['x']],
    ['{ a = data.aws_region.r.endpoint } != null ? "x" : "y"', ['x']],
    ['data.aws_region.r.name == data.aws_region.r.name ? "x" : "y"', ['x']],
  ])('evaluates %s, since an unknown region is neither null nor empty', (expression, resources) => {
    expect(evaluated(expression, 'data "aws_region" "r" {}')).toEqual({ resources, diagnostics: [] });
  });

  test.each<[string, string]>([
    ['file("policy.json")', 'there is no file policy.json (main.tf:3)'],
    ['file(data.aws_region.r.name)', 'the name of a file depends on the deployment (main.tf:3)'],
    ...[
      'cidrsubnet("10.0.0.0/16", 4, 16)',
      'cidrsubnet("10.0.0.0/30", 4, 0)',
      'cidrsubnet("10.0.0.256/16", 4, 1)',
      'cidrhost("10.12.112.0/24", 268)',
      'cidrsubnet("fd00::/129", 8, 1)',
      'cidrsubnet("fd00::1::/56", 8, 1)',
      'cidrsubnet("fd00:/56", 8, 1)',
      'cidrnetmask("fd00::/8")',
      'csvdecode("a,a\\n1,2")',
      'csvdecode("a,b\\n1")',
      'csvdecode("")',
      'csvdecode("a\\nx\\"y")',
      'fileset(".", "[ab].json")',
      'abspath("a")',
    ].map((call): [string, string] => [
      call,
      `the function ${call.split('(')[0]} cannot be called like this (main.tf:3)`,
    ]),
    ['timestamp()', 'the function timestamp is not supported (main.tf:3)'],
    ['var.nobody', 'nothing sets var.nobody'],
    ['each.key', 'nothing is called each (main.tf:3)'],
    ['aws_s3_bucket.b.arn', 'there is no aws_s3_bucket.b'],
    ['data.aws_region.r.name == "a" ? "x" : "y"', 'it is unknown whether the two are equal (main.tf:3)'],
    ['"a${data.aws_region.r.name}b" == "a1b" ? "x" : "y"', 'it is unknown whether the two are equal (main.tf:3)'],
    ['[data.aws_region.r.name] == ["a"] ? "x" : "y"', 'it is unknown whether the two are equal (main.tf:3)'],
    [
      '{ a = data.aws_region.r.endpoint } == {} ? "x" : "y"',
      'data.aws_region.r.endpoint is known only when Terraform runs (main.tf:1)',
    ],
    ['contains(["a"], data.aws_region.r.name) ? "x" : "y"', undecided],
    ['lookup({ a = "x" }, data.aws_region.r.name, "y")', undecided],
    ['tolist(setsubtract(["a", "b"], [data.aws_region.r.name]))', undecided],
    ['tolist(setintersection(["a"], [data.aws_region.r.name]))', undecided],
    ['replace(data.aws_region.r.name, "a", "b")', 'the function replace cannot be called like this (main.tf:3)'],
    ['{}["a"]', 'there is no "a" (main.tf:3)'],
    ['{ for x in ["a", "a"] : x => x }["a"]', 'two results have the name "a" (main.tf:3)'],
    [
      '{ for x in ["a", data.aws_region.r.name] : x => x... }["a"]',
      'it is unknown which results have the same name (main.tf:3)',
    ],
    ['try(data.aws_region.r.endpoint, "x")', 'it is unknown whether an argument of try has an error (main.tf:3)'],
    ['{ a = "1" }[data.aws_region.r.name]', 'it is unknown which element is meant (main.tf:3)'],
    ['tolist([true, 1])', 'the function tolist cannot be called like this (main.tf:3)'],
    ['yamldecode("a: 2012-10-17").a', 'Terraform may read 2012-10-17 in YAML as something else'],
    ['yamldecode("a: yes").a', 'Terraform may read yes in YAML as something else'],
    ['yamldecode("a: 0123").a', 'Terraform may read 0123 in YAML as something else'],
    ['1 / 0', 'it divides by zero (main.tf:3)'],
    ['"x" + 1', 'it is not a number (main.tf:3)'],
  ])('does not know %s, and names the line with the reason', (expression, why) => {
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

  test('decodes JSON with values that the deployment decides', () => {
    const { resources, diagnostics } = evaluated(
      'jsondecode(jsonencode({ a = "arn:${data.aws_caller_identity.c.account_id}:key/*" })).a',
      'data "aws_caller_identity" "c" {}',
    );
    expect(diagnostics).toEqual([]);
    expect(resources).toMatchObject([{ kind: 'concat', parts: [{}, { name: 'account' }, { text: ':key/*' }] }]);
  });

  test('may share, through a parameter, an ARN that the apply decides, but no other text', () => {
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

  test('has parameters with a key’s ARN as outputs, and leaves out parameters with other text', () => {
    const { program, diagnostics, leftOut } = read(`
resource "aws_kms_key" "orders" {}
resource "aws_ssm_parameter" "orders_arn" {
  name  = "/shop/orders"
  type  = "String"
  value = aws_kms_key.orders.arn
  tags  = { team = "orders" }
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
    const tags = [{ name: 'team', value: { text: 'orders' } }];
    const parameter = {
      kind: 'sharedParameter',
      parameterName: '/shop/orders',
      output: 'orders_arn',
      value: arn,
      tags,
    };
    expect(stack?.resources).toMatchObject([{ kind: 'key' }, parameter]);
  });

  test('may refer to a key in another place by an ARN with the account of the deployment', () => {
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
        'replace a statement of a source document that has the same Sid',
        `source_policy_documents = [data.aws_iam_policy_document.base.json]\n${statement('A', 'AWS', '111122223333')}`,
        [
          ['A', account],
          ['B', account],
        ],
      ],
      [
        'take statements from an overriding document, including additional ones',
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

    test('have no empty lists', () => {
      const empty = statement('A', '*', '*').replace(/}$/, 'not_actions = []\n not_resources = toset([])\n}');
      const { statements, diagnostics } = statementsOf(`${used}data "aws_iam_policy_document" "d" {\n${empty}\n}`);
      expect(diagnostics).toEqual([]);
      expect(statements).toHaveLength(1);
      expect(statements?.[0]).not.toHaveProperty('notActions');
      expect(statements?.[0]).not.toHaveProperty('notResources');
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

  test('takes values from terraform.tfvars, and defaults are reported', () => {
    const files = {
      'variables.tf': 'variable "a" { default = "default" }\nvariable "b" { default = "default" }',
      'terraform.tfvars': 'a = "given"',
      'prod.tfvars': 'b = "not taken by itself"',
    };
    const { program, diagnostics } = read('resource "aws_kms_key" "k" { description = "${var.a} ${var.b}" }', files);
    expect(program.stacks[0]?.resources).toMatchObject([{ description: { text: 'given default' } }]);
    expect(diagnostics).toMatchObject([{ code: 'KW8071', span: { file: 'variables.tf', line: 2 } }]);
  });

  test('loads its value files in Terraform’s order, including JSON', () => {
    const files = {
      'variables.tf': 'variable "a" {}\nvariable "b" {}\nvariable "c" {}',
      'terraform.tfvars': 'a = "first"\nb = "first"\nc = "first"',
      'terraform.tfvars.json': '{ "b": "second", "c": "second" }',
      'prod.auto.tfvars': 'c = "third"',
    };
    const { program } = read('resource "aws_kms_key" "k" { description = "${var.a} ${var.b} ${var.c}" }', files);
    expect(program.stacks[0]?.resources).toMatchObject([{ description: { text: 'first second third' } }]);
  });

  test.each([
    ['prod.tfvars', 'a = "prod"'],
    ['env/prod.tfvars.json', '{ "a": "prod" }'],
  ])('takes the values of %s last, if that file is named', (variables, values) => {
    const files = {
      'variables.tf': 'variable "a" { default = "default" }\nvariable "b" {}',
      'terraform.tfvars': 'a = "given"\nb = "given"',
      'common.tfvars': 'a = "common"\nb = "common"',
      [variables]: values,
    };
    const module = 'resource "aws_kms_key" "k" { description = "${var.a} ${var.b}" }';
    const { program, diagnostics } = read(module, files, { variables: ['common.tfvars', variables] });
    expect(diagnostics).toEqual([]);
    expect(program.stacks[0]?.resources).toMatchObject([{ description: { text: 'prod common' } }]);
  });

  test('of OpenTofu is read with its `.tofu` files, which take the place of `.tf` files of the same name', () => {
    const key = (name: string, description: string) =>
      `resource "aws_kms_key" "${name}" { description = "${description}" }`;
    const files = {
      'both.tf': key('both', 'of Terraform'),
      'both.tofu': key('both', 'of OpenTofu'),
      'more.tofu': key('more', 'only in OpenTofu'),
      'override.tofu': key('more', 'overridden'),
    };
    const { program, diagnostics } = read('', files);
    expect(diagnostics).toEqual([]);
    expect(program.stacks[0]?.resources).toMatchObject([
      { name: 'both', description: { text: 'of OpenTofu' } },
      { name: 'more', description: { text: 'overridden' } },
    ]);
  });

  test('is not read if the named file with values is missing', () => {
    const { program, diagnostics } = read('resource "aws_kms_key" "k" {}', {}, { variables: ['prod.tfvars'] });
    expect(program.stacks).toEqual([]);
    expect(diagnostics).toMatchObject([
      { code: 'KW8070', message: expect.stringContaining('there is no file prod.tfvars') },
    ]);
  });

  test('means the same in the JSON syntax', () => {
    const json = {
      '//': 'made by a tool',
      variable: { who: { default: 'not ${evaluated}' } },
      locals: { root: 'arn:aws:iam::111122223333:root', content: 'x' },
      data: {
        aws_iam_policy_document: {
          d: {
            statement: [
              { actions: ['kms:*'], resources: ['*'], principals: { type: 'AWS', identifiers: ['${local.root}'] } },
            ],
            dynamic: {
              statement: {
                for_each: ['a', 'b'],
                iterator: 'each_one',
                content: {
                  sid: '${upper(each_one.value)}',
                  actions: ['kms:Decrypt'],
                  resources: ['*'],
                  principals: [{ type: 'AWS', identifiers: ['*'] }],
                  condition: { test: 'Bool', variable: 'aws:SecureTransport', values: ['true'] },
                },
              },
            },
          },
        },
      },
      resource: {
        aws_kms_key: [
          {
            k: {
              description: '${var.who}, $${escaped} ${1 + 1}',
              policy: '${data.aws_iam_policy_document.d.json}',
              lifecycle: { prevent_destroy: true },
            },
          },
        ],
        local_file: { f: { content: 'text', filename: 'x' } },
      },
    };
    const hcl = `
locals { root = "arn:aws:iam::111122223333:root" }
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["kms:*"]
    resources = ["*"]
    principals {
      type = "AWS"
      identifiers = [local.root]
    }
  }
  dynamic "statement" {
    for_each = ["a", "b"]
    content {
      sid = upper(statement.value)
      actions = ["kms:Decrypt"]
      resources = ["*"]
      principals {
        type = "AWS"
        identifiers = ["*"]
      }
      condition {
        test = "Bool"
        variable = "aws:SecureTransport"
        values = ["true"]
      }
    }
  }
}
resource "aws_kms_key" "k" {
  description = "not $\${evaluated}, $\${escaped} 2"
  policy = data.aws_iam_policy_document.d.json
  lifecycle { prevent_destroy = true }
}
resource "local_file" "f" { content = "text" }`;
    const [one, other] = [read('', { 'main.tf.json': JSON.stringify(json) }), read(hcl)];
    expect(settled(one.program.stacks[0]?.resources ?? [])).toEqual(settled(other.program.stacks[0]?.resources ?? []));
    expect(one.program.stacks[0]?.resources).toHaveLength(1);
    expect(one.leftOut).toMatchObject([{ address: 'local_file.f' }]);
    expect(one.diagnostics).toMatchObject([{ code: 'KW8071', span: { file: 'main.tf.json', line: 1 } }]);
  });

  test('in the JSON syntax may repeat blocks and labels', () => {
    const key = (name: string) => `{ "aws_kms_key": { "${name}": {} } }`;
    const { program } = read('', {
      'a.tf.json': `{ "resource": ${key('one')}, "resource": [${key('two')}, { "aws_kms_key": { "three": {} }, "aws_kms_key": { "four": {} } }] }`,
    });
    expect(program.stacks[0]?.resources.map(({ id }) => id)).toEqual(['key/one', 'key/two', 'key/three', 'key/four']);
  });

  test.each<[string, string, string]>([
    ['{ "resource": ', 'it ends in the middle', '1:15'],
    ['[]', 'it is not an object', '1:1'],
    ['{\n  "resources": {} }', 'there is no block "resources"', '2:16'],
    ['{ "locals": {\n "a": "${" } }', 'it ends in the middle', '2:7'],
    ['{ "locals": { "a": 1, "a": 2 } }', 'a is set twice', '1:28'],
    ['{ "resource": { "aws_kms_key": { "k": 1 } } }', 'resource is not an object', '1:39'],
  ])('in broken JSON syntax is not read: %s', (text, problem, at) => {
    const { program, diagnostics } = read('resource "aws_kms_key" "k" {}', { 'a.tf.json': text });
    expect(program.stacks).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'KW8070', message: expect.stringContaining(problem) }]);
    expect(diagnostics.map(({ span }) => `${span?.file}:${span?.line}:${span?.column}`)).toEqual([`a.tf.json:${at}`]);
  });

  test('takes arguments, blocks of a type, locals and defaults from override files, in the order of their names', () => {
    const { statements, diagnostics } = statementsOf(
      `variable "v" { default = "base" }
locals {
  a = "base"
  b = "base"
}
data "aws_iam_policy_document" "d" {
  policy_id = "\${var.v}-\${local.a}-\${local.b}"
  statement {
    sid = "Gone"
    actions = ["kms:*"]
  }
  dynamic "statement" {
    for_each = ["GoneToo"]
    content { sid = statement.value }
  }
}
resource "aws_kms_key" "k" {
  policy = data.aws_iam_policy_document.d.json
  enable_key_rotation = true
  lifecycle { prevent_destroy = true }
}`,
      {
        'a_override.tf': 'locals { a = "first" }\nvariable "v" { default = "first" }',
        'override.tf.json': JSON.stringify({
          locals: { a: 'second' },
          data: {
            aws_iam_policy_document: {
              d: {
                statement: {
                  sid: 'New',
                  actions: ['kms:*'],
                  resources: ['*'],
                  principals: { type: 'AWS', identifiers: ['*'] },
                },
              },
            },
          },
          resource: { aws_kms_key: { k: { lifecycle: { ignore_changes: ['tags'] } } } },
        }),
      },
    );
    expect(statements).toMatchObject([{ sid: 'New', actions: ['kms:*'] }]);
    expect(diagnostics).toMatchObject([{ code: 'KW8071' }, { code: 'KW8078' }]);
  });

  test('reports an override file that has nothing to override', () => {
    const { program, diagnostics } = read('resource "aws_kms_key" "k" {}', {
      'x_override.tf': '\nresource "aws_kms_key" "other" {}\n',
    });
    expect(program.stacks).toEqual([]);
    const message = expect.stringContaining('it overrides resource aws_kms_key other, which does not exist');
    expect(diagnostics).toMatchObject([
      { code: 'KW8070', message, span: { file: 'x_override.tf', line: 2, column: 1 } },
    ]);
  });

  test('reports a problem in an override file at its line in that file', () => {
    const { diagnostics } = read('resource "aws_kms_key" "k" { policy = "{}" }', {
      'x_override.tf': '\nresource "aws_kms_key" "k" {\n  policy = timestamp()\n}\n',
    });
    expect(diagnostics).toMatchObject([
      {
        code: 'KW8001',
        message: expect.stringContaining('timestamp is not supported (x_override.tf:3)'),
        span: { file: 'x_override.tf', line: 3, column: 3 },
      },
    ]);
  });

  test('does not give the region of the provider to a resource with an unknown region of its own', () => {
    const { program, diagnostics } = read(`provider "aws" {}
variable "unset" {}
data "aws_region" "r" {}
resource "aws_kms_key" "own" { region = data.aws_region.r.name }
resource "aws_kms_key" "us" { region = "us-east-1" }
resource "aws_kms_key" "k" { region = var.unset }`);
    expect(
      program.stacks.map(({ environment, resources }) => [environment.region, resources.map(({ id }) => id)]),
    ).toEqual([
      [undefined, ['key/own']],
      ['us-east-1', ['key/us']],
    ]);
    const message = 'region of aws_kms_key.k is not known: nothing sets var.unset';
    expect(diagnostics).toMatchObject([{ code: 'KW8001', message, span: { line: 6 } }]);
  });

  test('leaves a role to Terraform if its boundary, path or session duration is not known', () => {
    const role = (name: string, argument: string) => `resource "aws_iam_role" "${name}" {
  name = "${name}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
  ${argument}
}
`;
    const { program, diagnostics } = read(`${role('plain', '')}
${role('bound', 'permissions_boundary = aws_iam_policy.b.arn')}
${role('path', 'path = var.path')}
${role('long', 'max_session_duration = var.path')}
resource "aws_iam_policy" "b" {}
variable "path" {}
resource "aws_kms_key" "k" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = [for r in [aws_iam_role.plain, aws_iam_role.bound, aws_iam_role.path, aws_iam_role.long] : r.arn] }, Action = "kms:*", Resource = "*" }] })
}`);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      // The ARN of a role with an unknown path is not known either.
      expect.stringContaining('KW8001 policy of aws_kms_key.k is not known'),
      expect.stringContaining('KW8061 aws_iam_role.bound stays with Terraform: it has `permissions_boundary` with'),
      expect.stringContaining(
        'KW8061 aws_iam_role.path stays with Terraform: it has `path` with a value that is not known',
      ),
      expect.stringContaining('KW8061 aws_iam_role.long stays with Terraform: it has `max_session_duration` with'),
    ]);
    const ids = program.stacks.flatMap(({ resources }) => resources.map(({ id }) => id));
    expect(ids.filter((id) => /bound|path|long/.test(id))).toEqual([]);
  });

  test('is read without resources that Keywright cannot express, which are reported at their place', () => {
    const { program, diagnostics } = read(`resource "aws_kms_key" "k" {}
resource "aws_kms_external_key" "material" {
  key_material_base64 = "secret"
}
resource "aws_kms_external_key" "expires" {
  valid_to = "2030-01-01T00:00:00Z"
}
resource "aws_kms_external_key" "none" {
  key_material_base64 = null
}
resource "aws_kms_grant" "tokens" {
  key_id = aws_kms_key.k.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/r"
  operations = ["Decrypt"]
  grant_creation_tokens = ["t"]
}
resource "aws_kms_key" "newer" {
  something_new = true
}
`);
    expect(program.stacks[0]?.resources.map(({ id }) => id)).toEqual(['key/k', 'key/none']);
    expect(diagnostics.map(({ code, span, message }) => `${code} ${span?.line} ${message}`)).toEqual([
      'KW8056 3 aws_kms_external_key.material cannot be read: Terraform holds its key material, and replaces the key if the material is no longer given',
      'KW8056 6 aws_kms_external_key.expires cannot be read: its key material expires, and Terraform imports it again if `valid_to` is no longer given',
      'KW8056 18 aws_kms_key.newer cannot be read: it has `something_new`, which Keywright cannot express',
      'KW8056 15 aws_kms_grant.tokens cannot be read: it has `grant_creation_tokens`, without which Terraform replaces the grant',
    ]);
  });

  test('may call a module whose provider has its own region and account', () => {
    const kid = `provider "aws" {
  region = var.region
  ROLE
}
variable "region" {}
data "aws_region" "r" {}
resource "aws_kms_key" "k" { description = data.aws_region.r.name }`;
    const call = (region: string) => `provider "aws" { region = "eu-west-1" }
resource "aws_kms_key" "root" {}
module "kid" {
  source = "./kid"
  region = ${region}
}
variable "unset" {}`;
    const place = { account: '111122223333', region: 'eu-west-1' };
    const found = (region: string, role: string) =>
      read(call(region), { 'kid/main.tf': kid.replace('ROLE', role) }, place);
    const { stacks } = found('"us-east-1"', '').program;
    expect(stacks.map(({ environment, resources }) => [environment.region, resources])).toMatchObject([
      ['us-east-1', [{ description: { text: 'us-east-1' } }]],
      ['eu-west-1', [{ id: 'key/root' }]],
    ]);
    expect(found('var.unset', '').diagnostics).toMatchObject([
      { code: 'KW8074', message: 'the region of module.kid.aws_kms_key.k is not known: nothing sets var.unset' },
    ]);
    const other = 'assume_role { role_arn = "arn:aws:iam::444455556666:role/r" }';
    const accounts = found('"eu-west-1"', other).program.stacks.map(({ environment }) => environment.account);
    expect(accounts).toEqual(['444455556666', '111122223333']);
    expect(found('"eu-west-1"', 'profile = "other"').diagnostics).toMatchObject([{ code: 'KW8074' }]);
    expect(found('"eu-west-1"', 'max_retries = 9\n ignore_tags { keys = ["a"] }').diagnostics).toEqual([]);
  });

  test('passes its provider to a child module with an empty provider block', () => {
    const { program } = read(
      `provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias = "us"
  region = "us-east-1"
}
module "kid" {
  source = "./kid"
  providers = { aws = aws.us }
}`,
      { 'kid/main.tf': 'provider "aws" {}\nresource "aws_kms_key" "k" {}' },
      { account: '111122223333', region: 'eu-west-1' },
    );
    expect(program.stacks.map(({ environment }) => environment.region)).toEqual(['us-east-1']);
  });

  test('reports each block that changes a state once', () => {
    const { diagnostics } = read(
      `module "kid" {
  source = "./kid"
  count = 2
}
moved {
  from = aws_kms_key.old
  to   = aws_kms_key.k
}
moved {
  from = aws_s3_bucket.old
  to   = aws_s3_bucket.b
}
resource "aws_kms_key" "k" {}`,
      {
        'kid/main.tf': `removed {
  from = aws_kms_key.gone
  lifecycle { destroy = false }
}
import {
  to = aws_kms_alias.a["x"]
  id = "alias/a"
}`,
      },
    );
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^KW8077 the `removed` block for module.kid\[0\].aws_kms_key.gone is not imported/),
      expect.stringMatching(/^KW8077 the `import` block for module.kid\[0\].aws_kms_alias.a\["x"\] is not imported/),
    ]);
  });

  test('turns a block that changes the state of a resource into part of that resource, if the resource is read', () => {
    const { program, diagnostics, origins } = read(
      `moved {
  from = module.old
  to   = module.kid
}
moved {
  from = aws_kms_key.first
  to   = aws_kms_key.second
}
moved {
  from = aws_kms_key.second
  to   = aws_kms_key.k[0]
}
import {
  to = aws_kms_key.k[0]
  id = "11112222-3333-4444-5555-666677778888"
}
resource "aws_kms_key" "k" { count = 1 }
module "kid" {
  source   = "./kid"
  for_each = toset(["a"])
}`,
      {
        'kid/main.tf': `moved {
  from = aws_kms_key.was
  to   = aws_kms_key.this
}
resource "aws_kms_key" "this" {}`,
      },
    );
    expect(diagnostics).toEqual([]);
    expect([...(origins.get(program.stacks[0]?.name ?? '')?.values() ?? [])]).toEqual([
      {
        address: 'module.kid["a"].aws_kms_key.this',
        former: ['module.old["a"].aws_kms_key.was', 'module.kid["a"].aws_kms_key.was'],
      },
      {
        address: 'aws_kms_key.k[0]',
        former: ['aws_kms_key.first', 'aws_kms_key.second'],
        physicalId: '11112222-3333-4444-5555-666677778888',
      },
    ]);
  });

  test.each([
    ['an instance of the key itself', 'aws_kms_key.k[0]', 'aws_kms_key.k', '', ['aws_kms_key.k[0]']],
    ['an instance of another resource', 'aws_kms_key.j["a"]', 'aws_kms_key.k', '', ['aws_kms_key.j["a"]']],
    ['the key before it had `count`', 'aws_kms_key.k', 'aws_kms_key.k[0]', 'count = 1', ['aws_kms_key.k']],
    ['an instance of another resource to the key without index', 'aws_kms_key.j[0]', 'aws_kms_key.k', 'count = 1', []],
    ['all instances of another resource', 'aws_kms_key.j', 'aws_kms_key.k', 'count = 1', ['aws_kms_key.j[0]']],
  ])('has the addresses that a `moved` block gives it, from %s', (_, from, to, count, former) => {
    const { program, origins } = read(
      `moved {\n  from = ${from}\n  to = ${to}\n}\nresource "aws_kms_key" "k" { ${count} }`,
    );
    expect([...(origins.get(program.stacks[0]?.name ?? '')?.values() ?? [])]).toEqual([
      { address: count === '' ? 'aws_kms_key.k' : 'aws_kms_key.k[0]', ...(former.length > 0 && { former }) },
    ]);
  });

  test('may have `moved` blocks of modules without an endless loop, even if one module is inside the other', () => {
    const { program, origins } = read(
      `moved {
  from = module.kid[0]
  to   = module.kid
}
moved {
  from = module.kid.module.inner
  to   = module.kid
}
module "kid" { source = "./kid" }`,
      { 'kid/main.tf': 'resource "aws_kms_key" "this" {}' },
    );
    expect([...(origins.get(program.stacks[0]?.name ?? '')?.values() ?? [])]).toMatchObject([
      { former: expect.arrayContaining(['module.kid[0].aws_kms_key.this']) },
    ]);
  });

  test('does not know a value that only a run of Terraform knows', () => {
    const { diagnostics } = read('resource "aws_kms_key" "k" { description = "of ${terraform.workspace}" }');
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'KW8001 description of aws_kms_key.k is not known: terraform.workspace is known only when Terraform runs',
    ]);
  });

  test.each<[string, string, string, string]>([
    ['text to a Boolean', 'type = bool', '"true"', 'var.v == true ? "x" : "y"'],
    ['a list to a set', 'type = set(string)', '["b", "a"]', '[for each in var.v : each == "a" ? "x" : "y"][0]'],
    ['a number to text', 'type = map(string)', '{ a = 1 }', 'jsonencode(var.v) == "{\\"a\\":\\"1\\"}" ? "x" : "y"'],
    [
      'a missing attribute to its default',
      'type = map(object({ deny = optional(bool, false), roles = optional(list(string)) }))',
      '{ a = {} }',
      'lookup(var.v["a"], "deny", true) || var.v["a"].roles != null ? "y" : "x"',
    ],
    ['null to its default if it is not nullable', 'nullable = false\ndefault = "x"', 'null', 'var.v'],
  ])('converts %s for a variable', (_, variable, given, expression) => {
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

  test.each(['null', '""'])('gives KMS’s default policy to a key whose policy is %s', (value) => {
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
    ])('is known by the account that it names: %s', (other) => {
      const reading = read(module(other), {}, { account: '111122223333', region: 'eu-west-1' });
      expect(reading.diagnostics).toEqual([]);
      expect(keysOf(reading)).toMatchObject([
        ['key/k', '111122223333', arnOf('999988887777')],
        ['key/there', '999988887777', arnOf('111122223333')],
      ]);
      // In the stack of the other account, the account of the deployment would be the other account.
      const unplaced = read(module(other));
      expect(keysOf(unplaced)).toMatchObject([['key/k', undefined, arnOf('999988887777')]]);
      expect(unplaced.diagnostics).toMatchObject([{ code: 'KW8001', span: { line: 13 } }]);
    });

    test('is unknown if it does not name the account', () => {
      const reading = read(module('profile = "other"'));
      expect(keysOf(reading)).toEqual([]);
      expect(reading.diagnostics.map(({ code, span }) => `${code} ${span?.line}`)).toEqual(['KW8074 11', 'KW8001 10']);
    });

    test('counts as the same account if it has the same credentials', () => {
      const reading = read(module('default_tags { tags = {} }'));
      expect(reading.diagnostics).toEqual([]);
      expect(keysOf(reading)).toMatchObject([
        ['key/k', undefined, arnOf(account)],
        ['key/there', undefined, arnOf(account)],
      ]);
    });
  });

  test('has known values that depend on the account if the account is given', () => {
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

  test('treats null as a value, which hides an outer value of the same name', () => {
    const { resources, diagnostics } = evaluated('[for x in ["a"] : [for x in [null] : x == null ? "x" : "y"][0]][0]');
    expect({ resources, diagnostics }).toEqual({ resources: ['x'], diagnostics: [] });
  });

  test('does not use the region of one provider for another provider without a region', () => {
    const { diagnostics } = read(`provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
data "aws_region" "here" {}
resource "aws_kms_key" "k" {
  provider    = aws.us
  description = data.aws_region.here.name
}`);
    expect(diagnostics).toMatchObject([
      { code: 'KW8001', message: expect.stringContaining('does not name its region') },
    ]);
  });

  test('is read with its files, and with the files of a module that it calls', () => {
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

  test.each<[string, readonly string[]]>([
    // Compared with Terraform 1.11.
    ['*.json', ['a.json']],
    ['./a.json', ['a.json']],
    ['**/*.json', ['a.json', 'sub/.hidden.json', 'sub/b.json', 'sub/deep/c.json']],
    ['sub/**', ['sub/.hidden.json', 'sub/b.json', 'sub/deep/c.json']],
    ['sub/**/c.json', ['sub/deep/c.json']],
    ['**/deep/*', ['sub/deep/c.json']],
    ['*/{b,c}.json', ['sub/b.json']],
    ['sub/?.json', ['sub/b.json']],
    ['**c.json', []],
    ['sub', []],
  ])('finds the files that fileset names: %s', (pattern, names) => {
    const files = { 'a.json': '', 'sub/b.json': '', 'sub/deep/c.json': '', 'sub/.hidden.json': '' };
    const { program, diagnostics } = read(
      `resource "aws_kms_key" "k" { description = jsonencode(fileset(path.module, "${pattern}")) }
resource "aws_kms_key" "l" { description = "\${fileexists("a.json")} \${fileexists("b.json")} \${length(fileset("no", "*"))}" }`,
      files,
    );
    expect(diagnostics).toEqual([]);
    expect(program.stacks[0]?.resources.map((one) => one.kind === 'key' && one.description)).toEqual(
      [JSON.stringify(names), 'true false 0'].map(literal),
    );
  });

  test('is reported if it has an incomplete template', () => {
    const { diagnostics } = read(
      'resource "aws_kms_key" "k" { policy = templatefile("a.tftpl", {}) }\nresource "aws_kms_key" "l" { policy = templatefile("b.tftpl", {}) }',
      { 'a.tftpl': '%{ if true }x', 'b.tftpl': '{ ${roles} }' },
    );
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'policy of aws_kms_key.k is not known: a.tftpl is not a template that can be read: there is no %{ endif } (main.tf:1)',
      'policy of aws_kms_key.l is not known: nothing is called roles (b.tftpl:1)',
    ]);
  });

  test('does not give a key KMS’s default policy while it is unclear which key a policy is for', () => {
    const { statements, diagnostics } = statementsOf(`resource "aws_kms_key" "k" {}
resource "aws_kms_key_policy" "p" {
  key_id = replace(aws_kms_key.k.arn, "a", "b")
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "kms:*", Resource = "*" }] })
}`);
    expect(statements).toMatchObject([{ sid: 'Stands in for the policy of aws_kms_key.k' }]);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`).sort()).toEqual([
      expect.stringMatching(/^KW8058/),
      'KW8075 the policy of aws_kms_key.k is not known: it is not clear which key aws_kms_key_policy.p is for',
    ]);
  });

  test.each(['[policy]', 'all'])('does not know a key’s policy if changes of it are ignored: %s', (ignored) => {
    const { statements, diagnostics } = statementsOf(`resource "aws_kms_key" "k" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "kms:*", Resource = "*" }] })
  lifecycle { ignore_changes = ${ignored} }
}`);
    expect(statements).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'KW8001', message: expect.stringContaining('(main.tf:3)') }]);
  });

  test('does not assume the default policy if changes of the policy are ignored, since something else sets it', () => {
    const { statements, diagnostics } = statementsOf(`resource "aws_kms_key" "k" {
  lifecycle { ignore_changes = [policy] }
}`);
    expect(statements).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'KW8001', message: expect.stringContaining('(main.tf:2)') }]);
  });

  test('reports settings that only Terraform follows, once for all instances and only for resources that are read', () => {
    const { diagnostics } = read(`resource "aws_kms_key" "k" {
  count      = 2
  depends_on = [aws_kms_key.first, module.before, aws_iam_service_linked_role.r]
  timeouts { create = "5m" }
  provisioner "local-exec" { command = "echo" }
  connection { host = "h" }
  lifecycle {
    prevent_destroy      = true
    replace_triggered_by = [aws_kms_key.first]
    ignore_changes       = [tags["a"], description]
    postcondition { condition = true }
  }
}
resource "aws_kms_key" "first" {}
resource "aws_iam_role" "unused" {
  assume_role_policy = "{}"
  lifecycle { create_before_destroy = true }
}`);
    expect(
      diagnostics.map(({ code, span, message }) => `${code}:${span?.line} ${message.split(' of ')[0]}`).sort(),
    ).toEqual([
      'KW8078:10 `ignore_changes = [tags["a"], description]`',
      'KW8078:11 `postcondition`',
      'KW8078:3 `depends_on = [module.before, aws_iam_service_linked_role.r]`',
      'KW8078:4 `timeouts`',
      'KW8078:5 `provisioner "local-exec"`',
      'KW8078:6 `connection`',
      'KW8078:9 `replace_triggered_by`',
    ]);
  });

  const holder =
    'resource "aws_iam_role_policy" "p" {\n  name = "p"\n  role = aws_iam_role.r.name\n  policy = local.d\n';
  const role = 'resource "aws_iam_role" "r" {\n  name = "r"\n  assume_role_policy = local.trust\n';
  const documents = `locals {
  d     = jsonencode({ Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
  trust = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_kms_key" "k" {}
`;
  const parameter =
    'resource "aws_ssm_parameter" "p" {\n  name = "/k"\n  type = "String"\n  value = aws_kms_key.k.arn\n';
  test.each<[string, string, string]>([
    [
      'an unknown block',
      `resource "aws_kms_key" "x" {\n  other {}\n}`,
      'KW8056:7 aws_kms_key.x cannot be read: it has `other`',
    ],
    [
      'an unknown block that is repeated',
      `resource "aws_kms_key" "x" {\n  dynamic "other" {\n    for_each = []\n    content {}\n  }\n}`,
      'KW8056:7 aws_kms_key.x cannot be read: it has `other`',
    ],
    [
      'an unknown argument of a policy',
      `${role}}\n${holder}  other = 1\n}`,
      'KW8056:14 aws_iam_role_policy.p cannot be read: it has `other`',
    ],
    [
      'an inline policy',
      `${role}  inline_policy {\n    name = "q"\n  }\n}\n${holder}}`,
      'KW8061:6 aws_iam_role.r stays with Terraform: it has `inline_policy`',
    ],
    [
      'managed policies',
      `${role}  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]\n}\n${holder}}`,
      'KW8061:6 aws_iam_role.r stays with Terraform: it has `managed_policy_arns`',
    ],
    [
      'the description of a parameter',
      `${parameter}  description = "d"\n}`,
      'KW8056:10 aws_ssm_parameter.p cannot be read: it has `description`',
    ],
  ])('reports what would be lost: %s', (_, text, expected) => {
    const { diagnostics } = read(documents + text);
    expect(
      diagnostics.map(({ code, span, message }) => `${code}:${span?.line} ${message.split(', which')[0]}`),
    ).toEqual([expected]);
  });

  test('counts equal conditions of a policy document once', () => {
    const condition = (value: string) =>
      `condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["${value}"]
    }
`;
    const { statements } = statementsOf(`data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    ${condition('arn:aws:sns:::a')}${condition('arn:aws:sns:::a')}${condition('arn:aws:sns:::b')}
  }
}
resource "aws_kms_key" "k" { policy = data.aws_iam_policy_document.d.json }`);
    expect(statements?.[0]?.conditions?.[0]?.values).toEqual([literal('arn:aws:sns:::a'), literal('arn:aws:sns:::b')]);
  });

  test('may call two modules that use values of each other', () => {
    const side = (own: string) => `variable "from" {}
variable "own" {}
output "made" { value = "\${var.own} of ${own}" }
resource "aws_kms_key" "k" { description = var.from }`;
    const { program, diagnostics } = read(
      `module "a" {
  source = "./a"
  own    = "one"
  from   = module.b.made
}
module "b" {
  source = "./b"
  own    = "two"
  from   = module.a.made
}`,
      { 'a/main.tf': side('a'), 'b/main.tf': side('b') },
    );
    expect(diagnostics).toEqual([]);
    expect(
      program.stacks.flatMap(({ resources }) => resources.map((one) => one.kind === 'key' && one.description)),
    ).toEqual([literal('two of b'), literal('one of a')]);
  });

  test('leaves out policies of roles, known or unknown, if the policies are not about KMS', () => {
    const role = (name: string) => `resource "aws_iam_role" "${name}" {
  name = "${name}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "${name}" {
  name   = "p"
  role   = aws_iam_role.${name}.name
  policy = local.${name}
}
`;
    const policy = (statement: string) =>
      `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", ${statement} }] })`;
    const { program, diagnostics, leftOut } = read(`resource "aws_kms_key" "k" {}
resource "aws_s3_bucket" "b" {}
data "aws_iam_policy_document" "unknown" {
  statement {
    actions   = ["s3:GetObject"]
    resources = [aws_s3_bucket.b.arn]
  }
}
data "aws_iam_policy_document" "mixed" {
  statement {
    actions   = ["KMS:Decrypt"]
    resources = [aws_s3_bucket.b.arn]
  }
}
locals {
  known   = ${policy('Action = "s3:GetObject", Resource = "*"')}
  kms     = ${policy('Action = ["s3:*", "kms:Decrypt"], Resource = aws_kms_key.k.arn')}
  unknown = data.aws_iam_policy_document.unknown.json
  mixed   = data.aws_iam_policy_document.mixed.json
}
${['known', 'kms', 'unknown', 'mixed'].map(role).join('')}`);
    expect(program.stacks.flatMap(({ resources }) => resources.map(({ id }) => id))).toEqual([
      'role/kms',
      'key/k',
      'identityPolicy/role/kms',
    ]);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'KW8082 aws_iam_role_policy.mixed may allow or deny the use of KMS and stays with Terraform: aws_s3_bucket.b.arn is known only after apply',
    ]);
    expect(leftOut.map(({ address }) => address).sort()).toEqual([
      'aws_iam_role.known',
      'aws_iam_role.mixed',
      'aws_iam_role.unknown',
      'aws_iam_role_policy.known',
      'aws_iam_role_policy.mixed',
      'aws_iam_role_policy.unknown',
      'aws_s3_bucket.b',
    ]);
  });

  test('says once which defaults are used', () => {
    const { diagnostics } = read(`variable "a" { default = "x" }
variable "b" { default = "y" }
variable "unused" { default = "z" }
resource "aws_kms_key" "k" { description = "${'$'}{var.a} ${'$'}{var.b} ${'$'}{var.a}" }`);
    expect(diagnostics).toMatchObject([
      {
        code: 'KW8071',
        message: 'the defaults of var.a, var.b are used: no terraform.tfvars sets them',
        span: { line: 1 },
        related: [{ message: 'var.b', span: { line: 2 } }],
      },
    ]);
  });

  test('knows the workspace that was selected', () => {
    const text = 'resource "aws_kms_key" "k" { description = "of ${terraform.workspace}" }';
    const { program, diagnostics } = read(text, { '.terraform/environment': 'prod\n' });
    expect(diagnostics).toEqual([]);
    expect(program.stacks[0]?.resources).toMatchObject([{ description: literal('of prod') }]);
    expect(read(text).diagnostics).toMatchObject([
      { code: 'KW8001', help: expect.stringContaining('terraform workspace select') },
    ]);
  });

  test('lists roles and parameters with unknown values, without reporting them', () => {
    const { diagnostics, leftOut } = read(`provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias = "other"
  profile = "other"
}
resource "aws_kms_key" "k" {}
resource "aws_iam_role" "many" { count = var.unset }
resource "aws_iam_role_policy" "buckets" {
  count  = var.unset
  policy = jsonencode({ Statement = [{ Action = "s3:*" }] })
}
resource "aws_iam_role_policy" "keys" {
  count  = var.unset
  policy = jsonencode({ Statement = [{ Action = "kms:*" }] })
}
resource "aws_ssm_parameter" "other" {
  provider = aws.other
  name     = "/other"
}`);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'KW8082 aws_iam_role_policy.keys may allow or deny the use of KMS and stays with Terraform: nothing sets var.unset',
    ]);
    expect(leftOut.map(({ address }) => address)).toEqual([
      'aws_iam_role.many',
      'aws_iam_role_policy.buckets',
      'aws_iam_role_policy.keys',
      'aws_ssm_parameter.other',
    ]);
  });

  test('does not know the name of an alias with `name_prefix`', () => {
    const { diagnostics } = read(`resource "aws_kms_key" "k" {}
resource "aws_kms_alias" "a" {
  name          = null
  name_prefix   = "alias/orders-"
  target_key_id = aws_kms_key.k.key_id
}`);
    expect(diagnostics).toMatchObject([
      {
        code: 'KW8001',
        message:
          'name of aws_kms_alias.a is not known: without a name, the provider makes one from name_prefix and random digits',
      },
    ]);
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

  test('does not evaluate values that grow without limit or never end', () => {
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
    ['a = <<-E\n  %{ if true }x\n  E\n', 'there is no %{ endif }', '3:1'],
    ['a = "%{ else }"', 'there is no directive else', '1:6'],
    [`a = ${'['.repeat(5000)}`, 'it is nested too deeply', '1:205'],
    ['a = "\ue000"', 'it contains private-use characters', '1:1'],
  ])('is not read if it is not HCL, or HCL that is not supported: %.30s', (text, problem, at) => {
    const { program, diagnostics } = read(text);
    expect(program.stacks).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'KW8070', message: expect.stringContaining(problem) }]);
    expect(diagnostics.map(({ span }) => `${span?.line}:${span?.column}`)).toEqual([at]);
  });
});

test('the outputs of a module keep their descriptions, and settings that only Terraform follows are reported', () => {
  const { program, diagnostics, leftOut } = read(`resource "aws_kms_key" "k" {}
resource "aws_kms_alias" "k" {
  name          = "alias/k"
  target_key_id = aws_kms_key.k.id
}
output "arn" {
  value       = aws_kms_key.k.arn
  description = "The key"
  precondition {
    condition     = true
    error_message = "no"
  }
}
output "alias" { value = aws_kms_alias.k.name }
output "map" { value = { arn = aws_kms_key.k.arn } }
output "number" { value = 1 }`);
  expect(program.stacks[0]?.outputs).toMatchObject([
    { name: 'arn', value: { kind: 'reference', resource: 'key/k', attribute: 'arn' }, description: 'The key' },
    { name: 'alias', value: { kind: 'literal', text: 'alias/k' } },
  ]);
  expect(
    diagnostics.map(({ code, message, span }) => `${code} ${span?.line} ${message.split(' is not imported')[0]}`),
  ).toEqual(['KW8078 9 `precondition` of output.arn', 'KW8080 15 the output map is left out: its value is not text']);
  expect(leftOut).toMatchObject([{ address: 'output.number' }]);
});

test('each instance of a resource and of a module has the provider that OpenTofu’s for_each of providers makes for it', () => {
  const text = (regions: string) => `variable "regions" {}
provider "aws" {
  alias    = "by"
  for_each = ${regions}
  region   = each.value
}
resource "aws_kms_key" "k" {
  for_each = toset(["eu-west-1", "eu-west-2"])
  provider = aws.by[each.key]
}
resource "aws_kms_key" "nowhere" { provider = aws.by["us-east-1"] }
module "m" {
  source    = "./m"
  for_each  = toset(["eu-west-1"])
  providers = { aws = aws.by[each.key] }
}`;
  const called = {
    'm/main.tf': 'data "aws_region" "r" {}\nresource "aws_kms_key" "m" { description = data.aws_region.r.name }',
  };
  const place = { account: '111122223333' };
  const { program, diagnostics } = read(text('toset(["eu-west-1", "eu-west-2"])'), called, place);
  expect(program.stacks.map(({ environment, resources }) => [environment.region, resources.length])).toEqual([
    ['eu-west-1', 2],
    ['eu-west-2', 1],
  ]);
  const problems = diagnostics.filter(({ severity }) => severity === 'error');
  expect(problems.map(({ message }) => message)).toEqual([
    'the region of aws_kms_key.nowhere is not known: aws.by has no such instance',
  ]);
  const unknown = read(text('toset(var.regions)'), called, { ...place, region: 'us-east-1' });
  expect(unknown.program.stacks).toEqual([]);
  expect(unknown.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'KW8074 the region of module.m["eu-west-1"].aws_kms_key.m is not known: nothing sets var.regions',
    'KW8074 the region of aws_kms_key.k is not known: nothing sets var.regions',
    'KW8074 the region of aws_kms_key.nowhere is not known: nothing sets var.regions',
  ]);
});

test('the region that an aws_region data source names is not its provider’s', () => {
  const regions = `provider "aws" { region = "us-east-1" }
data "aws_region" "own" {}
data "aws_region" "by" {
  for_each = toset(["eu-west-1"])
  region   = each.key
}
data "aws_region" "named" { name = "eu-west-2" }
data "aws_region" "found" { endpoint = "ec2.eu-west-3.amazonaws.com" }
`;
  const key = (name: string, value: string) => `resource "aws_kms_key" "${name}" { description = ${value} }\n`;
  const { program, diagnostics } = read(
    regions +
      key('a', 'data.aws_region.own.region') +
      key('b', 'data.aws_region.by["eu-west-1"].region') +
      key('c', 'data.aws_region.named.name') +
      key('d', 'data.aws_region.found.name'),
  );
  expect(program.stacks[0]?.resources).toMatchObject([
    { description: { text: 'us-east-1' } },
    { description: { text: 'eu-west-1' } },
    { description: { text: 'eu-west-2' } },
  ]);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'description of aws_kms_key.d is not known: data.aws_region.found.name is known only when Terraform runs (main.tf:8)',
  ]);
});

test('a key policy names a role that the module creates in another account by the ARN in that account', () => {
  const text = `provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "prod"
  region = "eu-west-1"
  assume_role { role_arn = "arn:aws:iam::444455556666:role/r" }
}
resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_kms_key" "k" {
  provider = aws.prod
  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = aws_iam_role.reader.arn } }] })
}`;
  const unplaced = read(text);
  expect(unplaced.program.stacks).toEqual([]);
  expect(unplaced.diagnostics).toMatchObject([{ code: 'KW8001', span: { line: 13 } }]);
  const { program } = read(text, {}, { account: '111122223333' });
  const [stack] = program.stacks;
  expect(stack?.environment.account).toBe('444455556666');
  expect(stack?.resources).toMatchObject([
    { policy: { statements: [{ principals: [{ arn: literal('arn:aws:iam::111122223333:role/reader') }] }] } },
  ]);
});

test('an unknown policy in a resource of its own is reported there', () => {
  const { diagnostics } = read(`variable "unset" {}
resource "aws_kms_key" "k" {}
resource "aws_kms_key_policy" "p" {
  key_id = aws_kms_key.k.id
  policy = var.unset
}`);
  expect(diagnostics.map(({ message, span }) => `${span?.line} ${message}`)).toEqual([
    '5 policy of aws_kms_key_policy.p is not known: nothing sets var.unset',
  ]);
});

test('an output about a key with an unknown value is reported', () => {
  const { diagnostics, leftOut } = read(`provider "aws" { region = "us-east-1" }
resource "aws_kms_key" "k" {}
resource "aws_s3_bucket" "b" {}
locals { both = "\${aws_kms_key.k.arn} \${aws_s3_bucket.b.arn}" }
output "key" { value = aws_kms_key.k }
output "both" { value = local.both }
output "bucket" { value = aws_s3_bucket.b.arn }
output "whole" { value = aws_s3_bucket.b }`);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'the output key is left out: its value is not text',
    'the output both is left out: its value is not known',
  ]);
  expect(leftOut.map(({ address }) => address)).toEqual(['aws_s3_bucket.b', 'output.bucket', 'output.whole']);
});

test('the region of a key that sets none is that of its provider', () => {
  const { program, diagnostics } = read(`provider "aws" { region = "us-east-1" }
resource "aws_kms_key" "k" { region = null }
resource "aws_kms_alias" "k" {
  region        = aws_kms_key.k.region
  name          = "alias/\${aws_kms_key.k.region}"
  target_key_id = aws_kms_key.k.key_id
}`);
  expect(diagnostics).toEqual([]);
  expect(program.stacks[0]?.resources).toMatchObject([{ id: 'key/k' }, { aliasName: 'alias/us-east-1' }]);
});

test('a KMS grant and an alias of the same instance have names of their own', () => {
  const { program } = read(`provider "aws" { region = "us-east-1" }
resource "aws_kms_key" "k" {}
resource "aws_kms_alias" "all" {
  for_each      = toset(["orders"])
  name          = "alias/\${each.key}"
  target_key_id = aws_kms_key.k.id
}
resource "aws_kms_grant" "all" {
  for_each          = toset(["orders"])
  key_id            = aws_kms_key.k.id
  grantee_principal = "arn:aws:iam::111122223333:role/x"
  operations        = ["Decrypt"]
}`);
  const [grant] = program.stacks.flatMap(({ resources }) => resources.filter(({ kind }) => kind === 'kmsGrant'));
  expect(grant).toMatchObject({ name: 'allOrders' });
});

test('an unknown tag is reported at the tags of the resource, or as one of the provider’s', () => {
  const module = (defaults: string, tags: string) => `provider "aws" {
  region = "eu-west-1"
  default_tags { tags = { team = ${defaults} } }
}
variable "unset" {}
resource "aws_kms_key" "k" {
  tags = { name = ${tags} }
}`;
  const problems = (text: string) =>
    read(text).diagnostics.map(({ span, message }) => `${span?.line}:${span?.column} ${message}`);
  expect(problems(module('"core"', 'var.unset'))).toEqual([
    '7:3 tags of aws_kms_key.k is not known: nothing sets var.unset',
  ]);
  expect(problems(module('var.unset', '"k"'))).toEqual([
    '6:1 tags_all of aws_kms_key.k is not known: in default_tags of the provider aws, nothing sets var.unset',
  ]);
});

test('a key that cannot be read is left out with its replicas, aliases, grants, roles and outputs', () => {
  const { program, diagnostics, leftOut } = read(`provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
variable "unset" {}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_kms_key" "read" {}
resource "aws_kms_key" "unread" {
  description  = var.unset
  multi_region = true
  policy       = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:*", Resource = "*" }] })
}
resource "aws_kms_replica_key" "r" {
  provider        = aws.us
  primary_key_arn = aws_kms_key.unread.arn
}
resource "aws_kms_alias" "r" {
  provider      = aws.us
  name          = "alias/r"
  target_key_id = aws_kms_replica_key.r.key_id
}
resource "aws_kms_grant" "g" {
  key_id            = aws_kms_key.unread.key_id
  grantee_principal = aws_iam_role.app.arn
  operations        = ["Decrypt"]
}
output "replica" { value = aws_kms_replica_key.r.arn }
`);
  expect(program.stacks.flatMap(({ resources, outputs }) => [...resources, ...outputs])).toMatchObject([
    { id: 'key/read' },
  ]);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'KW8001 description of aws_kms_key.unread is not known: nothing sets var.unset',
    'KW8080 the output replica is left out: what it names is not part of the YAML',
  ]);
  expect(leftOut.map(({ address }) => address).sort()).toEqual([
    'aws_iam_role.app',
    'aws_kms_alias.r',
    'aws_kms_grant.g',
    'aws_kms_replica_key.r',
  ]);
});

test('an alias in the primary key’s region that names a replica by its id is an alias of the primary key', () => {
  const { program, diagnostics } = read(`provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_kms_key" "k" { multi_region = true }
resource "aws_kms_replica_key" "r" {
  provider        = aws.us
  primary_key_arn = aws_kms_key.k.arn
}
resource "aws_kms_alias" "here" {
  name          = "alias/here"
  target_key_id = aws_kms_replica_key.r.key_id
}
resource "aws_kms_alias" "there" {
  provider      = aws.us
  name          = "alias/there"
  target_key_id = aws_kms_key.k.id
}`);
  expect(diagnostics).toEqual([]);
  const aliases = program.stacks.flatMap(({ resources }) => resources.filter(({ kind }) => kind === 'alias'));
  expect(aliases).toMatchObject([
    { aliasName: 'alias/here', target: { resource: 'key/k' } },
    { aliasName: 'alias/there', target: { resource: 'replicaKey/k/us-east-1' }, region: 'us-east-1' },
  ]);
});

describe('a secret value', () => {
  const variable = 'variable "secret" {\n  sensitive = true\n}\n';
  const values = { 'terraform.tfvars': 'secret = "hunter2"\n' };

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['a sensitive variable', 'var.secret', {}],
    ['a part of a text', '"the ${var.secret}"', {}],
    [
      'a sensitive output of a module',
      'module.m.out',
      { 'm/main.tf': 'variable "in" {}\noutput "out" {\n  value     = var.in\n  sensitive = true\n}\n' },
    ],
  ])('is not read: %s', (_, expression, more) => {
    const module = 'm/main.tf' in more ? 'module "m" {\n  source = "./m"\n  in = "hunter2"\n}\n' : '';
    const { program, diagnostics } = read(
      `${variable}${module}resource "aws_kms_key" "k" { description = ${expression} }`,
      { ...values, ...more },
    );
    expect(program.stacks).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'KW8001', message: expect.stringMatching(/ is sensitive$/) }]);
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
  });

  test('is in no line that a message shows', () => {
    const { sources } = read(
      'provider "aws" {\n  secret_key = "hunter2"\n}\nresource "aws_kms_external_key" "k" { key_material_base64 = "hunter2\\"" }\n',
      { ...values, 'more.tf.json': '{ "locals": { "a": "${sensitive(\\"hunter2\\")}", "token": "hunter2" } }' },
    );
    expect([...sources.keys()].sort()).toEqual(['main.tf', 'more.tf.json']);
    const shown = [...sources.values()].map(({ text }) => text).join('');
    expect(shown).not.toContain('hunter2');
    expect(shown).toContain('  secret_key = "*******"\n');
  });
});

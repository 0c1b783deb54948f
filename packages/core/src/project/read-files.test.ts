import { describe, expect, test } from 'vitest';
import { compileProject } from '../compile.ts';
import { anyTarget, hostOf, problemsOf } from '../testing/compile-text.ts';
import { readFiles } from './read-files.ts';

const main = (include: string) => `keywright: 1\napp: demo\ninclude: ${include}\n`;
const stack = (name: string) => `stacks: { ${name}: {} }\n`;

function read(files: Readonly<Record<string, string>>, matches: Readonly<Record<string, string[]>> = {}) {
  const { host, asked } = hostOf(files, matches);
  const { value, diagnostics } = readFiles(host);
  return {
    asked,
    files: value.files.map((file) => file.file.source.path),
    problems: diagnostics.map(({ code, span, message }) => `${code} ${span?.file}:${span?.line} ${message}`),
  };
}

test.each([
  ['is not valid', 'standards: { base: ['],
  ['has sections that it must not have', 'accounts: { prod: { id: "111122223333", regions: [eu-west-1] } }'],
])('names that an included file may define are not reported if the file %s', (_, text) => {
  const files = {
    'keywright.yaml': `${main('[a.yaml]')}stacks: { main: { environment: prod, keys: { k: { standard: base } } } }\n`,
    'a.yaml': text,
  };
  const { host } = hostOf(files);
  const { diagnostics } = compileProject(host, { targets: [anyTarget] });
  expect(diagnostics.map(({ span }) => span?.file)).toEqual(['a.yaml']);
});

describe('an invalid entry', () => {
  const codesOf = (text: string) => {
    const { host } = hostOf({ 'keywright.yaml': `${main('[]')}${text}` });
    const { diagnostics } = compileProject(host, { targets: [anyTarget] });
    return diagnostics.map(({ code }) => code);
  };

  test.each([
    ['a key', 'stacks: { main: { environment: prod, keys: { k: { rotaton: true }, other: { aliases: [a b] } } } }'],
    [
      'a stack',
      'stacks: { a: { enviroment: prod }, main: { environment: prod, keys: { other: { aliases: [a b] } } } }',
    ],
    [
      'a principal',
      'principals: { ci: { rol: CI } }\nstacks: { main: { environment: prod, keys: { other: { aliases: [a b] } } } }',
    ],
  ])('does not hide the problems of other entries: %s', (_, text) => {
    expect(codesOf(text)).toEqual(['KW1001', 'KW3007']);
  });

  test.each([
    ['a grant to an invalid principal', 'grants: [{ to: ci, can: decrypt }]'],
    ['a statement about one', 'statements: [{ effect: Allow, principals: ci, actions: kms:Decrypt }]'],
  ])('is the only one reported, although another entry names it: %s', (_, property) => {
    const stack = `stacks: { main: { environment: prod, keys: { k: { ${property} } } } }`;
    expect(codesOf(`principals: { ci: { rol: CI } }\n${stack}`)).toEqual(['KW1001']);
  });

  test('is the only one reported if an output, an import and a move name the invalid key', () => {
    const main = "main: { environment: prod, keys: { k: { rotaton: true } }, outputs: { arn: '${keys.k.arn}' } }";
    const other = 'other: { environment: prod, imports: { k: { key: main.k } }, moved: [{ from: a, to: b }] }';
    expect(codesOf(`stacks: { ${main}, ${other} }`)).toEqual(['KW1001']);
  });

  test.each([
    ['an address that becomes the key', 'moved: [{ from: "Terraform: module.kms.aws_kms_key.this[0]", to: k }]'],
    ['the key in one environment', 'in: { prod: { keys: { k: { usage: GENERATE_VERIFY_MAC } } } }'],
  ])('is the only one reported, although the stack has %s', (_, property) => {
    const prod = 'environments: { prod: { account: "111122223333", region: eu-west-1 } }';
    const stack = `stacks: { main: { environment: prod, keys: { k: { spec: HMAC_256, rotaton: true } }, ${property} } }`;
    expect(codesOf(`${prod}\n${stack}`)).toEqual(['KW1001']);
  });

  test('is the only one reported if it changes a key of a key set', () => {
    const keySets = 'keySets: { base: { k: { spec: HMAC_256, rotation: true } } }';
    const keys = 'keys: { k: { rotation: false, rotaton: true } }';
    const stack = `stacks: { main: { environment: prod, keySets: [base], ${keys} } }`;
    expect(codesOf(`${keySets}\n${stack}`)).toEqual(['KW1001']);
  });

  test.each([
    ['a required admin', 'admins: [keyAdmins]', 'admins: [ops]'],
    [
      'an exception for a required admin',
      'admins: [keyAdmins]',
      'admins: [keyAdmins], statements: [{ effect: Deny, notPrincipals: [ci, ops], actions: "kms:*" }]',
    ],
    [
      'the organization that a requirement means',
      'principals: { outside: organization }',
      'statements: [{ principals: { anyone: true }, actions: kms:Decrypt, conditions: { StringEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 } } }]',
    ],
  ])('is the only one reported if it may be %s', (_, requirement, property) => {
    const files = {
      'keywright.yaml': `${main('[a.yaml]')}environments: { prod: { account: "111122223333", region: eu-west-1 } }
principals:
  keyAdmins: { role: "arn:aws:iam::111122223333:role/KeyAdmin" }
  ci: { role: "arn:aws:iam::111122223333:role/CI" }
  ops: { rol: "arn:aws:iam::111122223333:role/KeyAdmin" }
  company: { organisation: o-a1b2c3d4e5 }
requirements: { house: { ${requirement} } }
`,
      'a.yaml': `stacks: { main: { environment: prod, keys: { k: { ${property} } } } }\n`,
    };
    const { diagnostics } = compileProject(hostOf(files).host, { targets: [anyTarget] });
    expect(diagnostics.map(({ span }) => span?.file)).toEqual(['keywright.yaml', 'keywright.yaml']);
  });

  const prod = 'environments: { prod: { account: "111122223333", region: eu-west-1 } }\n';
  const stackWith = (text: string) => `stacks: { main: { environment: prod, ${text} } }\n`;
  const wrongAlias = stackWith('keys: { other: { aliases: [a b] } }');

  test.each([
    ['a requirement', `${prod}requirements: { r: { removl: retain } }\n${wrongAlias}`],
    ['the severity of a rule', `${prod}rules: { KW7018: of }\n${wrongAlias}`],
    ['an account', `${prod}accounts: { dev: { id: 1 } }\n${wrongAlias}`],
    [
      'an environment',
      `environments: { prod: { acount: "111122223333" } }\nprincipals: { a: { role: "arn:aws:iam::1:x" } }\n`,
    ],
    ['a group', `${prod}groups: { g: { acount: x } }\n${wrongAlias}`],
    ['a standard', `${prod}standards: { base: { rotaton: true } }\n${wrongAlias}`],
    ['a key set', `${prod}keySets: { base: { k: { rotaton: true } } }\n${wrongAlias}`],
    ['an entry of `moved`', `${prod}moved: [{ form: a }]\n${wrongAlias}`],
    ['a misspelt section', `${prod}standard: { base: {} }\n${wrongAlias}`],
  ])('in any section but the settings does not hide the problems of other entries: %s', (_, text) => {
    expect(codesOf(text).length).toBeGreaterThan(1);
  });

  const generates = 'grants: [{ to: api, can: generateMac }]';
  const requirement = 'requirements: { r: { tags: { team: x } } }\n';
  const api = 'principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }';
  const mac = '{ spec: HMAC_256, usage: GENERATE_VERIFY_MAC, tags: { team: x }';
  test.each([
    ['a key', `standards: { mac: ${mac}, rotaton: true } }\n`, `keys: { k: { standard: mac, ${generates} } }`],
    [
      'a key, through another standard',
      `standards: { mac: ${mac}, rotaton: true }, other: { standard: mac } }\n`,
      `keys: { k: { standard: other, ${generates} } }`,
    ],
    [
      'a key in one environment',
      `standards: { mac: ${mac}, rotaton: true } }\n`,
      `keys: { k: { tags: { team: x }, in: { prod: { standard: mac, ${generates} } } } }`,
    ],
    [
      'a key of a key set',
      `standards: { mac: ${mac}, rotaton: true } }\nkeySets: { base: { k: { standard: mac } }, all: [base] }\n`,
      `keySets: [all], keys: { k: { ${generates} } }`,
    ],
    [
      'a key set',
      `keySets: { base: { k: ${mac}, rotaton: true } } }\n`,
      `keySets: [base], keys: { k: { ${generates} } }`,
    ],
    [
      'a replica',
      'standards: { r: { tags: { team: x }, rotaton: true } }\n',
      'keys: { k: { multiRegion: true, tags: { team: x }, replicas: [{ region: us-east-1, standard: r }] } }',
    ],
  ])('is the only one reported if the properties of %s depend on it', (_, section, text) => {
    const us = 'accounts: { a: { id: "111122223333", regions: [us-east-1] } }\n';
    expect(codesOf(`${prod}${us}${requirement}${section}${stackWith(`${api}, ${text}`)}`)).toEqual(['KW1001']);
  });

  test.each([
    ['standard', `keys: { k: { standard: mak, ${generates} } }`],
    ['key set', `keySets: [bse], keys: { k: { ${generates} } }`],
  ])('is reported alone: an unknown %s, of which nobody knows what a key gets from it', (_, text) => {
    const outputs = 'outputs: { o: "${keys.k.arn}", p: "${keys.l.arn}" }';
    const standards = `standards: { mac: ${mac} } }\nkeySets: { base: { l: { tags: { team: x } } } }\n`;
    const other = `stacks: { other: { environment: prod, keySets: [base] }, main: { environment: prod, ${api}, ${text}, ${outputs} } }`;
    expect(codesOf(`${prod}${requirement}${standards}${other}`)).toEqual(['KW2003', 'KW2003']);
  });

  test.each([
    [
      'an environment, a replica there',
      'environments: { prod: { account: "111122223333", region: eu-west-1 }, us: { account: "111122223333", region: us-east-1, x: 1 } }\n',
      'keys: { k: { multiRegion: true, replicas: [{ region: us-east-1 }] } }',
    ],
    [
      'an environment, a group of such',
      `${prod.slice(0, -3)}, us: { account: "111122223333", region: us-east-1, x: 1 } }\ngroups: { g: { region: "us-*" } }\n`,
      'keys: {}',
    ],
    [
      'an environment, a stack there',
      `${prod.slice(0, -3)}, us: { account: "111122223333", region: us-east-1, x: 1 } }\n`,
      'keys: {}, imports: { k: { key: far.k, environment: us } }',
    ],
  ])('is the only one reported if it is %s', (_, environments, text) => {
    const far = 'far: { environment: us, keys: { k: {} } }';
    expect(codesOf(`${environments}stacks: { main: { environment: prod, ${text} }, ${far} }\n`)).toEqual(['KW1001']);
  });

  test.each([
    ['a setting', { 'keywright.yaml': 'include: []\nsettings: { newRegions: [eu-north-9], foo: 1 }\n' }],
    [
      'in a trusted file that is not YAML',
      {
        'keywright.yaml': 'include: [{ files: house.yaml, trusted: true }]\n',
        'house.yaml': 'settings: { newRegions: [eu-north-9]\n',
      },
    ],
  ])('hides other problems if it may change the meaning of all entries: %s', (_, files) => {
    const north = 'environments: { prod: { account: "111122223333", region: eu-north-9 } }\n';
    const root = `keywright: 1\napp: demo\n${files['keywright.yaml']}${north}${wrongAlias}`;
    const { host } = hostOf({ ...files, 'keywright.yaml': root });
    expect(compileProject(host, { targets: [anyTarget] }).diagnostics).toHaveLength(1);
  });
});

describe('include', () => {
  test('is relative to the including file', () => {
    const files = {
      'keywright.yaml': main('[teams/a.yaml]'),
      'teams/a.yaml': 'include: [../b.yaml, c.yaml]\n',
      'b.yaml': stack('b'),
      'teams/c.yaml': stack('c'),
    };
    expect(read(files)).toMatchObject({
      files: ['keywright.yaml', 'teams/a.yaml', 'b.yaml', 'teams/c.yaml'],
      problems: [],
    });
  });

  test('reads a file once, however often and under whatever names it is included', () => {
    const files = {
      'keywright.yaml': main('[a.yaml, ./a.yaml, x/../a.yaml, "*.yaml"]'),
      'a.yaml': 'include: [keywright.yaml, a.yaml]\n',
    };
    const { asked, problems } = read(files, { '*.yaml': ['a.yaml', 'keywright.yaml'] });
    expect(asked).toEqual(['keywright.yaml', '*.yaml', 'a.yaml']);
    expect(problems).toEqual([]);
  });

  test.each([
    ['of a file that is missing', 'gone.yaml', 'KW0001 keywright.yaml:3 there is no file `gone.yaml`'],
    ['of a pattern that matches nothing', '"gone/*.yaml"', 'KW2001 keywright.yaml:3 no file matches `gone/*.yaml`'],
    [
      'of a pattern that leads out of the folder',
      '"../**/*.yaml"',
      'KW0005 keywright.yaml:3 `../**/*.yaml` is outside the folder of keywright.yaml',
    ],
    [
      'of an absolute pattern',
      '"/etc/*.yaml"',
      'KW0005 keywright.yaml:3 `/etc/*.yaml` is outside the folder of keywright.yaml',
    ],
    [
      'of a pattern that takes for ever to match',
      '"*a*a*a*a.yaml"',
      'KW2014 keywright.yaml:3 a part of `*a*a*a*a.yaml` has more than 3 wildcards',
    ],
    [
      'of a pattern of many alternatives',
      '"x/{a,b}{a,b}{a,b}{a,b}"',
      'KW2014 keywright.yaml:3 a part of `x/{a,b}{a,b}{a,b}{a,b}` has more than 3 wildcards',
    ],
    [
      'of a number',
      '1',
      'KW1003 keywright.yaml:3 expected a path or pattern of files, found 1, which YAML reads as a number',
    ],
    ['of an empty text', '""', 'KW1005 keywright.yaml:3 the text is empty'],
  ])('%s is reported', (_name, include, problem) => {
    const { problems, asked } = read({ 'keywright.yaml': main(`[${include}]`) });
    expect(problems).toEqual([problem]);
    expect(asked.filter((path) => path.startsWith('..') || path.startsWith('/'))).toEqual([]);
  });

  test('skips an invalid file and continues with the others', () => {
    const files = { 'keywright.yaml': main('[a.yaml, b.yaml]'), 'a.yaml': 'a: [', 'b.yaml': stack('b') };
    expect(read(files)).toMatchObject({
      files: ['keywright.yaml', 'b.yaml'],
      problems: [expect.stringMatching(/^KW0010 a.yaml:1/)],
    });
  });
});

describe('an included file', () => {
  const inPlaces =
    'environments:\n  pay: { account: "111122223333", region: eu-west-1 }\n  other: { account: "444455556666", region: eu-west-1 }\n  other-us: { account: "111122223333", region: us-east-1 }\n';
  const narrowed = `keywright: 1\napp: demo\n${inPlaces}include: [{ files: a.yaml, stacksIn: [pay] }]\n`;
  const problems = (files: Readonly<Record<string, string>>) =>
    problemsOf(files).map((problem) => problem.split(' ', 2).join(' '));

  test.each([
    'settings: { aliasGrants: identity }',
    'rules: { KW7001: "off" }',
    'targets: {}',
    'requirements: {}',
    'groups: {}',
  ])('has to be trusted to have %s', (section) => {
    expect(problems({ 'keywright.yaml': main('[a.yaml]'), 'a.yaml': `${section}\n` })).toEqual(['KW2180 1:1']);
    expect(
      problems({ 'keywright.yaml': main('[{ files: a.yaml, trusted: true }]'), 'a.yaml': `${section}\n` }),
    ).toEqual([]);
  });

  test('needs `stacksIn` or `trusted` beside `files` in its entry, as the help says', () => {
    const { diagnostics } = readFiles(hostOf({ 'keywright.yaml': main('[{ files: a.yaml }]') }).host);
    expect(diagnostics.map(({ code, help }) => `${code} ${help}`)).toEqual([
      expect.stringMatching(/^KW1002 add `stacksIn`.*; or write the path alone, or add `trusted: true`/),
    ]);
  });

  test('is not trusted if only the file that includes it is trusted, or if any entry does not trust it', () => {
    const trusted = { 'a.yaml': 'include: [b.yaml]\n', 'b.yaml': 'settings: {}\n' };
    expect(problems({ 'keywright.yaml': main('[{ files: a.yaml, trusted: true }]'), ...trusted })).toEqual([
      'KW2180 1:1',
    ]);
    const twice = main('[a.yaml, { files: a.yaml, trusted: true }]');
    expect(problems({ 'keywright.yaml': twice, 'a.yaml': 'settings: {}\n' })).toEqual(['KW2180 1:1']);
  });

  test('has the restrictions in keywright.yaml, whichever file includes it first', () => {
    const files = {
      'keywright.yaml': main('[a.yaml, { files: b.yaml, trusted: true }]'),
      'a.yaml': 'include: [b.yaml]\n',
    };
    expect(problems({ ...files, 'b.yaml': 'settings: {}\n' })).toEqual([]);
  });

  test('cannot trust or restrict the files that it includes', () => {
    const files = { 'keywright.yaml': main('[{ files: a.yaml, trusted: true }]'), 'b.yaml': stack('b') };
    expect(problems({ ...files, 'a.yaml': 'include: [{ files: b.yaml, trusted: true }]\n' })).toEqual(['KW1003 1:11']);
  });

  test.each([
    ['a stack elsewhere', 'stacks: { a: { environment: other } }', ['KW2182 1:29']],
    ['a stack in one of several places', 'stacks: { a: { environment: [pay, other] } }', ['KW2182 1:35']],
    ['a stack that can be anywhere', 'stacks: { a: {} }', ['KW2182 1:11']],
    [
      'a replica elsewhere',
      'stacks: { a: { environment: pay, keys: { k: { multiRegion: true, replicas: [{ environment: other-us }] } } } }',
      ['KW2182 1:92'],
    ],
    ['environments', 'environments: { pay-2: { account: "444455556666", region: eu-west-1 } }', ['KW2181 1:1']],
    ['a stack in its place', 'stacks: { a: { environment: pay } }', []],
  ])('with `stacksIn` may define stacks in those environments only: %s', (_, text, expected) => {
    expect(problems({ 'keywright.yaml': narrowed, 'a.yaml': `${text}\n` })).toEqual(expected);
    // The restriction also applies to the files it includes.
    expect(problems({ 'keywright.yaml': narrowed, 'a.yaml': 'include: [b.yaml]\n', 'b.yaml': `${text}\n` })).toEqual(
      expected,
    );
  });

  test.each(['grants: [{ to: { account: "111122223333" }, can: decrypt }]', 'aliases: [mine]'])(
    'with `stacksIn` cannot change keys of other files with %s',
    (change) => {
      const text = `${narrowed}stacks: { platform: { environment: other, keys: { root: {} } } }\n`;
      const own = `stacks: { a: { environment: pay, imports: { root: { key: platform.root, ${change} } } } }\n`;
      expect(problems({ 'keywright.yaml': text, 'a.yaml': own })).toContain(
        `KW2183 1:${own.indexOf(change) + change.indexOf('[') + 1}`,
      );
    },
  );

  test('is restricted by every entry that names it', () => {
    const text = narrowed
      .replace(']\n', ', { files: "*.yaml", stacksIn: [other] }]\n')
      .replaceAll('include: [{', 'include: [a.yaml, {');
    const { host } = hostOf(
      { 'keywright.yaml': text, 'a.yaml': 'stacks: { a: { environment: pay } }\n' },
      { '*.yaml': ['a.yaml'] },
    );
    const { diagnostics } = compileProject(host, { targets: [anyTarget] });
    expect(diagnostics.map(({ code }) => code)).toEqual(['KW2182']);
  });

  test('is restricted to environments by name or pattern', () => {
    const text = narrowed.replace('stacksIn: [pay]', 'stacksIn: ["other*", gone]');
    expect(
      problems({ 'keywright.yaml': text, 'a.yaml': 'stacks: { a: { environment: [other, other-us] } }\n' }),
    ).toEqual(['KW2003 7:49']);
  });
});

describe('a file', () => {
  test.each([
    ['that is empty', ''],
    ['of comments only', '# nothing\n'],
    ['of nothing but a document mark', '---\n'],
    ['of text', 'hello\n'],
    ['of a list', '- a\n'],
  ])('%s is not a project', (_name, text) => {
    expect(problemsOf(text).map((problem) => problem.slice(0, 10))).toEqual(['KW1003 1:1']);
  });

  test('may start with a byte order mark and have any line ends', () => {
    const text = main('[]');
    for (const variant of [`\ufeff${text}`, text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r')]) {
      expect(problemsOf(variant)).toEqual([]);
    }
  });

  test('has its problems at the same places with any line ends', () => {
    const text = `${main('[]')}stacks:\n  a:\n    keys: { b: { x: 1 } }\n    tags: |\n      a\n    c: "d\n      e"\n`;
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(1);
    expect(problemsOf(text.replaceAll('\n', '\r\n'))).toEqual(problems);
  });
});

describe('sections of several files', () => {
  test('are merged', () => {
    const files = { 'keywright.yaml': `${main('[b.yaml]')}${stack('a')}`, 'b.yaml': stack('b') };
    const { program } = compileProject(hostOf(files).host, { targets: [anyTarget] });
    expect(program?.stacks.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('cannot define a name twice', () => {
    const files = { 'keywright.yaml': `${main('[b.yaml]')}${stack('a')}`, 'b.yaml': `app: other\n${stack('a')}` };
    expect(problemsOf(files)).toEqual([
      'KW2002 1:6 the app name `other` is defined twice',
      'KW2002 2:11 the stack `a` is defined twice',
    ]);
  });
});

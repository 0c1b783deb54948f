import * as fc from 'fast-check';
import { CORE_SCHEMA, dump, loadAll, mergeTag } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseSource } from './parse.ts';

const parse = (text: string) => parseSource({ path: 'keywright.yaml', text });
/** The value that js-yaml's own reader finds in a text, in the same dialect. */
const theirs = (text: string) => loadAll(text, { schema: CORE_SCHEMA.withTags(mergeTag) })[0];
/** The value with ordinary objects in place of those without a prototype. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

describe('values are those of js-yaml', () => {
  test.each([
    'a: 1\nb: [x, "y", \'z\', 1.5, true, ~]\n',
    'account: 0123\nhex: 0x1f\noct: 0o17\nexp: 1e3\nyes: yes\nno: NO\n',
    'text: |\n  one\n   two\nfolded: >-\n  a\n  b\n\n  c\n',
    'base: &b { x: 1, y: 2 }\nall: { <<: *b, y: 3 }\nlist:\n  - <<: [*b, { z: 9 }]\n',
    '"quoted key": { "nested \\u00e9": "tab\\t" }\n',
    '{"json": [1, {"a": null}], "b": "\\n"}',
    'a: !!str 12\nb: !!int 7\n',
    'empty:\nlist: []\nmap: {}\n',
    '\u{feff}a: 1\r\nb:\r\n  - x\r\n',
    '# only a comment\n',
    '- a\n-\n  - b\n',
  ])('%j', (text) => {
    const parsed = parse(text);
    expect(parsed.diagnostics).toEqual([]);
    expect(plain(parsed.value)).toEqual(plain(theirs(text)));
  });

  test('for anything that js-yaml can write', () => {
    const key = fc.oneof(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom('constructor', 'toString', '1', 'yes', '~', '<', '*a'),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'grapheme' }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc
          .array(fc.tuple(key, tie('value')), { maxLength: 4 })
          .map((pairs) => Object.assign(Object.create(null), Object.fromEntries(pairs))),
      ),
    }));
    fc.assert(
      fc.property(value, (written) => {
        const text = dump(written);
        const parsed = parse(text);
        expect(parsed.diagnostics).toEqual([]);
        expect(plain(parsed.value)).toEqual(plain(theirs(text)));
      }),
      { numRuns: 300 },
    );
  });
});

describe('positions', () => {
  const text = 'app: pay\nstacks:\n  main: { keys: [a, "b c"] }\nmore: &m\n  x: y\nuse: *m\n';
  const parsed = parse(text);
  const root = parsed.value as Record<string, Record<string, Record<string, unknown>>>;
  const at = (span: { line: number; column: number; endLine: number; endColumn: number } | undefined) =>
    span &&
    text
      .split('\n')
      [span.line - 1]?.slice(span.column - 1, span.endLine === span.line ? span.endColumn - 1 : undefined);

  test('of keys and values point to the text of the key or value', () => {
    expect(at(parsed.locations.keySpan(root, 'app'))).toBe('app');
    expect(at(parsed.locations.valueSpan(root, 'app'))).toBe('pay');
    const keys = root.stacks?.main?.keys as unknown[];
    expect(at(parsed.locations.valueSpan(keys, 0))).toBe('a');
    expect(at(parsed.locations.valueSpan(keys, 1))).toBe('"b c"');
    expect(at(parsed.locations.valueSpan(root, 'use'))).toBe('*m');
    expect(parsed.locations.spanOf(root.more ?? {})?.line).toBe(5);
  });

  test('of merged entries point to the mapping that defines them', () => {
    const merged = parse('base: &b { x: 1 }\nuse:\n  <<: *b\n  y: 2\n');
    const { use } = merged.value as { use: object };
    expect(merged.locations.keySpan(use, 'x')).toMatchObject({ line: 1, column: 12 });
    expect(merged.locations.keySpan(use, 'y')).toMatchObject({ line: 4, column: 3 });
  });

  test('of numbers, true and false include the text as written, through an alias too', () => {
    const written = parse('a: 0123\nb: &b True\nc: [1.50, *b, "07", x]\n');
    const value = written.value as { c: unknown[] };
    const { locations } = written;
    expect([locations.writtenText(value, 'a'), locations.writtenText(value, 'b')]).toEqual(['0123', 'True']);
    expect([0, 1, 2, 3].map((index) => locations.writtenText(value.c, index))).toEqual([
      '1.50',
      'True',
      undefined,
      undefined,
    ]);
  });
});

describe('merge keys', () => {
  test.each([
    [
      'of a list let the first mapping win',
      'a: &a { x: 1 }\nb: &b { x: 2, y: 2 }\nc: { <<: [*a, *b] }\n',
      { x: 1, y: 2 },
    ],
    [
      'yield to what the mapping itself has, before or after',
      'a: &a { x: 1, y: 1 }\nc: { x: 0, <<: *a, y: 0 }\n',
      { x: 0, y: 0 },
    ],
    [
      'can occur several times in a mapping',
      'a: &a { x: 1 }\nb: &b { y: 2 }\nc: { <<: *a, z: 3, <<: *b }\n',
      { x: 1, y: 2, z: 3 },
    ],
    [
      'include what was merged into their source',
      'a: &a { x: 1 }\nb: &b { <<: *a, y: 2 }\nc: { <<: *b }\n',
      { x: 1, y: 2 },
    ],
    ['of an empty list add nothing', 'c: { <<: [] }\n', {}],
    ['in quotes are ordinary YAML keys', 'c: { "<<": 1 }\n', { '<<': 1 }],
  ])('%s', (_name, text, expected) => {
    const { value, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect(plain((value as { c: unknown }).c)).toEqual(expected);
  });

  test.each(['x', '1', '', '[1]', '[*a, x]', '[[*a]]', '~'])('with %j are an error', (merged) => {
    expect(parse(`a: &a { x: 1 }\nc: { <<: ${merged} }\n`).diagnostics.map(({ code }) => code)).toEqual(['KW0018']);
  });
});

describe('problems', () => {
  test.each([
    ['a: [1', 'KW0010', '1:4'],
    ['a:\n\t- b', 'KW0010', '2:1'],
    ['a: "x', 'KW0010', '1:4'],
    ['a: b: c', 'KW0010', '1:4'],
    ['a: b\n c: d', 'KW0010', '2:2'],
    ['xxx\u0000', 'KW0010', '1:4'],
    ['a: 1\nb c\nd: 1\n', 'KW0010', '2:1'],
    ['a: 1\r\n\r\nb:c\r\n\r\nd: 1\r\n', 'KW0010', '3:1'],
    ['a: 1\nb c\n', 'KW0010', '2:1'],
    ['a:\n  main\n    keys: 1\n', 'KW0010', '2:3'],
    ['a: some text\n  goes on\n  and: on\n', 'KW0010', '3:6'],
    ['a: { b: ${x}, c: d }', 'KW0010', '1:9'],
    ['a: [arn:aws:iam::${account}:role/x]', 'KW0010', '1:18'],
    ['a:\n<<<<<<< HEAD\n  b: 1\n=======\n  c: 1\n>>>>>>> x\n', 'KW0010', '2:1'],
    ['{\r\n<<<<<<< HEAD\r\n"b": 1\r\n=======\r\n"c": 1\r\n>>>>>>> x\r\n}', 'KW0010', '2:1'],
    ['a: 1\nb: 2\na: 3\n', 'KW0011', '3:1'],
    ['a: !Ref Key', 'KW0012', '1:4'],
    ['a: 1\n---\nb: 2\n', 'KW0013', '2:1'],
    ['a: 1\n...\nb: 2\n', 'KW0013', '3:1'],
    ['a: { __proto__: 1 }', 'KW0020', '1:6'],
    ['a: 1\nb: [\n', 'KW0010', '2:4'],
    ['a: 1\r\nb: [\r\n', 'KW0010', '2:4'],
    ['a: 1\nb: "x\nc: "y"\n', 'KW0010', '2:4'],
    ["a:\n  'b:\n    c: 1\n    d: 'e'\n", 'KW0010', '2:3'],
    ["# a's\na: |\n  'b\nc: it's\nd: [x, {y: 'z'}, \"u]\ne: 1\n", 'KW0010', '5:18'],
    ['a: [x, y\nb: [z]\n', 'KW0010', '1:4'],
    ['a:\n- {x: [y, z}\n', 'KW0010', '2:7'],
    ["a:\n  b: 'It's'\n", 'KW0010', '2:9'],
    ["a: ['It's']\n", 'KW0010', '1:8'],
    ['actions: *\n', 'KW0010', '1:10'],
    ['actions: *', 'KW0010', '1:10'],
    ['a: { b: *, c: d }', 'KW0010', '1:9'],
    ['actions: *all\n', 'KW0014', '1:10'],
    ['a: &a [*a]\n', 'KW0015', '1:8'],
    ['? {x: 1}\n: y\n', 'KW0017', '1:3'],
    ['a: { <<: [1] }\n', 'KW0018', '1:10'],
    [`${'['.repeat(200)}${']'.repeat(200)}`, 'KW0010', '1:100'],
  ])('in %j are reported as %s at %s', (text, code, place) => {
    const { value, diagnostics } = parse(text);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code, span }) => `${code} ${span?.line}:${span?.column}`)).toEqual([`${code} ${place}`]);
  });

  test.each([
    ['app: "x\nstacks: {}\n', 'this `"` is not closed before line 2, which is not indented far enough to belong to it'],
    ['app: "x\n', 'this `"` is never closed'],
    ['a:\t[x]\n', 'a tab is used where YAML needs spaces'],
    ['a: { b: c,\n\td: e }\n', 'a tab is used where YAML needs spaces'],
    [
      'a:\n  - b: [c\n  - d: "\t"\n',
      'this `[` is not closed before line 3, which is not indented far enough to belong to it',
    ],
    ['app: {a: [1]\n', 'this `{` is never closed'],
    ['app: {a: [1}\n', 'this `[` is not closed before the `}` in line 1'],
    ["'a: 1\nb: 'c'\n", "this `'` is only closed in line 2"],
    ["app: 'It's x'\n", "this `'` ends a text in quotes, but more text follows"],
    ['a: >-\ntext\nb: 1\n', 'the text after `>` is not indented further than the YAML key of the `>`'],
    ['app: "a" b\n', 'this `"` ends a text in quotes, but more text follows'],
    ['policy: <<-EOF\n  {}\nEOF\n', '`<<-EOF` starts a text of several lines in Terraform and shells, but not in YAML'],
    ['actions: *\n', 'a value that starts with `*` or `&` is read as a YAML alias or anchor'],
    ['description: @x\n', 'a value cannot start with `@`'],
    ['description: %x\n', 'a value cannot start with `%`'],
    ['description: a: b\n', 'this value has a `: ` in it, which starts a value of its own'],
    ['a: b\n  c: d\n', 'this line is indented further than the line before it, which has a value already'],
    [
      'a:\n    b: c\n  d: e\n',
      'this line is indented less than the line before it, and no earlier line has this indentation',
    ],
    ['a:\n  - b: c\n     d: e\n', 'this line is indented further than the line before it, which has a value already'],
    ['a:\n- b\n-c\nd: e\n', 'nothing separates this dash from its entry'],
    ['description: | x\n', 'a text of several lines has to start on the line after its `|` or `>`'],
    ['description: \u0001\n', 'the text has a control character'],
    ['keywright: 1\napp shop\nstacks: {}\n', 'this line has no colon that is followed by a space or a line end'],
    ['stacks:\n  main\n    keys: {}\n', 'this line has no colon that is followed by a space or a line end'],
    ['a: { description: ${region} }\n', 'a text with a placeholder is not in quotes'],
    ['a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n', 'Git left a merge conflict here'],
  ])('in %j are explained: %s', (text, message) => {
    expect(parse(text).diagnostics.map((diagnostic) => diagnostic.message)).toEqual([message]);
  });

  test('are all found in one run', () => {
    const { diagnostics } = parse('a: !Sub x\nb: *none\nb: 2\n');
    expect(diagnostics.map(({ code }) => code)).toEqual(['KW0012', 'KW0014', 'KW0011']);
  });

  test('an alias bomb is refused before it expands', () => {
    const lines = Array.from({ length: 30 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
        : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(10)}]`,
    );
    const { value, diagnostics } = parse(lines.join('\n'));
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['KW0016']);
  });

  test('a bomb of merge keys is refused too', () => {
    const wide = Array.from({ length: 1200 }, (_, index) => `k${index}: 1`).join(', ');
    const uses = Array.from({ length: 1200 }, (_, index) => `u${index}: { <<: *w }`).join('\n');
    expect(parse(`w: &w { ${wide} }\n${uses}\n`).diagnostics.map(({ code }) => code)).toEqual(['KW0016']);
  });

  test('a file with more values than any project has is refused', () => {
    const { diagnostics } = parse(`a: [${'1,'.repeat(1_000_001)}]`);
    expect(diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([['KW0016', 1]]);
  });

  test('beyond the first thousand are mentioned, but not listed', () => {
    const { diagnostics } = parse(`a: [${'!x 1,'.repeat(20_000)}]`);
    expect(diagnostics).toHaveLength(1001);
    expect(diagnostics.at(-1)?.code).toBe('KW0019');
  });

  test('cause no exception', () => {
    const token = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '&x ',
      '*x',
      '<<: ',
      '"',
      "'",
      '|',
      '>',
      '#',
      '!t ',
      '? ',
      '---\n',
      '\t',
      '~',
      '1',
      '%',
      '@',
      '`',
    );
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 25 }).map((tokens) => tokens.join('')),
        (text) => {
          const { value, diagnostics } = parse(text);
          if (diagnostics.length === 0) expect(plain(value)).toEqual(plain(theirs(text)));
          else expect(value).toBeUndefined();
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a dialect', () => {
  const dialect = {
    tags: new Map([
      ['!Ref', 'Ref'],
      ['!Join', 'Fn::Join'],
    ]),
    words: new Map([['yes', true]]),
  };
  const read = (text: string) => parseSource({ path: 'template.yaml', text }, dialect);

  test('reads a tagged value under the YAML key of its tag', () => {
    const text = 'a: !Ref 12\nb: !Join ["", [!Ref x, yes, "yes"]]\nc: [&r !Ref y, *r]\nd: !Ref\n';
    const parsed = read(text);
    expect(parsed.diagnostics).toEqual([]);
    expect(plain(parsed.value)).toEqual({
      a: { Ref: '12' },
      b: { 'Fn::Join': ['', [{ Ref: 'x' }, true, 'yes']] },
      c: [{ Ref: 'y' }, { Ref: 'y' }],
      d: { Ref: '' },
    });
    const { b } = parsed.value as { readonly b: object };
    expect(parsed.locations.spanOf(b)).toMatchObject({ line: 2, column: 4 });
    expect(parsed.locations.valueSpan(b, 'Fn::Join')).toMatchObject({ line: 2, column: 10 });
  });

  test('has no other tags', () => {
    expect(read('a: !Sub x').diagnostics.map(({ code }) => code)).toEqual(['KW0012']);
    expect(parse('a: !Ref x').diagnostics.map(({ code }) => code)).toEqual(['KW0012']);
    expect(read('a: !Sub x').diagnostics[0]?.help).not.toBe(parse('a: !Sub x').diagnostics[0]?.help);
  });

  test('reads lines within brackets and quotes whatever their indentation, and knows their positions', () => {
    const text = `a:
  - policy: {
  "b": [ # first
!Ref x, ' y
 z'
],
	"c": two
words }
  - "d
e"
f: !Ref g
`;
    const { value, locations, diagnostics } = read(text);
    expect(diagnostics).toEqual([]);
    expect(plain(value)).toEqual({
      a: [{ policy: { b: [{ Ref: 'x' }, ' y z'], c: 'two words' } }, 'd e'],
      f: { Ref: 'g' },
    });
    const { a } = value as { readonly a: readonly [{ readonly policy: { readonly b: readonly object[] } }, string] };
    expect(locations.valueSpan(a[0].policy.b, 0)).toMatchObject({ line: 4, column: 1, endColumn: 7 });
    expect(locations.valueSpan(a[0].policy.b, 1)).toMatchObject({ line: 4, column: 9, endLine: 5, endColumn: 4 });
    expect(locations.keySpan(a[0].policy, 'c')).toMatchObject({ line: 7, column: 2 });
    expect(locations.valueSpan(a, 1)).toMatchObject({ line: 9, column: 5, endLine: 10, endColumn: 3 });
    expect(locations.spanOf(a)).toMatchObject({ line: 2, column: 3 });
    expect(parse(text).diagnostics.map(({ code, span }) => `${code}:${span?.line}`)).toEqual(['KW0010:2']);
  });

  test.each([
    ['a: {\n"b": 1\nc: d\n', '1:4'],
    ['a: "b\nc: d\n', '1:4'],
    ['a: [\n1,\n@ ]\n', '1:4'],
  ])('reports a bracket or quote that is never closed where it opens: %j', (text, place) => {
    const { value, diagnostics } = read(text);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code, span }) => `${code} ${span?.line}:${span?.column}`)).toEqual([`KW0010 ${place}`]);
  });
});

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

describe('include', () => {
  test('is relative to the file that includes', () => {
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

  test('reads a file once, however often and however it is named', () => {
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
      'of a pattern that leads out',
      '"../**/*.yaml"',
      'KW0005 keywright.yaml:3 `../**/*.yaml` is outside the folder of keywright.yaml',
    ],
    [
      'of a pattern from the root of the disk',
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
    ['of no text', '1', 'KW1003 keywright.yaml:3 expected text, found 1, which YAML reads as a number'],
    ['of an empty text', '""', 'KW1005 keywright.yaml:3 the text is empty'],
  ])('%s', (_name, include, problem) => {
    const { problems, asked } = read({ 'keywright.yaml': main(`[${include}]`) });
    expect(problems).toEqual([problem]);
    expect(asked.filter((path) => path.startsWith('..') || path.startsWith('/'))).toEqual([]);
  });

  test('leaves out a file that is not valid, and goes on with the others', () => {
    const files = { 'keywright.yaml': main('[a.yaml, b.yaml]'), 'a.yaml': 'a: [', 'b.yaml': stack('b') };
    expect(read(files)).toMatchObject({
      files: ['keywright.yaml', 'b.yaml'],
      problems: [expect.stringMatching(/^KW0010 a.yaml:1/)],
    });
  });
});

describe('a file', () => {
  test.each([
    ['that is empty', ''],
    ['of comments only', '# nothing\n'],
    ['of nothing but a document mark', '---\n'],
    ['of text', 'hello\n'],
    ['of a list', '- a\n'],
  ])('%s is no project', (_name, text) => {
    expect(problemsOf(text).map((problem) => problem.slice(0, 10))).toEqual(['KW1003 1:1']);
  });

  test('may begin with a byte order mark and have any line ends', () => {
    const text = main('[]');
    for (const variant of [`\ufeff${text}`, text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r')]) {
      expect(problemsOf(variant)).toEqual([]);
    }
  });

  test('has its problems at the same places with either line ends', () => {
    const text = `${main('[]')}stacks:\n  a:\n    keys: { b: { x: 1 } }\n    tags: |\n      a\n    c: "d\n      e"\n`;
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(1);
    expect(problemsOf(text.replaceAll('\n', '\r\n'))).toEqual(problems);
  });
});

describe('sections of several files', () => {
  test('are put together', () => {
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

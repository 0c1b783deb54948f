import Handlebars from 'handlebars';
import { describe, expect, test, vi } from 'vitest';
import { compileTemplates } from '../../../../tools/templates/compile.ts';
import { compiledTemplates } from '../testing/compiled-templates.ts';
import { createRenderer } from './templates.ts';

const builtIn = compiledTemplates({ 'main.hbs': 'main {{name}}\n{{> part}}', '_part.hbs': 'part of {{name}}\n' });
const view = { name: 'orders', empty: '', list: ['a', 'b'], nested: { name: 'inner' }, none: undefined, zero: 0 };

function render(own: Readonly<Record<string, string>>) {
  const renderer = createRenderer('terraform', builtIn, own);
  const text = renderer.render('main.hbs', view);
  return {
    text,
    problems: renderer.diagnostics.map(
      ({ code, message }) => `${code} ${message.replace('the terraform template ', '')}`,
    ),
  };
}

describe('a template', () => {
  test('that is built in works without a team’s own templates', () => {
    expect(render({})).toEqual({ text: 'main orders\npart of orders\n', problems: [] });
  });

  test.each([
    [
      'of a team replaces the built-in template and may use its partials',
      { 'main.hbs': 'own {{nested.name}}\n{{> part}}' },
      'own inner\npart of orders\n',
    ],
    [
      'that replaces a partial is used by the built-in templates',
      { '_part.hbs': 'own part\n' },
      'main orders\nown part\n',
    ],
    [
      'may have conditions, loops and nested values',
      { 'main.hbs': '{{#if empty}}no{{else}}{{#each list}}{{this}},{{/each}}{{#with nested}}{{name}}{{/with}}{{/if}}' },
      'a,b,inner',
    ],
    ['escapes nothing', { 'main.hbs': '{{name}}<&"' }, 'orders<&"'],
    ['gives the same text with other line ends', { 'main.hbs': 'a\r\n{{#if name}}\r\nb\r\n{{/if}}\r\n' }, 'a\nb\n'],
  ])('%s', (_name, own, text) => {
    expect(render(own)).toEqual({ text, problems: [] });
  });

  test.each<readonly [string, Readonly<Record<string, string>>, RegExp]>([
    ['with a name that the view lacks', { 'main.hbs': '{{nmae}}' }, /^main.hbs fails: there is no `nmae` - 1:2$/],
    [
      'with a name that the view lacks further down',
      { 'main.hbs': 'a\n{{nested.nmae}}' },
      /^main.hbs fails: there is no `nmae` - 2:2$/,
    ],
    [
      'with a property of a text',
      { 'main.hbs': '{{name.length}}' },
      /^main.hbs fails: there is no `length` in a text - 1:2$/,
    ],
    [
      'with a helper that does not exist',
      { 'main.hbs': '{{shout name}}' },
      /^main.hbs fails: there is no helper `shout` - 1:0$/,
    ],
    [
      'with a partial that does not exist',
      { 'main.hbs': '{{> prat}}' },
      /^main.hbs fails: The partial prat could not be found$/,
    ],
    ['that is not closed', { 'main.hbs': '{{#if name}}' }, /^main.hbs fails: Parse error on line 1: /],
    [
      'that closes something else',
      { 'main.hbs': '{{#if name}}{{/each}}' },
      /^main.hbs fails: if doesn't match each - 1:3$/,
    ],
    [
      'that no output uses',
      { 'mian.hbs': '' },
      /^mian.hbs fails: there is no template of this name; the names are _part.hbs, main.hbs$/,
    ],
    [
      'that includes itself without end',
      { '_part.hbs': '{{> part}}' },
      /^main.hbs fails: its partials include each other without end$/,
    ],
    ['that is a broken partial', { '_part.hbs': '{{#if' }, /^_part.hbs fails: Parse error on line 1: /],
    [
      'that prints to the terminal',
      { 'main.hbs': '{{log "gotcha"}}' },
      /^main.hbs fails: `log` cannot be used in a template$/,
    ],
  ])('%s causes a diagnostic', (_name, own, message) => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    const { problems } = render(own);
    expect(problems.map((problem) => problem.replace(/^KW4001 /, ''))).toEqual([expect.stringMatching(message)]);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  test.each([
    'constructor',
    'nested.constructor',
    '__proto__',
    'this.constructor',
    './toString',
    '[constructor]',
    '@root.constructor',
    'list.hasOwnProperty',
  ])('cannot reach {{%s}}', (path) => {
    for (const own of [
      `{{${path}}}`,
      `{{#if ${path}}}x{{/if}}`,
      `{{#with ${path}}}x{{/with}}`,
      `{{lookup ${path} "a"}}`,
      `{{> (lookup ${path} "a")}}`,
    ]) {
      expect(render({ 'main.hbs': own }).problems).toEqual([expect.stringMatching(/cannot be used in a template$/)]);
    }
  });

  test.each([
    ['{{#each lsit}}a{{/each}}', 'there is no `lsit` - 1:8'],
    ['{{#each list}}{{#if nothing}}a{{/if}}{{/each}}', 'there is no `nothing` in a text - 1:20'],
    ['{{#each list as |one|}}{{#if one.nothing}}a{{/if}}{{/each}}', 'there is no `nothing` in a text - 1:29'],
    ['{{#if nothing}}a{{/if}}', 'there is no `nothing` - 1:6'],
    ['{{#if empty}}{{else if nothing}}a{{/if}}', 'there is no `nothing` - 1:23'],
    ['{{#unless nothing}}a{{/unless}}', 'there is no `nothing` - 1:10'],
    ['{{#with nothing}}a{{/with}}', 'there is no `nothing` - 1:8'],
    ['{{#with nested}}{{#if list}}a{{/if}}{{/with}}', 'there is no `list` - 1:22'],
    ['{{#with nested}}{{#if ../lsit}}a{{/if}}{{/with}}', 'there is no `lsit` - 1:22'],
    ['{{#nothing}}a{{/nothing}}', 'there is no `nothing` - 1:3'],
    ['{{^nothing}}a{{/nothing}}', 'there is no `nothing` - 1:3'],
    ['{{#if nested.nothing}}a{{/if}}', 'there is no `nothing` - 1:6'],
    ['{{#if nothing.name}}a{{/if}}', 'there is no `nothing` - 1:6'],
    ['{{#if empty.name}}a{{/if}}', 'there is no `name` in a text - 1:6'],
    ['{{#if none.name}}a{{/if}}', 'there is no `name`, because its holder has no value - 1:6'],
    ['{{list.map}}', 'there is no `map` - 1:2'],
    ['{{#if list.map}}a{{/if}}', 'there is no `map` - 1:6'],
    ['{{#each list.values}}a{{/each}}', 'there is no `values` - 1:8'],
    ['{{#each list}}{{#if @frist}}a{{/if}}{{/each}}', 'there is no `frist` - 1:20'],
    ['{{#if @root.nothing}}a{{/if}}', 'there is no `nothing` - 1:6'],
    ['{{> part nothing}}', 'there is no `nothing` - 1:9'],
    ['{{> part name=nothing}}', 'there is no `nothing` - 1:14'],
    ['{{> part nested name=list.map}}', 'there is no `map` - 1:21'],
    ['{{> (lookup list "nothing")}}', 'there is no `nothing`'],
    ['{{#> part nothing}}a{{/part}}', 'there is no `nothing` - 1:10'],
    ['{{lookup nested nothing}}', 'there is no `nothing` - 1:16'],
    ['{{lookup nested "nothing"}}', 'there is no `nothing`'],
    ['{{lookup nested "constructor"}}', 'there is no `constructor`'],
    ['{{#if (lookup list "map")}}a{{/if}}', 'there is no `map`'],
    ['{{#if name includeZero=nothing}}a{{/if}}', 'there is no `nothing` - 1:23'],
    ['{{#if name inclueZero=true}}a{{/if}}', 'there is no argument `inclueZero` of `if`'],
    ['{{#each list key=name}}a{{/each}}', 'there is no argument `key` of `each`'],
  ])('that refers to something missing is reported: %j', (source, reason) => {
    expect(render({ 'main.hbs': source }).problems).toEqual([`KW4001 main.hbs fails: ${reason}`]);
  });

  test('that calls a partial without its arguments is an error', () => {
    const own = { '_part.hbs': '{{#if other}}a{{/if}}' };
    expect(render({ ...own, 'main.hbs': '{{> part nested other="a"}}' })).toEqual({ text: 'a', problems: [] });
    expect(render({ ...own, 'main.hbs': '{{> part nested otter="a"}}' }).problems).toEqual([
      'KW4001 _part.hbs fails: there is no `other` - 1:6',
    ]);
  });

  test('may use an existing but empty value', () => {
    const source =
      '{{#if none}}a{{else}}b{{/if}}{{#each none}}a{{else}}c{{/each}}{{none}}{{lookup nested "name"}}{{list.[1]}}{{list.length}}{{#each list}}{{@index}} {{@first}}{{#if @last}}{{@root.name}}{{/if}}{{/each}}{{#if zero includeZero=true}}z{{/if}}';
    expect(render({ 'main.hbs': source })).toEqual({ text: 'bcinnerb20 true1 falseordersz', problems: [] });
  });
});

test('a failing built-in template throws, since that is a bug of Keywright', () => {
  const renderer = createRenderer('terraform', compiledTemplates({ 'main.hbs': '{{gone}}' }), {});
  expect(() => renderer.render('main.hbs', view)).toThrow('"gone" not defined');
});

describe('a compiled template', () => {
  const view = {
    no: undefined,
    zero: 0,
    off: false,
    text: 'a`${b}',
    none: [],
    list: [{ name: 'x' }, { name: 'y' }],
    inner: { name: 'z' },
  };

  test.each([
    '{{text}}|{{zero}}|{{off}}|{{no}}',
    '`${1}\\n\\`',
    '{{#if no}}a{{else}}b{{/if}}{{#if zero}}a{{/if}}{{#if none}}a{{/if}}{{#if list}}a{{/if}}{{#if text}}a{{/if}}',
    '{{#unless off}}a{{/unless}}{{#unless text}}a{{else}}b{{/unless}}',
    '{{#each list}}{{#unless @first}}, {{/unless}}{{name}}{{/each}}',
    '{{#each list}}\n{{#unless @first}}\n\n{{/unless}}\n{{> part}}\n{{/each}}\n',
    '{{#each none}}a{{else}}b{{/each}}{{#each no}}a{{else}}b{{/each}}',
    '{{#with inner}}{{name}}{{/with}}{{#with no}}a{{else}}b{{/with}}{{#with none}}a{{/with}}{{#with zero}}{{this}}{{/with}}',
    '{{inner.name}}{{#with inner}}{{> part}}{{/with}}',
  ])('lays out %j as Handlebars does', (source) => {
    const sources = { 'main.hbs': source, '_part.hbs': 'part {{name}}\n' };
    const handlebars = Handlebars.create();
    handlebars.registerPartial('part', sources['_part.hbs']);
    const expected = handlebars.compile(source, { strict: true, noEscape: true, knownHelpersOnly: true })(view);
    expect(createRenderer('terraform', compiledTemplates(sources), {}).render('main.hbs', view)).toBe(expected);
  });

  test.each([
    '{{lookup a "b"}}',
    '{{../a}}',
    '{{@index}}',
    '{{#each a as |b|}}{{/each}}',
    '{{> part name="a"}}',
    ' {{> part}}\n',
  ])('cannot be made of %j', (source) => {
    expect(() => compileTemplates({ 'main.hbs': source })).toThrow('main.hbs:1: a built-in template cannot have this');
  });
});

import { expect, test } from 'vitest';
import { literal } from '../ir/expression.ts';
import { policyJson } from '../testing/policy-json.ts';
import { provenance, statement } from '../testing/target-stacks.ts';
import { code, lines, object, policy, printerOf, type RowValue, unless, written } from './rows.ts';

let statements = 0;

/** Prints JSON, with an expression as its kind, and `+` before an object that has a line for each entry. */
const print = printerOf<string>({
  text: (text) => JSON.stringify(text),
  scalar: String,
  code: (text) => text,
  expression: ({ kind }) => `<${kind}>`,
  list: (items) => `[${items.join()}]`,
  object: (entries, isExpanded) =>
    `${isExpanded ? '+' : ''}{${entries.map(([key, value]) => `"${key}":${value}`).join()}}`,
  statement(text) {
    statements += 1;
    return text;
  },
  policy: (text, value) =>
    `${value.kind} of ${(value.kind === 'policy' ? value.document : value).statements.length}: ${text}`,
});

test.each<readonly [RowValue, string]>([
  ['a "b"', '"a \\"b\\""'],
  [7, '7'],
  [false, 'false'],
  [code('a.b'), 'a.b'],
  [literal('x'), '<literal>'],
  [['a', 1, ['b']], '["a",1,["b"]]'],
  [
    object([
      ['a', 1],
      ['b', undefined],
    ]),
    '{"a":1}',
  ],
  [lines([{ name: 'a', value: literal('x') }]) ?? '', '+{"a":<literal>}'],
])('%j is printed as %s', (value, text) => {
  expect(print(value)).toBe(text);
});

test('a policy is printed in the order of its JSON, and equal statements are printed once', () => {
  const allow = statement({ sid: 'A', principals: [{ kind: 'anyone' }] });
  const document = { id: literal('i'), statements: [allow, { ...allow, source: provenance(9) }] };
  const text = print(policy(document));
  expect(text).toMatch(/^policy of 2: \+\{"Version":/);
  const json = text.replace('policy of 2: +', '').replaceAll(/<literal>/g, '"*"');
  expect(JSON.parse(json)).toEqual(policyJson(document, () => '*'));
  expect(statements).toBe(1);
});

test('rows without a value or with AWS’s default are omitted', () => {
  expect(
    written([
      ['a', 1],
      ['b', undefined],
      ['c', unless<boolean>(false, true)],
      ['d', unless<boolean>(true, true)],
    ]),
  ).toEqual([
    ['a', 1],
    ['c', true],
  ]);
  expect(lines([])).toBeUndefined();
});

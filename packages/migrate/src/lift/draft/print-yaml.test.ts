import { parseSource } from '@keywright/core/syntax/parse';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { printYaml } from './print-yaml.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    'true',
    '~',
    '0123',
    '1e3',
    '7 days',
    'kms:*',
    'a: b',
    '- a',
    '${account}',
    'a #b',
    "it's",
    '"',
    '=',
    '<<',
    'y',
  ),
);
const name = fc.oneof(
  fc.constantFrom('keys', 'stacks', 'a b', '012', 'null', 'kms:ViaService'),
  fc.string({ minLength: 1 }),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, text, fc.integer(), fc.boolean(), tie('list'), tie('mapping')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  mapping: fc.dictionary(
    name.filter((key) => key !== '__proto__'),
    tie('value'),
    { maxKeys: 4 },
  ),
}));

test('what is printed is read as the same, by our parser and by js-yaml', () => {
  fc.assert(
    fc.property(fc.record({ keywright: fc.constant(1), stacks: value, other: value }), (document) => {
      const printed = printYaml(document);
      const parsed = parseSource({ path: 'keywright.yaml', text: printed });
      expect(parsed.diagnostics).toEqual([]);
      const plain = JSON.parse(JSON.stringify(document));
      expect(JSON.parse(JSON.stringify(parsed.value))).toEqual(plain);
      expect(load(printed)).toEqual(plain);
    }),
    { numRuns: 1000 },
  );
});

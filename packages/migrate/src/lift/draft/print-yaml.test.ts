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

test('printed YAML is parsed as the same value by Keywright and by js-yaml', () => {
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

test('repeated long lists and conditions are written once, and parsed as the same values', () => {
  const list = fc.array(fc.constantFrom('kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'a b', '${account}'), {
    minLength: 3,
    maxLength: 14,
  });
  const conditions = fc.dictionary(
    fc.constantFrom('StringEquals', 'ArnLike', 'Bool'),
    fc.dictionary(fc.constantFrom('kms:ViaService', 'aws:SourceArn', 'aws:PrincipalOrgID'), fc.oneof(list, text)),
  );
  const few = fc.tuple(
    fc.array(list, { minLength: 1, maxLength: 2 }),
    fc.array(conditions, { minLength: 1, maxLength: 2 }),
  );
  const document = few.chain(([lists, some]) => {
    const statement = fc.record({
      sid: text,
      actions: fc.constantFrom(...lists),
      conditions: fc.constantFrom(...some),
      when: fc.constantFrom(...some),
    });
    return fc.record({ keywright: fc.constant(1), stacks: fc.array(statement, { minLength: 1, maxLength: 6 }) });
  });
  let shared = 0;
  fc.assert(
    fc.property(document, (one) => {
      const printed = printYaml(one);
      if (/\*\w/.test(printed.replaceAll(/"(\\.|[^"])*"/g, ''))) shared += 1;
      const parsed = parseSource({ path: 'keywright.yaml', text: printed });
      expect(parsed.diagnostics).toEqual([]);
      const plain = JSON.parse(JSON.stringify(one));
      expect(JSON.parse(JSON.stringify(parsed.value))).toEqual(plain);
      expect(load(printed)).toEqual(plain);
    }),
    { numRuns: 500 },
  );
  expect(shared).toBeGreaterThan(100);
});

test('an anchor has the name of the property', () => {
  const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];
  const conditions = {
    StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'arn:aws:cloudtrail:*:111122223333:trail/*' },
  };
  const document = {
    policy: [
      { sid: 'One', actions, conditions },
      { sid: 'Two', actions, conditions },
      { sid: 'Three', actions: ['kms:Decrypt'], conditions: { Bool: { a: 'true' } } },
      { sid: 'Four', actions: ['kms:Decrypt'], conditions: { Bool: { a: 'true' } } },
    ],
  };
  expect(printYaml(document)).toBe(`policy:
  - sid: One
    actions: &actions [kms:Encrypt, kms:Decrypt, "kms:ReEncrypt*", "kms:GenerateDataKey*"]
    conditions: &conditions { StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111122223333:trail/*" } }
  - { sid: Two, actions: *actions, conditions: *conditions }
  - { sid: Three, actions: [kms:Decrypt], conditions: { Bool: { a: "true" } } }
  - { sid: Four, actions: [kms:Decrypt], conditions: { Bool: { a: "true" } } }
`);
});

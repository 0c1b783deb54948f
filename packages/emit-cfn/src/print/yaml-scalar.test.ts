import { commentText } from '@keywright/core/emit/comment';
import { scalar } from '@keywright/core/emit/yaml-scalar';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMissing, readYaml, readYamlWithPython, schemas } from '../read-back.test-support.ts';
import { nastyTexts } from '../stack.test-fixture.ts';

/** Short texts of characters and words with a meaning in YAML, or any other text. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'ab01 :-#?,.*&!|>\'"%@`{}[]~=<_/\\\t\n\r\u0085\u2028'), maxLength: 8 }),
  fc.constantFrom(...nastyTexts),
);

function expected(value: string): string {
  return Buffer.from(value).toString('utf8');
}

describe('scalar', () => {
  it.each(schemas)('is parsed as the same text with %s', (_, schema) => {
    fc.assert(
      fc.property(text, text, (key, value) => {
        const read = readYaml(`? ${scalar(key)}\n: ${scalar(value)}\n`, schema);
        expect(Object.entries(read as object)).toEqual([[expected(key), expected(value)]]);
        expect(readYaml(`- ${scalar(value)}\n- k: ${scalar(value)}\n`, schema)).toEqual([
          expected(value),
          { k: expected(value) },
        ]);
      }),
      { numRuns: 3000 },
    );
  });

  it.skipIf(isMissing('PyYAML', 'python3', '-c', 'import yaml'))('is parsed as the same text in Python', () => {
    const values = [...nastyTexts, ...fc.sample(text, { numRuns: 3000, seed: 1 })];
    expect(readYamlWithPython(values.map((value) => `- ${scalar(value)}\n`).join(''))).toEqual(values.map(expected));
  });

  it.each([
    ['kms:ReEncrypt*', 'kms:ReEncrypt*'],
    ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root'],
    ['Encrypts order records, all of them', 'Encrypts order records, all of them'],
    ['AWS::SSM::Parameter::Value<String>', "'AWS::SSM::Parameter::Value<String>'"],
    ['2012-10-17', "'2012-10-17'"],
    ['yes', "'yes'"],
    ["it's", "'it''s'"],
    ['\u202e', '"\\u202e"'],
    ['\u{e0041}', '"\\U000e0041"'],
  ])('writes %j as %s', (value, printed) => {
    expect(scalar(value)).toBe(printed);
  });
});

describe('commentText', () => {
  it('is not ended by any text in it', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(readYaml(`# ${commentText(value)}\na: b\n`)).toEqual({ a: 'b' });
      }),
    );
  });
});

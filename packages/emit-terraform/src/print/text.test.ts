import { parse } from '@cdktn/hcl2json';
import { concat, type Expression, literal } from '@keywright/core/ir/expression';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { terraformLocals, withoutTerraform } from '../terraform.test-support.ts';
import { anyText, asTerraformHasIt } from '../texts.test-support.ts';
import { printExpression } from './expression.ts';
import { objectKey, quote } from './text.ts';

async function locals(body: string): Promise<Record<string, unknown>> {
  const parsed = await parse('main.tf', `locals {\n${body}\n}\n`);
  const [first] = parsed.locals as Record<string, unknown>[];
  return first ?? {};
}

/** hcl2json returns strings in Terraform's JSON syntax, where strings are templates. */
function unescaped(text: unknown): string {
  return String(text).replaceAll('$${', '${').replaceAll('%%{', '%{');
}

describe('quote', () => {
  test('prints any text in a form that a parser reads back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 10 }), async (texts) => {
        const parsed = await locals(texts.map((text, index) => `t${index} = ${quote(text)}`).join('\n'));
        expect(texts.map((_, index) => unescaped(parsed[`t${index}`]))).toEqual(texts.map(asTerraformHasIt));
      }),
      { numRuns: 200 },
    );
  });

  test('escapes template sequences', () => {
    expect(quote('${a} %{ b } $ % {')).toBe('"$${a} %%{ b } $ % {"');
  });

  test('makes invisible characters visible', () => {
    expect(quote('a\u202eb\u2028c\u200bd\u00a0')).toBe('"a\\u202eb\\u2028c\\u200bd\\u00a0"');
  });

  test('does not change legible characters', () => {
    expect(quote('größe ключ 鍵 🔑')).toBe('"größe ключ 鍵 🔑"');
  });
});

describe('objectKey', () => {
  test('prints any key in a form that a parser reads back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 10 }), async (keys) => {
        const distinct = [...new Set(keys.map(asTerraformHasIt))];
        const parsed = await locals(`o = {\n${distinct.map((key) => `${objectKey(key)} = 1`).join('\n')}\n}`);
        expect(
          Object.keys(parsed.o as object)
            .map(unescaped)
            .sort(),
        ).toEqual([...distinct].sort());
      }),
      { numRuns: 200 },
    );
  });

  test.each(['Version', 'a-b', '_x9'])('does not quote the name %s', (key) => {
    expect(objectKey(key)).toBe(key);
  });

  test.each(['kms:ViaService', 'for', 'null', 'true', '9a', '', 'a b'])('quotes %j', (key) => {
    expect(objectKey(key)).toBe(`"${key}"`);
  });
});

describe('printExpression', () => {
  const account: Expression = { kind: 'pseudo', name: 'account' };

  test('keeps text and interpolations apart', () => {
    const printed = printExpression(concat(literal('Cost: $'), account, literal('{$${')), () => 'local.x');
    expect(printed).toBe('"Cost: \\u0024${local.x}{\\u0024$${"');
  });

  test.skipIf(withoutTerraform)('prints an expression that terraform evaluates to the text', () => {
    const templates = fc.sample(fc.array(fc.option(anyText), { minLength: 1, maxLength: 5 }), {
      numRuns: 300,
      seed: 7,
    });
    const printed = templates.map((parts) =>
      printExpression(concat(...parts.map((part) => (part === null ? account : literal(part)))), () => 'local.x'),
    );
    const values = terraformLocals(`locals {\nx = "111122223333"\nall = [\n${printed.join(',\n')}\n]\n}\n`);
    const texts = templates.map((parts) => parts.map((part) => part ?? '111122223333').join(''));
    expect(values).toEqual(texts.map(asTerraformHasIt));
  });
});

import { commentText } from '@keywright/core/emit/comment';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prettier } from '../prettier.test-support.ts';
import { anyKey, anyText } from '../texts.test-support.ts';
import { propertyKey, stringLiteral, templateText } from './text.ts';

function evaluate(expression: string): unknown {
  return new Function(`"use strict"; return (${expression});`)();
}

describe('a string literal', () => {
  test.each([
    ['plain', '"plain"'],
    ['say "hi"', `'say "hi"'`],
    [`it's "so"`, `'it\\'s "so"'`],
    [`it's`, `"it's"`],
    ['${a} `b`', '"${a} `b`"'],
    ['a\\b', '"a\\\\b"'],
    ['line\nend\r\t', '"line\\nend\\r\\t"'],
    ['\u2028\u202e', '"\\u2028\\u202e"'],
    ['🇩🇪', '"\\u{1f1e9}\\u{1f1ea}"'],
  ])('of %j is %s', (text, expected) => {
    expect(stringLiteral(text)).toBe(expected);
  });

  test('evaluates to the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(evaluate(stringLiteral(text))).toBe(text);
      }),
    );
  });

  test('shows control characters, direction marks and joiners as escapes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(stringLiteral(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u);
      }),
    );
  });
});

describe('text in a template literal', () => {
  test('evaluates to the text, whatever precedes and follows it', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const expression = `\`${templateText(before)}\${"-"}${templateText(after)}\``;
        expect(evaluate(expression)).toBe(`${before}-${after}`);
      }),
    );
  });
});

describe('the key of a property', () => {
  test.each([
    ['owner', 'owner'],
    ['kms:ViaService', '"kms:ViaService"'],
    ['class', 'class'],
    ['1', '["1"]'],
    ['größe', '["größe"]'],
    ['__proto__', '["__proto__"]'],
  ])('%s is printed as %s', (name, expected) => {
    expect(propertyKey(name)).toBe(expected);
  });

  test('creates a property with that name', () => {
    fc.assert(
      fc.property(anyKey, (name) => {
        expect(Object.entries(evaluate(`{ ${propertyKey(name)}: 1 }`) as object)).toEqual([[name, 1]]);
      }),
    );
  });
});

describe('a comment', () => {
  test('is one line that Prettier does not change', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const program = `// keywright.yaml:1${commentText(text)}\nf();\n`;
        expect(await prettier(program)).toBe(program);
      }),
    );
  });
});

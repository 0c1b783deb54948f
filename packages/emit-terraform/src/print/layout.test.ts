import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { terraformFmt, withoutTerraform } from '../terraform.test-support.ts';
import { anyText } from '../texts.test-support.ts';
import { layOut } from './layout.ts';
import { quote } from './text.ts';
import { print, type Value } from './value.ts';

const scalar = fc.oneof(anyText.map(quote), fc.constantFrom('local.x', 'true', '180', '"${local.x}-$${y}"'));

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(anyText, fc.constantFrom('Sid', 'Effect', 'kms:ViaService')), tie('value')), {
        maxLength: 5,
      })
      .map((entries) => ({ entries })),
  ),
}));

const block = fc
  .array(fc.oneof(value, fc.constantFrom('\n', '# {\n', 'b {\n}\n')))
  .map((parts) =>
    parts
      .map((part, index) =>
        typeof part === 'string' && part.endsWith('\n')
          ? part
          : `${'x'.repeat(1 + ((index * 7) % 5))}${index} = ${print(part)}\n`,
      )
      .join(''),
  );

describe('layOut', () => {
  test.skipIf(withoutTerraform)('formats as terraform fmt does', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), (blocks) => {
        const text = layOut(blocks.map((inner) => `resource "a" "b" {\n${inner}}\n`).join('\n'));
        expect(text).toBe(terraformFmt(text));
      }),
      { numRuns: 30 },
    );
  });

  test('aligns neighbours, up to a value with several lines', () => {
    expect(layOut('a = 1\nlong = 2\nlist = [\n1,\n]\nb = 3')).toBe('a    = 1\nlong = 2\nlist = [\n  1,\n]\nb = 3\n');
  });

  test('drops meaningless blank lines', () => {
    expect(layOut('\n\na {\n\nb = 1\n\n\n\nc = 2\n\n}\n\n')).toBe('a {\n  b = 1\n\n  c = 2\n}\n');
  });

  test('does not change the lines of a heredoc', () => {
    const text = 'a = <<EOT\n  x = 1\n\n\n y    =   2 {\nEOT\nb = 1\n';
    expect(layOut(text)).toBe(text);
  });

  test('does not mistake the end of a comment for a bracket', () => {
    expect(layOut('# a = {\nb = 1')).toBe('# a = {\nb = 1\n');
  });
});

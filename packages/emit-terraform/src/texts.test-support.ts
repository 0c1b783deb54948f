import { nastyTexts } from '@keywright/core/testing/target-stacks';
import fc from 'fast-check';

const pieces = [
  '$',
  '%',
  '{',
  '}',
  '$${',
  '%%{',
  '"',
  '\\',
  '\n',
  '\r',
  '\t',
  '#',
  '*/',
  '<<EOT',
  '\u2028',
  '\u202e',
  '\ud800',
];

/** Any text, often with characters that mean something in HCL. */
export const anyText = fc.oneof(
  fc.constantFrom(...nastyTexts),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
);

/** Returns a text as HCL stores it. cty brings strings to normal form C, and replaces a lone surrogate, which is not a character. */
export function asTerraformHasIt(text: string): string {
  return text.replaceAll(/[\ud800-\udfff]/gu, '\ufffd').normalize('NFC');
}

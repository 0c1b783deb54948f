import { nastyTexts } from '@keywright/core/testing/target-stacks';
import fc from 'fast-check';

const pieces = [
  '$',
  '{',
  '}',
  '${',
  '`',
  "'",
  '"',
  '\\',
  '\\u',
  '\n',
  '\r',
  '\t',
  '\0',
  '//',
  '/*',
  '*/',
  '</script>',
  '\u2028',
  '\u202e',
  '\u200d',
  '\ufe0f',
  '\ufeff',
  '\ud800',
  '\u0301',
  '界',
  '☝',
  '🏽',
  '👩‍👩‍👧',
  '🇩🇪',
  ' ',
  'a',
];

/** Any text, often with characters that mean something in TypeScript or are not one column wide. */
export const anyText = fc.oneof(
  fc.constantFrom(...nastyTexts),
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.string({ unit: 'binary' }),
  // Texts of every length that can end at the edge of a line.
  fc.integer({ min: 1, max: 90 }).map((length) => 'x'.repeat(length)),
);

/** Texts with a special meaning as the name of a property, and any other text. */
export const anyKey = fc.oneof(
  anyText,
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '',
    '0',
    '01',
    '1e3',
    '-1',
    '1.5',
    'class',
    'größe',
    'a-b',
    'a b',
  ),
  fc.string({ minLength: 1, maxLength: 6 }),
);

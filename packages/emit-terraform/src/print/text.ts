import { characterClass, escapeUnseen, hexadecimal, wellFormed } from '@keywright/core/emit/unseen';

/**
 * Returns a text as the inside of an HCL quoted template. `before` is what follows the text. A `$` or `%` in front of an interpolation
 * would escape the interpolation.
 */
export function templateText(text: string, before: 'interpolation' | 'end' = 'end'): string {
  // Nearly all text is plain, and the replacements below would double the time for a large project.
  if (/^[ !#&-[\]-~]*$/.test(text)) return text;
  const escaped = escapeUnseen(wellFormed(text).replaceAll(/[\\"]/g, '\\$&'), codePointEscape)
    // If several `$` or `%` come before a `{`, HCL takes only the last of them as the start of an escape. So all earlier ones are escaped.
    .replaceAll(/([$%])(\1*)\{/g, (_, sign: string, more: string) => `${spelledOut(more)}${sign}${sign}{`);
  if (before === 'end') return escaped;
  return escaped.replace(/([$%])\1*$/, spelledOut);
}

function spelledOut(signs: string): string {
  return signs.replaceAll('$', '\\u0024').replaceAll('%', '\\u0025');
}

function codePointEscape(codePoint: number): string {
  return codePoint > 0xffff ? `\\U${hexadecimal(codePoint, 8)}` : `\\u${hexadecimal(codePoint, 4)}`;
}

export function quote(text: string): string {
  return `"${templateText(text)}"`;
}

/** Words that HCL does not read as names where an object's key is expected. */
const keywords = new Set(['for', 'null', 'true', 'false']);

/** Matches a character that may not be one grapheme cluster with some neighbours or in some version of Unicode. */
const unsureWidth = new RegExp(
  characterClass(
    [
      [0x20, 0x7e],
      [0xa1, 0x2ff], // Latin
      [0x370, 0x482], // Greek, Cyrillic
      [0x48a, 0x52f], // Cyrillic
      [0x1e00, 0x1fff], // Latin, Greek
      [0x3041, 0x3096], // Hiragana
      [0x30a1, 0x30fa], // Katakana
      [0x4e00, 0x9fff], // Han
      [0xac00, 0xd7a3], // Hangul syllables
    ],
    '^',
  ),
  'gu',
);

/**
 * Returns the key of an object: unquoted if HCL reads it as a name, otherwise quoted. `terraform fmt` counts grapheme clusters to align the
 * text after the key, so a key escapes every character that may not be one cluster in every version of Unicode.
 */
export function objectKey(key: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) && !keywords.has(key)) return key;
  return `"${templateText(key).replaceAll(unsureWidth, (character) => codePointEscape(character.codePointAt(0) ?? 0))}"`;
}

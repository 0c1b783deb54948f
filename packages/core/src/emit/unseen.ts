type Range = readonly [first: number, last: number];

/** A character class of code point ranges, as the source of a regular expression with the flag `u`. */
export function characterClass(ranges: readonly Range[], negated: '' | '^' = ''): string {
  const text = ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`);
  return `[${negated}${text.join('')}]`;
}

/** Characters of the Basic Multilingual Plane that a reviewer cannot see, or sees only as part of a neighbour. */
const unseenOfBasicPlane: readonly Range[] = [
  [0x00, 0x1f], // controls
  [0x7f, 0xa0], // controls, no-break space
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // combining grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x1680, 0x1680], // Ogham space
  [0x17b4, 0x17b5], // Khmer inherent vowels
  [0x180b, 0x180f], // Mongolian separators
  [0x2000, 0x200f], // spaces, zero-width characters, direction marks
  [0x2028, 0x202f], // line and paragraph separator, direction embeddings
  [0x205f, 0x206f], // spaces, direction isolates
  [0x20e3, 0x20e3], // enclosing keycap
  [0x2800, 0x2800], // blank Braille pattern
  [0x3000, 0x3000], // ideographic space
  [0x3164, 0x3164], // Hangul filler
  [0xd800, 0xdfff], // lone surrogates
  [0xe000, 0xf8ff], // private use
  [0xfe00, 0xfe0f], // variation selectors
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // Hangul filler
  [0xfff0, 0xffff], // specials
];

/** Visible characters beyond that plane: Han characters, and symbols that were emoji in Unicode 15 except flags and skin tones. */
const seenBeyond: readonly Range[] = [
  [0x1f300, 0x1f3fa],
  [0x1f400, 0x1f6d7],
  [0x1f6dc, 0x1f6ec],
  [0x1f6f0, 0x1f6fc],
  [0x1f7e0, 0x1f7eb],
  [0x1f7f0, 0x1f7f0],
  [0x1f90c, 0x1f9ff],
  [0x1fa70, 0x1fa7c],
  [0x1fa80, 0x1fa88],
  [0x1fa90, 0x1fabd],
  [0x1fabf, 0x1fac5],
  [0x1face, 0x1fadb],
  [0x1fae0, 0x1fae8],
  [0x1faf0, 0x1faf8],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2ebe0],
  [0x2f800, 0x2fa1d],
  [0x30000, 0x323af],
];

/**
 * The characters that every target escapes. Fixed ranges instead of Unicode properties, so that outputs do not
 * depend on Node's version of Unicode.
 */
const unseen = new RegExp(
  `${characterClass(unseenOfBasicPlane)}|${characterClass([[0, 0xffff], ...seenBeyond], '^')}`,
  'gu',
);

const plain = /^[ -~]*$/;

export function hasUnseen(text: string): boolean {
  return !plain.test(text) && text.search(unseen) >= 0;
}

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Replaces `\n`, `\r`, `\t` by escapes, and every other unseen character by what `write` returns for its code point. */
export function escapeUnseen(text: string, write: (codePoint: number) => string): string {
  // The common case.
  if (plain.test(text)) return text;
  return text.replaceAll(unseen, (character) => shortEscapes[character] ?? write(character.codePointAt(0) ?? 0));
}

/** The code point in hexadecimal, padded to `digits` digits. */
export function hexadecimal(codePoint: number, digits: number): string {
  return codePoint.toString(16).padStart(digits, '0');
}

/** `\u00ad`, `\u{e0001}`: how JavaScript and comments escape a character. */
export function spelledOut(codePoint: number): string {
  return codePoint > 0xffff ? `\\u{${codePoint.toString(16)}}` : `\\u${hexadecimal(codePoint, 4)}`;
}

/** The text as UTF-8 can hold it: each lone surrogate becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replaceAll(/[\ud800-\udfff]/gu, '\ufffd');
}

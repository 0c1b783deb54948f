type Range = readonly [first: number, last: number];

function characterClass(ranges: readonly Range[], negated: '' | '^' = ''): RegExp {
  const text = ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`);
  return new RegExp(`[${negated}${text.join('')}]`, 'gu');
}

/**
 * Characters that a reviewer would not see, or not where they are. A fixed list rather than a Unicode property, so that
 * the output is the same whatever Unicode version Node has.
 */
export const hidden = characterClass([
  [0x00, 0x1f], // controls
  [0x7f, 0xa0], // controls, no-break space
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // combining grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5], // Khmer inherent vowels
  [0x180b, 0x180f], // Mongolian separators
  [0x2000, 0x200f], // spaces, zero-width characters, direction marks
  [0x2028, 0x202f], // line and paragraph separator, direction embeddings
  [0x205f, 0x206f], // spaces, direction isolates
  [0x3000, 0x3000], // ideographic space
  [0x3164, 0x3164], // Hangul filler
  [0xd800, 0xdfff], // lone surrogates
  [0xfe00, 0xfe0f], // variation selectors
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // Hangul filler
  [0xfff0, 0xfffc], // specials
  [0xe0000, 0xe0fff], // tags and more variation selectors
]);

/** Anything but characters that are one grapheme cluster each, next to whatever else, in every version of Unicode. */
export const unsureWidth = characterClass(
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
);

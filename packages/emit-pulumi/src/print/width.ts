/**
 * The width of a text in columns, as Prettier counts them: two for East Asian wide characters and emoji, none for combining marks, one for
 * anything else. Characters that the printer escapes are never counted here.
 */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

// Prettier's pattern treats modifier bases (☝, ✌) as emoji even where they are shown as text.
const emoji = /[\p{Emoji_Presentation}\p{Emoji_Modifier_Base}]/u;
const combining = /[\p{Mn}\p{Me}]/u;

function characterWidth(character: string): 0 | 1 | 2 {
  if (combining.test(character)) return 0;
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x1100) return 1;
  return wide.some(([first, last]) => codePoint >= first && codePoint <= last) || emoji.test(character) ? 2 : 1;
}

/** Code point ranges of wide characters. Source: Unicode 17, EastAsianWidth.txt, values W and F. */
const wide: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x2e99],
  [0x2e9b, 0x2ef3],
  [0x2f00, 0x2fd5],
  [0x2ff0, 0x303e],
  [0x3041, 0x3096],
  [0x3099, 0x30ff],
  [0x3105, 0x312f],
  [0x3131, 0x318e],
  [0x3190, 0x31e5],
  [0x31ef, 0x321e],
  [0x3220, 0x3247],
  [0x3250, 0xa48c],
  [0xa490, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe52],
  [0xfe54, 0xfe66],
  [0xfe68, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18df2],
  [0x1aff0, 0x1b2fb],
  [0x1d300, 0x1d356],
  [0x1d360, 0x1d376],
  [0x1f200, 0x1f202],
  [0x1f210, 0x1f23b],
  [0x1f240, 0x1f248],
  [0x1f250, 0x1f251],
  [0x1f260, 0x1f265],
  [0x20000, 0x2fffd],
  [0x30000, 0x3fffd],
];

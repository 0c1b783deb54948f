/**
 * What a reviewer could not see, or could see only as part of its neighbour, and what YAML forbids or breaks lines at:
 * controls, blanks other than the space, bidirectional controls, joiners, fillers, variation selectors, tags, lone
 * surrogates. Written out, since what Unicode properties match differs between versions of Node.
 */
const unseen =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass lint/suspicious/noControlCharactersInRegex: listing such characters is the purpose
  /[\0-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

export function hasUnseen(text: string): boolean {
  return text.search(unseen) >= 0;
}

/** Replaces each such character by what `write` makes of its code point. */
export function escapeUnseen(text: string, write: (codePoint: number) => string): string {
  return text.replaceAll(unseen, (character) => write(character.codePointAt(0) ?? 0));
}

/** `length` hexadecimal digits. */
export function hexadecimal(codePoint: number, length: number): string {
  return codePoint.toString(16).padStart(length, '0');
}

/** The text as UTF-8 can hold it: each lone surrogate becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replaceAll(/[\ud800-\udfff]/gu, '\ufffd');
}

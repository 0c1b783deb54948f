// What a terminal would obey or hide rather than show: control characters other than tab, marks of writing direction,
// invisible characters, spaces that are not U+0020, and lone surrogates. https://trojansource.codes shows what they can do to a reader.
const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000a-\u001f\u007f-\u00a0\u061c\u00ad\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** Escapes what a terminal would not show: `\u{1b}` for an escape. One line stays one line. */
export function visible(text: string): string {
  return text.replaceAll(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Escapes in JSON what a terminal would not show; JSON itself escapes only some of it. */
export function visibleJson(json: string): string {
  const escaped = (character: string) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join('');
  return json.replaceAll(unsafe, (character) => (character === '\n' ? character : escaped(character)));
}

/** Whether a YAML key starts with a space that is none to YAML, such as a no-break space. */
export function startsWithOtherSpace(key: string): boolean {
  return /^(?! )\p{Zs}/u.test(key);
}

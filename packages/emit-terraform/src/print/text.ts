/**
 * Text as the inside of an HCL quoted template. `before` says what comes next in the template, because a `$` or `%`
 * before an interpolation would escape it.
 */
export function escape(text: string, before: 'interpolation' | 'end' = 'end'): string {
  const escaped = text
    .replaceAll(/[\\"]/g, '\\$&')
    .replaceAll(hidden, codePointEscape)
    // In a run of them HCL takes the last two before the `{` for the escape, so the ones before are spelled out.
    .replaceAll(/([$%])(\1*)\{/g, (_, sign: string, more: string) => `${spelledOut(more)}${sign}${sign}{`);
  if (before === 'end') return escaped;
  return escaped.replace(/([$%])\1*$/, spelledOut);
}

function spelledOut(signs: string): string {
  return signs.replaceAll('$', '\\u0024').replaceAll('%', '\\u0025');
}

/**
 * Characters that a reviewer would not see, or not where they are: controls, line separators, bidirectional and other
 * format characters, lone surrogates. A fixed list, so that the output is the same whatever Unicode version Node has.
 */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc]|[\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu;

const short = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function codePointEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // A lone surrogate is no character, so HCL, whose files are UTF-8, has no way to write it.
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return short.get(character) ?? (code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** A quoted string. */
export function quote(text: string): string {
  return `"${escape(text)}"`;
}

/** Text on one line of a comment, which nothing in it can end. */
export function commentText(text: string): string {
  return text.replaceAll(hidden, codePointEscape);
}

/** HCL would read these as something else than a name where an object's key stands. */
const keywords = new Set(['for', 'null', 'true', 'false']);

/**
 * The key of an object: as it is where HCL takes it for a name, else quoted. `terraform fmt` aligns what follows by
 * counting grapheme clusters, so in a key everything is spelled out that is not surely one of its own in every version of
 * Unicode.
 */
export function objectKey(key: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) && !keywords.has(key)) return key;
  return `"${escape(key).replaceAll(unsureWidth, codePointEscape)}"`;
}

/** Anything but ASCII and letters of Latin, Greek, Cyrillic, kana, Han and Hangul that do not combine. */
const unsureWidth =
  /[^\u0000-\u007f\u00a1-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]/gu;

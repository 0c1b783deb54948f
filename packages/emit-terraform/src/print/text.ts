import { hidden, unsureWidth } from './characters.ts';

/**
 * Text as the inside of an HCL quoted template. `before` says what comes next in the template, because a `$` or `%`
 * before an interpolation would escape it.
 */
export function templateText(text: string, before: 'interpolation' | 'end' = 'end'): string {
  // Nearly all text is of this kind, and the passes below would double the time that a large project takes.
  if (/^[ !#&-[\]-~]*$/.test(text)) return text;
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
  return `"${templateText(text)}"`;
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
  return `"${templateText(key).replaceAll(unsureWidth, codePointEscape)}"`;
}

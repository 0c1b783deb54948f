import { escapeUnseen, hasUnseen, hexadecimal, wellFormed } from './unseen.ts';

/**
 * Text as a YAML scalar on one line that readers of YAML 1.1 (CloudFormation) and 1.2 read as the same string. It is plain if no reader can
 * mistake it for anything else, in single quotes if all characters are visible, and otherwise in double quotes with escapes. A lone
 * surrogate, which no UTF-8 file can hold, becomes U+FFFD.
 */
export function scalar(text: string): string {
  const printable = wellFormed(text);
  if (isPlain(printable)) return printable;
  if (hasUnseen(printable)) return doubleQuoted(printable);
  return singleQuoted(printable);
}

/** A YAML scalar as Prettier prints it: in double quotes, unless a character in the text would need an escape there. */
export function prettierScalar(text: string): string {
  const printable = wellFormed(text);
  if (isPlain(printable)) return printable;
  return !hasUnseen(printable) && /["\\]/.test(printable) ? singleQuoted(printable) : doubleQuoted(printable);
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The first character rules out numbers, dates and indicators; the characters allowed after it rule out all other syntax of block style,
 * the only style printed. A colon is plain within `kms:Decrypt` and ARNs, but not before a space or at the end.
 */
const plain = /^[A-Za-z/](?:[A-Za-z0-9 _./@+=*(),-]|:(?=[A-Za-z0-9_/*+:-]))*$/;

/** Source: YAML 1.1, "Language-Independent Types", bool and null, which have more spellings than in YAML 1.2. */
const wordsOfOtherTypes = /^(?:y|yes|n|no|true|false|on|off|null)$/i;

function isPlain(text: string): boolean {
  return plain.test(text) && !text.endsWith(' ') && !wordsOfOtherTypes.test(text);
}

function doubleQuoted(text: string): string {
  const escaped = escapeUnseen(text.replaceAll('\\', '\\\\').replaceAll('"', '\\"'), (codePoint) => {
    if (codePoint > 0xffff) return `\\U${hexadecimal(codePoint, 8)}`;
    return codePoint > 0xff ? `\\u${hexadecimal(codePoint, 4)}` : `\\x${hexadecimal(codePoint, 2)}`;
  });
  return `"${escaped}"`;
}

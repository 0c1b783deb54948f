/** Printing text as TypeScript: the one place that quotes and escapes. */

/**
 * What a reviewer could not see, or could see only as part of its neighbour: controls, blanks other than the space,
 * bidirectional controls, joiners, fillers, variation selectors, tags, regional indicators, skin tones, lone surrogates,
 * and what is no character in the version of Unicode that Node has, whose width is anyone's guess.
 */
const unseen =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass lint/suspicious/noControlCharactersInRegex: listing such characters is the purpose
  /[\0-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u20e3\u2800\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}\u{e0000}-\u{e0fff}\p{Cn}\p{Co}]/gu;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeUnseen(text: string): string {
  // Nearly all text is of this kind.
  if (/^[ -~]*$/.test(text)) return text;
  return text.replaceAll(unseen, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint > 0xffff) return `\\u{${codePoint.toString(16)}}`;
    return shortEscapes[character] ?? `\\u${codePoint.toString(16).padStart(4, '0')}`;
  });
}

/** A string literal. In double quotes, unless single ones need fewer escapes: Prettier's choice. */
export function stringLiteral(text: string): string {
  // Nearly all text needs no escape.
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return `"${text}"`;
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  return quote + escapeUnseen(text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)) + quote;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

/** Literal text between the backticks of a template. */
export function templateText(text: string): string {
  return escapeUnseen(text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${'));
}

/** The key of a property, quoted only if it must be. */
export function propertyKey(name: string): string {
  // In an object literal a plain or quoted `__proto__` would set the prototype.
  if (name === '__proto__') return '["__proto__"]';
  if (isIdentifier(name)) return name;
  // Prettier unquotes what is an identifier in its version of Unicode; a computed key is the same in all of them.
  if (/^[\w$\u0080-\uffff]+$/.test(name)) return `[${stringLiteral(name)}]`;
  return stringLiteral(name);
}

/** The name under which a module exports something: any text can be one. */
export function exportedName(name: string): string {
  return isIdentifier(name) ? name : stringLiteral(name);
}

/** Whether a text is a name of TypeScript, which a word of the language may be too where it stands for a property. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text);
}

/** Text within a `//` comment, on one line whatever it holds. */
export function commentText(text: string): string {
  return escapeUnseen(text).trimEnd();
}

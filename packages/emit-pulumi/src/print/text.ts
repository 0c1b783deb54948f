/** Prints text as TypeScript. Only this module quotes and escapes. */
import { escapeUnseen, spelledOut } from '@keywright/core/emit/unseen';

/** A string literal, quoted as Prettier quotes it: in double quotes, unless single quotes need fewer escapes. */
export function stringLiteral(text: string): string {
  // A fast path for most texts.
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return `"${text}"`;
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  return quote + escapeUnseen(text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`), spelledOut) + quote;
}

function count(text: string, character: string): number {
  let occurrences = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) occurrences += 1;
  return occurrences;
}

export function templateText(text: string): string {
  return escapeUnseen(text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${'), spelledOut);
}

/** A property's key, quoted only if necessary. */
export function propertyKey(name: string): string {
  // In an object literal, `__proto__` as a plain or quoted key would set the prototype.
  if (name === '__proto__') return '["__proto__"]';
  if (isIdentifier(name)) return name;
  // Prettier unquotes keys that are identifiers in its own version of Unicode. A computed key is the same in every version.
  if (/^[\w$\u0080-\uffff]+$/.test(name)) return `[${stringLiteral(name)}]`;
  return stringLiteral(name);
}

/** The name of a module's export. Any text is allowed, in quotes. */
export function exportedName(name: string): string {
  return isIdentifier(name) ? name : stringLiteral(name);
}

/** Whether a text has the form of a TypeScript name. This includes reserved words, which can be names of properties. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text);
}

/** Prints text as TypeScript; the only module that quotes and escapes. */
import { escapeUnseen, spelledOut } from '@keywright/core/emit/unseen';

/** A string literal, in double quotes unless single ones need fewer escapes, as Prettier chooses. */
export function stringLiteral(text: string): string {
  // The common case.
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return `"${text}"`;
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  return quote + escapeUnseen(text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`), spelledOut) + quote;
}

function count(text: string, character: string): number {
  let occurrences = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) occurrences += 1;
  return occurrences;
}

/** Literal text inside a template literal. */
export function templateText(text: string): string {
  return escapeUnseen(text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${'), spelledOut);
}

/** A property's key, quoted only if necessary. */
export function propertyKey(name: string): string {
  // In an object literal a plain or quoted `__proto__` would set the prototype.
  if (name === '__proto__') return '["__proto__"]';
  if (isIdentifier(name)) return name;
  // Prettier unquotes identifiers of its own version of Unicode; a computed key is the same in every version.
  if (/^[\w$\u0080-\uffff]+$/.test(name)) return `[${stringLiteral(name)}]`;
  return stringLiteral(name);
}

/** The name of a module's export; any text is allowed. */
export function exportedName(name: string): string {
  return isIdentifier(name) ? name : stringLiteral(name);
}

/** Whether a text has the form of a TypeScript name. Reserved words count: they can be property names. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text);
}

/** Printing text as TypeScript: the one place that quotes and escapes. */
import { escapeUnseen, spelledOut } from '@keywright/core/emit/unseen';

/** A string literal. In double quotes, unless single ones need fewer escapes: Prettier's choice. */
export function stringLiteral(text: string): string {
  // Nearly all text needs no escape.
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return `"${text}"`;
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  return quote + escapeUnseen(text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`), spelledOut) + quote;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

/** Literal text between the backticks of a template. */
export function templateText(text: string): string {
  return escapeUnseen(text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${'), spelledOut);
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

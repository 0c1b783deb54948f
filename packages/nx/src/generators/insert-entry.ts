import { entries, type Located } from '@keywright/core/project/located';

/** An entry of a mapping: the YAML key, and the text of the value or, for a mapping, the entries in it. */
export type NewEntry = readonly [key: string, value: string | readonly NewEntry[]];

/**
 * Returns the text of a YAML file with one more entry in a mapping, in the mapping's style: first in braces, last in a block. Returns
 * `undefined` if the mapping is an alias of another mapping. If the mapping merges another mapping, the result may mean something else, so
 * the caller has to compare the contents.
 */
export function insertEntry(text: string, mapping: Located<object>, entry: NewEntry): string | undefined {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r\n|\n|\r/);
  const { line, column } = mapping.span;
  const first = lines[line - 1] ?? '';
  // Only the names of the entries are used, so their type does not matter.
  const present = entries(mapping as Located<Readonly<Record<string, unknown>>>);
  if (first[column - 1] === '*') return undefined;
  if (first[column - 1] === '{') {
    const added = ` ${inFlow(entry)}${present.length === 0 ? ' ' : ','}`;
    return lines.with(line - 1, first.slice(0, column) + added + first.slice(column)).join(newline);
  }
  const last = present.at(-1);
  const indent = (last?.nameSpan.column ?? 1) - 1;
  // Lines with more indentation are part of the last entry; trailing empty lines are not.
  let end = last?.nameSpan.line ?? line;
  for (let at = end; at < lines.length && indentOf(lines[at]) > indent; at++)
    if (lines[at]?.trim() !== '') end = at + 1;
  const added = inBlock(entry, ' '.repeat(indent));
  return [...lines.slice(0, end), ...added, ...(end === lines.length ? [''] : lines.slice(end))].join(newline);
}

/** Returns the indentation of a line. It is infinite for an empty line, which does not end an entry. */
function indentOf(line: string | undefined): number {
  const at = (line ?? '').search(/\S/);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}

function inFlow([key, value]: NewEntry): string {
  return `${key}: ${typeof value === 'string' ? value : `{ ${value.map(inFlow).join(', ')} }`}`;
}

function inBlock([key, value]: NewEntry, indent: string): readonly string[] {
  if (typeof value === 'string') return [`${indent}${key}: ${value}`];
  return [`${indent}${key}:`, ...value.flatMap((entry) => inBlock(entry, `${indent}  `))];
}

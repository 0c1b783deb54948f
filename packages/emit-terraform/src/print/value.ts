import { isList } from '@keywright/core/collections/is-list';
import { objectKey } from './text.ts';

/** An HCL value: text of an expression, a list, or an object whose entries keep their order. */
export type Value = string | readonly Value[] | ObjectValue;

export interface ObjectValue {
  readonly entries: readonly (readonly [key: string, value: Value])[];
  /** Whether each entry is on a line of its own, however short it is. */
  readonly isExpanded?: boolean;
}

/** The longest value that is printed on one line, in characters. It fits beside a name without scrolling. */
const inlineWidth = 90;

/**
 * Prints a value as lines, which `layOut` indents. A short list of scalars stays on one line, and so does an object of one short entry.
 * Anything else has a line for each element, so that a change shows where it is.
 */
export function print(value: Value): string {
  if (typeof value === 'string') return value;
  const inline = printInline(value);
  if (inline !== undefined && inline.length <= inlineWidth) return inline;
  if (isList(value)) return `[\n${value.map((element) => `${print(element)},\n`).join('')}]`;
  return `{\n${value.entries.map(([key, entry]) => `${objectKey(key)} = ${print(entry)}\n`).join('')}}`;
}

function printInline(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (isList(value)) {
    const isInline = value.every((element) => typeof element === 'string' && !element.includes('\n'));
    return isInline ? `[${value.join(', ')}]` : undefined;
  }
  if (value.isExpanded) return undefined;
  const [only] = value.entries;
  if (only === undefined) return '{}';
  if (value.entries.length > 1) return undefined;
  const inner = printInline(only[1]);
  return inner === undefined ? undefined : `{ ${objectKey(only[0])} = ${inner} }`;
}

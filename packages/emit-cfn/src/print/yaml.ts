import { isList, type MapValue, type Value } from '../template/value.ts';
import { subText } from './sub-text.ts';
import { scalar } from './yaml-scalar.ts';

/**
 * What follows `key:` in a template: a space and the value where that is one line, else line breaks and a block whose
 * lines start with `indent` spaces.
 */
export function yamlAfterKey(value: Value, indent: number): string {
  return afterKey(value, ' '.repeat(indent));
}

/** `margin` is what the lines below that of the key start with. */
function afterKey(value: Value, margin: string): string {
  const below = isBlock(value) ? `\n${margin}` : ' ';
  return below + print(value, margin);
}

function isBlock(value: Value): boolean {
  if (typeof value !== 'object') return false;
  if (isList(value)) return value.length > 0;
  return value.kind === 'map' && value.entries.length > 0;
}

/** A value whose first line has a start already; the others start with `margin`. */
function print(value: Value, margin: string): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return printList(value, margin);
  switch (value.kind) {
    case 'map':
      return printMap(value, margin);
    case 'ref':
      return `!Ref ${scalar(value.name)}`;
    case 'getAtt':
      return `!GetAtt ${scalar(`${value.logicalId}.${value.attribute}`)}`;
    case 'importValue':
      return `!ImportValue ${scalar(value.exportName)}`;
    case 'sub':
      return `!Sub ${scalar(subText(value))}`;
    case 'join':
      return `!Join\n${margin}${printList(['', value.parts], margin)}`;
  }
}

function printList(list: readonly Value[], margin: string): string {
  if (list.length === 0) return '[]';
  return list.map((item) => `- ${print(item, `${margin}  `)}`).join(`\n${margin}`);
}

function printMap({ entries }: MapValue, margin: string): string {
  if (entries.length === 0) return '{}';
  return entries.map(([key, value]) => printKey(key, margin) + afterKey(value, `${margin}  `)).join(`\n${margin}`);
}

/** YAML wants a key that is followed by `:` on its line to be shorter than 1,024 characters, quotes and escapes included. */
const longestSimpleKey = 1000;

function printKey(key: string, margin: string): string {
  const printed = scalar(key);
  return printed.length <= longestSimpleKey ? `${printed}:` : `? ${printed}\n${margin}:`;
}

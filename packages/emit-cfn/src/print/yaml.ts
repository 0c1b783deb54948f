import { isList } from '@keywright/core/collections/is-list';
import { scalar } from '@keywright/core/emit/yaml-scalar';
import type { MapValue, Value } from '../template/value.ts';
import { subText } from './sub-text.ts';

/**
 * Returns the text after `name:` in a template: a space and a value on the same line, or a line break and a block whose lines are indented
 * by `indent` spaces.
 */
export function yamlAfterKey(value: Value, indent: number, printed: PrintedMaps = new Map()): string {
  return afterKey(value, ' '.repeat(indent), printed);
}

/**
 * Cached texts of mappings in lists, with the margin that their lines start with. Statements are such mappings, and the same statement
 * occurs in several policies.
 */
export type PrintedMaps = Map<MapValue, { readonly margin: string; readonly text: string }>;

/** The lines below the name start with `margin`. */
function afterKey(value: Value, margin: string, printed: PrintedMaps): string {
  const below = isBlock(value) ? `\n${margin}` : ' ';
  return below + print(value, margin, printed);
}

function isBlock(value: Value): boolean {
  if (typeof value !== 'object') return false;
  if (isList(value)) return value.length > 0;
  if (value.kind === 'importValue') return typeof value.exportName !== 'string';
  return value.kind === 'map' && value.entries.length > 0;
}

/** The first line of the text continues a line; all further lines start with `margin`. */
function print(value: Value, margin: string, printed: PrintedMaps): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return printList(value, margin, printed);
  switch (value.kind) {
    case 'map':
      return printMap(value, margin, printed);
    case 'ref':
      return `!Ref ${scalar(value.name)}`;
    case 'getAtt':
      return `!GetAtt ${scalar(`${value.logicalId}.${value.attribute}`)}`;
    case 'importValue':
      return typeof value.exportName === 'string'
        ? `!ImportValue ${scalar(value.exportName)}`
        : // A value can have only one tag.
          `Fn::ImportValue:${afterKey(value.exportName, `${margin}  `, printed)}`;
    case 'sub':
      return `!Sub ${scalar(subText(value))}`;
    case 'join':
      return `!Join\n${margin}${printList(['', value.parts], margin, printed)}`;
  }
}

function printList(list: readonly Value[], margin: string, printed: PrintedMaps): string {
  if (list.length === 0) return '[]';
  const inner = `${margin}  `;
  return list.map((item) => `- ${printItem(item, inner, printed)}`).join(`\n${margin}`);
}

function printItem(item: Value, margin: string, printed: PrintedMaps): string {
  if (typeof item !== 'object' || isList(item) || item.kind !== 'map') return print(item, margin, printed);
  const cached = printed.get(item);
  if (cached?.margin === margin) return cached.text;
  const text = printMap(item, margin, printed);
  printed.set(item, { margin, text });
  return text;
}

function printMap({ entries }: MapValue, margin: string, printed: PrintedMaps): string {
  if (entries.length === 0) return '{}';
  const inner = `${margin}  `;
  return entries.map(([key, value]) => printKey(key, margin) + afterKey(value, inner, printed)).join(`\n${margin}`);
}

/** In YAML, a mapping's key with the `:` on the same line must be shorter than 1,024 characters, quotes and escapes included. */
const longestSimpleKey = 1000;

function printKey(key: string, margin: string): string {
  const printed = scalar(key);
  return printed.length <= longestSimpleKey ? `${printed}:` : `? ${printed}\n${margin}:`;
}

import { isList, type Value } from '../template/value.ts';
import { subText } from './sub-text.ts';
import { scalar } from './yaml-scalar.ts';

/**
 * What follows `key:` in a template: a space and the value where that is one line, else line breaks and a block whose
 * lines start with `indent` spaces.
 */
export function yamlAfterKey(value: Value, indent: number): string {
  const { head, lines } = block(value);
  const margin = `\n${' '.repeat(indent)}`;
  return (head === '' ? '' : ` ${head}`) + lines.map((line) => margin + line).join('');
}

/** A value as what stands on the line of its key, if anything, and the lines below it. */
interface Block {
  readonly head: string;
  readonly lines: readonly string[];
}

function block(value: Value): Block {
  if (typeof value === 'string') return inline(scalar(value));
  if (typeof value !== 'object') return inline(String(value));
  if (isList(value)) return value.length === 0 ? inline('[]') : { head: '', lines: value.flatMap(itemLines) };
  switch (value.kind) {
    case 'map':
      if (value.entries.length === 0) return inline('{}');
      return { head: '', lines: value.entries.flatMap(([key, entry]) => entryLines(key, entry)) };
    case 'ref':
      return inline(`!Ref ${scalar(value.name)}`);
    case 'getAtt':
      return inline(`!GetAtt ${scalar(`${value.logicalId}.${value.attribute}`)}`);
    case 'importValue':
      return inline(`!ImportValue ${scalar(value.exportName)}`);
    case 'sub':
      return inline(`!Sub ${scalar(subText(value))}`);
    case 'join':
      return { head: '!Join', lines: ["- ''", ...hanging('- ', value.parts.flatMap(itemLines))] };
  }
}

function inline(text: string): Block {
  return { head: text, lines: [] };
}

function itemLines(value: Value): readonly string[] {
  const { head, lines } = block(value);
  return head === '' ? hanging('- ', lines) : [`- ${head}`, ...indented(lines)];
}

/** YAML wants a key that is followed by `:` on its line to be shorter than 1,024 characters, quotes and escapes included. */
const longestSimpleKey = 1000;

function entryLines(key: string, value: Value): readonly string[] {
  const { head, lines } = block(value);
  const printed = scalar(key);
  const rest = head === '' ? '' : ` ${head}`;
  if (printed.length <= longestSimpleKey) return [`${printed}:${rest}`, ...indented(lines)];
  return [`? ${printed}`, `:${rest}`, ...indented(lines)];
}

/** The first line after a mark, the others below it. */
function hanging(mark: string, lines: readonly string[]): readonly string[] {
  const margin = ' '.repeat(mark.length);
  return lines.map((line, index) => (index === 0 ? mark : margin) + line);
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

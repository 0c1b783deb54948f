import { isList, type MapValue, type Value } from '../template/value.ts';
import { subText } from './sub-text.ts';
import { scalar } from './yaml-scalar.ts';

/**
 * What follows `key:` in a template: a space and the value where that is one line, else line breaks and a block whose
 * lines start with `indent` spaces.
 */
export function yamlAfterKey(value: Value, indent: number): string {
  const out: string[] = [];
  writeAfterKey(value, `\n${' '.repeat(indent)}`, out);
  return out.join('');
}

// Pieces go to one list, joined at the end: texts of texts would copy every line once for each level it is nested in.

/** `newLine` is a line break and the indentation of the lines below that of the key. */
function writeAfterKey(value: Value, newLine: string, out: string[]): void {
  out.push(isBlock(value) ? newLine : ' ');
  write(value, newLine, out);
}

function isBlock(value: Value): boolean {
  if (typeof value !== 'object') return false;
  if (isList(value)) return value.length > 0;
  return value.kind === 'map' && value.entries.length > 0;
}

/** Writes a value whose first line has been started; the others start with `newLine`. */
function write(value: Value, newLine: string, out: string[]): void {
  if (typeof value === 'string') out.push(scalar(value));
  else if (typeof value !== 'object') out.push(String(value));
  else if (isList(value)) writeList(value, newLine, out);
  else {
    switch (value.kind) {
      case 'map':
        writeMap(value, newLine, out);
        break;
      case 'ref':
        out.push('!Ref ', scalar(value.name));
        break;
      case 'getAtt':
        out.push('!GetAtt ', scalar(`${value.logicalId}.${value.attribute}`));
        break;
      case 'importValue':
        out.push('!ImportValue ', scalar(value.exportName));
        break;
      case 'sub':
        out.push('!Sub ', scalar(subText(value)));
        break;
      case 'join':
        out.push('!Join', newLine);
        writeList(['', value.parts], newLine, out);
    }
  }
}

function writeList(list: readonly Value[], newLine: string, out: string[]): void {
  if (list.length === 0) out.push('[]');
  for (const [index, item] of list.entries()) {
    if (index > 0) out.push(newLine);
    out.push('- ');
    write(item, `${newLine}  `, out);
  }
}

function writeMap({ entries }: MapValue, newLine: string, out: string[]): void {
  if (entries.length === 0) out.push('{}');
  for (const [index, [key, value]] of entries.entries()) {
    if (index > 0) out.push(newLine);
    writeKey(key, newLine, out);
    writeAfterKey(value, `${newLine}  `, out);
  }
}

/** YAML wants a key that is followed by `:` on its line to be shorter than 1,024 characters, quotes and escapes included. */
const longestSimpleKey = 1000;

function writeKey(key: string, newLine: string, out: string[]): void {
  const printed = scalar(key);
  if (printed.length <= longestSimpleKey) out.push(printed, ':');
  else out.push('? ', printed, newLine, ':');
}

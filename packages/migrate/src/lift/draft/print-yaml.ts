import { Alias, Anchor, withAnchors } from './anchors.ts';

/** The maximum length of a line with a whole mapping or list. */
const lineLength = 140;

/**
 * Prints a value as YAML, as a person would write it: in order, without comments, and on one line if it fits. Long lists and conditions
 * that are repeated are written once, with an anchor. Values are texts, numbers, booleans, lists and mappings.
 */
export function printYaml(value: object): string {
  return `${block(withAnchors(value, flow), 0, []).join('\n')}\n`;
}

/** Mappings whose entries are always printed on their own lines, because readers look for these entries at the start of a line. */
const sections =
  /^(environments|principals|standards|stacks|stacks\/[^/]+|stacks\/[^/]+\/(keys|imports|principals|identityPolicies)|)$/;

function block(value: object, depth: number, path: readonly string[]): string[] {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown): string[] => {
      const line = flow(item);
      if (!isStructure(item) || line.length + indent.length + 2 <= lineLength) return [`${indent}- ${line}`];
      const [first = '', ...rest] = block(item, depth + 1, [...path, '-']);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): string[] => {
    const name = mappingKey(key);
    const inside = [...path, key];
    const line = `${indent}${name}: ${flow(inner)}`;
    if (!isStructure(inner) || inner instanceof Alias || Object.keys(inner).length === 0) return [line];
    if (!sections.test(inside.join('/')) && line.length <= lineLength) return [line];
    const start = inner instanceof Anchor ? `${indent}${name}: &${inner.name}` : `${indent}${name}:`;
    const content = inner instanceof Anchor ? inner.value : inner;
    if (Array.isArray(content) && content.every((item) => !isStructure(item)))
      return [`${start} [`, ...wrapped(content, `${indent}  `)];
    return [start, ...block(content, depth + 1, inside)];
  });
}

/** Returns the elements of a list and its closing bracket, on as few lines as possible. */
function wrapped(items: readonly unknown[], indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  items.forEach((item, index) => {
    const text = `${flow(item)}${index < items.length - 1 ? ',' : ']'}`;
    const longer = line === '' ? `${indent}${text}` : `${line} ${text}`;
    if (line !== '' && longer.length > lineLength) {
      lines.push(line);
      line = `${indent}${text}`;
    } else line = longer;
  });
  return [...lines, line];
}

function isStructure(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function flow(value: unknown): string {
  if (typeof value === 'string') return scalar(value);
  if (!isStructure(value)) return String(value);
  if (value instanceof Alias) return `*${value.name}`;
  if (value instanceof Anchor) return `&${value.name} ${flow(value.value)}`;
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${mappingKey(key)}: ${flow(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/**
 * Prints a text as a plain scalar if YAML reads that as the same text anywhere; otherwise in double quotes, where any character is
 * possible.
 */
function scalar(text: string): string {
  if (isPlain(text) || /^[a-z0-9-]+:[A-Za-z]+$/.test(text)) return text;
  return quoted(text);
}

function mappingKey(text: string): string {
  return isPlain(text) ? text : quoted(text);
}

function isPlain(text: string): boolean {
  if (/^\d{1,5} days$/.test(text)) return true;
  return (
    /^[A-Za-z][\w./@+-]*( [\w(/.+-][\w./@()+-]*)*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
  );
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    // YAML takes some characters for line breaks, or rejects them, although JSON does not escape them.
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

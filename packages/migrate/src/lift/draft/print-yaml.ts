import { Alias, Anchor, withAnchors } from './anchors.ts';

/** The maximum length of a line that holds a whole mapping or list. */
const lineLength = 140;

/**
 * Prints a value as YAML, as one would write it by hand: what fits goes on one line, in order and without comments; long lists and
 * conditions that are repeated are written once, with an anchor. Values are texts, numbers, booleans, lists and mappings.
 */
export function printYaml(value: object): string {
  return `${block(withAnchors(value, flow), 0, []).join('\n')}\n`;
}

/** Mappings that get lines of their own however short they are: what a reader looks for in the margin. */
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

/** The elements of a list and its closing bracket, on as few lines as possible. */
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

/** A plain scalar if YAML reads it as this text anywhere; otherwise in double quotes, which take any character. */
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
    // JSON does not escape some characters that YAML takes for line breaks or rejects.
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

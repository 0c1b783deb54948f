import { cell, slug, table } from '../markdown.ts';
import { idOf, partOf, type SchemaNode } from '../schema.ts';
import { languageParts } from './parts.ts';

/** Returns a table with `rows` that come from `rowsOf`. */
export function propertyTable(rows: readonly string[], first = 'key'): string {
  return table([first, 'value', 'meaning'], rows);
}

/**
 * Returns the rows of a mapping's properties. If a property is itself a mapping that is written inline, the rows of that mapping follow. If
 * `names` is `node.required` itself, rows do not say that a property is required.
 */
export function rowsOf(
  node: SchemaNode,
  names: readonly string[] = Object.keys(node.properties ?? {}),
  path = '',
): string[] {
  return names.flatMap((name) => {
    const property = node.properties?.[name];
    if (property === undefined) return [];
    const required = node.required?.includes(name) && names !== node.required ? ' **required**' : '';
    const standard = property.default === undefined ? '' : ` Default: \`${property.default}\`.`;
    const description = property.description ?? firstSentence(property) ?? '';
    const row = `| \`${path}${name}\` | ${kindOf(property)}${required} | ${cell(description)}${standard} |`;
    const isInline = property.type === 'object' && property.properties !== undefined;
    return [row, ...(isInline ? rowsOf(property, undefined, `${path}${name}.`) : [])];
  });
}

/** Returns the first sentence about the part that a property refers to. The rest is in the section of that part. */
function firstSentence(property: SchemaNode): string | undefined {
  return property.$ref === undefined ? undefined : partOf(idOf(property.$ref)).description?.replace(/(?<=\.) .*/s, '');
}

/** Returns the kind of value that a schema allows, in Markdown with links. */
export function kindOf(node: SchemaNode): string {
  if (node.$ref !== undefined) {
    const id = idOf(node.$ref);
    const part = languageParts.find((candidate) => candidate.id === id);
    if (part === undefined) throw new Error(`the page of the language has no part for ${id}`);
    return `[${withoutArticle(partOf(id).title ?? id)}](#${slug(part.heading)})`;
  }
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(' \\| ');
  if (node.title === 'a duration') return '[duration](#names-durations-account-ids)';
  if (node.title !== undefined && node.type === 'string') return withoutArticle(node.title);
  if (node.anyOf !== undefined) return oneOf([...new Set(node.anyOf.map(kindOf))]);
  const { type, items } = node;
  if (type === undefined) return 'anything';
  switch (type) {
    case 'array':
      return items === undefined ? 'list' : `list of ${pluralOf(kindOf(items))}`;
    case 'object': {
      const value = node.additionalProperties;
      const isMap = node.properties === undefined && typeof value === 'object' && Object.keys(value).length > 0;
      return isMap ? `name → ${kindOf(value)}` : 'mapping';
    }
    case 'string':
      return 'text';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return 'whole number';
    case 'number':
      return 'number';
  }
}

const plurals: Readonly<Record<string, string>> = {
  alias: 'aliases',
  'environment, group or pattern': 'environments, groups or patterns',
  'key that moved': 'keys that moved',
  'path or pattern of files': 'paths or patterns of files',
  'the name of a target': 'names of targets',
};

/** Puts several values of a kind into words. A link stays a link. */
function pluralOf(kind: string): string {
  return kind.replace(/^(\[?)([^\]`]+)(?=$|\])/, (_, bracket: string, words: string) => {
    const isNoun = /^[a-z]+$/.test(words);
    return `${bracket}${plurals[words] ?? (isNoun ? `${words}s` : words)}`;
  });
}

function withoutArticle(title: string): string {
  return title.replace(/^an? /, '');
}

/** Joins kinds. Writes `text, or a list of them`, not `text, or list of text`. */
function oneOf(kinds: readonly string[]): string {
  const lists = kinds.filter((kind) => kinds.some((other) => kind === `list of ${pluralOf(other)}`));
  const others = kinds.filter((kind) => !lists.includes(kind));
  return [...others, ...(lists.length > 0 ? ['a list'] : [])].join(', or ');
}

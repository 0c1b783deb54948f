import { fenced, linked } from '../markdown.ts';
import { partOf, type SchemaNode } from '../schema.ts';
import { flow } from './flow.ts';
import type { LanguagePart, ShownExamples } from './parts.ts';
import { kindOf, propertyTable, rowsOf } from './property-table.ts';

export function languageSection({ id, heading, at, show }: LanguagePart): string {
  const node = partOf(id);
  const alternatives = node.anyOf ?? [];
  const mappings = alternatives.filter(({ properties }) => properties !== undefined);
  const others = alternatives.filter(({ properties }) => properties === undefined);
  return [
    `## ${heading}`,
    `${at.startsWith('`') ? 'Under' : 'Used'} ${at}.`,
    ...(node.description === undefined ? [] : [linked(node.description)]),
    ...(node.enum === undefined
      ? []
      : [`One of ${kindOf(node)}. [targets.md](targets.md) says what each of them can express.`]),
    ...(others.length > 0 && mappings.length > 0 ? [otherForms(id, others)] : []),
    ...(node.properties === undefined ? [] : propertiesOf(id, node)),
    ...(mappings.length > 0 ? alternativesOf(id, mappings) : []),
    ...(node.examples === undefined ? [] : [fenced('yaml', examplesOf(node.examples, show))]),
  ].join('\n\n');
}

/** Describes the forms of a value other than the mappings. */
function otherForms(id: string, others: readonly SchemaNode[]): string {
  const forms = others.map(kindOf);
  // Inline principals have a separate section.
  return id === 'NamedPrincipal'
    ? `A [principal in place](#principals-in-place), a ${forms.join(', a ')}, or:`
    : `Written as ${forms.map(withArticle).join(', ')}, or as a mapping:`;
}

function withArticle(form: string): string {
  return /^(list |\[)/.test(form) ? `a ${form}` : form;
}

/** Parts that have properties of a key. */
const likeKeys = ['Standard', 'StandardDifference', 'KeyDifference', 'Replica', 'ReplicaDifference'];

/** Describes the properties of a mapping. Properties that a key has too are only named. */
function propertiesOf(id: string, node: SchemaNode): string[] {
  const names = Object.keys(node.properties ?? {});
  const ofKey = partOf('Key').properties;
  const isOfKey = (name: string) => JSON.stringify(ofKey?.[name]) === JSON.stringify(node.properties?.[name]);
  const shared = !likeKeys.includes(id) ? [] : names.filter(isOfKey);
  const own = names.filter((name) => !shared.includes(name));
  const sharedNames = shared.map((name) => `\`${name}\``).join(', ');
  return [
    ...(own.length > 0 ? [propertyTable(rowsOf(node, own))] : []),
    ...(shared.length > 0 ? [`${own.length > 0 ? 'And, as' : 'As'} under [a key](#keys): ${sharedNames}.`] : []),
  ];
}

/** Describes a union of mappings. Each is identified by the YAML key that it requires. */
function alternativesOf(id: string, options: readonly SchemaNode[]): string[] {
  const [only] = options;
  if (options.length === 1 && only !== undefined) return [propertyTable(rowsOf(only))];
  const own = id === 'NamedPrincipal' ? options.filter((option) => !isInlinePrincipal(option)) : options;
  const beside = rowsBeside(own);
  return [
    propertyTable(
      own.flatMap((option) => rowsOf(option, option.required)),
      'one of',
    ),
    ...(beside.length > 0 ? [propertyTable(beside, 'beside it')] : []),
  ];
}

function isInlinePrincipal(option: SchemaNode): boolean {
  const inline = partOf('InlinePrincipal').anyOf ?? [];
  return inline.some((other) => JSON.stringify(other) === JSON.stringify(option));
}

/**
 * Returns the rows of all properties besides the required YAML keys. Each row names the required YAML keys that the property can occur
 * with.
 */
function rowsBeside(options: readonly SchemaNode[]): string[] {
  const beside = new Map<string, { readonly rows: readonly string[]; readonly of: readonly string[] }>();
  for (const option of options) {
    const required = option.required ?? [];
    for (const name of Object.keys(option.properties ?? {}).filter((name) => !required.includes(name))) {
      const { rows, of } = beside.get(name) ?? { rows: rowsOf(option, [name]), of: [] };
      beside.set(name, { rows, of: [...of, `\`${required[0]}\``] });
    }
  }
  return [...beside.values()].flatMap(({ rows, of }) =>
    of.length === options.length
      ? rows
      : rows.map((row) => row.replace(/ \|$/, ` With ${[...new Set(of)].join(' or ')}. |`)),
  );
}

function examplesOf(examples: readonly unknown[], show: ShownExamples | undefined): string {
  if (show === undefined) throw new Error('the page of the language does not say how to show its examples');
  const { key, list, names } = show;
  if (names !== undefined && names.length !== examples.length) throw new Error(`${key} has other examples than names`);
  if (list) return `${key}:\n${examples.map((example) => `  - ${flow(example)}`).join('\n')}`;
  if (names !== undefined) return `${key}:\n${names.map((name, at) => `  ${name}: ${flow(examples[at])}`).join('\n')}`;
  return examples.map((example) => `${key}: ${flow(example)}`).join('\n# or\n');
}

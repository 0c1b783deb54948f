/**
 * Writes the parts of the documentation that come from the code: docs/language.md from the schema of the language,
 * docs/services.md from the service presets, docs/diagnostics/ from the catalogue, docs/schema/ for editors and emitters.
 * With `--check` it writes nothing and fails when one of them is not current. Needs built packages.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogue, pageOf } from '@keywright/cli/catalogue';
import { targets } from '@keywright/cli/targets';
import { irJsonSchema } from '@keywright/core/ir/json-schema';
import { servicePresets } from '@keywright/core/kms/services/presets';
import { languageJsonSchema } from '@keywright/core/language/json-schema';
import * as z from 'zod';

const schema = languageJsonSchema(targets);
const notice = '<!-- Made by tools/docs/generate.mjs: change the source, then run `npm run docs`. -->\n\n';

/** The kind of value that a schema allows, as text with links. */
function kindOf(node) {
  if (node.$ref !== undefined) return link(node.$ref.replace('#/$defs/', ''));
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(' \\| ');
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(kindOf))].join(', or ');
  if (node.type === 'array') return `list of ${kindOf(node.items)}`;
  if (node.type === 'object') {
    if (node.properties !== undefined) return 'mapping';
    const value = node.additionalProperties;
    return typeof value === 'object' && Object.keys(value).length > 0 ? `name → ${kindOf(value)}` : 'mapping';
  }
  if (node.title !== undefined && node.type === 'string') return node.title.replace(/^an? /, '');
  return (
    { string: 'text', boolean: 'true or false', integer: 'whole number', number: 'number' }[node.type] ?? 'anything'
  );
}

const link = (name) => `[${name}](#${name.toLowerCase()})`;
const cell = (text) => text.replaceAll('\n', ' ').replaceAll(/(?<!\\)\|/g, '\\|');

/** A table of the properties of a mapping, and below it those of mappings written in place. */
function propertiesOf(node, path = '') {
  const rows = Object.entries(node.properties ?? {}).map(([name, property]) => {
    const required = node.required?.includes(name) ? ' **required**' : '';
    const standard = property.default === undefined ? '' : ` Default \`${JSON.stringify(property.default)}\`.`;
    const target = property.$ref === undefined ? property : schema.$defs[property.$ref.replace('#/$defs/', '')];
    const description = property.description ?? target?.description ?? '';
    return `| \`${path}${name}\` | ${kindOf(property)}${required} | ${cell(description)}${cell(standard)} |`;
  });
  const nested = Object.entries(node.properties ?? {})
    .filter(([, property]) => property.type === 'object' && property.properties !== undefined)
    .map(([name, property]) => propertiesOf(property, `${path}${name}.`));
  return [...rows, ...nested].join('\n');
}

function sectionOf(name, node) {
  const alternatives =
    node.anyOf?.filter((option) => option.type === 'object' && option.properties !== undefined) ?? [];
  const parts = [`## ${name}`];
  if (node.description !== undefined) parts.push(node.description);
  if (node.type === 'object' && node.properties === undefined) parts.push(`A mapping: ${kindOf(node)}.`);
  else if (node.anyOf !== undefined) parts.push(`Written as ${kindOf(node)}.`);
  else if (node.enum !== undefined) parts.push(`One of ${kindOf(node)}.`);
  const table = (option) => `| key | value | meaning |\n| --- | --- | --- |\n${propertiesOf(option)}`;
  if (node.properties !== undefined) parts.push(table(node));
  for (const option of alternatives) parts.push(table(option));
  if (node.examples !== undefined) {
    parts.push(`Example: ${node.examples.map((example) => `\`${JSON.stringify(example)}\``).join(', ')}`);
  }
  return parts.join('\n\n');
}

function languagePage() {
  const { $defs, ...project } = schema;
  const order = [
    'Settings',
    'Environment',
    'NamedPrincipal',
    'InlinePrincipal',
    'PrincipalReference',
    'CreatedPrincipal',
    'Standard',
    'Stack',
    'Key',
    'Alias',
    'Rotation',
    'Replica',
    'Grant',
    'KmsGrant',
    'Policy',
    'Statement',
    'Conditions',
    'Service',
    'Import',
    'Suppression',
    'PinnedNames',
    'TargetName',
  ];
  const rest = Object.keys($defs)
    .filter((name) => !order.includes(name))
    .sort();
  const sections = [...order, ...rest].filter((name) => $defs[name] !== undefined);
  return `${notice}# The language, version 1

A project is one \`keywright.yaml\`, plus any files it includes, in plain YAML 1.2 (merge keys \`<<\` allowed, custom tags
not). Unknown keys are errors. The order of mappings never changes meaning. What it all means is in
[semantics.md](semantics.md); what each target can express in [targets.md](targets.md). \`keywright schema\` prints the JSON
Schema from which this page is made, for completion and checks in an editor.

**Names** start with a letter and have letters, digits, \`-\` and \`_\`, 63 characters at most. **Durations** are \`180 days\`,
\`180d\` or a whole number of days. **Account ids** are strings: an unquoted one, which YAML reads as a number, is an error.

**Placeholders**: \`\${account}\`, \`\${region}\`, \`\${partition}\` and \`\${dnsSuffix}\` stand for the stack's own in any text that
reaches a policy, a description, a tag value or an output; \`$\${\` is a literal \`\${\`. Nothing else is replaced.

## keywright.yaml

| key | value | meaning |
| --- | --- | --- |
${propertiesOf(project)}

${sections.map((name) => sectionOf(name, $defs[name])).join('\n\n')}
`;
}

function servicesPage() {
  const sections = servicePresets.map((preset) => {
    const options = z.toJSONSchema(preset.options, { io: 'input' });
    const rows = Object.entries(options.properties ?? {}).map(
      ([name, property]) => `| \`${name}\` | ${kindOf(property)} | ${cell(property.description ?? '')} |`,
    );
    const table =
      rows.length === 0
        ? 'It has no options.'
        : `| option | value | meaning |\n| --- | --- | --- |\n${rows.join('\n')}`;
    const key = `${preset.requires.specs.join(' or ')} × ${preset.requires.usage}`;
    return `## ${preset.name}\n\n${preset.title}. Needs a key of ${key}. Source: <${preset.source}>\n\n${table}`;
  });
  return `${notice}# Service presets

Under \`services:\` of a key stand the AWS services that use it, by name or with options:
\`services: [cloudtrail, { name: logs, logGroups: ["/app/*"] }]\`. Each becomes the statements that the documentation of the
service asks for, narrowed to the key's own account wherever the service allows.

${sections.join('\n\n')}
`;
}

function diagnosticsIndex() {
  const rows = catalogue.map(
    (entry) => `| [${entry.code}](${entry.code}.md) | ${entry.severity} | ${cell(entry.title)} |`,
  );
  return `${notice}# Diagnostics

Everything that Keywright can report. A code is never reused or renumbered. KW0xxx: files and YAML; KW1xxx: the structure of
the language; KW2xxx: names and stacks; KW3xxx: keys, policies and grants; KW4xxx: targets; KW5xxx: lookups and the context
file; KW6xxx: output files. \`keywright explain KW3001\` prints a page.

| code | severity | about |
| --- | --- | --- |
${rows.join('\n')}
`;
}

const pages = new Map([
  ['docs/language.md', languagePage()],
  ['docs/services.md', servicesPage()],
  ['docs/schema/keywright.schema.json', `${JSON.stringify(schema, undefined, 2)}\n`],
  ['docs/schema/ir.schema.json', `${JSON.stringify(irJsonSchema, undefined, 2)}\n`],
  ['docs/diagnostics/README.md', diagnosticsIndex()],
  ...catalogue.map((entry) => [`docs/diagnostics/${entry.code}.md`, notice + pageOf(entry)]),
]);

const folder = 'docs/diagnostics';
const stale = existsSync(folder)
  ? readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => !pages.has(path.replaceAll('\\', '/')))
  : [];
const changed = [...pages].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);

if (process.argv.includes('--check')) {
  for (const path of [...changed.map(([path]) => path), ...stale])
    console.error(`${path} is not current: run npm run docs`);
  process.exitCode = changed.length + stale.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of changed) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
  for (const path of stale) rmSync(path);
}

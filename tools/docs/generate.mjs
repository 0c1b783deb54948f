/**
 * Writes the parts of the documentation that come from the code: docs/language.md from the schema of the language,
 * docs/services.md from the service presets, docs/diagnostics/ from the catalogue, docs/schema/ for editors and emitters,
 * and what stands between `<!-- insert: … -->` and `<!-- end insert -->` in pages that are written by hand. Then checks
 * that links lead somewhere, that docs/targets.md has the options of every target, docs/commands.md every command and
 * docs/dependencies.md every dependency. With `--check` it writes nothing and fails as well when something is not
 * current. Needs built packages.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { catalogue, pageOf } from '@keywright/cli/catalogue';
import { createProgram } from '@keywright/cli/program';
import { targets } from '@keywright/cli/targets';
import { irJsonSchema } from '@keywright/core/ir/json-schema';
import { servicePresets } from '@keywright/core/kms/services/presets';
import { grantForCaller, servicesWithoutStatement } from '@keywright/core/kms/services/without-statement';
import { languageJsonSchema } from '@keywright/core/language/json-schema';
import { otherWords } from '@keywright/core/language/words-of-other-tools';

const schema = languageJsonSchema(targets);
const notice = '<!-- Made by tools/docs/generate.mjs: change the source, then run `npm run docs`. -->\n\n';
const problems = [];

// --- The language ---

/**
 * The parts of the language in the order of the page: the id in the schema, the heading, where such a value stands, and
 * how its examples are shown: under a key, as a list, or under names.
 */
const languageParts = [
  { id: 'Settings', heading: 'Settings', at: '`settings`' },
  { id: 'Rules', heading: 'Rules', at: '`rules`', show: { key: 'rules' } },
  {
    id: 'Environment',
    heading: 'Environments',
    at: '`environments.<name>`',
    show: { key: 'environments', names: ['prod', 'data'] },
  },
  {
    id: 'NamedPrincipal',
    heading: 'Named principals',
    at: '`principals.<name>`',
    show: { key: 'principals', names: ['keyAdmins', 'partner', 'operators'] },
  },
  {
    id: 'InlinePrincipal',
    heading: 'Principals in place',
    at: 'wherever a principal is named',
    show: { key: 'to', list: true },
  },
  {
    id: 'PrincipalReference',
    heading: 'References to principals',
    at: 'wherever a principal is named',
    show: { key: 'to', list: true },
  },
  {
    id: 'CreatedPrincipal',
    heading: 'Principals that a stack creates',
    at: '`stacks.<name>.principals.<name>`',
    show: { key: 'principals', names: ['ordersApi', 'deployment', 'batch', 'auditors'] },
  },
  { id: 'Standard', heading: 'Standards', at: '`standards.<name>`', show: { key: 'standards', names: ['pii'] } },
  { id: 'Stack', heading: 'Stacks', at: '`stacks.<name>`' },
  {
    id: 'Key',
    heading: 'Keys',
    at: '`stacks.<name>.keys.<name>`',
    show: { key: 'keys', names: ['orders', 'receipts'] },
  },
  {
    id: 'Alias',
    heading: 'Aliases',
    at: '`aliases` of a key, a replica or an import',
    show: { key: 'aliases', list: true },
  },
  { id: 'Rotation', heading: 'Rotation', at: '`rotation` of a key or a standard', show: { key: 'rotation' } },
  { id: 'Replica', heading: 'Replicas', at: '`replicas` of a key', show: { key: 'replicas', list: true } },
  {
    id: 'Grant',
    heading: 'Grants',
    at: '`grants` of a key, a replica, a standard or an import',
    show: { key: 'grants', list: true },
  },
  {
    id: 'KmsGrant',
    heading: 'KMS grants',
    at: '`kmsGrants.<name>` of a key',
    show: { key: 'kmsGrants', names: ['workers'] },
  },
  { id: 'Policy', heading: 'Key policies', at: '`policy` of a key, a replica or a standard', show: { key: 'policy' } },
  {
    id: 'Statement',
    heading: 'Statements',
    at: '`statements`, or in a `policy`',
    show: { key: 'statements', list: true },
  },
  {
    id: 'Conditions',
    heading: 'Conditions',
    at: '`conditions` of a statement, and `when` of a grant or a role',
    show: { key: 'when' },
  },
  {
    id: 'Service',
    heading: 'Services',
    at: '`services` of a key, a replica or a standard',
    show: { key: 'services', list: true },
  },
  {
    id: 'Import',
    heading: 'Imports',
    at: '`stacks.<name>.imports.<name>`',
    show: { key: 'imports', names: ['legacy', 's3', 'shared', 'platform'] },
  },
  {
    id: 'Suppression',
    heading: 'Suppressions',
    at: '`suppress` of a key, a replica, a standard or an import',
    show: { key: 'suppress', list: true },
  },
  {
    id: 'PinnedNames',
    heading: 'Pinned names',
    at: '`names` of a key, a replica, an alias, a KMS grant or a principal that a stack creates',
    show: { key: 'names' },
  },
  { id: 'TargetName', heading: 'Targets', at: '`targets` of a stack, and as a key in `names`' },
];

const definition = (ref) => schema.$defs[ref.replace('#/$defs/', '')];
const withoutArticle = (title) => title.replace(/^an? /, '');
const cell = (text) => linked(text.replaceAll('\n', ' ').replaceAll(/(?<!\\)\|/g, '\\|'));

/** `docs/semantics.md` in a text of the code, as a link from a page in docs/. */
function linked(text, folder = '') {
  return text.replaceAll(/(?<![\w/[])docs\/([\w-]+\.md)/g, (_, page) => `[${page}](${folder}${page})`);
}

/** The kind of value that a schema allows, as text with links. */
function kindOf(node) {
  if (node.$ref !== undefined) {
    const id = node.$ref.replace('#/$defs/', '');
    const part = languageParts.find((candidate) => candidate.id === id);
    if (part === undefined) throw new Error(`the page of the language has no part for ${id}`);
    return `[${withoutArticle(definition(node.$ref).title)}](#${slug(part.heading)})`;
  }
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(' \\| ');
  if (node.title === 'a duration') return '[duration](#names-durations-account-ids)';
  if (node.title !== undefined && node.type === 'string') return withoutArticle(node.title);
  if (node.anyOf !== undefined) return oneOf([...new Set(node.anyOf.map(kindOf))]);
  if (node.type === 'array') return `list of ${kindOf(node.items)}`;
  if (node.type === 'object') {
    const value = node.additionalProperties;
    const isMap = node.properties === undefined && typeof value === 'object' && Object.keys(value).length > 0;
    return isMap ? `name → ${kindOf(value)}` : 'mapping';
  }
  return (
    { string: 'text', boolean: 'true or false', integer: 'whole number', number: 'number' }[node.type] ?? 'anything'
  );
}

/** `text, or a list of them` rather than `text, or list of text`. */
function oneOf(kinds) {
  const lists = kinds.filter((kind) => kinds.includes(kind.replace(/^list of /, '')) && kind.startsWith('list of '));
  const others = kinds.filter((kind) => !lists.includes(kind));
  return [...others, ...(lists.length > 0 ? ['a list'] : [])].join(', or ');
}

/** The rows of some properties of a mapping, and below each those of a mapping that is written in place. */
function rowsOf(node, names = Object.keys(node.properties ?? {}), path = '') {
  return names.flatMap((name) => {
    const property = node.properties[name];
    const required = node.required?.includes(name) && names !== node.required ? ' **required**' : '';
    const standard = property.default === undefined ? '' : ` Default: \`${property.default}\`.`;
    // What the part's own section says in full.
    const ofPart = property.$ref && definition(property.$ref).description?.replace(/(?<=\.) .*/s, '');
    const description = property.description ?? ofPart ?? '';
    const row = `| \`${path}${name}\` | ${kindOf(property)}${required} | ${cell(description)}${standard} |`;
    const isInPlace = property.type === 'object' && property.properties !== undefined;
    return [row, ...(isInPlace ? rowsOf(property, undefined, `${path}${name}.`) : [])];
  });
}

const table = (rows, first = 'key') => `| ${first} | value | meaning |\n| --- | --- | --- |\n${rows.join('\n')}`;

/** The properties of a mapping, those that a key has too only named. */
function propertiesOf(id, node) {
  const names = Object.keys(node.properties);
  const key = schema.$defs.Key.properties;
  const same = (name) => JSON.stringify(key[name]) === JSON.stringify(node.properties[name]);
  const shared = id === 'Standard' || id === 'Replica' ? names.filter(same) : [];
  const own = names.filter((name) => !shared.includes(name));
  const all = shared.map((name) => `\`${name}\``).join(', ');
  return [
    ...(own.length > 0 ? [table(rowsOf(node, own))] : []),
    ...(shared.length > 0 ? [`${own.length > 0 ? 'And, as' : 'As'} under [a key](#keys): ${all}.`] : []),
  ];
}

/** A union of mappings, each told by the key that it requires. */
function alternativesOf(id, options) {
  if (options.length === 1) return [table(rowsOf(options[0]))];
  const inline = schema.$defs.InlinePrincipal.anyOf.map((option) => JSON.stringify(option));
  const { because: reason } = options.find(({ properties }) => properties.because !== undefined)?.properties ?? {};
  // A named principal may have a reason as well.
  const withoutReason = (option) => {
    const { because, ...properties } = option.properties;
    return JSON.stringify({ ...option, properties });
  };
  const isShared = (option) => id === 'NamedPrincipal' && inline.includes(withoutReason(option));
  const own = options.filter((option) => !isShared(option));
  const told = own.flatMap((option) => rowsOf(option, option.required));
  const beside = new Map();
  for (const option of own) {
    for (const name of Object.keys(option.properties)) {
      if (option.required.includes(name)) continue;
      const { rows, of } = beside.get(name) ?? { rows: rowsOf(option, [name]), of: [] };
      beside.set(name, { rows, of: [...of, `\`${option.required[0]}\``] });
    }
  }
  const besideRows = [...beside.values()].flatMap(({ rows, of }) =>
    of.length === own.length ? rows : rows.map((row) => row.replace(/ \|$/, ` With ${of.join(' or ')}. |`)),
  );
  return [
    ...(own.length < options.length ? ['What a [principal in place](#principals-in-place) is, or:'] : []),
    table(told, 'one of'),
    ...(reason === undefined ? [] : [table(rowsOf({ properties: { because: reason } }), 'beside it')]),
    ...(besideRows.length > 0 ? [table(besideRows, 'beside it')] : []),
  ];
}

function languageSection({ id, heading, at, show }) {
  const node = schema.$defs[id];
  const parts = [`## ${heading}`];
  parts.push(`${at.startsWith('`') ? 'Under' : 'Stands'} ${at}.`);
  if (node.description !== undefined) parts.push(linked(node.description));
  if (node.enum !== undefined)
    parts.push(`One of ${kindOf(node)}. [targets.md](targets.md) says what each can express.`);
  const mappings = node.anyOf?.filter(({ properties }) => properties !== undefined) ?? [];
  const others = node.anyOf?.filter(({ properties }) => properties === undefined) ?? [];
  if (others.length > 0 && mappings.length > 0) {
    parts.push(`Written as ${others.map(kindOf).join(', or ')}, or as a mapping:`);
  }
  if (node.properties !== undefined) parts.push(...propertiesOf(id, node));
  if (mappings.length > 0) parts.push(...alternativesOf(id, mappings));
  if (node.examples !== undefined) parts.push(fenced('yaml', examplesOf(node.examples, show)));
  return parts.join('\n\n');
}

function examplesOf(examples, { key, list, names }) {
  if (names !== undefined && names.length !== examples.length) throw new Error(`${key} has other examples than names`);
  if (list) return `${key}:\n${examples.map((example) => `  - ${flow(example)}`).join('\n')}`;
  if (names !== undefined) return `${key}:\n${names.map((name, at) => `  ${name}: ${flow(examples[at])}`).join('\n')}`;
  return examples.map((example) => `${key}: ${flow(example)}`).join('\n# or\n');
}

/** A value in YAML on one line. */
function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([name, entry]) => `${flow(name)}: ${flow(entry)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  const isPlain = typeof value !== 'string' || /^([A-Za-z][\w./-]*( [\w./-]+)*|kms:[A-Za-z]+|\d+ days)$/.test(value);
  return isPlain ? String(value) : JSON.stringify(value);
}

function languagePage() {
  const { $defs, ...project } = schema;
  const missing = Object.keys($defs).filter((id) => !languageParts.some((part) => part.id === id));
  if (missing.length > 0) throw new Error(`the page of the language has no part for ${missing.join(', ')}`);
  const own = Object.keys(project.properties).filter((name) => name !== 'targets');
  return `${notice}# The language, version 1

A project is a folder with a \`keywright.yaml\`, plus any files that it includes. Every file is plain YAML 1.2: merge keys
\`<<\` are allowed, custom tags are not. The order of keys in a mapping never changes meaning. A key that is not known is an
error.

This page says what can be written. What it means is in [semantics.md](semantics.md), what each target makes of it in
[targets.md](targets.md). It is made from the JSON Schema that \`keywright schema\` prints and that editors use
([editors.md](editors.md)).

- An **[environment](#environments)** is an account and a region.
- A **[stack](#stacks)** is what is deployed at once, in one environment, in each of several or in any. It has keys.
- A **[key](#keys)** is a KMS key with its aliases, key policy, replicas and grants. It can build on a
  **[standard](#standards)**.
- A **[principal](#named-principals)** is someone who can be named: a role or user that exists, an account, an
  organization, an AWS service; or a role, user or group that [a stack creates](#principals-that-a-stack-creates).
- A **[grant](#grants)** lets principals use a key. An **[import](#imports)** is a key that a stack uses and does not create.

${fenced('yaml', read('packages/cli/starter/keywright.yaml'))}

\`keywright init\` writes this file. Larger projects are in [examples](../examples).

## Names, durations, account ids

A **name** starts with a letter and has letters, digits, \`-\` and \`_\`, 63 characters at most. The names of the app, of
stacks and of environments have no \`_\`.

A **duration** is \`180 days\`, \`180d\` or a whole number of days.

An **account id** is text of twelve digits, in quotes. Without them YAML reads a number, which is an error that says so.

## Placeholders

\`\${account}\`, \`\${region}\`, \`\${partition}\` and \`\${dnsSuffix}\` stand for the stack's own (for the replica's own, in a
replica). They can stand in ARNs and other values that reach a policy, in descriptions, in values of tags and in outputs;
not in names and not in condition keys. \`$\${\` is a literal \`\${\`, which policy variables of IAM need:
\`$\${aws:username}\`. Nothing else is replaced: no environment variables, no code.

## keywright.yaml

The keys at the top of \`keywright.yaml\`. A file that it includes has the same ones, none of them required there.

${table([
  ...rowsOf(project, own),
  '| `targets` | mapping | Options of the targets, by target: see [targets.md](targets.md#options). |',
])}

${languageParts.map(languageSection).join('\n\n')}
`;
}

// --- Services and diagnostics ---

function servicesPage() {
  const sections = servicePresets.map((preset) => {
    const options = preset.options.toJSONSchema({ io: 'input' });
    const rows = rowsOf(options);
    const specs = preset.requires.specs.map((spec) => `\`${spec}\``).join(' or ');
    return [
      `## ${preset.name}`,
      `${preset.title}. For a key of spec ${specs} and usage \`${preset.requires.usage}\`. Source: <${preset.source}>`,
      rows.length === 0 ? 'It has no options.' : table(rows, 'option'),
    ].join('\n\n');
  });
  const links = servicePresets.map(({ name }) => `[${name}](#${slug(name)})`).join(' · ');
  return `${notice}# Service presets

Under \`services:\` of a key stand the AWS services that use it, by name or with options:

${fenced('yaml', 'services:\n  - cloudtrail\n  - { name: logs, logGroups: [/app/*] }')}

Each becomes the statements of the key policy that the documentation of the service asks for, narrowed to the key's own
account wherever the service allows it. A key that the service cannot use is an error, [KW3041](diagnostics/KW3041.md). Some
services need [a grant to their caller](#services-that-need-no-statement) instead. For any other, write
[statements](language.md#statements) or a [grant](language.md#grants) with \`via\`.

${links}

${sections.join('\n\n')}

## Services that need no statement

These use a key with the credentials of their caller, or with a KMS grant that they make in the caller's name. The key policy
needs no statement for them, and \`services\` writes none ([KW3080](diagnostics/KW3080.md)). The caller, here \`deployer\`, needs a grant:

| service | grant | to |
| --- | --- | --- |
${servicesWithoutStatement
  .map((service) => `| ${service.title} | \`${grantForCaller(service, 'deployer')}\` | ${service.caller} |`)
  .join('\n')}
`;
}

const areas = {
  KW0: 'Files and YAML',
  KW1: 'The structure of the language',
  KW2: 'Names and stacks',
  KW3: 'Keys, policies and grants',
  KW4: 'Targets',
  KW5: 'Lookups, the context file, the baseline, and what is deployed already',
  KW6: 'Output files',
  KW7: 'Rules',
};

function diagnosticsIndex() {
  const sections = Object.entries(areas).map(([prefix, title]) => {
    const rows = catalogue
      .filter(({ code }) => code.startsWith(prefix))
      .map(({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${cell(title)} |`);
    return `## ${prefix}xxx: ${title}\n\n| code | severity | about |\n| --- | --- | --- |\n${rows.join('\n')}`;
  });
  return `${notice}# Diagnostics

Everything that Keywright can report, one page a code. \`keywright explain KW3001\` prints a page. A code is never reused or
renumbered.

An **error** stops a build before anything is written. A **warning** or a **note** does not, and can be
[suppressed](../language.md#suppressions) on a key or import with a reason; so can whatever a [rule](../rules.md) finds.

${sections.join('\n\n')}
`;
}

function diagnosticPage(entry) {
  // Help that is all parameter says nothing without its message.
  const page = pageOf(entry)
    .replace(/^What to do: (found )?<\w+>\.\n\n?/m, '')
    .replace(/^What to do: .*/m, withParametersSetOff);
  return `${notice}${linked(page.trimEnd(), '../')}\n`;
}

/** `<days>`, which would be HTML, as *days*; in code it is what it looks like. */
function withParametersSetOff(line) {
  const parts = line.split('`');
  return parts.map((part, at) => (at % 2 === 0 ? part.replaceAll(/<(\w+)>/g, '*$1*') : part)).join('`');
}

// --- What is inserted into pages that are written by hand ---

const insertPattern = /(<!-- insert: (.+?) -->\n)([\s\S]*?)(<!-- end insert -->)/g;
const languages = { yaml: 'yaml', json: 'json', tf: 'hcl', ts: 'ts' };

function withInsertions(page) {
  return read(page).replaceAll(insertPattern, (whole, start, what, _, end) => {
    const text = insertion(what, page);
    return text === undefined ? whole : `${start}\n${text}\n\n${end}`;
  });
}

function insertion(what, page) {
  const [kind, ...words] = what.split(' ');
  if (kind === 'commands') return commandsTable();
  if (kind === 'command') return commandDetails(words);
  if (kind === 'rules') return rulesTable();
  if (kind === 'words') return wordsTable();
  if (kind === 'file') return fileExcerpt(what.slice('file '.length), page);
  throw new Error(`${page}: there is nothing to insert for ${what}`);
}

function rulesTable() {
  const rows = catalogue
    .filter(({ code }) => code.startsWith('KW7'))
    .map(({ code, severity, title }) => `| [${code}](diagnostics/${code}.md) | ${severity} | ${cell(title)} |`);
  return `| rule | severity | finds |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

function wordsTable() {
  const rows = otherWords.map(({ ours, words, example }) => {
    const listed = words.map((word) => `\`${word}\``).join(', ');
    return `| ${cell(listed)} | \`${ours}\` | ${cell(`\`${example[0]}\` → \`${example[1]}\``)} |`;
  });
  return `| elsewhere | here | for example |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

/**
 * `path`, or `path from "…" to "…"`: the lines from the first that has one text to before the next that has the other.
 * Undefined when there is no such file.
 */
function fileExcerpt(what, page) {
  const [, path, from, to] = /^(\S+)(?: from "(.+?)")?(?: to "(.+?)")?$/.exec(what) ?? [];
  if (path === undefined || !existsSync(path)) {
    problems.push(
      `${page}: ${path ?? what} does not exist; the examples are built with UPDATE=1, see docs/contributing.md`,
    );
    return undefined;
  }
  const lines = read(path).split('\n');
  const start = from === undefined ? 0 : lines.findIndex((line) => line.includes(from));
  const end = to === undefined ? lines.length : lines.findIndex((line, at) => at > start && line.includes(to));
  if (start < 0 || end < 0) problems.push(`${page}: ${path} has no excerpt ${what}`);
  return fenced(languages[path.split('.').at(-1)] ?? '', lines.slice(start, end).join('\n'));
}

const nothing = { write() {} };
let printed = '';
const io = { stdout: { write: (text) => (printed += text) }, stderr: nothing, cwd: '.', env: {}, isTerminal: {} };
const program = createProgram(io, () => {});
const commands = leavesOf(program);

function leavesOf(command, path = []) {
  if (command.commands.length === 0) return [{ command, path }];
  return command.commands.flatMap((inner) => leavesOf(inner, [...path, inner.name()]));
}

function commandsTable() {
  const rows = commands.map(({ command, path }) => {
    const name = path.join(' ');
    const [does] = command
      .description()
      .replaceAll('\n', ' ')
      .split(/\.(?: |$)/);
    return `| [\`keywright ${name}\`](#${slug(`keywright ${name}`)}) | ${cell(does)} |`;
  });
  return `| command | does |\n| --- | --- |\n${rows.join('\n')}`;
}

function commandDetails(path) {
  const command = commands.find((candidate) => candidate.path.join(' ') === path.join(' '))?.command;
  if (command === undefined) throw new Error(`there is no command ${path.join(' ')}`);
  const meaning = ({ description, argChoices, defaultValue, conflictsWith = [] }) =>
    [
      argChoices === undefined ? description : `${description}: ${argChoices.map((one) => `\`${one}\``).join(', ')}`,
      ...(defaultValue === undefined || defaultValue === false ? [] : [`default \`${defaultValue}\``]),
      ...(conflictsWith.length === 0 ? [] : [`not with ${conflictsWith.map((one) => `\`--${one}\``).join(' or ')}`]),
    ].join('; ');
  const rows = [
    ...command.registeredArguments.map((argument) => [
      argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
      meaning(argument),
    ]),
    ...command.options.map((option) => [option.flags, meaning(option)]),
  ].map(([name, text]) => `| \`${name}\` | ${cell(text)} |`);
  printed = '';
  command.outputHelp();
  const examples = (printed.split('\nExamples:\n')[1] ?? '').split('\n\n')[0].replaceAll(/^ {2}/gm, '');
  return [
    command.description().replaceAll('\n', ' '),
    fenced('', `keywright ${path.join(' ')} ${command.usage()}`),
    ...(rows.length === 0 ? [] : [`| | |\n| --- | --- |\n${rows.join('\n')}`]),
    fenced('sh', examples),
  ].join('\n\n');
}

// --- Checks of what is written by hand ---

/** The examples of the language, which editors show as well, are what its schema accepts. */
async function checkExamples() {
  for (const file of readdirSync('packages/core/src/language').filter((name) => !name.includes('.test.'))) {
    const module = await import(`@keywright/core/language/${file.replace('.ts', '')}`);
    for (const part of Object.values(module)) {
      for (const example of part?.meta?.()?.examples ?? []) {
        if (!part.safeParse(example).success)
          problems.push(`${file}: ${JSON.stringify(example)} is not what its schema accepts`);
      }
    }
  }
}

function checkCommands() {
  for (const { path } of commands) {
    if (!read('docs/commands.md').includes(`<!-- insert: command ${path.join(' ')} -->`))
      problems.push(`docs/commands.md has no section for keywright ${path.join(' ')}`);
  }
}

/** Every option of a target stands in docs/targets.md as `targets.<target>.<option>`, and nothing else does. */
function checkTargetOptions() {
  const optionsOf = (node, path) =>
    Object.entries(node.properties ?? {})
      .map(([name, property]) => [[...path, name], property])
      .concat((node.anyOf ?? []).flatMap((option) => optionsOf(option, path)))
      .flatMap(([name, property]) =>
        Array.isArray(name) ? [[name, property], ...optionsOf(property, name)] : [[name, property]],
      );
  const wanted = targets.flatMap((target) =>
    optionsOf(target.options.toJSONSchema({ io: 'input' }), ['targets', target.name]).map(([path]) => path.join('.')),
  );
  const rows = read('docs/targets.md').matchAll(/^\| `(targets\.[\w.]+)` \|/gm);
  compare('docs/targets.md', new Set(wanted), new Set([...rows].map(([, name]) => name)));
}

/** docs/dependencies.md has a row for each dependency of each package.json, in the right column, and no other. */
function checkDependencies() {
  const manifests = new Map([
    ['workspace', 'package.json'],
    ['bench', 'tools/bench/cdk/package.json'],
    ['conformance', 'tools/conformance/package.json'],
    ['legacy', 'tools/conformance/legacy/package.json'],
    ...readdirSync('packages').map((name) => [name, `packages/${name}/package.json`]),
  ]);
  const wanted = [...manifests].flatMap(([owner, path]) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(read(path));
    return [
      ...Object.keys(dependencies).map((name) => `${name}, runtime of ${owner}`),
      ...Object.keys(devDependencies).map((name) => `${name}, development of ${owner}`),
    ].filter((text) => !text.startsWith('@keywright/'));
  });
  const rows = [...read('docs/dependencies.md').matchAll(/^\| `(.+?)` \| (.*?) \| (.*?) \|/gm)];
  const owners = (text) => text.split(/,\s*/).filter((owner) => /^[a-z-]{2,}$/.test(owner));
  const found = rows.flatMap(([, name, runtime, development]) => [
    ...owners(runtime).map((owner) => `${name}, runtime of ${owner}`),
    ...owners(development).map((owner) => `${name}, development of ${owner}`),
  ]);
  compare('docs/dependencies.md', new Set(wanted), new Set(found));
}

function compare(page, wanted, found) {
  for (const name of wanted) if (!found.has(name)) problems.push(`${page} lacks ${name}`);
  for (const name of found) if (!wanted.has(name)) problems.push(`${page} has ${name}, which does not exist`);
}

/** Links to files and headings of this repository lead somewhere. */
function checkLinks() {
  for (const page of handWritten().concat([...pages.keys()].filter((path) => path.endsWith('.md')))) {
    const text = withoutCode(read(page));
    for (const [, link] of text.matchAll(/\]\(([^()\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [path, heading] = link.split('#');
      const file = path === '' ? page : posix.join(posix.dirname(page), path);
      if (!existsSync(file)) problems.push(`${page}: ${link} leads nowhere`);
      else if (heading !== undefined && file.endsWith('.md') && !headingsOf(file).has(heading))
        problems.push(`${page}: ${link}: there is no such heading`);
    }
  }
}

function headingsOf(file) {
  const headings = withoutFences(read(file)).matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, text]) => slug(text)));
}

const withoutFences = (text) => text.replaceAll(/^```[\s\S]*?^```$/gm, '');
const withoutCode = (text) => withoutFences(text).replaceAll(/`[^`\n]+`/g, '');

/** The anchor that GitHub gives a heading. */
function slug(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

// --- Reading and writing ---

function read(path) {
  return readFileSync(path, 'utf8');
}

function fenced(language, text) {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** The pages that are not made as a whole. */
function handWritten() {
  const inDocs = readdirSync('docs').map((name) => `docs/${name}`);
  return ['README.md', 'CHANGELOG.md', ...inDocs].filter((path) => path.endsWith('.md') && !pages.has(path));
}

const pages = new Map([
  ['docs/language.md', languagePage()],
  ['docs/services.md', servicesPage()],
  ['docs/schema/keywright.schema.json', `${JSON.stringify(schema, undefined, 2)}\n`],
  ['docs/schema/ir.schema.json', `${JSON.stringify(irJsonSchema, undefined, 2)}\n`],
  ['docs/diagnostics/README.md', diagnosticsIndex()],
  ...catalogue.map((entry) => [`docs/diagnostics/${entry.code}.md`, diagnosticPage(entry)]),
]);
const wanted = new Map([...pages, ...handWritten().map((page) => [page, withInsertions(page)])]);

const folder = 'docs/diagnostics';
const stale = existsSync(folder)
  ? readdirSync(folder)
      .map((name) => join(folder, name).replaceAll('\\', '/'))
      .filter((path) => !pages.has(path))
  : [];
const changed = [...wanted].filter(([path, text]) => !existsSync(path) || read(path) !== text);

if (process.argv.includes('--check')) {
  for (const path of [...changed.map(([path]) => path), ...stale])
    problems.push(`${path} is not current: run npm run docs`);
} else {
  for (const [path, text] of changed) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
  for (const path of stale) rmSync(path);
}
await checkExamples();
checkCommands();
checkTargetOptions();
checkDependencies();
checkLinks();
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

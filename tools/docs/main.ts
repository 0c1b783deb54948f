/**
 * Generates the parts of the documentation that come from the code: docs/language.md from the schema of the language, docs/services.md from
 * the service presets, docs/quickstart.svg from the example `quickstart`, docs/diagnostics/ from the catalogue, docs/schema/ for editors
 * and emitters, and everything between `<!-- insert: … -->` and `<!-- end insert -->` in hand-written pages. Then checks that links and
 * tables are intact, and that docs/targets.md has the options of every target, docs/commands.md has every command and docs/dependencies.md
 * has every dependency. With `--check`, writes nothing, and also fails if something is out of date.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { irJsonSchema } from '@keywright/core/ir/json-schema';
import { catalogue } from '../../packages/cli/src/catalogue.ts';
import { schemaText } from '../../packages/cli/src/commands/schema.ts';
import { commandProblems } from './checks/commands.ts';
import { dependencyProblems } from './checks/dependencies.ts';
import { exampleProblems } from './checks/examples.ts';
import { linkProblems } from './checks/links.ts';
import { tableProblems } from './checks/tables.ts';
import { targetOptionProblems } from './checks/target-options.ts';
import { diagnosticPage, diagnosticsIndex } from './diagnostics-pages.ts';
import { withInsertions } from './insertions.ts';
import { languagePage } from './language/page.ts';
import { pictureOf } from './picture.ts';
import { schemaCatalog } from './schema.ts';
import { servicesPage } from './services-page.ts';

const made = new Map([
  ['docs/language.md', languagePage()],
  ['docs/services.md', servicesPage()],
  ['docs/schema/keywright.schema.json', schemaText('project')],
  ['docs/schema/trusted.schema.json', schemaText('trusted')],
  ['docs/schema/included.schema.json', schemaText('included')],
  ['docs/quickstart.svg', await pictureOf('examples/quickstart')],
  ['docs/schema/catalog.json', `${JSON.stringify(schemaCatalog, undefined, 2)}\n`],
  ['docs/schema/ir.schema.json', `${JSON.stringify(irJsonSchema, undefined, 2)}\n`],
  ['docs/diagnostics/README.md', diagnosticsIndex()],
  ...catalogue.map((entry) => [`docs/diagnostics/${entry.code}.md`, diagnosticPage(entry)] as const),
]);
const writtenByHand = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CODE_OF_CONDUCT.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md') && !made.has(path));
const filled = writtenByHand.map((page) => ({ page, ...withInsertions(page) }));
const pages = new Map([...made, ...filled.map(({ page, text }) => [page, text] as const)]);

const changed = [...pages].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
const diagnosticPages = existsSync('docs/diagnostics') ? readdirSync('docs/diagnostics') : [];
const stale = diagnosticPages.map((name) => `docs/diagnostics/${name}`).filter((path) => !made.has(path));

const isCheck = process.argv.includes('--check');
if (!isCheck) {
  for (const [path, text] of changed) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
  for (const path of stale) rmSync(path);
}

const markdown = [...pages.keys()].filter((path) => path.endsWith('.md') && existsSync(path));
const problems = [
  ...filled.flatMap((page) => page.problems),
  ...(isCheck ? [...changed.map(([path]) => path), ...stale] : []).map(
    (path) => `${path} is not current: run npm run docs`,
  ),
  ...(await exampleProblems()),
  ...commandProblems(),
  ...targetOptionProblems(),
  ...dependencyProblems(),
  ...linkProblems(markdown),
  ...tableProblems(markdown),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

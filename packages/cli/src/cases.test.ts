/**
 * Runs every folder of `packages/cli/cases`: a project and its expected output. `expected/diagnostics.txt` has the diagnostics, and the
 * other files have the generated output. Files that are the same for every stack are tested only by the examples. `UPDATE=1` rewrites the
 * expected output; review the difference.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileProject } from '@keywright/core/compile';
import { type Diagnostic, hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { expect, test } from 'vitest';
import { type BuildTarget, generate, optionsOf } from './output/generate.ts';
import { createDiskHost } from './project/disk-host.ts';
import { targets } from './targets.ts';

const folder = join(import.meta.dirname, '../cases');
const sameEverywhere = /(providers\.tf|versions\.tf|Pulumi\.yaml|package\.json|tsconfig\.json|deployments\.json)$/;

const cases = readdirSync(folder).sort();

test('the cases folder is not empty', () => {
  expect(cases.length).toBeGreaterThan(60);
});

test('docs/semantics.md links exactly the existing cases', () => {
  const text = readFileSync(join(folder, '../../../docs/semantics.md'), 'utf8');
  const linked = [...text.matchAll(/\.\.\/packages\/cli\/cases\/([^/]+)\/keywright\.yaml/g)].map(([, name]) => name);
  expect([...new Set(linked)].sort()).toEqual(cases);
});

for (const name of cases) {
  test(name.replaceAll('-', ' '), async () => {
    const actual = await outcomeOf(join(folder, name));
    const expectedFolder = join(folder, name, 'expected');
    if (process.env.UPDATE === '1') rewrite(expectedFolder, actual);
    expect(actual).toEqual(readExpected(expectedFolder));
  });
}

/** A project's output by file name: the diagnostics and, unless errors stop the build, the generated files. */
async function outcomeOf(project: string): Promise<Readonly<Record<string, string>>> {
  const compilation = compileProject(createDiskHost(project), { targets });
  const outcome: Record<string, string> = {};
  if (compilation.diagnostics.length > 0) outcome['diagnostics.txt'] = compilation.diagnostics.map(describe).join('\n');
  if (compilation.program === undefined || hasErrors(compilation.diagnostics)) return outcome;
  const builds = await Promise.all(
    targets.map(async (target): Promise<BuildTarget> => {
      const options = optionsOf(target, compilation, {});
      const input = { generator: 'Keywright', options, templates: {} };
      return { target, emitter: await target.loadEmitter(), input };
    }),
  );
  const { files, diagnostics } = generate(compilation.program, builds, undefined, () => {});
  expect(diagnostics).toEqual([]);
  for (const { path, content } of files)
    if (!sameEverywhere.test(path) || hasValues(path, content)) outcome[path] = content;
  return outcome;
}

/** Whether a file has values for a template's parameters. Only the file with the order of deployments contains such values. */
function hasValues(path: string, content: string): boolean {
  return path === 'cfn/deployments.json' && content.includes('"value"');
}

function describe({ severity, code, span, message, help, related }: Diagnostic): string {
  const location = span === undefined ? '' : `${span.file}:${span.line}:${span.column} `;
  const others = related.map(
    (other) => `  ${other.span.file}:${other.span.line}:${other.span.column} ${other.message}\n`,
  );
  return `${location}${severity} ${code}: ${message}\n${others.join('')}  ${help}\n`;
}

function readExpected(expected: string): Readonly<Record<string, string>> {
  const files = readdirSync(expected, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(expected.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}

function rewrite(expected: string, files: Readonly<Record<string, string>>): void {
  rmSync(expected, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    const file = join(expected, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

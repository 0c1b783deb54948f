/**
 * Editors must not flag files that the command accepts: every project in this repository that compiles is valid by the schemas that editors
 * read.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { type LanguageFile, languageJsonSchema } from '@keywright/core/language/json-schema';
import { readFiles } from '@keywright/core/project/read-files';
import Ajv from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { createDiskHost } from './project/disk-host.ts';
import { targets } from './targets.ts';

const workspace = join(import.meta.dirname, '../../..');
const ajv = new Ajv.default({ strict: false, validateFormats: false });
const validators = {
  project: ajv.compile(languageJsonSchema(targets, 'project')),
  included: ajv.compile(languageJsonSchema(targets, 'included')),
  trusted: ajv.compile(languageJsonSchema(targets, 'trusted')),
};

function findings(file: string, kind: LanguageFile): unknown {
  const validate = validators[kind];
  return validate(load(readFileSync(file, 'utf8'))) ? [] : validate.errors;
}

const projects = ['examples', 'packages/cli/cases', 'packages/cli']
  .flatMap((folder) => readdirSync(join(workspace, folder)).map((name) => join(workspace, folder, name)))
  .filter((folder) => existsSync(join(folder, 'keywright.yaml')));

it.each(projects.map((folder) => [relative(workspace, folder), folder]))('%s is valid in editors', (_, folder) => {
  const compilation = compileProject(createDiskHost(folder), { targets });
  if (hasErrors(compilation.diagnostics)) return;
  const { access } = readFiles(createDiskHost(folder)).value;
  // The context file and policies are JSON.
  for (const file of [...compilation.sources.keys()].filter((file) => !file.endsWith('.json'))) {
    const included = access.get(file)?.isTrusted ? 'trusted' : 'included';
    const kind = file === 'keywright.yaml' ? 'project' : included;
    expect(findings(join(folder, file), kind), file).toEqual([]);
  }
});

it('an included file needs its own schema', () => {
  const file = join(workspace, 'examples/payments/teams/checkout.yaml');
  expect(findings(file, 'included')).toEqual([]);
  expect(findings(file, 'project')).not.toEqual([]);
});

/**
 * Compiles the Handlebars templates of the package in the working directory: `templates/*.hbs` become `src/templates.generated.ts`, so that
 * the CLI does not load Handlebars. If the name of a file starts with `_`, the file is a partial and is called without the underscore:
 * `_resource.hbs` is `{{> resource}}`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileTemplates } from './compile.ts';

const folder = 'templates';
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.hbs'))
  .sort();
const sources = Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));

const text = `// Made by tools/templates/precompile.ts from templates/*.hbs; not kept in git.
// @ts-nocheck: the template compiler has checked that they fit together.
import { type BuiltInTemplates, descend, holds, named, repeat } from '@keywright/core/emit/template-runtime';

/** The templates by file name. */
export const templates: BuiltInTemplates = ${compileTemplates(sources)};
`;
writeFileSync(join('src', 'templates.generated.ts'), text);

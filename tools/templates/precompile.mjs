/**
 * Precompiles the Handlebars templates of the package in the working directory: `templates/*.hbs` become
 * `src/templates.generated.ts`, so that a run of the CLI loads Handlebars' small runtime and no compiler.
 * A file whose name starts with `_` is a partial, called without the underscore: `_key.hbs` is `{{> key}}`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Handlebars from 'handlebars';

const folder = 'templates';
const entries = readdirSync(folder)
  .filter((file) => file.endsWith('.hbs'))
  .sort()
  .map((file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    const specification = Handlebars.precompile(source, {
      strict: true,
      noEscape: true,
      knownHelpersOnly: true,
      srcName: file,
    }).code;
    return `  ${JSON.stringify(basename(file))}: ${specification},\n`;
  });

const text = `// Made by tools/templates/precompile.mjs from templates/*.hbs; not kept in git.
// @ts-nocheck: Handlebars' specifications are plain JavaScript.
/** Handlebars template specifications by file name. */
export const templates: Readonly<Record<string, unknown>> = {
${entries.join('')}};
`;
writeFileSync(join('src', 'templates.generated.ts'), text);

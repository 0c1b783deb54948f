/**
 * Bundles the compiled command, run in packages/cli: `dist/main.js` and all that it imports become a few files in `bundle/`.
 * Loading some two hundred small modules takes Node longer than `check` takes on a small project. What a command loads
 * lazily stays in files of its own. The licences of what is bundled go into `THIRD-PARTY-NOTICES.txt`.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';
import { thirdPartyNotices } from './third-party-notices.mjs';

rmSync('bundle', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['dist/main.js'],
  outdir: 'bundle',
  bundle: true,
  metafile: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Not the identifiers, so that a stack in a report about a defect can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  external: ['@aws-sdk/*'],
  legalComments: 'linked',
  logLevel: 'warning',
  // Some dependencies are CommonJS and ask for Node's own modules with `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  plugins: [commonFile(['dist/commands/check.js', '../analyze/dist/check-program.js'])],
});
writeFileSync('THIRD-PARTY-NOTICES.txt', thirdPartyNotices(metafile));

/**
 * Puts modules, with all that they import, into one file. esbuild makes a file for each set of lazily loaded modules that
 * share something, which were sixty for `check`. A module that every lazily loaded one imports is of one set only, and
 * whoever loads a project needs these anyway.
 */
function commonFile(modules) {
  const common = modules.map((module) => `import ${JSON.stringify(resolve(module))};\n`).join('');
  // These commands load no project.
  const withoutProject = /[\\/](?:commands[\\/](?:init|completion|complete|explain|schema)|catalogue)\.js$/;
  const lazy = new Set();
  return {
    name: 'common-file',
    setup({ onResolve, onLoad, resolve: find }) {
      onResolve({ filter: /^[.@]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === commonFile) return undefined;
        const found = await find(path, { kind, importer, resolveDir, pluginData: commonFile });
        if (!found.external && !withoutProject.test(found.path)) lazy.add(found.path);
        return found;
      });
      onLoad({ filter: /[\\/]dist[\\/].*\.js$/ }, ({ path }) => {
        if (!lazy.has(path)) return undefined;
        return { contents: common + readFileSync(path, 'utf8'), loader: 'js', resolveDir: dirname(path) };
      });
    },
  };
}

/**
 * Bundles the compiled command; run in packages/cli. `dist/main.js` and everything that it imports become a few files in `bundle/`, and the
 * package needs no other files. Otherwise, Node would load some two hundred small modules, which takes longer than `check` on a small
 * project. Code that is loaded on demand stays in separate files. The licences of the bundled code go into `THIRD-PARTY-NOTICES.txt`.
 *
 * The files are CommonJS, because Node loads CommonJS in a fraction of the time, and `bin/keywright.js` can cache V8's compiled code of it.
 * esbuild splits only ES modules, so a second step turns them into CommonJS.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';
import { thirdPartyNotices } from './third-party-notices.ts';

/** `createRequire` loads these packages on demand, which esbuild cannot see. Each becomes a separate file. */
const required = ['handlebars', 'tinyglobby'];

/** zod is loaded in the same way. But the AWS reader also imports parts of zod, so core and the AWS reader use one file. */
const sharedRequired = 'zod';

const options = {
  outdir: 'bundle',
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20.19',
  // Identifiers are shortened too: otherwise, the package would exceed 3 MB.
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** The last of esbuild's functions for making exports, as it appears in the minified code. */
const lastHelper = 'var __toCommonJS=mod=>__copyProps(__defProp({},"__esModule",{value:!0}),mod);';

/** The modules that are needed only if there are problems, with the names of their files in the bundle: see `asCommonJs`. */
const deferred = new Map(
  [
    ...diagnosticsIn('core'),
    ...diagnosticsIn('emit-cfn'),
    ...diagnosticsIn('cli'),
    'core/dist/diagnostics/catalogue.js',
    'core/dist/language/structure-problems.js',
    'core/dist/language/drop-invalid-entries.js',
  ].map((path) => [
    resolve('..', path),
    `deferred-${path
      .replace(/[\\/]dist[\\/]/, '-')
      .replaceAll(/[\\/]/g, '-')
      .replace(/\.js$/, '')}`,
  ]),
);

rmSync('bundle', { recursive: true, force: true });
const main = await build({
  ...options,
  entryPoints: {
    main: 'dist/main.js',
    [sharedRequired]: sharedRequired,
    ...Object.fromEntries([...deferred].map(([path, name]) => [name, path])),
  },
  splitting: true,
  format: 'esm',
  outExtension: { '.js': '.cjs' },
  write: false,
  // Loads the AWS SDK as ES modules, so that only the parts in use are bundled.
  mainFields: ['module', 'main'],
  plugins: [
    zodInUse(),
    withoutBrowser(),
    withoutChildProcess(),
    withoutTerminal(),
    shortNames(),
    commonFile(['dist/commands/check.js', '../analyze/dist/check-program.js']),
  ],
});
mkdirSync('bundle');
for (const { path, text } of main.outputFiles)
  writeFileSync(path, path.endsWith('.cjs') ? await asCommonJs(text) : text);
const apart = await Promise.all(
  required.map((name) =>
    build({
      ...options,
      // Uses `require`, because `import` may find another file of the package than the command's `require` does.
      stdin: { contents: `module.exports = require('${name}');`, resolveDir: '.', sourcefile: name },
      entryNames: name,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      plugins: [withoutSourceMaps()],
    }),
  ),
);
const outputs = Object.assign({}, ...[main, ...apart].map(({ metafile }) => metafile.outputs));
writeFileSync('THIRD-PARTY-NOTICES.txt', thirdPartyNotices({ outputs }));

/**
 * Converts a file of the bundle to CommonJS. `import()` becomes an asynchronous `require`. Each import gets a variable with a short name.
 * For a deferred module, the variable is a function that loads the module; it is called wherever the import is used, like `import defer` in
 * a future ECMAScript.
 */
async function asCommonJs(text: string): Promise<string> {
  const { code } = await transform(text, {
    target: options.target,
    platform: 'node',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.dirname': '__dirname' },
    minifyWhitespace: true,
    minifySyntax: true,
  });
  const plain = withPlainExports(code);
  if (/\bi\$\d/.test(plain)) throw new Error('a name of a module has the form of those that are given here');
  // After a single dot, the name is a property and is not replaced. After three dots, it is a variable.
  const modules = [
    ...plain.matchAll(/\b(import_[\w$]+)=((?:__toESM\()?require\("(?:\.\/(deferred-[\w-]+))?[^)]*\)+)/g),
  ].map(([, name = '', , file]) => ({ name, isDeferred: file !== undefined }));
  return plain.replaceAll(
    /(?<![\w$])(?<!(?<!\.\.)\.)(import_[\w$]+)(=(?!=))?/g,
    (text, name: string, assigned = '') => {
      const at = modules.findIndex((module) => module.name === name);
      if (at === -1) return text;
      if (!modules[at]?.isDeferred) return `i$${at}${assigned}`;
      return assigned === '' ? `i$${at}()` : `i$${at}=()=>`;
    },
  );
}

/**
 * Replaces esbuild's exports by one object literal: esbuild defines each property on its own, twice, which takes 6 % of the instructions of
 * `check`. The mark of an ES module is inherited, because the catalogue lists the namespace's own properties, which must be only its
 * exports.
 */
function withPlainExports(code: string): string {
  const exported = code.replace(
    /var stdin_exports=\{\};__export\(stdin_exports,\{([^{}]*)\}\);module\.exports=__toCommonJS\(stdin_exports\);/,
    (_, getters: string) =>
      `module.exports={__proto__:{__esModule:!0},${getters.replaceAll(/([\w$]+):\(\)=>([^,]+)/g, 'get $1(){return $2}')}};`,
  );
  if (exported.includes('__toCommonJS(')) throw new Error('the exports of a file have another form');
  return withoutHelpers(exported);
}

/** Removes esbuild's own functions if only the replaced exports used them: they would be a twentieth of the package. */
function withoutHelpers(code: string): string {
  const end = code.indexOf(lastHelper) + lastHelper.length;
  const rest = code.slice(end);
  return end < lastHelper.length || /\b__[a-z]\w+\(/i.test(rest) ? code : rest;
}

/**
 * Leaves out the parser of browser names. The AWS SDK imports it on demand, and only in its build for browsers. Other imports of this
 * parser are bundled.
 */
function withoutBrowser(): Plugin {
  return {
    name: 'without-browser',
    setup({ onResolve }) {
      onResolve({ filter: /^bowser$/ }, ({ importer, path }) =>
        /[\\/]util-user-agent-browser[\\/]/.test(importer) ? { path, external: true } : undefined,
      );
    },
  };
}

/** Returns the folders of the packages in the bundle. Other packages may not be built yet. */
function bundledPackages(): readonly string[] {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const prefix = '@keywright/';
  const others = Object.keys(devDependencies).filter((name) => name.startsWith(prefix));
  return ['cli', ...others.map((name) => name.slice(prefix.length))];
}

function modulesOf(name: string): readonly string[] {
  const folder = resolve('..', name, 'dist');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.js')).map((file) => join(folder, file));
}

/** Returns the modules that define the diagnostics of a package, relative to the folder of packages. */
function diagnosticsIn(name: string): readonly string[] {
  return modulesOf(name)
    .filter((path) => /[\\/]diagnostics(?:[\\/][\w-]+)?\.js$/.test(path))
    .filter((path) => /= defineDiagnostic\(/.test(readFileSync(path, 'utf8')))
    .map((path) => relative(resolve('..'), path));
}

/** Bundles only those parts of zod that core uses: all of zod includes messages in forty languages. */
function zodInUse(): Plugin {
  const names = modulesOf('core').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bzod\(\)\.(\w+)|\bnoted\('(\w+)'\)|instanceof z\.(\w+)/g)].map(
      ([, ...found]) => found.find((name) => name !== undefined) ?? '',
    ),
  );
  const contents = `export { ${[...new Set(names)].sort().join(', ')} } from 'zod';`;
  return {
    name: 'zod-in-use',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^zod$/ }, ({ path, kind }) =>
        kind === 'entry-point' ? { path, namespace: 'in-use' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'in-use' }, () => ({ contents, resolveDir: resolve('../core/dist') }));
    },
  };
}

/**
 * Removes an import: commander loads `child_process` for commands that are separate programs, which takes 5 ms. Keywright has no such
 * commands.
 */
function withoutChildProcess(): Plugin {
  return patched({
    file: /[\\/]commander[\\/]lib[\\/]command\.js$/,
    from: "const childProcess = require('node:child_process');",
    to: "const childProcess = { get spawn() { return require('node:child_process').spawn; } };",
  });
}

/**
 * Replaces a check: picocolors opens standard output as a stream, which takes another 5 ms, for a decision that the command makes itself.
 */
function withoutTerminal(): Plugin {
  return patched({ file: /[\\/]picocolors[\\/]picocolors\.js$/, from: '(p.stdout || {}).isTTY', to: 'false' });
}

/** Removes an import: Handlebars uses `source-map` only for source maps, and has its own code for the rest. */
function withoutSourceMaps(): Plugin {
  return patched({ file: /[\\/]handlebars[\\/]compiler[\\/]code-gen\.js$/, from: "require('source-map')", to: '{}' });
}

function patched({ file, from, to }: { file: RegExp; from: string; to: string }): Plugin {
  return {
    name: `patched-${file.source}`,
    setup({ onLoad }) {
      onLoad({ filter: file }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!text.includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)} any more`);
        return { contents: text.replace(from, to), loader: 'js', resolveDir: dirname(path) };
      });
    },
  };
}

/** Shortens the identifiers in third-party packages. Stack traces through these say nothing about Keywright. */
function shortNames(): Plugin {
  return {
    name: 'short-names',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/ }, async ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const { code } = await transform(text, {
          target: options.target,
          minify: true,
          // Top-level names may be shortened only in an ES module.
          ...(/^(?:import|export)\b/m.test(text) && { format: 'esm' }),
          legalComments: 'inline',
          // The AWS SDK reads the names of some classes.
          keepNames: /[\\/](?:@aws-sdk|@smithy)[\\/]/.test(path),
        });
        return { contents: code, loader: 'js', resolveDir: dirname(path) };
      });
    },
  };
}

/**
 * Puts modules, and everything that they import, into one file. Otherwise, esbuild creates a file for each set of modules loaded on demand
 * that have something in common, which is sixty files for `check`. A module that all modules loaded on demand import is in the common file.
 * All code that loads a project needs these modules anyway.
 */
function commonFile(modules: readonly string[]): Plugin {
  const common = modules.map((module) => `import ${JSON.stringify(resolve(module))};\n`).join('');
  // These commands load no project.
  const withoutProject = /[\\/](?:commands[\\/](?:init|completion|complete|explain|schema)|catalogue)\.js$/;
  const lazy = new Set<string>();
  return {
    name: 'common-file',
    setup({ onStart, onResolve, onLoad, resolve: find }) {
      // Runs before any of these modules is loaded, because a static import may load some of them first.
      onStart(async () => {
        for (const importer of bundledPackages().flatMap(modulesOf)) {
          for (const [, path = ''] of readFileSync(importer, 'utf8').matchAll(/\bimport\('([.@][^']+)'\)/g)) {
            const options = {
              kind: 'dynamic-import',
              importer,
              resolveDir: dirname(importer),
              pluginData: commonFile,
            } as const;
            const found = await find(path, options);
            const isOurs = !/[\\/]node_modules[\\/]/.test(found.path);
            if (!found.external && isOurs && !withoutProject.test(found.path)) lazy.add(found.path);
          }
        }
      });
      onResolve({ filter: /^[.@]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind === 'require-call' && path.endsWith('.cjs')) return { path, external: true };
        if (!/^(?:dynamic-import|import-statement)$/.test(kind) || pluginData === commonFile) return undefined;
        const found = await find(path, { kind, importer, resolveDir, pluginData: commonFile });
        const apart = deferred.get(found.path);
        if (apart !== undefined) return { path: `./${apart}.cjs`, external: true, sideEffects: false };
        return found;
      });
      onLoad({ filter: /[\\/]packages[\\/][^\\/]+[\\/]dist[\\/].*\.js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8').replaceAll(
          /createRequire\(import\.meta\.url\)\('([^']+)'\)/g,
          (_, name: string) => {
            if (name !== sharedRequired && !required.includes(name))
              throw new Error(`${path} requires ${name}, which is not bundled`);
            // With `./`, `bin/keywright.js` loads the file, and takes its code from the cache.
            return `require('./${name}.cjs')`;
          },
        );
        const contents = lazy.has(path) ? common + text : text;
        return { contents, loader: 'js', resolveDir: dirname(path) };
      });
    },
  };
}

/**
 * Bundles the compiled command, run in packages/cli: `dist/main.js` and all that it imports become a few files in `bundle/`.
 * Loading some two hundred small modules takes Node longer than `check` takes on a small project. What a command loads
 * lazily stays in files of its own.
 */
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('bundle', { recursive: true, force: true });
await build({
  entryPoints: ['dist/main.js'],
  outdir: 'bundle',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['@aws-sdk/*'],
  legalComments: 'linked',
  logLevel: 'warning',
  // Some dependencies are CommonJS and ask for Node's own modules with `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});

/**
 * Makes the packages as they are published, each in its own folder. Leaves out everything that only the workspace needs: the condition that
 * leads to the sources, scripts, development dependencies, and the state of the compiler. Requires built packages.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const workspace = join(import.meta.dirname, '../..');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: unknown;
  readonly scripts?: unknown;
  readonly exports: unknown;
}

export interface MadePackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Writes a folder for each package into `out`, which is emptied first. Returns packages after their dependencies. */
export function makePackages(out: string): readonly MadePackage[] {
  rmSync(out, { recursive: true, force: true });
  const manifests = new Map(
    readdirSync(join(workspace, 'packages')).map((name) => [name, readManifest(join(workspace, 'packages', name))]),
  );
  const byName = new Map([...manifests.values()].map((manifest) => [manifest.name, manifest]));
  // Returns the length of a package's longest chain of dependencies. The command comes last, since its bundle has all packages.
  const depth = ({ name, dependencies = {} }: Manifest): number =>
    name === 'keywright'
      ? Number.POSITIVE_INFINITY
      : Math.max(0, ...Object.keys(dependencies).map((other) => 1 + depthOf(byName.get(other))));
  const depthOf = (manifest: Manifest | undefined) => (manifest === undefined ? 0 : depth(manifest));
  return [...manifests]
    .sort(([, one], [, other]) => (depth(one) === depth(other) ? 0 : depth(one) - depth(other)))
    .map(([name, manifest]) => {
      const folder = join(out, name);
      makePackage(join(workspace, 'packages', name), folder, manifest);
      return { folder, manifest };
    });
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function makePackage(from: string, to: string, manifest: Manifest): void {
  mkdirSync(to, { recursive: true });
  for (const file of [...manifest.files, 'README.md', 'LICENSE']) {
    if (!existsSync(join(from, file))) throw new Error(`${join(from, file)} does not exist: build first`);
    cpSync(join(from, file), join(to, file), { recursive: true, filter: (path) => !path.endsWith('.tsbuildinfo') });
  }
  const { scripts, devDependencies, ...published } = manifest;
  const isLibrary = manifest.name !== 'keywright';
  writeFileSync(
    join(to, 'package.json'),
    `${JSON.stringify(isLibrary ? { ...published, exports: libraryExports } : published, undefined, 2)}\n`,
  );
  if (isLibrary) for (const file of filesBelow(join(to, 'dist'))) writeFileSync(file, withInternalImports(file));
}

/**
 * A library offers only its entry point to users. Keywright's packages need more of each other, and import it through paths with
 * `internal`, which may change in any release.
 */
const libraryExports = {
  '.': { types: './dist/index.d.ts', default: './dist/index.js' },
  './internal/*': { types: './dist/*.d.ts', default: './dist/*.js' },
  './package.json': './package.json',
};

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|d\.ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Replaces `@keywright/core/ir/program` by `@keywright/core/internal/ir/program`, for use outside the workspace. */
function withInternalImports(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(
    /((?:from|import)\s*\(?\s*)(['"])(@keywright\/[a-z-]+)\/(?!internal\/)/g,
    '$1$2$3/internal/',
  );
}

if (import.meta.filename === process.argv[1]) {
  const [out = join(workspace, 'out/packages')] = process.argv.slice(2);
  for (const { folder, manifest } of makePackages(out)) console.log(`${manifest.name} ${manifest.version}: ${folder}`);
}

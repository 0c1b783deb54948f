import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { differences } from './same-names.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly license?: string }>>;
}

/**
 * Checks that docs/dependencies.md has, for each dependency of each package.json, exactly one row with it in the right column, and a row
 * with the licence that the lock files give.
 */
export function dependencyProblems(): string[] {
  const manifests = new Map([
    ['workspace', 'package.json'],
    ['bench', 'tools/bench/cdk/package.json'],
    ['conformance', 'tools/conformance/package.json'],
    ['install', 'tools/install/package.json'],
    ['site', 'tools/site/package.json'],
    ['legacy', 'tools/conformance/legacy/package.json'],
    ...readdirSync('packages').map((name) => [name, `packages/${name}/package.json`] as const),
  ]);
  const declared = [...manifests].flatMap(([owner, path]) => {
    const { dependencies = {}, devDependencies = {} }: Manifest = JSON.parse(readFileSync(path, 'utf8'));
    return [
      ...Object.keys(dependencies).map((name) => `${name}, runtime of ${owner}`),
      ...Object.keys(devDependencies).map((name) => `${name}, development of ${owner}`),
    ].filter((text) => !text.startsWith('@keywright/'));
  });
  const page = 'docs/dependencies.md';
  const [uses = '', licences = ''] = readFileSync(page, 'utf8').split('\nThis table describes each dependency. ');
  const rows = [...uses.matchAll(/^\| `(.+?)` \| (.*?) \| (.*?) \|/gm)];
  const found = rows.flatMap(([, name, runtime = '', development = '']) => [
    ...ownersIn(runtime).map((owner) => `${name}, runtime of ${owner}`),
    ...ownersIn(development).map((owner) => `${name}, development of ${owner}`),
  ]);
  const names = rows.map(([, name = '']) => name);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  const locked = new Map([...manifests.values()].flatMap(licencesBeside));
  const wanted = [...new Set(names)].map((name) => `${name}, licensed under ${locked.get(name)}`);
  // Size and maintainer are required, but not checked.
  const said = [...licences.matchAll(/^\| `(.+?)` \| (\S.*?) \| [\d.]+ \| \S.* \|$/gm)];
  return [
    ...differences(page, new Set(declared), new Set(found)),
    ...repeated.map((name) => `${page} has two rows for ${name}`),
    ...differences(
      page,
      new Set(wanted),
      new Set(said.map(([, name, licence]) => `${name}, licensed under ${licence}`)),
    ),
  ];
}

/** Returns the licences in the lock file beside a package.json. Empty if there is no lock file. */
function licencesBeside(manifest: string): readonly (readonly [string, string])[] {
  const path = manifest.replace(/package\.json$/, 'package-lock.json');
  if (!existsSync(path)) return [];
  const { packages }: LockFile = JSON.parse(readFileSync(path, 'utf8'));
  return Object.entries(packages).flatMap(([installPath, { license }]) => {
    const [, name] = /^(?:packages\/[^/]+\/)?node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(installPath) ?? [];
    return name === undefined || license === undefined ? [] : [[name, license] as const];
  });
}

function ownersIn(cell: string): string[] {
  return cell.split(/,\s*/).filter((owner) => /^[a-z-]{2,}$/.test(owner));
}

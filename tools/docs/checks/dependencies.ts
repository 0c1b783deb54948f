import { readdirSync, readFileSync } from 'node:fs';
import { differences } from './same-names.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** docs/dependencies.md has a row for each dependency of each package.json, in the right column, and no other. */
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
  const rows = readFileSync('docs/dependencies.md', 'utf8').matchAll(/^\| `(.+?)` \| (.*?) \| (.*?) \|/gm);
  const found = [...rows].flatMap(([, name, runtime = '', development = '']) => [
    ...ownersIn(runtime).map((owner) => `${name}, runtime of ${owner}`),
    ...ownersIn(development).map((owner) => `${name}, development of ${owner}`),
  ]);
  return differences('docs/dependencies.md', new Set(declared), new Set(found));
}

function ownersIn(cell: string): string[] {
  return cell.split(/,\s*/).filter((owner) => /^[a-z-]{2,}$/.test(owner));
}

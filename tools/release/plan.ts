/** Finds the changes and preconditions of a release. All functions are pure, so that a dry run reports everything. */

/** Matches a version such as `0.2.0`. Prereleases such as `1.0.0-rc.1` are not supported. */
const versionPattern = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;
const unreleased = '## Unreleased';

/** The files that tell users which version to use. */
export const pinning: readonly string[] = [
  'action.yml',
  'templates/keywright.yml',
  '.pre-commit-hooks.yaml',
  'docs/ci.md',
  'docs/diff.md',
  'README.md',
];

export interface Sources {
  readonly version: string;
  /** The text of each package.json, by path. */
  readonly manifests: ReadonlyMap<string, string>;
  readonly changelog: string;
  /** The output of `git status --porcelain`. */
  readonly status: string;
  readonly branch: string;
  readonly tags: readonly string[];
}

/** Returns all reasons against a release of this version. */
export function obstacles({ version, manifests, changelog, status, branch, tags }: Sources): readonly string[] {
  const found: string[] = [];
  if (!versionPattern.test(version)) return [`${version} is no version: write three numbers, such as 0.2.0`];
  for (const [path, text] of manifests) {
    const { version: current } = JSON.parse(text);
    if (!isHigher(version, current)) found.push(`${path} has ${current}, which ${version} does not follow`);
  }
  if (notesIn(changelog) === '')
    found.push(`CHANGELOG.md has nothing under \`${unreleased}\`: a release says what it changes`);
  if (status !== '') found.push(`the checkout has changes that are not committed:\n${status.trimEnd()}`);
  if (branch !== 'main') found.push(`releases are made from main; this is ${branch}`);
  if (tags.includes(`v${version}`)) found.push(`the tag v${version} exists`);
  return found;
}

/** Returns the package.json of a package in another version. It depends on the same version of all other packages. */
export function manifestAt(version: string, text: string): string {
  const manifest = JSON.parse(text);
  for (const dependencies of [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies])
    for (const name of Object.keys(dependencies ?? {}))
      if (name === 'keywright' || name.startsWith('@keywright/')) dependencies[name] = version;
  return `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`;
}

/** Replaces the current version in a text, such as `keywright@0.1.0` or `default: 0.1.0`. */
export function pinnedAt(version: string, current: string, text: string): string {
  return text.replaceAll(current, version);
}

/** Removes the text between `<!-- until published -->` and `<!-- end until published -->`. */
export function asPublished(text: string): string {
  return text.replaceAll(/<!-- until published -->[\s\S]*?<!-- end until published -->\n\n?/g, '');
}

/** Returns the changelog with the unreleased section as that of this version. `date` has the form `2026-11-27`. */
export function changelogAt(version: string, date: string, changelog: string): string {
  return changelog.replace(unreleased, `## ${version} (${date})`);
}

function notesIn(changelog: string): string {
  const [, after = ''] = changelog.split(`${unreleased}\n`);
  return after.split(/^## /m)[0]?.trim() ?? '';
}

function isHigher(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]]; // two lists for two versions
  const at = one.findIndex((part, index) => part !== other[index]);
  return at !== -1 && (one[at] ?? 0) > (other[at] ?? 0);
}

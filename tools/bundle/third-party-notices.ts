/**
 * Collects the licences of all third-party code in a bundle, for `THIRD-PARTY-NOTICES.txt`. esbuild reports which code it wrote, so
 * transitive dependencies are included. Fails if a package lacks the text of its licence, or if its licence does not allow the code in an
 * Apache-2.0 product.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** The accepted licences, as SPDX identifiers. Source: https://www.apache.org/legal/resolved.html, category A. */
const accepted = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

/** Packages that are embedded in the files of another package, where esbuild does not see them. */
const within: Readonly<Record<string, readonly string[]>> = { '@dagrejs/dagre': ['@dagrejs/graphlib'] };

/** Returns the notices, with a section for each package, sorted. Takes esbuild's metafile with paths relative to the working directory. */
export function thirdPartyNotices(metafile: Pick<Metafile, 'outputs'>): string {
  const printed = new Map<string, string>();
  const sections = [...bundledPackages(metafile)].sort().map((folder) => {
    const { title, source, text } = partsOf(folder);
    const earlier = printed.get(text);
    if (earlier === undefined) printed.set(text, title);
    return sectionOf(title, source, earlier === undefined ? text : `The same text as that of ${earlier}.`);
  });
  return `Keywright is licensed under Apache-2.0, see LICENSE. It contains the following third-party packages.\n\n${sections.join('\n')}`;
}

/** Returns the folders of third-party packages whose code is in the outputs. */
function bundledPackages({ outputs }: Pick<Metafile, 'outputs'>): ReadonlySet<string> {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return new Set(
    inputs.flatMap(([path, { bytesInOutput }]) => {
      const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
      if (folder === undefined || bytesInOutput === 0) return [];
      const name = folder.replace(/^.*node_modules\//, '');
      return [folder, ...(within[name] ?? []).map((inner) => `${folder.slice(0, -name.length)}${inner}`)];
    }),
  );
}

/** Returns the section for a package. Throws if the package cannot be shipped. */
export function section(folder: string): string {
  const { title, source, text } = partsOf(folder);
  return sectionOf(title, source, text);
}

function sectionOf(title: string, source: string, text: string): string {
  return `${'-'.repeat(80)}\n${title}\n${source}\n${text}\n`;
}

function partsOf(folder: string): { readonly title: string; readonly source: string; readonly text: string } {
  const { name, version, license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!isAccepted(license)) throw new Error(`${name} is licensed under ${license}: it cannot be bundled`);
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  // The Apache License names no author, so its text is the same as Keywright's.
  if (texts.length === 0 && license === 'Apache-2.0') texts.push('The text is that of LICENSE.');
  if (texts.length === 0) throw new Error(`${name} has no text of its licence, which has to go with the bundle`);
  const title = `${name} ${version} (${license})`;
  const source = homepage === undefined ? '' : `${homepage}\n`;
  return { title, source, text: texts.join('\n\n') };
}

/** Whether an SPDX expression is accepted. All parts of `A AND B` must be accepted, but only one part of `(A OR B)`. */
export function isAccepted(license: unknown): boolean {
  if (typeof license !== 'string') return false;
  const expression = license.replace(/^\((.*)\)$/, '$1');
  if (expression.includes(' OR ')) return expression.split(' OR ').some(isAccepted);
  return expression.split(' AND ').every((part) => accepted.has(part));
}

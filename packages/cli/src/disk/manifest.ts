import { sha256 } from '@keywright/core/ir/digest';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { otherVersion, parseOwnFile, type Unusable } from '@keywright/core/syntax/own-file';
import { isSafePath } from './safe-path.ts';

export interface ManifestEntry {
  readonly target: string;
  /** The stack that the file was generated for; absent for a file that is about all stacks of the target. */
  readonly stack?: string;
  /** The SHA-256 of the content, in hexadecimal. */
  readonly sha256: string;
  /**
   * A second valid SHA-256: set while a build replaces the file, and kept if that build is interrupted. If the file has either hash, no
   * person has edited it.
   */
  readonly previous?: string;
  /** The generated part of a file that others write to as well. */
  readonly shared?: SharedEntry;
}

/** The entries that Keywright wrote into a file that others write to as well. */
export interface SharedEntry {
  readonly names: readonly string[];
  /** The SHA-256 of the entries under these names. */
  readonly sha256: string;
}

/** The files that Keywright wrote, by their path below the output folder, with `/` as separator. */
export type Manifest = ReadonlyMap<string, ManifestEntry>;

/**
 * Checks a file's content against a hash. Line ends do not count: Git may turn them into `\r\n` on checkout, which is no edit by a person
 * and makes no difference to CloudFormation, Terraform or Node.
 */
export function hasHash(content: Uint8Array, hash: string): boolean {
  if (sha256(content) === hash) return true;
  const text = Buffer.from(content).toString('latin1');
  return text.includes('\r\n') && sha256(Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1')) === hash;
}

/** Prints the manifest, sorted by path, with one line for each field, so that a review shows exactly what changed. */
export function formatManifest(manifest: Manifest): string {
  const paths = [...manifest.keys()].sort();
  const files = Object.fromEntries(paths.map((path) => [path, manifest.get(path)]));
  return `${JSON.stringify({ version: 1, files }, undefined, 2)}\n`;
}

/** Parses a manifest, or returns the reason why that is impossible. */
export function parseManifest(
  text: string,
): { readonly kind: 'manifest'; readonly manifest: Manifest } | ({ readonly kind: 'unusable' } & Unusable) {
  const json = parseOwnFile(text);
  if ('reason' in json) return { kind: 'unusable', ...json };
  const { value } = json;
  if (!isMapping(value) || !isMapping(value.files)) return { kind: 'unusable', reason: 'it does not list files' };
  const wrongVersion = otherVersion(value.version, 1);
  if (wrongVersion !== undefined) return { kind: 'unusable', ...wrongVersion };
  const manifest = new Map<string, ManifestEntry>();
  for (const [path, entry] of Object.entries(value.files)) {
    // A build may delete the files in a manifest, and anyone can edit a manifest.
    if (!isSafePath(path))
      return { kind: 'unusable', reason: `it lists ${JSON.stringify(path)}, which is not in its folder` };
    if (!isEntry(entry)) return { kind: 'unusable', reason: `its entry for ${JSON.stringify(path)} is incomplete` };
    // Each target has its own folder. A file anywhere else is not Keywright's and must not be deleted.
    if (!path.startsWith(`${entry.target}/`))
      return { kind: 'unusable', reason: `it lists ${JSON.stringify(path)}, which is not an output of a target` };
    manifest.set(path, entry);
  }
  return { kind: 'manifest', manifest };
}

function isEntry(value: unknown): value is ManifestEntry {
  return (
    isMapping(value) &&
    typeof value.target === 'string' &&
    typeof value.sha256 === 'string' &&
    (value.stack === undefined || typeof value.stack === 'string') &&
    (value.previous === undefined || typeof value.previous === 'string') &&
    (value.shared === undefined || isSharedEntry(value.shared))
  );
}

function isSharedEntry(value: unknown): value is SharedEntry {
  if (!isMapping(value) || typeof value.sha256 !== 'string' || !Array.isArray(value.names)) return false;
  return value.names.every((name) => typeof name === 'string');
}

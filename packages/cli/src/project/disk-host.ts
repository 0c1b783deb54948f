import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { inventoryFileName } from '@keywright/core/changes/inventory';
import type { FileReading, RecordingHost } from '@keywright/core/project/host';
import { type Manifest, parseManifest } from '../disk/manifest.ts';
import { manifestFileName } from '../disk/safe-path.ts';
import { refusal } from '../disk/system-error.ts';

/** The largest file of a project, in bytes: twenty times the size of one with 1,000 keys. */
export const fileSizeLimit = 4 * 1024 * 1024;

/** Reads the project in the absolute path `root`, and records the files and patterns, so that `--watch` knows what to watch. */
export function createDiskHost(root: string): RecordingHost {
  const files = new Set<string>();
  const patterns = new Set<string>();
  return {
    files,
    patterns,
    readFile(path) {
      files.add(path);
      return readInside(root, path);
    },
    glob(pattern) {
      patterns.add(pattern);
      return matches(root, pattern);
    },
  };
}

/** Reads a text file inside a folder. The size is checked before the content is read. */
export function readInside(root: string, path: string): FileReading {
  const file = resolve(root, path);
  if (path.includes('\0')) return { kind: 'missing' };
  if (!isInside(path) || leaves(root, file)) return { kind: 'outside' };
  return reading(() => (leaves(realpathSync(root), realpathSync(file)) ? { kind: 'outside' } : contentOf(file)));
}

/** Reads a text file anywhere, by its absolute path. */
export function readRegularFile(file: string): FileReading {
  return file.includes('\0') ? { kind: 'missing' } : reading(() => contentOf(file));
}

function contentOf(file: string): FileReading {
  const stats = statSync(file);
  if (stats.isDirectory()) return { kind: 'directory' };
  if (!stats.isFile()) return { kind: 'unreadable', reason: 'it is a device, a pipe or a socket' };
  if (stats.size > fileSizeLimit) return { kind: 'tooLarge', bytes: stats.size, limit: fileSizeLimit };
  return decode(readFileSync(file));
}

function reading(read: () => FileReading): FileReading {
  try {
    return read();
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    if (refused.code === 'ENOENT' || refused.code === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'unreadable', reason: refused.reason };
  }
}

/**
 * Whether a path stays in its folder. A path that leads out and back in does not, because it depends on the folder's name on this machine.
 */
export function isInside(path: string): boolean {
  return !isAbsolute(path) && !/^\.\.(\/|$)/.test(posix.normalize(path));
}

export function decode(bytes: Uint8Array): FileReading {
  if (bytes.includes(0)) return { kind: 'binary' };
  try {
    // Drops a byte order mark, because editors do not count it as a column either.
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'binary' };
  }
}

/** Whether a path is outside a folder; the folder itself is inside. */
export function leaves(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

const wildcard = /[*?[\]{}()!\\]/;

export function hasWildcard(pattern: string): boolean {
  return wildcard.test(pattern);
}

/** Options for patterns. Without `noextglob`, a group such as `+(a|aa)` would become a regular expression that may take forever. */
export const globOptions = { dot: false, noextglob: true } as const;

function matches(root: string, pattern: string): readonly string[] {
  if (!hasWildcard(pattern)) {
    const path = pattern.replace(/^(?:\.\/)+/, '');
    const file = resolve(root, path);
    // If the file exists but cannot be read, `readFile` reports it.
    return leaves(root, file) || existsSync(file) ? [path] : [];
  }
  // A folder outside the project is not searched, since that might take forever. `readFile` reports that the folder is outside.
  const start = fixedPart(pattern);
  if (readInside(root, start).kind === 'outside') return [start];
  // Loaded on demand, since loading takes as long as everything else that a small `check` does with files.
  const { globSync }: typeof import('tinyglobby') = createRequire(import.meta.url)('tinyglobby');
  const paths = globSync(pattern, {
    cwd: root,
    ignore: ['**/node_modules/**'],
    dot: globOptions.dot,
    onlyFiles: true,
    expandDirectories: false,
    extglob: !globOptions.noextglob,
    followSymbolicLinks: false,
  });
  const isOutput = outputsOf((file) => readInside(root, file));
  return paths.filter((path) => !isOutput(path)).sort();
}

/** The folder that contains everything that a pattern can match. */
export function fixedPart(pattern: string): string {
  const names = pattern.split('/');
  const first = names.findIndex((name) => wildcard.test(name));
  return names.slice(0, first === -1 ? undefined : first).join('/') || '.';
}

/**
 * Recognises files that Keywright generates: those listed in the manifest of a parent folder. Otherwise, a wide pattern would read these
 * files back. A folder may contain both outputs and sources. If the manifest of a folder cannot be read, everything in that folder counts
 * as output.
 */
export function outputsOf(readFile: (path: string) => FileReading): (path: string) => boolean {
  const manifests = new Map<string, Manifest | 'none' | 'unusable'>();
  const manifestIn = (folder: string) => {
    const cached = manifests.get(folder);
    if (cached !== undefined) return cached;
    const reading = readFile(posix.join(folder, manifestFileName));
    const parsed = reading.kind === 'text' ? parseManifest(reading.text) : undefined;
    const unread = reading.kind === 'missing' || folder === '.' ? 'none' : 'unusable';
    const manifest = parsed?.kind === 'manifest' ? parsed.manifest : unread;
    manifests.set(folder, manifest);
    return manifest;
  };
  return (path) => {
    const names = path.split('/');
    return names.some((_, depth) => {
      const manifest = manifestIn(names.slice(0, depth).join('/') || '.');
      if (manifest === 'none') return false;
      const below = names.slice(depth).join('/');
      return (
        manifest === 'unusable' || below === manifestFileName || below === inventoryFileName || manifest.has(below)
      );
    });
  };
}

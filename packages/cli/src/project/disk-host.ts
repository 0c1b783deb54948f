import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { inventoryFileName } from '@keywright/core/changes/inventory';
import type { FileReading, ProjectHost } from '@keywright/core/project/host';
import { type Manifest, parseManifest } from '../disk/manifest.ts';
import { manifestFileName } from '../disk/safe-path.ts';
import { refusal } from '../disk/system-error.ts';

/** The most that one file of a project may hold, in bytes: twenty times what 1,000 keys take. */
export const fileSizeLimit = 4 * 1024 * 1024;

/** A project on the disk, which also remembers what it was asked for, so that `--watch` knows what to look at. */
export interface DiskHost extends ProjectHost {
  /** The paths asked for, whether they exist or not. */
  readonly files: ReadonlySet<string>;
  /** The patterns asked for. */
  readonly patterns: ReadonlySet<string>;
}

/** Reads the project whose folder `root` is, an absolute path. */
export function createDiskHost(root: string): DiskHost {
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

/** Reads a text file inside a folder. Its size is asked for before its content. */
export function readInside(root: string, path: string): FileReading {
  const file = resolve(root, path);
  if (path.includes('\0')) return { kind: 'missing' };
  if (!isInside(path) || leaves(root, file)) return { kind: 'outside' };
  try {
    if (leaves(realpathSync(root), realpathSync(file))) return { kind: 'outside' };
    const stats = statSync(file);
    if (stats.isDirectory()) return { kind: 'directory' };
    if (!stats.isFile()) return { kind: 'unreadable', reason: 'it is a device, a pipe or a socket' };
    if (stats.size > fileSizeLimit) return { kind: 'tooLarge', bytes: stats.size, limit: fileSizeLimit };
    return decode(readFileSync(file));
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    if (refused.code === 'ENOENT' || refused.code === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'unreadable', reason: refused.reason };
  }
}

/** Whether a path stays in its folder. One that leads out and in again depends on what the folder is called on this machine. */
export function isInside(path: string): boolean {
  return !isAbsolute(path) && !/^\.\.(\/|$)/.test(posix.normalize(path));
}

/** What bytes are as text. */
export function decode(bytes: Uint8Array): FileReading {
  if (bytes.includes(0)) return { kind: 'binary' };
  try {
    // Drops a byte order mark, which editors do not count as a column either.
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'binary' };
  }
}

/** Whether a path is not inside a folder; the folder itself is inside. */
export function leaves(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

const wildcard = /[*?[\]{}()!\\]/;

export function hasWildcard(pattern: string): boolean {
  return wildcard.test(pattern);
}

/** How patterns are read: a group such as `+(a|aa)` would become a regular expression that can take for ever. */
export const globOptions = { dot: false, noextglob: true } as const;

function matches(root: string, pattern: string): readonly string[] {
  if (!hasWildcard(pattern)) {
    const path = pattern.replace(/^(?:\.\/)+/, '');
    const file = resolve(root, path);
    // What is there but cannot be read is for `readFile` to say.
    return leaves(root, file) || existsSync(file) ? [path] : [];
  }
  // A folder outside is not looked through, which could take for ever; that it is outside is for `readFile` to say.
  const start = fixedPart(pattern);
  if (readInside(root, start).kind === 'outside') return [start];
  // Loaded only here: it costs as much time as everything else a small `check` does with files.
  const { globSync }: typeof import('tinyglobby') = createRequire(import.meta.url)('tinyglobby');
  const found = globSync(pattern, {
    cwd: root,
    ignore: ['**/node_modules/**'],
    dot: globOptions.dot,
    onlyFiles: true,
    expandDirectories: false,
    extglob: !globOptions.noextglob,
    followSymbolicLinks: false,
  });
  const isOutput = outputsOf((file) => readInside(root, file));
  return found.filter((path) => !isOutput(path)).sort();
}

/** The folder in which everything lies that a pattern can match. */
export function fixedPart(pattern: string): string {
  const names = pattern.split('/');
  const first = names.findIndex((name) => wildcard.test(name));
  return names.slice(0, first === -1 ? undefined : first).join('/') || '.';
}

/**
 * Tells files that Keywright writes, which a wide pattern would otherwise read back: those that the manifest of a folder above
 * them lists. A folder may hold outputs and sources; where its manifest cannot be read, all in it is taken for outputs.
 */
export function outputsOf(readFile: (path: string) => FileReading): (path: string) => boolean {
  const manifests = new Map<string, Manifest | 'none' | 'unusable'>();
  const manifestIn = (folder: string) => {
    const known = manifests.get(folder);
    if (known !== undefined) return known;
    const reading = readFile(posix.join(folder, manifestFileName));
    const parsed = reading.kind === 'text' ? parseManifest(reading.text) : undefined;
    const unread = reading.kind === 'missing' || folder === '.' ? 'none' : 'unusable';
    const found = parsed?.kind === 'manifest' ? parsed.manifest : unread;
    manifests.set(folder, found);
    return found;
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

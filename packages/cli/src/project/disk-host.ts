import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { FileReading, ProjectHost } from '@keywright/core/project/host';
import { manifestFileName } from '../output/safe-path.ts';
import { refusal } from './system-error.ts';

/** The most that one file of a project may hold, in bytes: hundreds of times what 1,000 keys take. */
export const fileSizeLimit = 10 * 1024 * 1024;

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
  if (isAbsolute(path) || leaves(root, file)) return { kind: 'outside' };
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

function decode(bytes: Uint8Array): FileReading {
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

function matches(root: string, pattern: string): readonly string[] {
  if (!wildcard.test(pattern)) {
    const path = pattern.replace(/^(?:\.\/)+/, '');
    const file = resolve(root, path);
    // What is there but cannot be read is for `readFile` to say.
    return leaves(root, file) || existsSync(file) ? [path] : [];
  }
  // Loaded only here: it costs as much time as everything else a small `check` does with files.
  const { globSync }: typeof import('tinyglobby') = createRequire(import.meta.url)('tinyglobby');
  const found = globSync(pattern, {
    cwd: root,
    ignore: ['**/node_modules/**'],
    dot: false,
    onlyFiles: true,
    expandDirectories: false,
    followSymbolicLinks: false,
  });
  const outputs = new Map<string, boolean>();
  return found.filter((path) => !isOutput(root, path, outputs)).sort();
}

/** Whether a file lies in a folder that Keywright writes, which a wide pattern would otherwise read back. */
export function isOutput(root: string, path: string, known = new Map<string, boolean>()): boolean {
  const folder = dirname(path);
  if (folder === '.' || folder === path) return false;
  const before = known.get(folder);
  if (before !== undefined) return before;
  const answer = existsSync(join(root, folder, manifestFileName)) || isOutput(root, folder, known);
  known.set(folder, answer);
  return answer;
}

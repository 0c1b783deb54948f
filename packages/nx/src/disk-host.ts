import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import type { FileReading, RecordingHost } from '@keywright/core/project/host';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { globSync } from 'tinyglobby';

/** In bytes; the command has the same limit. */
const fileSizeLimit = 4 * 1024 * 1024;

/** Reads the project in the absolute path `root`, as the command does. Records every question inside the project. */
export function createDiskHost(root: string): RecordingHost {
  const files = new Set<string>();
  const patterns = new Set<string>();
  return {
    files,
    patterns,
    readFile(path) {
      const reading = readInside(root, path);
      if (reading.kind !== 'outside') files.add(posix.normalize(path));
      return reading;
    },
    glob(pattern) {
      if (leadsOut(pattern)) return [];
      patterns.add(posix.normalize(pattern));
      const isOutput = outputsOf(root);
      return globSync(pattern, {
        cwd: root,
        ignore: ['**/node_modules/**'],
        dot: false,
        onlyFiles: true,
        expandDirectories: false,
        extglob: false,
        followSymbolicLinks: false,
      })
        .filter((path) => !isOutput(path))
        .sort();
    },
  };
}

/** Reads a text file inside a folder. Here it is enough to know that a file is unreadable; the command explains why. */
function readInside(root: string, path: string): FileReading {
  const file = resolve(root, path);
  if (leadsOut(path)) return { kind: 'outside' };
  try {
    if (leaves(realpathSync(root), realpathSync(file))) return { kind: 'outside' };
    const stats = statSync(file);
    // Reading a pipe would never end.
    if (!stats.isFile()) return { kind: 'unreadable', reason: 'it is not a file' };
    if (stats.size > fileSizeLimit) return { kind: 'tooLarge', bytes: stats.size, limit: fileSizeLimit };
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)) };
  } catch {
    return { kind: 'missing' };
  }
}

function leadsOut(path: string): boolean {
  return isAbsolute(path) || /^\.\.(\/|$)/.test(posix.normalize(path));
}

function leaves(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** Recognises files that Keywright wrote, by the manifest in a folder above them: otherwise a wide pattern would read them back. */
function outputsOf(root: string): (path: string) => boolean {
  const manifests = new Map<string, Readonly<Record<string, unknown>> | undefined>();
  const listedIn = (folder: string) => {
    if (!manifests.has(folder)) manifests.set(folder, manifestIn(root, folder));
    return manifests.get(folder);
  };
  return (path) => {
    const names = path.split('/');
    return names.some((_, depth) => {
      const below = names.slice(depth).join('/');
      const listed = listedIn(names.slice(0, depth).join('/') || '.');
      return listed !== undefined && (below in listed || /^keywright\.(manifest|inventory)\.json$/.test(below));
    });
  };
}

function manifestIn(root: string, folder: string): Readonly<Record<string, unknown>> | undefined {
  const reading = readInside(root, posix.join(folder, 'keywright.manifest.json'));
  if (reading.kind !== 'text') return undefined;
  try {
    const value: unknown = JSON.parse(reading.text);
    return isMapping(value) && isMapping(value.files) ? value.files : undefined;
  } catch {
    return undefined;
  }
}

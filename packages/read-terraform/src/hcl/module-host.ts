import type { FileReading } from '@keywright/core/project/host';
import type { SourceFile } from '@keywright/core/source/span';

/** The files of a configuration. Paths use `/`. The command reads the disk; tests read a list. */
export interface ModuleHost {
  /** The names of the files directly in a folder; none if there is no such folder. */
  list(folder: string): readonly string[];
  /** The names of the folders directly in a folder. */
  folders(folder: string): readonly string[];
  readFile(path: string): FileReading;
  /** Returns the absolute path of a folder on this machine, which is the value of `path.cwd`. A host without a disk lacks this method. */
  absolute?(folder: string): string;
}

/** Returns a host with these files. */
export function hostOf(files: readonly SourceFile[]): ModuleHost {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return {
    list: (folder) => [...texts.keys()].filter((path) => folderOf(path) === folder).map(nameOf),
    folders(folder) {
      const start = folder === '.' ? '' : `${folder}/`;
      const below = [...texts.keys()].flatMap((path) => (path.startsWith(start) ? path.slice(start.length) : []));
      return [...new Set(below.flatMap((path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : [])))];
    },
    readFile(path) {
      const text = texts.get(path);
      return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
    },
  };
}

/** Returns the folder of a file, or `.` if the path has none. */
function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '.' : path.slice(0, end);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

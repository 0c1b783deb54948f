import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder and its missing parents. Throws the system's refusal. `mkdirSync` with `recursive` is not used: in a file system such as
 * `/proc`, where an existing folder is reported as missing, it never returns.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    if (code !== 'ENOENT' || statSync(dirname(path), { throwIfNoEntry: false }) !== undefined) throw error;
    makeFolder(dirname(path));
    mkdirSync(path);
  }
}

import { readFileSync } from 'node:fs';

/**
 * Reads a file that the package ships, by its path in the package. This module is one folder below the package, compiled and bundled too.
 */
export function packageFile(path: string): Buffer {
  return readFileSync(new URL(`../${path}`, import.meta.url));
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads a file of the package by its path in the package. This module is one folder below the package, also when it is compiled or bundled.
 */
export function packageFile(path: string): Buffer {
  return readFileSync(join(import.meta.dirname, '..', path));
}

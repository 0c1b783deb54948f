import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads a file that the package ships, by its path in the package. This module is one folder below the package; so are the compiled and the
 * bundled module.
 */
export function packageFile(path: string): Buffer {
  return readFileSync(join(import.meta.dirname, '..', path));
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '@keywright/core/source/span';

const folder = join(import.meta.dirname, '../fixtures');

/** The exports in `fixtures/`, whose secrets all contain `secretText`. */
export const fixtures: readonly SourceFile[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));

/** A text that every secret in the exports contains. */
export const secretText = 'DOES+NOT+LEAK';

export function fixture(path: string): SourceFile {
  const found = fixtures.find((one) => one.path === path);
  if (found === undefined) throw new Error(`there is no fixture ${path}`);
  return found;
}

/** Finds the command that was built in this checkout. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const packageFolder = join(import.meta.dirname, '../../../packages/cli');

export const command = join(packageFolder, 'bin/keywright.js');

/** Says why there is no built command; `undefined` if there is one. */
export function missingCommand(): string | undefined {
  return existsSync(join(packageFolder, 'bundle/main.cjs')) ? undefined : 'packages/cli is not built (npm run build)';
}

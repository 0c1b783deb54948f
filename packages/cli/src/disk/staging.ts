import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const prefix = '.keywright-staging-';

/**
 * Makes a folder inside another one, where files are written before they are moved into place. Its name tells whose it is,
 * so that a later run can clear it away when this process is killed.
 */
export function makeStaging(folder: string): string {
  return mkdtempSync(join(folder, `${prefix}${process.pid}-`));
}

/** Removes what processes that were killed left in a folder. */
export function removeStaleStaging(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix) && !isRunning(Number.parseInt(name.slice(prefix.length), 10))) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

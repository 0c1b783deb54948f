import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const prefix = '.keywright-staging-';

/**
 * Creates a folder inside another folder. Files are written to it before they are moved into place. Its name contains the process id, so
 * that a later run can remove the folder if this process is killed.
 */
export function makeStaging(folder: string): string {
  try {
    return mkdtempSync(join(folder, `${prefix}${process.pid}-`));
  } catch (error) {
    // The refusal has to name the folder that the user knows.
    if (error instanceof Error && 'path' in error) error.path = folder;
    throw error;
  }
}

/** Removes the folders that killed processes left behind. */
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

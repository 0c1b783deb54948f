import { chmodSync, chownSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeStaging, removeStaleStaging } from './staging.ts';

/**
 * Replaces a file atomically: the new content is written to a temporary file, flushed, and moved into place. So the file always has either
 * the old content or the new one. Keeps permissions and owner, and a link to the file remains a link. Removes temporary files of killed
 * processes. Throws the system's refusal.
 */
export function replaceFile(path: string, text: string): void {
  const before = statSync(path, { throwIfNoEntry: false });
  const file = before === undefined ? path : realpathSync(path);
  removeStaleStaging(dirname(file));
  const staging = makeStaging(dirname(file));
  try {
    const apart = join(staging, 'new');
    // Do not use `writeSync`, or a package that uses it: on a full disk, `writeSync` writes what fits and throws nothing.
    writeFileSync(apart, text, { flush: true });
    if (before !== undefined) keepPermissions(apart, before);
    renameSync(apart, file);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Keeps the owner and the mode if the system allows it: only root can change the owner, and some file systems have neither. */
function keepPermissions(path: string, { uid, gid, mode }: Stats): void {
  try {
    chownSync(path, uid, gid);
  } catch {
    // Whoever may replace the file owns it from now on.
  }
  try {
    chmodSync(path, mode);
  } catch {
    // The file keeps the permissions of a new file.
  }
}

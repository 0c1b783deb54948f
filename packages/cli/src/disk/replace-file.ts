import { chmodSync, chownSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeStaging, removeStaleStaging } from './staging.ts';

/**
 * Writes a file as a whole: the content is written apart, down to the disk, and moved into place, so that whatever happens
 * the file is the old one or the new one. It keeps its permissions and its owner, and a link to it stays a link. What a
 * process that was killed has left beside it is removed. Throws what the system refuses.
 */
export function replaceFile(path: string, text: string): void {
  const before = statSync(path, { throwIfNoEntry: false });
  const file = before === undefined ? path : realpathSync(path);
  removeStaleStaging(dirname(file));
  const staging = makeStaging(dirname(file));
  try {
    const apart = join(staging, 'new');
    // Not `writeSync`, nor a package that uses it: on a full disk that writes what fits and throws nothing.
    writeFileSync(apart, text, { flush: true });
    if (before !== undefined) keepPermissions(apart, before);
    renameSync(apart, file);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** As far as the system lets us: only root may give a file away, and some file systems have neither owners nor modes. */
function keepPermissions(path: string, { uid, gid, mode }: Stats): void {
  try {
    chownSync(path, uid, gid);
  } catch {
    // Whoever may replace the file owns it from now on.
  }
  try {
    chmodSync(path, mode);
  } catch {
    // It has those of a new file.
  }
}

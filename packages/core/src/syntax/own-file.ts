/** The JSON files that Keywright writes and reads again: why one of them cannot be read. */
import { conflictIn } from './merge-conflict.ts';

/** Why a file is of no use, and what made it so, if that decides what to do. */
export interface Unusable {
  readonly reason: string;
  readonly cause?: 'conflict' | 'newer';
}

/** The value of a file's text. */
export function parseOwnFile(text: string): { readonly value: unknown } | Unusable {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const hasConflict = conflictIn(text) !== undefined;
    return hasConflict
      ? { reason: 'Git left a merge conflict in it', cause: 'conflict' }
      : { reason: 'it is not JSON' };
  }
}

/** Whether a file's `version` is the one that is read; if not, why it is of no use. */
export function otherVersion(version: unknown, known: number): Unusable | undefined {
  if (version === known) return undefined;
  const reason = `it has version ${JSON.stringify(version)}, and only version ${known} is read`;
  if (typeof version !== 'number' || version < known) return { reason };
  return { reason: `${reason}: a newer Keywright wrote it`, cause: 'newer' };
}

/** Reads JSON files that Keywright wrote, and says why a file cannot be used. */
import { conflictIn } from './merge-conflict.ts';

/** The reason why a file cannot be used. */
export interface Unusable {
  readonly reason: string;
  /** Set if the advice depends on the cause. */
  readonly cause?: 'conflict' | 'newer';
}

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

/** The reason why a file with another `version` than `known` cannot be used; `undefined` if the version is `known`. */
export function otherVersion(version: unknown, known: number): Unusable | undefined {
  if (version === known) return undefined;
  const reason = `it has version ${JSON.stringify(version)}, and only version ${known} is read`;
  if (typeof version !== 'number' || version < known) return { reason };
  return { reason: `${reason}: a newer Keywright wrote it`, cause: 'newer' };
}

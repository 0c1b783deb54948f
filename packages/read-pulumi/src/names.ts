import { hashedName } from '@keywright/core/ir/bounded-name';
import { createFreeNames, longestName } from '@keywright/core/reading/free-names';

export interface Names {
  /** Returns a unique name that the language accepts, based on the name in the program. */
  readonly of: (name: string) => string;
}

export function createNames(): Names {
  const freeName = createFreeNames('-');
  return { of: (name) => freeName(languageName(name)) };
}

/** Returns a name of letters, digits, `-` and `_` that starts with a letter. `orders` and `key-0` are unchanged. */
function languageName(name: string): string {
  const cleaned = name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^[-_]+|-+$/g, '');
  const named = /^[A-Za-z]/.test(cleaned) ? cleaned : `key-${cleaned}`.replace(/-$/, '');
  return named.length <= longestName ? named : hashedName(named, name, longestName);
}

/** Returns a name for an app, stack or environment, which has no `_`. */
export function stackName(name: string): string {
  return languageName(name).replaceAll('_', '-');
}

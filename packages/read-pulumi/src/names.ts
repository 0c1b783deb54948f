import { hashedName } from '@keywright/core/ir/bounded-name';

/** Gives each a name of its own. */
export interface Names {
  /** A name that the language takes and that no other has, from the one that the program gives. */
  readonly of: (name: string) => string;
}

const longest = 63;

export function createNames(): Names {
  const taken = new Set<string>();
  return {
    of(name) {
      const wanted = languageName(name);
      let free = wanted;
      for (let number = 2; taken.has(free); number += 1) free = `${wanted.slice(0, longest - 7)}-${number}`;
      taken.add(free);
      return free;
    },
  };
}

/** A name of letters, digits, `-` and `_` that starts with a letter; `orders` and `key-0` are what they were. */
function languageName(name: string): string {
  const cleaned = name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^[-_]+|-+$/g, '');
  const named = /^[A-Za-z]/.test(cleaned) ? cleaned : `key-${cleaned}`.replace(/-$/, '');
  return named.length <= longest ? named : hashedName(named, name, longest);
}

/** The name of an app, a stack or an environment, which has no `_`. */
export function stackName(name: string): string {
  return languageName(name).replaceAll('_', '-');
}

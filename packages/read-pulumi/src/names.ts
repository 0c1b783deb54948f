import { hashedName } from '@keywright/core/ir/bounded-name';

export interface Names {
  /** A unique name that the language accepts, based on the name in the program. */
  readonly of: (name: string) => string;
}

const longest = 63;

export function createNames(): Names {
  const taken = new Set<string>();
  return {
    of(name) {
      const preferred = languageName(name);
      let free = preferred;
      for (let number = 2; taken.has(free); number += 1) free = `${preferred.slice(0, longest - 7)}-${number}`;
      taken.add(free);
      return free;
    },
  };
}

/** A name of letters, digits, `-` and `_` that starts with a letter; `orders` and `key-0` stay. */
function languageName(name: string): string {
  const cleaned = name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^[-_]+|-+$/g, '');
  const named = /^[A-Za-z]/.test(cleaned) ? cleaned : `key-${cleaned}`.replace(/-$/, '');
  return named.length <= longest ? named : hashedName(named, name, longest);
}

/** The names of apps, stacks and environments have no `_`. */
export function stackName(name: string): string {
  return languageName(name).replaceAll('_', '-');
}

import { nameFromWords } from '@keywright/core/reading/name-from-words';
import type { KeyRecord } from './key-record.ts';

/**
 * Names each key of a stack after its first alias, in camel case, or else after the start of its id. A number distinguishes keys that would
 * have the same name. Returns the names by key id.
 */
export function keyNames(records: readonly KeyRecord[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const ordered = [...records].sort((one, other) => (one.metadata.keyId < other.metadata.keyId ? -1 : 1));
  for (const { metadata, aliases } of ordered) {
    const [alias] = aliases;
    const preferred =
      alias === undefined
        ? `key${metadata.keyId.replace(/^mrk-/, '').slice(0, 8)}`
        : nameFromWords([alias.slice('alias/'.length)]);
    let name = preferred;
    for (let number = 2; taken.has(name); number += 1) name = `${preferred}${number}`;
    taken.add(name);
    names.set(metadata.keyId, name);
  }
  return names;
}

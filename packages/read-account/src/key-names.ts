import { createFreeNames } from '@keywright/core/reading/free-names';
import { nameFromWords } from '@keywright/core/reading/name-from-words';
import type { KeyRecord } from './key-record.ts';

/**
 * Names each key of a stack after its first alias, in camel case, or else after the start of its id. A number distinguishes keys that would
 * have the same name. Returns the names by key id.
 */
export function keyNames(records: readonly KeyRecord[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const freeName = createFreeNames();
  const ordered = [...records].sort((one, other) => (one.metadata.keyId < other.metadata.keyId ? -1 : 1));
  for (const { metadata, aliases } of ordered) {
    const [alias] = aliases;
    const preferred =
      alias === undefined
        ? `key${metadata.keyId.replace(/^mrk-/, '').slice(0, 8)}`
        : nameFromWords([alias.slice('alias/'.length)]);
    names.set(metadata.keyId, freeName(preferred));
  }
  return names;
}

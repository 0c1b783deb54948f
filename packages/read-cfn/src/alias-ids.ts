import { type Expression, expressionKey } from '@keywright/core/ir/expression';
import type { Entry, Identity } from './entries.ts';
import { createNames } from './names.ts';

/** Returns a unique id for an alias, and the name of its key. */
export type AliasIds = (
  entry: Entry,
  aliasName: string,
  target: Expression,
) => { readonly id: string; readonly keyName: string };

/**
 * Makes the ids of aliases, which contain the name of their key. `keyNamed` takes the id of a key of the template. A key outside the
 * template is an import, named after its first alias.
 */
export function createAliasIds(keyNamed: (id: string) => Identity | undefined): AliasIds {
  const importNames = createNames();
  const nameOfImport = new Map<string, string>();
  const takenIds = new Set<string>();

  const importName = (target: Expression, path: string): string => {
    const key = expressionKey(target);
    const name = nameOfImport.get(key) ?? importNames(path);
    nameOfImport.set(key, name);
    return name;
  };

  return ({ logicalId }, aliasName, target) => {
    const path = aliasName.slice('alias/'.length);
    const key = target.kind === 'reference' ? keyNamed(target.resource) : undefined;
    const keyName = key?.name ?? importName(target, path);
    const id = `alias/${key === undefined ? 'imports.' : ''}${keyName}/${path}`;
    const free = takenIds.has(id) ? `${id}/${logicalId}` : id;
    takenIds.add(free);
    return { id: free, keyName };
  };
}

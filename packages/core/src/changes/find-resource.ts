import type { Resource, Stack } from '../ir/program.ts';
import { type KnownResource, labelOf } from './inventory.ts';

/** Returns a function that finds the present form of a resource of the last build in a stack. `key`: the present name of its key. */
export function createFind(): (stack: Stack, old: KnownResource, key: string) => Resource | undefined {
  const indexes = new Map<Stack, ReadonlyMap<string, Resource>>();
  return (stack, old, key) => {
    const index =
      indexes.get(stack) ??
      new Map(stack.resources.map((resource) => [identity(resource, keyNameOf(resource)), resource] as const));
    indexes.set(stack, index);
    return index.get(identity(old, key));
  };
}

function identity(resource: KnownResource | Resource, key: string): string {
  const { kind, region } = resource;
  // A key is identified by its own name alone. An alias is identified without its key, since it may point to another one now.
  const label = kind === 'key' ? '' : labelOf(resource);
  return JSON.stringify([kind, kind === 'alias' ? '' : key, label, region]);
}

/** The name of a key, or of the key that a resource belongs to; empty if the resource belongs to none. */
export function keyNameOf(resource: Resource): string {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return resource.name;
    case 'alias':
    case 'kmsGrant':
      return resource.keyName;
    default:
      return '';
  }
}

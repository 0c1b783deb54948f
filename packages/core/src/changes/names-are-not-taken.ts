import { targetsOf } from '../emit/targets-of.ts';
import type { Resource, Stack } from '../ir/program.ts';
import { samePlace } from '../resolve/place.ts';
import type { Context } from './comparison.ts';
import type { KnownResource, KnownStack } from './inventory.ts';
import type { TakenName } from './taken-names.ts';

/**
 * Finds names in a tool that one key or replica has, or had in an earlier build, although another key or replica had them in the last
 * build. The tool would take the two for one resource with changed settings: a retired key would live on as another key, and a renamed key
 * would become two keys.
 */
export function namesAreNotTaken(stack: Stack, known: KnownStack | undefined, context: Context): readonly TakenName[] {
  const { targets, scope } = context;
  if (known === undefined || !samePlace(known.environment, stack.environment)) return [];
  const keys = stack.resources.filter(({ kind }) => isKey(kind));
  const its = targetsOf(stack, targets).filter(({ name }) => scope.targets.has(name));
  return its.flatMap((target) => {
    const bearers = new Map<string, Resource[]>();
    for (const key of keys) {
      for (const one of [target.nameOf(key, stack), ...(key.formerNames?.[target.name] ?? [])]) {
        const name = place(key, one);
        bearers.set(name, [...(bearers.get(name) ?? []), key]);
      }
    }
    return known.resources.flatMap((old) => {
      const name = isKey(old.kind) ? old.names[target.name] : undefined;
      if (name === undefined) return [];
      const id = present(known, old, stack, context)?.id;
      const others = (bearers.get(place(old, name)) ?? []).filter((one) => one.id !== id);
      return others.map((resource) => ({ stack, resource, name, title: target.title }));
    });
  });
}

const isKey = (kind: Resource['kind'] | KnownResource['kind']) => kind === 'key' || kind === 'replicaKey';

const place = ({ region = '' }: { readonly region?: string }, name: string) => `${region} ${name}`;

/** The present form of a resource of the last build, if it is in this stack. */
function present(known: KnownStack, old: KnownResource, stack: Stack, { follow, find }: Context): Resource | undefined {
  const where = follow(known, old.key);
  return where.kind === 'there' && where.stack.name === stack.name ? find(where.stack, old, where.key) : undefined;
}

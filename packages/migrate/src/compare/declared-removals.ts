import type { Placed } from '@keywright/analyze/build/placed';
import { type Changes, namesEnvironment, type Removal } from '@keywright/core/changes/declared';
import { outcomesIn } from '@keywright/core/changes/outcomes';
import { outcomesOfPlace, outcomesOfStack } from '@keywright/core/changes/places-gone';
import type { Environment, Key, Program, ReplicaKey } from '@keywright/core/ir/program';

/** Returns the outcome that the YAML gives under `removed` for a key that no longer exists; `undefined` if there is no entry. */
export type DeclaredRemovals = (key: Placed<Key | ReplicaKey>) => Removal['outcome'] | undefined;

/**
 * Finds the entries of removed keys. An entry of the key's stack takes precedence over one of the project. If there are several, the one
 * that matches the key's `removal` is used, as in a build.
 */
export function declaredRemovals(before: Program, changes: Changes | undefined): DeclaredRemovals {
  if (changes === undefined) return () => undefined;
  const primaries = new Map(
    before.stacks.flatMap((stack) =>
      stack.resources.flatMap((one) => (one.kind === 'key' ? [[`${stack.name} ${one.id}`, one.name] as const] : [])),
    ),
  );
  return ({ stack, resource }) => {
    const key = resource.kind === 'key' ? resource.name : primaries.get(`${stack.name} ${resource.primary}`);
    const places: readonly (string | undefined)[] =
      resource.kind === 'replicaKey' ? [resource.environmentName, resource.region] : [];
    const { environment } = stack;
    const entries = changes.removals.filter((removal) => {
      const { stack: name, definition, what } = removal;
      if (what.key !== undefined)
        return name === stack.name && what.key === key && (what.replica === undefined || places.includes(what.replica));
      if (what.environment !== undefined)
        return (
          environment.name !== undefined &&
          namesEnvironment(removal, environment.name, changes) &&
          [definition, `${definition}-${environment.name}`].includes(stack.name)
        );
      return what.stack !== undefined && [stack.name, stack.definition].includes(what.stack);
    });
    const all =
      outcomesIn(entries) ??
      outcomesOfStack(stack, changes) ??
      outcomesOfPlace(environment, changes) ??
      (resource.kind === 'replicaKey' ? outcomesOfPlace(placeOfReplica(resource, environment), changes) : undefined);
    return (all?.find(({ outcome }) => outcome === resource.removal) ?? all?.[0])?.outcome;
  };
}

function placeOfReplica({ environmentName: name, region }: ReplicaKey, { account }: Environment): Environment {
  return { name, region, ...(account !== undefined && { account }) };
}

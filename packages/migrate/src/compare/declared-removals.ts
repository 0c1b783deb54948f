import type { Placed } from '@keywright/analyze/build/placed';
import type { Changes, Removal } from '@keywright/core/changes/declared';
import type { Key, Program, ReplicaKey } from '@keywright/core/ir/program';

/** The outcome that the YAML gives under `removed` for a key that is gone; `undefined` if there is none. */
export type DeclaredRemovals = (key: Placed<Key | ReplicaKey>) => Removal['outcome'] | undefined;

export function declaredRemovals(before: Program, changes: Changes | undefined): DeclaredRemovals {
  const removals = changes?.removals ?? [];
  const primaries = new Map(
    before.stacks.flatMap((stack) =>
      stack.resources.flatMap((one) => (one.kind === 'key' ? [[`${stack.name} ${one.id}`, one.name] as const] : [])),
    ),
  );
  return ({ stack, resource }) => {
    const key = resource.kind === 'key' ? resource.name : primaries.get(`${stack.name} ${resource.primary}`);
    const replica = resource.kind === 'replicaKey' ? resource.environmentName : undefined;
    const removal = removals.find(({ stack: name, definition, what }) => {
      if (what.key !== undefined)
        return name === stack.name && what.key === key && (what.replica === undefined || what.replica === replica);
      const { name: environment } = stack.environment;
      if (what.environment !== undefined)
        return what.environment === environment && [definition, `${definition}-${environment}`].includes(stack.name);
      return what.stack === stack.name;
    });
    return removal?.outcome;
  };
}

import type { Changes } from '@keywright/core/changes/declared';
import { keyNameOf } from '@keywright/core/changes/find-resource';
import { createFollow } from '@keywright/core/changes/follow';
import type { Program, Resource } from '@keywright/core/ir/program';

/**
 * Maps a resource of the first program to its id in the second program, such as `security/key/orders`, according to `moved` in the YAML.
 */
export type Renames = (stack: string, resource: Resource) => string;

/** Every resource keeps its id. */
export const unchangedIds: Renames = (stack, { id }) => `${stack}/${id}`;

export function renamesOf(before: Program, after: Program, changes: Changes | undefined): Renames {
  if (changes === undefined || changes.moves.length === 0) return unchangedIds;
  const follow = createFollow(changes, after);
  const moved = new Map(
    before.stacks.flatMap((stack) =>
      stack.resources.flatMap((resource) => {
        if (resource.kind !== 'key') return [];
        const { name, environment } = stack;
        const stackBefore = { name, environment, targets: stack.targets, resources: [], left: [] };
        const where = follow(stackBefore, resource.name);
        return where.kind !== 'there' || where.through.length === 0
          ? []
          : [[`${name}/${resource.name}`, { stack: where.stack.name, key: where.key }] as const];
      }),
    ),
  );
  return (stack, resource) => {
    const to = moved.get(`${stack}/${keyNameOf(resource)}`);
    if (to === undefined) return unchangedIds(stack, resource);
    return `${to.stack}/${withKeyName(resource.id, to.key)}`;
  };
}

/** An id with another key's name. The name is the second part of an id, before the place of a replica: `replicaKey/orders@prod-us`. */
export function withKeyName(id: string, key: string): string {
  const [, named = ''] = id.split('/');
  const [, ...place] = named.split('@');
  return id
    .split('/')
    .with(1, [key, ...place].join('@'))
    .join('/');
}

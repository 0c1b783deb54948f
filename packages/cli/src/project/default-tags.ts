import { literal } from '@keywright/core/ir/expression';
import type { Program, Resource, Tag } from '@keywright/core/ir/program';

/** A program with tags on everything that takes some; those that a resource has win. */
export function withTags(program: Program, tags: ReadonlyMap<string, string>): Program {
  const stacks = program.stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.map((one) => tagged(one, tags)),
  }));
  return { ...program, stacks };
}

function tagged(resource: Resource, tags: ReadonlyMap<string, string>): Resource {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
    case 'role':
    case 'user':
      return { ...resource, tags: joined(resource.tags, tags) };
    default:
      return resource;
  }
}

/** Sorted by name, as in the IR. */
function joined(own: readonly Tag[], tags: ReadonlyMap<string, string>): readonly Tag[] {
  const all = new Map([...tags].map(([name, value]): [string, Tag] => [name, { name, value: literal(value) }]));
  for (const tag of own) all.set(tag.name, tag);
  return [...all.values()].sort(({ name: one }, { name: other }) => (one < other ? -1 : 1));
}

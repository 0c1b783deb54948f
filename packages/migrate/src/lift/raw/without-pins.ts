import type { Resource } from '@keywright/core/ir/program';

/** A resource as a lifted project has it when nothing is pinned: its alias's name is written as it is. */
export function withoutPins(resource: Resource): Resource {
  if (resource.kind !== 'alias') return { ...resource, names: {} };
  const { writtenName: _, ...alias } = resource;
  return { ...alias, names: {} };
}

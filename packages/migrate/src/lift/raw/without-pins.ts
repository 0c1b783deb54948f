import type { Resource } from '@keywright/core/ir/program';

/** A resource as a lifted project has it without pins: an alias then has its full name. */
export function withoutPins(resource: Resource): Resource {
  if (resource.kind !== 'alias') return { ...resource, names: {} };
  const { writtenName: _, ...alias } = resource;
  return { ...alias, names: {} };
}

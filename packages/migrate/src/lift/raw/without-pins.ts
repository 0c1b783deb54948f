import type { Resource } from '@keywright/core/ir/program';

/** Returns a resource as a lifted project would have it without pins. The name of an alias in a tool is then made from its full name. */
export function withoutPins(resource: Resource): Resource {
  if (resource.kind !== 'alias') return { ...resource, names: {} };
  const { writtenName: _, ...alias } = resource;
  return { ...alias, names: {} };
}

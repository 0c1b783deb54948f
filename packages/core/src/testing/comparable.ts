import type { Resource, Stack } from '../ir/program.ts';

/** What a resource has besides what it means: where it was written, and its names, in whose order the resources come. */
const dropped = ['id', 'source', 'names', 'formerNames', 'formerStack', 'dependsOn'];

/**
 * The resources of a stack in a form in which two programs can be compared: by the name that a tool gives each, which replaces
 * its id in references too. `without` drops properties that a source does not have (`removal`: a Terraform state).
 */
export function comparable(stack: Stack, nameOf: (resource: Resource) => string, without: readonly string[] = []) {
  const nameOfId = new Map(stack.resources.map((resource) => [resource.id, nameOf(resource)]));
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return nameOfId.get(value) ?? value;
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !dropped.includes(name) && !without.includes(name))
        .map(([name, inner]) => [name, renamed(inner)]),
    );
  };
  return Object.fromEntries(
    stack.resources
      .map((resource) => [nameOf(resource), renamed(resource)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

import type { Resource } from '../ir/program.ts';

/**
 * Resources in the order of the IR, but with each alias right after its key. An alias stays where it is if it waits for a resource after
 * the key, because an alias must be declared after everything that it uses.
 */
export function inReadingOrder(resources: readonly Resource[]): readonly Resource[] {
  const positions = new Map(resources.map(({ id }, index) => [id, index]));
  const aliases = new Map<string, Resource[]>();
  const others: Resource[] = [];
  for (const resource of resources) {
    const target = resource.kind === 'alias' && resource.target.kind === 'reference' ? resource.target.resource : '';
    const position = positions.get(target) ?? -1;
    if (resource.dependsOn.some((id) => (positions.get(id) ?? 0) > position) || position < 0) others.push(resource);
    else aliases.set(target, [...(aliases.get(target) ?? []), resource]);
  }
  return others.flatMap((resource) => [resource, ...(aliases.get(resource.id) ?? [])]);
}

import type { Resource, Stack } from '@keywright/core/ir/program';

/** Names each identity policy after its holder, with a number if another policy has that name already. */
export function policyEntryNames(stack: Stack): ReadonlyMap<Resource, string> {
  const taken = new Set<string>();
  const names = new Map<Resource, string>();
  for (const resource of stack.resources) {
    if (resource.kind !== 'identityPolicy') continue;
    let name = resource.name;
    for (let count = 2; taken.has(name); count += 1) name = `${resource.name}${count}`;
    taken.add(name);
    names.set(resource, name);
  }
  return names;
}

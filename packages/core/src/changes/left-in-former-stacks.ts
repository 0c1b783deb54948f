import type { FormerStackOfResource, LeftResource, Stack } from '../ir/program.ts';
import { keyNameOf } from './find-resource.ts';
import { labelOf } from './inventory.ts';

/**
 * Adds to each stack the resources that a deployment may still have because it skipped builds. These resources are now in another stack, or
 * nothing manages them any more. The history of the stack itself may lack them, since the stack may have had another name in between.
 */
export function leftInFormerStacks(stacks: readonly Stack[]): readonly Stack[] {
  const byName = new Map<string, LeftResource[]>();
  const add = (one: Omit<LeftResource, 'names'>, formerStacks: readonly FormerStackOfResource[] | undefined) => {
    for (const { name, replicaEnvironment, names } of formerStacks ?? []) {
      if (name === one.toStack) continue;
      const left = { ...one, ...(replicaEnvironment !== undefined && { replicaEnvironment }), names };
      byName.set(name, [...(byName.get(name) ?? []), left]);
    }
  };
  for (const { name: toStack, resources, left = [] } of stacks) {
    for (const resource of resources) {
      const { kind, region, formerStacks } = resource;
      if (kind !== 'key' && kind !== 'replicaKey' && kind !== 'alias' && kind !== 'kmsGrant') continue;
      const key = keyNameOf(resource);
      add({ kind, key, label: labelOf(resource), ...(region !== undefined && { region }), toStack }, formerStacks);
    }
    for (const { names: _, formerStacks, ...one } of left) if (one.toStack === undefined) add(one, formerStacks);
  }
  return stacks.map((stack) => {
    const { left = [] } = stack;
    const identities = new Set(left.map(identity));
    const missing = (byName.get(stack.name) ?? []).filter((one) => !identities.has(identity(one)));
    const all = new Map(missing.map((one) => [identity(one), one]));
    return all.size === 0 ? stack : { ...stack, left: [...left, ...all.values()] };
  });
}

function identity({ kind, names }: LeftResource): string {
  return JSON.stringify([kind, ...Object.entries(names).sort()]);
}

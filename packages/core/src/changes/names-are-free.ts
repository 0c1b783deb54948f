import type { Target } from '../emit/emitter.ts';
import { targetsOf } from '../emit/targets-of.ts';
import type { Resource, Stack } from '../ir/program.ts';
import type { TakenName } from './taken-names.ts';

/** Finds names under which a tool may still have another resource. That resource has moved, has left, or keeps its name. */
export function namesAreFree(stacks: readonly Stack[], targets: readonly Target<unknown>[]): readonly TakenName[] {
  return stacks.flatMap((stack) => {
    const isTouched = stack.left !== undefined || stack.deletedNames !== undefined || stack.resources.some(hasPast);
    return isTouched ? targetsOf(stack, targets).flatMap((target) => clashesIn(stack, target)) : [];
  });
}

function hasPast({ formerNames, names }: Resource): boolean {
  // A name that a resource keeps is pinned in `names`.
  return formerNames !== undefined || Object.keys(names).length > 0;
}

function hasMoved({ formerNames, formerStacks }: Resource, { name }: Target<unknown>): boolean {
  return formerNames?.[name] !== undefined || formerStacks !== undefined;
}

function clashesIn(stack: Stack, target: Target<unknown>): readonly TakenName[] {
  const { title } = target;
  // A tool that cannot rename resources has a program for each region, with names of its own.
  const scoped = (name: string, { region = '' }: { readonly region?: string | undefined }) =>
    target.renames ? name : `${region} ${name}`;
  const former = new Map<string, Resource | undefined>();
  for (const one of stack.left ?? []) {
    const name = one.names[target.name];
    if (name !== undefined) former.set(scoped(name, one), undefined);
  }
  if (target.renames) {
    for (const resource of stack.resources) {
      for (const name of resource.formerNames?.[target.name] ?? []) former.set(name, resource);
    }
  }
  const deleted = new Set(target.renames ? stack.deletedNames?.[target.name] : []);
  const taken: TakenName[] = [];
  const kept = new Map<string, Resource>();
  for (const resource of stack.resources) {
    if (resource.kind === 'kmsGrant' && !target.capabilities.kmsGrants) continue;
    const name = target.nameOf(resource, stack);
    const place = `${resource.region ?? ''} ${name}`;
    const other = kept.get(place);
    kept.set(place, resource);
    const before = scoped(name, resource);
    const wasAnother = former.has(before) && former.get(before) !== resource;
    const isKept = !target.renames && other !== undefined && hasPast(other) !== hasPast(resource);
    // A new key may have the name of a deleted one: a deployment that skipped the deletion just keeps the former key.
    const isMovedOntoDeleted = deleted.has(name) && hasMoved(resource, target);
    if (!wasAnother && !isKept && !isMovedOntoDeleted) continue;
    const newer = isKept && hasPast(resource) && other !== undefined ? other : resource;
    taken.push({ stack, resource: newer, name, title });
  }
  return taken;
}

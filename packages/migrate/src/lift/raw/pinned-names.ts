import type { Target } from '@keywright/core/emit/emitter';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { withoutPins } from './without-pins.ts';

/** Returns the pins that a resource needs because its name would differ without them. */
export type PinsOf = (resource: Resource) => { readonly names?: Record<string, string> };

/** `entryNames` has the names of identity policies in the draft. Their default names are made from these. */
export function createPins(
  stack: Stack,
  entryNames: ReadonlyMap<Resource, string>,
  targets: readonly Target<unknown>[],
): PinsOf {
  const unpinned = new Map(
    stack.resources.map((resource): [Resource, Resource] => {
      const name = entryNames.get(resource);
      const named = name === undefined || resource.kind !== 'identityPolicy' ? resource : { ...resource, name };
      return [resource, withoutPins(named)];
    }),
  );
  const without: Stack = { ...stack, resources: [...unpinned.values()] };
  return (resource) => {
    const free = unpinned.get(resource);
    const relevant = targets.filter(({ name }) => stack.targets.includes(name) || resource.names[name] !== undefined);
    const pins = relevant.flatMap((target): [string, string][] => {
      const { name } = target;
      if (free !== undefined && target.nameOf(free, without) === target.nameOf(resource, stack)) return [];
      const pin = resource.names[name] ?? pinFor(target.nameOf(resource, stack));
      return [[name, pin]];
    });
    return pins.length === 0 ? {} : { names: Object.fromEntries(pins) };
  };
}

/** Returns the part of a resource's name in a tool that can be pinned, without the type at the start, which Terraform and Pulumi have. */
function pinFor(called: string): string {
  return called.replace(/^.*(?:::|\.)/s, '');
}

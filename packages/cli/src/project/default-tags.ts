import { byName } from '@keywright/core/collections/by-name';
import { fill } from '@keywright/core/emit/deployment-text';
import { literal } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack, Tag } from '@keywright/core/ir/program';

/** Adds tags to everything in a program that can have tags. If a resource has a tag of the same name, its own tag wins. */
export function withTags(program: Program, tags: ReadonlyMap<string, string>): Program {
  return withTagsOf(program, () => tags);
}

/**
 * Adds the tags that the provider of `target` adds to everything (`defaultTags`). If a stack does not use `target`, or if no `target` is
 * given, the stack gets the tags that the providers of all its targets add.
 */
export function withProviderTags(
  program: Program,
  targetOptions: Readonly<Record<string, unknown>>,
  target: string | undefined,
): Program {
  return withTagsOf(program, (stack) => {
    const names = target !== undefined && stack.targets.includes(target) ? [target] : stack.targets;
    const [first, ...others] = names.map((name) => tagsAddedBy(targetOptions[name], stack));
    return new Map([...(first ?? [])].filter(([name, value]) => others.every((tags) => tags.get(name) === value)));
  });
}

/** Returns the tags that a target with these options adds to everything in a stack. */
export function tagsAddedBy(options: unknown, stack: Stack): ReadonlyMap<string, string> {
  if (typeof options !== 'object' || options === null || !('defaultTags' in options)) return new Map();
  const tags: unknown = options.defaultTags;
  if (typeof tags !== 'object' || tags === null) return new Map();
  return new Map(Object.entries(tags).map(([name, value]) => [name, fill(String(value), stack)]));
}

function withTagsOf(program: Program, tagsOf: (stack: Stack) => ReadonlyMap<string, string>): Program {
  const stacks = program.stacks.map((stack) => {
    const tags = tagsOf(stack);
    return tags.size === 0 ? stack : { ...stack, resources: stack.resources.map((one) => tagged(one, tags)) };
  });
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

/** The result is sorted by name, as in the IR. */
function joined(resourceTags: readonly Tag[], tags: ReadonlyMap<string, string>): readonly Tag[] {
  const all = new Map([...tags].map(([name, value]): [string, Tag] => [name, { name, value: literal(value) }]));
  for (const tag of resourceTags) all.set(tag.name, tag);
  return [...all.values()].sort(byName);
}

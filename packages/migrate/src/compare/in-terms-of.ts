/**
 * Rewrites a program that was read, so that it can be compared with another program. In: both programs. Out: the resources of the first
 * program under the stacks, ids and names of the other program, if they are certainly the same resources. So different names alone are no
 * difference. The app, the names of environments, targets, outputs and pinned names are those of the other program.
 */

import type { Expression, Part } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { rewrite } from '@keywright/core/ir/rewrite';
import { type Home, homesOf } from './homes.ts';
import type { Described } from './pair-keys.ts';

export type { Described } from './pair-keys.ts';

export function inTermsOf(own: Described, other: Described): Program {
  const homes = homesOf(own, other);
  const others = new Map(other.program.stacks.map((stack) => [stack.name, stack]));
  const sources = new Map(own.program.stacks.map((stack) => [stack.name, stack]));
  const made = new Map<string, { readonly from: Stack; readonly resources: Resource[] }>();
  const exports = new Map<string, Map<string, Expression>>();
  const homeOf = (stack: Stack, id: string): Home =>
    homes.get(`${stack.name}/${id}`) ?? { stack: stack.name, id, name: id };

  /** Rewrites a part of a source's stack for the stack `to`. */
  const rewrittenIn = <Piece>(piece: Piece, from: Stack, to: string): Piece =>
    rewrite(piece, (part) => partIn(part, from, to));
  const partIn = (part: Part, from: Stack, to: string): Expression => {
    switch (part.kind) {
      case 'literal':
      case 'pseudo':
        return part;
      case 'crossStack': {
        const stack = sources.get(part.stack);
        const value = stack?.exports.find(({ id }) => id === part.export)?.value;
        return stack === undefined || value === undefined ? part : rewrittenIn(value, stack, to);
      }
      case 'reference': {
        const home = homeOf(from, part.resource);
        const reference = { ...part, resource: home.id };
        if (home.stack === to) return reference;
        const name = `${home.id}.${part.attribute}`;
        exports.set(home.stack, (exports.get(home.stack) ?? new Map()).set(name, reference));
        return { kind: 'crossStack', stack: home.stack, export: name };
      }
    }
  };

  for (const stack of own.program.stacks) {
    for (const resource of stack.resources) {
      const home = homeOf(stack, resource.id);
      const target = made.get(home.stack) ?? { from: stack, resources: [] };
      const moved = renamed(rewrittenIn(resource, stack, home.stack), home, (id) => homeOf(stack, id).id);
      target.resources.push(withPinnedNames(moved, others.get(home.stack), own.tool));
      made.set(home.stack, target);
    }
    // Keeps a stack that had no resources before. Other stacks are kept if resources remain in them.
    if (stack.resources.length === 0) made.set(stack.name, { from: stack, resources: [] });
  }
  const stacks = [...made].map(([name, { from, resources }]): Stack => {
    const counterpart = others.get(name);
    const shared = [...(exports.get(name) ?? [])].map(([id, value]) => ({ id, value, source: { span: from.span } }));
    const ownExports = name === from.name ? from.exports.filter(({ id }) => !shared.some((one) => one.id === id)) : [];
    const stack = { ...from, name, resources, exports: [...ownExports, ...shared] };
    if (counterpart === undefined) return stack;
    const { name: environment } = counterpart.environment;
    return {
      ...stack,
      targets: counterpart.targets,
      outputs: counterpart.outputs,
      environment: { ...from.environment, ...(environment !== undefined && { name: environment }) },
    };
  });
  return { app: other.program.app, stacks };
}

/** Uses the names that the other program pins. If the source's own tool has another name or none, the pinned name remains a difference. */
function withPinnedNames(resource: Resource, source: Stack | undefined, tool: string | undefined): Resource {
  if (source === undefined) return resource;
  const pinned = source.resources.find((one) => isSame(one, resource))?.names ?? {};
  const names = Object.entries(pinned).flatMap(([target, name]) => {
    const pinned = resource.names[target] ?? (target === tool ? undefined : name);
    return pinned === undefined ? [] : [[target, pinned] as const];
  });
  return { ...resource, names: Object.fromEntries(names) };
}

/** An alias is identified by its name and region, since its id depends on its key. */
function isSame(one: Resource, other: Resource): boolean {
  return one.kind === 'alias' && other.kind === 'alias'
    ? one.aliasName === other.aliasName && one.region === other.region
    : one.id === other.id;
}

function renamed(resource: Resource, { id, name }: Home, idOf: (id: string) => string): Resource {
  const moved = { ...resource, id, dependsOn: resource.dependsOn.map(idOf) };
  switch (moved.kind) {
    case 'key':
      return { ...moved, name };
    case 'replicaKey':
      return { ...moved, name, primary: idOf(moved.primary) };
    case 'kmsGrant':
      return { ...moved, keyName: name };
    case 'role':
    case 'user':
    case 'group':
      return { ...moved, name };
    case 'alias':
    case 'identityPolicy':
    case 'sharedParameter':
      return moved;
  }
}

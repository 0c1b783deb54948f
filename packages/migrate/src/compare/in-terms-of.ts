/**
 * Restates a program that was read in terms of the one it is compared with. In: both programs. Out: the first one's
 * resources under the stacks, ids and names of the other program, wherever they certainly belong to the same key, so
 * that different names alone are no difference. The app, the names of environments, targets, outputs and pinned names
 * are those of the other program.
 */

import type { Expression, Part } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { rewrite } from '@keywright/core/ir/rewrite';
import { idInProgram, placedIn } from '../placed-resources.ts';
import { type Described, pairKeys } from './pair-keys.ts';
import { maySharePlace } from './same-place.ts';

export type { Described } from './pair-keys.ts';

/** Where the other program has a resource of the source. */
interface Home {
  readonly stack: string;
  readonly id: string;
  /** Its name; for what belongs to a key, the name of that key. */
  readonly name: string;
}

export function inTermsOf(own: Described, other: Described): Program {
  const homes = homesOf(own, other);
  const others = new Map(other.program.stacks.map((stack) => [stack.name, stack]));
  const sources = new Map(own.program.stacks.map((stack) => [stack.name, stack]));
  const made = new Map<string, { readonly from: Stack; readonly resources: Resource[] }>();
  const exports = new Map<string, Map<string, Expression>>();
  const homeOf = (stack: Stack, id: string): Home =>
    homes.get(`${stack.name}/${id}`) ?? { stack: stack.name, id, name: id };

  /** Rewrites a piece of a source's stack for the stack `to`. */
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
    // Keep a stack that had no resources to begin with. Other stacks are kept if resources remain in them.
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

/** Takes over the names that the other program pins. If the source's own tool has another name or none, that stays a difference. */
function withPinnedNames(resource: Resource, source: Stack | undefined, tool: string | undefined): Resource {
  if (source === undefined) return resource;
  const pinned = source.resources.find((one) => isSame(one, resource))?.names ?? {};
  const names = Object.entries(pinned).flatMap(([target, name]) => {
    const pinned = resource.names[target] ?? (target === tool ? undefined : name);
    return pinned === undefined ? [] : [[target, pinned] as const];
  });
  return { ...resource, names: Object.fromEntries(names) };
}

/** An alias is identified by its name and region, whatever its id says about its key. */
function isSame(one: Resource, other: Resource): boolean {
  return one.kind === 'alias' && other.kind === 'alias'
    ? one.aliasName === other.aliasName && one.region === other.region
    : one.id === other.id;
}

function homesOf(own: Described, other: Described): ReadonlyMap<string, Home> {
  const pairs = pairKeys(own, other);
  const paired = new Map(pairs.map(({ found, wanted }) => [idInProgram(found), wanted]));
  const taken = new Set<string>();
  const homes = new Map<string, Home>();
  const settle = (stack: Stack, resource: Resource, home: Home) => {
    const label = `${home.stack}/${home.id}`;
    // If another resource already has the new id, this one stays in its stack, under an id of its own.
    const free = taken.has(label)
      ? { stack: stack.name, id: `${resource.id} of ${stack.name}`, name: home.name }
      : home;
    taken.add(`${free.stack}/${free.id}`);
    homes.set(`${stack.name}/${resource.id}`, free);
  };
  const stackFor = stackHomes(own, pairs);
  const isKind =
    (kinds: readonly Resource['kind'][]) =>
    ({ resource }: { readonly resource: Resource }) =>
      kinds.includes(resource.kind);
  const all = placedIn(own.program.stacks);
  const keys = all.filter(isKind(['key']));
  // Matched keys take their ids before the others.
  for (const { stack, resource } of [...keys].sort(
    (one, two) => Number(paired.has(idInProgram(two))) - Number(paired.has(idInProgram(one))),
  )) {
    const counterpart = paired.get(idInProgram({ stack, resource }));
    const name = resource.kind === 'key' ? resource.name : resource.id;
    settle(
      stack,
      resource,
      counterpart === undefined
        ? { stack: stackFor(stack), id: resource.id, name }
        : { stack: counterpart.stack.name, id: counterpart.resource.id, name: counterpart.resource.name },
    );
  }
  const wantedIn = (stack: string) => other.program.stacks.find(({ name }) => name === stack)?.resources ?? [];
  const principals = placedIn(other.program.stacks);
  for (const { stack, resource } of all.filter(isKind(['replicaKey', 'role', 'user', 'group']))) {
    if (resource.kind === 'replicaKey') {
      const key = homes.get(`${stack.name}/${resource.primary}`);
      const same = wantedIn(key?.stack ?? '').find(
        (one) => one.kind === 'replicaKey' && one.primary === key?.id && one.region === resource.region,
      );
      const id =
        same?.id ??
        resource.id
          .split('/')
          .with(1, key?.name ?? resource.name)
          .join('/');
      settle(stack, resource, { stack: key?.stack ?? stackFor(stack), id, name: key?.name ?? resource.name });
      continue;
    }
    const physical = physicalNameOf(resource) ?? own.origins?.get(stack.name)?.get(resource.id)?.physicalId;
    const same = principals.filter(
      (one) =>
        one.resource.kind === resource.kind &&
        maySharePlace(withoutRegion(stack), withoutRegion(one.stack)) &&
        (physicalNameOf(one.resource) === undefined || physical === undefined
          ? 'name' in one.resource && 'name' in resource && one.resource.name === resource.name
          : physicalNameOf(one.resource) === physical),
    );
    const [only] = same;
    settle(
      stack,
      resource,
      only !== undefined && same.length === 1
        ? { stack: only.stack.name, id: only.resource.id, name: nameIn(only.resource) }
        : { stack: stackFor(stack), id: resource.id, name: nameIn(resource) },
    );
  }
  for (const { stack, resource } of all.filter(isKind(['alias', 'kmsGrant', 'identityPolicy', 'sharedParameter']))) {
    const home = homes.get(`${stack.name}/${belongsTo(resource) ?? ''}`);
    settle(stack, resource, {
      stack: home?.stack ?? stackFor(stack),
      id:
        resource.kind === 'identityPolicy'
          ? idOfPolicy(resource, home)
          : idOfPart(resource, home, wantedIn(home?.stack ?? '')),
      name: resource.kind === 'kmsGrant' ? (home?.name ?? resource.keyName) : nameIn(resource),
    });
  }
  return homes;
}

/** Maps a stack of the source to the stack of the same name or, if keys match only in other stacks, to the one with most of them. */
function stackHomes(own: Described, pairs: ReturnType<typeof pairKeys>): (stack: Stack) => string {
  const homes = new Map(
    own.program.stacks.map((stack) => {
      const counts = new Map<string, number>();
      for (const { found, wanted } of pairs)
        if (found.stack === stack) counts.set(wanted.stack.name, (counts.get(wanted.stack.name) ?? 0) + 1);
      const [most] = [...counts].sort(([, one], [, two]) => two - one);
      return [stack, counts.has(stack.name) ? stack.name : (most?.[0] ?? stack.name)] as const;
    }),
  );
  return (stack) => homes.get(stack) ?? stack.name;
}

function physicalNameOf(resource: Resource): string | undefined {
  return 'physicalName' in resource ? resource.physicalName : undefined;
}

/** IAM has no regions. */
function withoutRegion({ environment: { region: _, ...others } }: Stack): Stack['environment'] {
  return others;
}

function nameIn(resource: Resource): string {
  return 'name' in resource ? resource.name : resource.id;
}

/** The resource of the same stack that an alias, a grant or an identity policy belongs to. */
function belongsTo(resource: Resource): string | undefined {
  const expression =
    resource.kind === 'alias'
      ? resource.target
      : resource.kind === 'kmsGrant'
        ? resource.key
        : resource.kind === 'identityPolicy'
          ? resource.attachTo.name
          : undefined;
  return expression?.kind === 'reference' ? expression.resource : undefined;
}

function idOfPolicy(resource: Resource, holder: Home | undefined): string {
  return holder === undefined || !('name' in resource)
    ? resource.id
    : resource.id.replace(/^identityPolicy\/.*$/s, (id) =>
        id === `identityPolicy/${resource.name}` ? `identityPolicy/${holder.name}` : id,
      );
}

/**
 * The id of the same grant in the other program, found by its name in KMS or by its content. For an alias, the id
 * follows from its name.
 */
function idOfPart(resource: Resource, key: Home | undefined, wanted: readonly Resource[]): string {
  if (resource.kind !== 'kmsGrant' || key === undefined) return resource.id;
  const same = wanted.find(
    (one) =>
      one.kind === 'kmsGrant' &&
      one.keyName === key.name &&
      one.named === resource.named &&
      (one.named ? one.name === resource.name : termsOf(one) === termsOf(resource)),
  );
  return same?.id ?? resource.id.split('/').with(1, key.name).join('/');
}

function termsOf({
  grantee,
  retiringPrincipal,
  operations,
  encryptionContext,
}: Extract<Resource, { kind: 'kmsGrant' }>): string {
  return JSON.stringify([grantee, retiringPrincipal ?? '', [...operations].sort(), encryptionContext ?? '']);
}

/** A resource under its new id and name. */
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

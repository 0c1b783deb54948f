import { idInProgram, type Placed, placedIn } from '@keywright/analyze/build/placed';
import { isPrincipal } from '@keywright/core/ir/is-principal';
import type { Group, Key, ReplicaKey, Resource, Role, Stack, User } from '@keywright/core/ir/program';
import { type Described, pairKeys } from './pair-keys.ts';
import { withKeyName } from './renames.ts';
import { maySharePlace } from './same-place.ts';

/** The stack, id and name of a resource in the other program. */
export interface Home {
  readonly stack: string;
  readonly id: string;
  /** The resource's name or, for an alias, grant or replica, the name of its key. */
  readonly name: string;
}

/** Maps each resource of `own`, named `stack/id`, to its home in the other program. */
export function homesOf(own: Described, other: Described): ReadonlyMap<string, Home> {
  const homes = new Homes(own, other);
  const all = placedIn(own.program.stacks);
  const ofKind = (...kinds: readonly Resource['kind'][]) => all.filter(({ resource }) => kinds.includes(resource.kind));
  // Keys get their ids before the resources that refer to them, and matched keys before other keys.
  const keys = ofKind('key').sort((one, two) => Number(homes.isPaired(two)) - Number(homes.isPaired(one)));
  const holders = ofKind('replicaKey', 'role', 'user', 'group');
  const parts = ofKind('alias', 'kmsGrant', 'identityPolicy', 'sharedParameter');
  for (const placed of [...keys, ...holders, ...parts]) homes.settle(placed);
  return homes.settled;
}

class Homes {
  /** The homes found so far, by stack and id in the source. */
  readonly settled = new Map<string, Home>();
  readonly #own: Described;
  readonly #other: Described;
  /** Maps the id of a key of the source to the matching key of the other program. */
  readonly #paired: ReadonlyMap<string, Placed<Key>>;
  readonly #stackFor: (stack: Stack) => string;
  readonly #taken = new Set<string>();

  constructor(own: Described, other: Described) {
    const pairs = pairKeys(own, other);
    this.#own = own;
    this.#other = other;
    this.#paired = new Map(pairs.map(({ found, wanted }) => [idInProgram(found), wanted]));
    this.#stackFor = stackHomes(own, pairs);
  }

  isPaired(key: Placed): boolean {
    return this.#paired.has(idInProgram(key));
  }

  /** Gives a resource its home. If it refers to another resource, that one must have its home already. */
  settle(placed: Placed): void {
    const { stack, resource } = placed;
    const home = this.#homeOf(placed);
    // If another resource already has the new id, this resource stays in its stack, with a new id.
    const free = this.#taken.has(`${home.stack}/${home.id}`)
      ? { stack: stack.name, id: `${resource.id} of ${stack.name}`, name: home.name }
      : home;
    this.#taken.add(`${free.stack}/${free.id}`);
    this.settled.set(`${stack.name}/${resource.id}`, free);
  }

  #homeOf({ stack, resource }: Placed): Home {
    switch (resource.kind) {
      case 'key':
        return this.#homeOfKey(stack, resource);
      case 'replicaKey':
        return this.#homeOfReplica(stack, resource);
      case 'role':
      case 'user':
      case 'group':
        return this.#homeOfPrincipal(stack, resource);
      case 'alias':
      case 'kmsGrant':
      case 'identityPolicy':
      case 'sharedParameter':
        return this.#homeOfPart(stack, resource);
    }
  }

  #homeOfKey(stack: Stack, key: Key): Home {
    const counterpart = this.#paired.get(idInProgram({ stack, resource: key }));
    return counterpart === undefined
      ? { stack: this.#stackFor(stack), id: key.id, name: key.name }
      : { stack: counterpart.stack.name, id: counterpart.resource.id, name: counterpart.resource.name };
  }

  #homeOfReplica(stack: Stack, replica: ReplicaKey): Home {
    const key = this.settled.get(`${stack.name}/${replica.primary}`);
    const name = key?.name ?? replica.name;
    const counterpart = this.#resourcesIn(key?.stack).find(
      (one) => one.kind === 'replicaKey' && one.primary === key?.id && one.region === replica.region,
    );
    const id = counterpart?.id ?? withKeyName(replica.id, name);
    return { stack: key?.stack ?? this.#stackFor(stack), id, name };
  }

  /**
   * Finds the home of a principal: that of the only principal with the same name in IAM or, if that name is unknown, with the same name in
   * the program.
   */
  #homeOfPrincipal(stack: Stack, principal: Role | User | Group): Home {
    const { kind, id, name } = principal;
    const physical = principal.physicalName ?? this.#own.origins?.get(stack.name)?.get(id)?.physicalId;
    const [only, ...others] = placedIn(this.#other.program.stacks).filter((candidate) => {
      const { resource } = candidate;
      if (resource.kind !== kind || !isPrincipal(resource)) return false;
      if (!maySharePlace(withoutRegion(stack), withoutRegion(candidate.stack))) return false;
      return resource.physicalName === undefined || physical === undefined
        ? resource.name === name
        : resource.physicalName === physical;
    });
    return only !== undefined && others.length === 0
      ? { stack: only.stack.name, id: only.resource.id, name: nameIn(only.resource) }
      : { stack: this.#stackFor(stack), id, name };
  }

  #homeOfPart(stack: Stack, part: Resource): Home {
    const home = this.settled.get(`${stack.name}/${belongsTo(part) ?? ''}`);
    const stackName = home?.stack ?? this.#stackFor(stack);
    return {
      stack: stackName,
      id: part.kind === 'identityPolicy' ? idOfPolicy(part, home) : idOfPart(part, home, this.#resourcesIn(stackName)),
      name: part.kind === 'kmsGrant' ? (home?.name ?? part.keyName) : nameIn(part),
    };
  }

  #resourcesIn(stack: string | undefined): readonly Resource[] {
    return this.#other.program.stacks.find(({ name }) => name === stack)?.resources ?? [];
  }
}

/**
 * Maps a stack of the source to the stack of the same name or, if its keys match only keys of other stacks, to the stack with most of the
 * matching keys.
 */
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

/** Removes the region, because IAM has no regions. */
function withoutRegion({ environment: { region: _, ...others } }: Stack): Stack['environment'] {
  return others;
}

function nameIn(resource: Resource): string {
  return 'name' in resource ? resource.name : resource.id;
}

/** Returns the resource of the same stack that an alias, a grant or an identity policy is for. */
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
 * Returns the id of the same SSM parameter in the other program, found by its name, or of the same KMS grant, found by the grant's name in
 * KMS or by its content. Other resources keep their ids.
 */
function idOfPart(resource: Resource, key: Home | undefined, wanted: readonly Resource[]): string {
  if (resource.kind === 'sharedParameter') {
    const { parameterName } = resource;
    return (
      wanted.find((one) => one.kind === 'sharedParameter' && one.parameterName === parameterName)?.id ?? resource.id
    );
  }
  if (resource.kind !== 'kmsGrant' || key === undefined) return resource.id;
  const same = wanted.find(
    (one) =>
      one.kind === 'kmsGrant' &&
      one.keyName === key.name &&
      one.named === resource.named &&
      (one.named ? one.name === resource.name : termsOf(one) === termsOf(resource)),
  );
  return same?.id ?? withKeyName(resource.id, key.name);
}

function termsOf({
  grantee,
  retiringPrincipal,
  operations,
  encryptionContext,
}: Extract<Resource, { kind: 'kmsGrant' }>): string {
  return JSON.stringify([grantee, retiringPrincipal ?? '', [...operations].sort(), encryptionContext ?? '']);
}

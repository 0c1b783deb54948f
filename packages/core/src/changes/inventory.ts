/**
 * What the last build made that must not be lost: keys, replicas, aliases and grants, what each target calls them, and what can
 * never be changed about a key. It is committed with the outputs. A build fills it from a program; whatever else knows what
 * exists (a template, a state, an account) can fill the same type.
 */
import type { Target } from '../emit/emitter.ts';
import type { Environment, Key, LeftResource, Program, Resource, Stack } from '../ir/program.ts';

/** The name of its file, directly in the output folder. */
export const inventoryFileName = 'keywright.inventory.json';

export interface Inventory {
  readonly app: string;
  /** Sorted by name. */
  readonly stacks: readonly KnownStack[];
}

export interface KnownStack {
  readonly name: string;
  readonly environment: Pick<Environment, 'name' | 'account' | 'region'>;
  /** Sorted. */
  readonly targets: readonly string[];
  /** Sorted by id. */
  readonly resources: readonly KnownResource[];
  /** What it had once and what lives on without it. */
  readonly left: readonly LeftResource[];
}

export type KnownResource = KnownKey | KnownReplica | KnownAlias | KnownGrant;

interface Known {
  readonly id: string;
  /** The name under `keys` or `imports`. */
  readonly key: string;
  /** Absent: the region of its stack. */
  readonly region?: string;
  readonly names: Readonly<Record<string, string>>;
  readonly formerNames?: Readonly<Record<string, readonly string[]>>;
  readonly formerStack?: { readonly name: string; readonly names: Readonly<Record<string, string>> };
}

type Removal = Key['removal'];

/** What KMS lets nobody change once a key exists. Source: AWS KMS Developer Guide, "Key types". */
export type FixedProperties = Pick<Key, 'spec' | 'usage' | 'origin' | 'multiRegion'>;

export interface KnownKey extends Known, FixedProperties {
  readonly kind: 'key';
  readonly removal: Removal;
}

export interface KnownReplica extends Known {
  readonly kind: 'replicaKey';
  readonly region: string;
  readonly environment: string;
  readonly removal: Removal;
}

export interface KnownAlias extends Known {
  readonly kind: 'alias';
  readonly alias: string;
}

export interface KnownGrant extends Known {
  readonly kind: 'kmsGrant';
  readonly grant: string;
}

/** What a program has that must not be lost. */
export function inventoryOf(program: Program, targets: readonly Target<unknown>[]): Inventory {
  return { app: program.app, stacks: byName(program.stacks.map((stack) => knownStack(stack, targets))) };
}

export function knownStack(stack: Stack, targets: readonly Target<unknown>[]): KnownStack {
  const { name, account, region } = stack.environment;
  const its = targets.filter((target) => stack.targets.includes(target.name));
  return {
    name: stack.name,
    environment: {
      ...(name !== undefined && { name }),
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
    },
    targets: its.map((target) => target.name).sort(),
    resources: stack.resources
      .flatMap((resource) => knownResource(resource, stack, its))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
    left: stack.left ?? [],
  };
}

function knownResource(
  resource: Resource,
  stack: Stack,
  targets: readonly Target<unknown>[],
): readonly KnownResource[] {
  const common = {
    id: resource.id,
    names: namesOf(resource, stack, targets),
    ...(resource.region !== undefined && { region: resource.region }),
    ...(resource.formerNames !== undefined && { formerNames: resource.formerNames }),
    ...(resource.formerStack !== undefined && { formerStack: resource.formerStack }),
  };
  switch (resource.kind) {
    case 'key':
      return [{ kind: 'key', ...common, key: resource.name, ...fixed(resource), removal: resource.removal }];
    case 'replicaKey': {
      const { region, environmentName: environment, removal } = resource;
      return [{ kind: 'replicaKey', ...common, key: resource.name, region, environment, removal }];
    }
    case 'alias':
      return [{ kind: 'alias', ...common, key: resource.keyName, alias: resource.aliasName }];
    case 'kmsGrant':
      return [{ kind: 'kmsGrant', ...common, key: resource.keyName, grant: resource.name }];
    // They hold no data, and a tool makes them again.
    case 'role':
    case 'user':
    case 'group':
    case 'identityPolicy':
    case 'sharedParameter':
      return [];
  }
}

/** What each target calls a resource; a target that cannot have it calls it nothing. */
export function namesOf(
  resource: Resource,
  stack: Stack,
  targets: readonly Target<unknown>[],
): Readonly<Record<string, string>> {
  const its = targets.filter(({ capabilities }) => resource.kind !== 'kmsGrant' || capabilities.kmsGrants);
  return Object.fromEntries(its.map((target) => [target.name, target.nameOf(resource, stack)] as const).sort());
}

function fixed({ spec, usage, origin, multiRegion }: FixedProperties): FixedProperties {
  return { spec, usage, origin, multiRegion };
}

/** What tells a resource from others of its kind that belong to the same key, whatever the key is called. */
export function labelOf(resource: KnownResource | Resource): string {
  switch (resource.kind) {
    case 'alias':
      return 'alias' in resource ? resource.alias : resource.aliasName;
    case 'kmsGrant':
      return 'grant' in resource ? resource.grant : resource.name;
    case 'replicaKey':
      return resource.region;
    case 'key':
      return 'key' in resource ? resource.key : resource.name;
    default:
      return resource.id;
  }
}

export function byName(stacks: readonly KnownStack[]): readonly KnownStack[] {
  return [...stacks].sort((one, other) => (one.name < other.name ? -1 : 1));
}

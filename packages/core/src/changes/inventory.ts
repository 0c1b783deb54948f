/**
 * What the last build made that must not be lost: keys, replicas, aliases and grants, their names in each target, and the fixed properties
 * of keys. The inventory is committed with the outputs. A build makes it from a program; it could also be made from a template, a state or
 * an account.
 */

import { byName } from '../collections/by-name.ts';
import type { Target } from '../emit/emitter.ts';
import { targetsOf } from '../emit/targets-of.ts';
import { sha256 } from '../ir/digest.ts';
import { writtenText } from '../ir/expression.ts';
import { formerStackOfResource } from '../ir/former-stack.ts';
import type { Immutable } from '../ir/immutable.ts';
import type { Environment, IdentityPolicy, KmsGrant, LeftResource, Program, Resource, Stack } from '../ir/program.ts';
import { keyOrigins, keySpecs, keyUsages } from '../kms/key-specs.ts';
import * as z from '../schema/schema.ts';

/** The name of the inventory's file, directly in the output folder. */
export const inventoryFileName = 'keywright.inventory.json';

export interface Inventory {
  readonly app: string;
  /**
   * The names of stacks that had keys in earlier builds and are gone, sorted. A deployment, or Terraform's state, may still have keys under
   * these names.
   */
  readonly goneStacks?: readonly string[];
  /** By target, a digest of the place where the tool keeps the states of stacks; absent if no option names it. */
  readonly states?: Readonly<Record<string, string>>;
  /** Sorted by name. */
  readonly stacks: readonly KnownStack[];
}

export interface KnownStack {
  readonly name: string;
  /** Absent for the only stack of its definition. */
  readonly definition?: string;
  /** Its names and definitions in earlier builds, oldest first. */
  readonly formerStacks?: NonNullable<Stack['formerStacks']>;
  /** By target, the program that the stack is a deployment of, if it is not named after the definition. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly environment: Pick<Environment, 'name' | 'account' | 'region'>;
  /** The prefix of all its names, by target; absent if empty. */
  readonly prefixes?: Readonly<Record<string, string>>;
  /** The prefixes of its names in earlier builds, and the regions where it had replicas then. */
  readonly formerPrefixes?: NonNullable<Stack['formerPrefixes']>;
  readonly formerRegions?: NonNullable<Stack['formerRegions']>;
  /**
   * By id, whether a role, user or group of the stack has a fixed name or one that the tools generate; absent if the stack has no such
   * resource.
   */
  readonly principals?: Readonly<Record<string, PrincipalNaming>>;
  /** Sorted. */
  readonly targets: readonly string[];
  /** Sorted by id. */
  readonly resources: readonly KnownResource[];
  /** Resources that the stack once had and that live on without it. */
  readonly left: readonly LeftResource[];
}

/** Earlier versions wrote `fixed`, without the name. */
export const principalNaming = z.union([z.enum(['fixed', 'generated']), z.strictObject({ fixed: z.string() })]);
export type PrincipalNaming = Immutable<z.infer<typeof principalNaming>>;

const text = z.string();
const names = z.record(text, text);
const common = {
  /** The name under `keys` or `imports`; empty for a policy, role, user or group. */
  key: text.default(''),
  /** Absent: the region of its stack. */
  region: text.exactOptional(),
  names,
  formerNames: z.record(text, z.array(text)).exactOptional(),
  /** Where it was in earlier builds, oldest first. */
  formerStacks: z.array(formerStackOfResource).exactOptional(),
  /** What earlier versions wrote instead of `formerStacks`: only the last of them. */
  formerStack: formerStackOfResource.exactOptional(),
};
const removal = z.enum(['retain', 'destroy']).default('retain');

/** A resource of the last build, stored by its id, which is unique in its stack. */
export const knownResourceSchema = z.discriminatedUnion('kind', [
  // Their names in IAM are in `principals` of the stack, because they can differ by environment.
  z.strictObject({ kind: z.literal('role'), ...common }),
  z.strictObject({ kind: z.literal('user'), ...common }),
  z.strictObject({ kind: z.literal('group'), ...common }),
  z.strictObject({
    kind: z.literal('key'),
    ...common,
    spec: z.enum(keySpecs).default('SYMMETRIC_DEFAULT'),
    usage: z.enum(keyUsages).default('ENCRYPT_DECRYPT'),
    origin: z.enum(keyOrigins).default('AWS_KMS'),
    multiRegion: z.boolean().default(false),
    /** Absent: it is in no custom key store, or an earlier version wrote the inventory. */
    customKeyStore: text.exactOptional(),
    xksKey: text.exactOptional(),
    removal,
  }),
  z.strictObject({ kind: z.literal('replicaKey'), ...common, region: text, environment: text, removal }),
  z.strictObject({ kind: z.literal('alias'), ...common, alias: text, isRepointed: z.boolean().exactOptional() }),
  z.strictObject({
    kind: z.literal('kmsGrant'),
    ...common,
    grant: text,
    /** A digest of what it allows. Earlier versions did not write it. */
    content: text.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('identityPolicy'),
    ...common,
    /** What IAM knows it by, as `policyInIam` returns it. Earlier versions did not write it. */
    policy: text.exactOptional(),
  }),
]);

export type KnownResource = Immutable<z.infer<typeof knownResourceSchema>> & { readonly id: string };
export type KnownKey = Extract<KnownResource, { kind: 'key' }>;
export type KnownAlias = Extract<KnownResource, { kind: 'alias' }>;
export type KnownReplica = Extract<KnownResource, { kind: 'replicaKey' }>;

/** The parts of a program that must not be lost. */
export function inventoryOf(program: Program, targets: readonly Target<unknown>[]): Inventory {
  return { app: program.app, stacks: program.stacks.map((stack) => knownStack(stack, targets)).sort(byName) };
}

/** `resources`: the known resources of the stack, if the caller has them already. */
export function knownStack(
  stack: Stack,
  targets: readonly Target<unknown>[],
  resources: KnownStack['resources'] = knownResources(stack, targets),
): KnownStack {
  const { name, account, region } = stack.environment;
  const its = targetsOf(stack, targets);
  const prefixes = prefixesOf(stack, its);
  const principals = principalsOf(stack);
  return {
    name: stack.name,
    ...(stack.definition !== undefined && { definition: stack.definition }),
    ...(stack.formerStacks !== undefined && { formerStacks: stack.formerStacks }),
    environment: {
      ...(name !== undefined && { name }),
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
    },
    ...(Object.keys(prefixes).length > 0 && { prefixes }),
    ...(Object.keys(principals).length > 0 && { principals }),
    ...(stack.formerPrefixes !== undefined && { formerPrefixes: stack.formerPrefixes }),
    ...(stack.formerRegions !== undefined && { formerRegions: stack.formerRegions }),
    targets: its.map((target) => target.name).sort(),
    resources,
    left: stack.left ?? [],
  };
}

/** The resources of a stack that must not be lost, sorted by id. */
export function knownResources(stack: Stack, targets: readonly Target<unknown>[]): readonly KnownResource[] {
  const its = targetsOf(stack, targets);
  return stack.resources
    .flatMap((resource) => knownResource(resource, stack, its))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

function prefixesOf(stack: Stack, targets: readonly Target<unknown>[]): Readonly<Record<string, string>> {
  const all = targets.map((target) => [target.name, target.prefixOf?.(stack) ?? ''] as const);
  return Object.fromEntries(all.filter(([, prefix]) => prefix !== '').sort());
}

function principalsOf({ resources }: Stack): Readonly<Record<string, PrincipalNaming>> {
  return Object.fromEntries(
    resources
      .flatMap((one): readonly (readonly [string, PrincipalNaming])[] =>
        one.kind === 'role' || one.kind === 'user' || one.kind === 'group'
          ? [[one.id, one.physicalName === undefined ? 'generated' : { fixed: one.physicalName }]]
          : [],
      )
      .sort(),
  );
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
    ...(resource.formerStacks !== undefined && { formerStacks: resource.formerStacks }),
  };
  switch (resource.kind) {
    case 'key': {
      const { name: key, spec, usage, origin, multiRegion, customKeyStoreId, xksKeyId, removal } = resource;
      const store = {
        ...(customKeyStoreId !== undefined && { customKeyStore: customKeyStoreId }),
        ...(xksKeyId !== undefined && { xksKey: xksKeyId }),
      };
      return [{ kind: 'key', ...common, key, spec, usage, origin, multiRegion, ...store, removal }];
    }
    case 'replicaKey': {
      const { region, environmentName: environment, removal } = resource;
      return [{ kind: 'replicaKey', ...common, key: resource.name, region, environment, removal }];
    }
    case 'alias': {
      const { keyName: key, aliasName: alias, isRepointed } = resource;
      return [{ kind: 'alias', ...common, key, alias, ...(isRepointed && { isRepointed }) }];
    }
    case 'kmsGrant':
      return [
        { kind: 'kmsGrant', ...common, key: resource.keyName, grant: resource.name, content: contentOfGrant(resource) },
      ];
    // A tool that knows the policy by another name would create it under the new name and delete it under the old name. In IAM, both names
    // mean the same policy, so the policy would be gone.
    case 'identityPolicy':
      return [{ kind: 'identityPolicy', ...common, key: '', policy: policyInIam(resource) }];
    // A tool that knows a role with a fixed name by another name would create it under the new name and delete it under the old one.
    case 'role':
    case 'user':
    case 'group':
      return [{ kind: resource.kind, ...common, key: '' }];
    // It holds no data; the tool recreates it.
    case 'sharedParameter':
      return [];
  }
}

/**
 * What IAM knows an inline policy by: the principal and the policy's name. What differs by environment is written as placeholders, so that
 * environments can share it: `role/app-${values.team}/keywright-shop-core-${environment}`.
 */
export function policyInIam({ attachTo, policyName }: Pick<IdentityPolicy, 'attachTo' | 'policyName'>): string {
  return `${attachTo.kind}/${writtenText(attachTo.name)}/${writtenText(policyName)}`;
}

/** A digest of everything about a KMS grant that cannot change: to change it, a tool creates another grant. */
export function contentOfGrant(grant: KmsGrant): string {
  const { grantee, retiringPrincipal, operations, encryptionContext, named, retireOnDelete } = grant;
  const principals = [grantee, retiringPrincipal].map((one) => one && writtenText(one));
  return sha256(JSON.stringify([principals, [...operations].sort(), encryptionContext, named, retireOnDelete])).slice(
    0,
    8,
  );
}

/** A resource's name in each target that can express it. */
export function namesOf(
  resource: Resource,
  stack: Stack,
  targets: readonly Target<unknown>[],
): Readonly<Record<string, string>> {
  const its = targets.filter(({ capabilities }) => resource.kind !== 'kmsGrant' || capabilities.kmsGrants).sort(byName);
  return Object.fromEntries(its.map((target) => [target.name, target.nameOf(resource, stack)]));
}

/** A label that distinguishes a resource from others of its kind that belong to the same key. It does not depend on the key's name. */
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

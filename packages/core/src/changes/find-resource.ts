import { textOfOrigin } from '../emit/origin-tokens.ts';
import type { Origin } from '../ir/expression.ts';
import type { Environment, Resource, Stack } from '../ir/program.ts';
import { type KnownResource, labelOf, policyInIam } from './inventory.ts';

/**
 * Returns a function that finds, in a stack, the present form of a resource of the last build. `key`: the present name of the resource's
 * key.
 */
export function createFind(): (stack: Stack, old: KnownResource, key: string) => Resource | undefined {
  const indexes = new Map<Stack, ReadonlyMap<string, Resource>>();
  return (stack, old, key) => {
    const index = indexes.get(stack) ?? indexOf(stack);
    indexes.set(stack, index);
    const label = labelsOfKnown(old, stack.environment).find((one) => index.has(identity(old, key, one)));
    return label === undefined ? undefined : index.get(identity(old, key, label));
  };
}

function indexOf(stack: Stack): ReadonlyMap<string, Resource> {
  return new Map(
    stack.resources.flatMap((resource) =>
      labelsOf(resource, stack.environment).map((label) => [identity(resource, keyNameOf(resource), label), resource]),
    ),
  );
}

/** The labels of a resource. A policy has three: its id, its name in IAM as written, and this name as filled in for the environment. */
function labelsOf(resource: Resource, environment: Environment): readonly string[] {
  const label = labelOf(resource);
  return resource.kind === 'identityPolicy' ? [label, ...inIam(policyInIam(resource), environment)] : [label];
}

/** Inventories of earlier versions have only the id of a policy. */
function labelsOfKnown(old: KnownResource, environment: Environment): readonly string[] {
  return old.kind === 'identityPolicy' && old.policy !== undefined ? inIam(old.policy, environment) : [labelOf(old)];
}

/**
 * A policy's name in IAM, as written and as filled in for an environment: `role/app-${values.team}/…` may have been written as
 * `role/app-blue/…` before.
 */
export function inIam(policy: string, environment: Environment): readonly [string, string] {
  const there = policy.replaceAll(
    /\$\{([^}]*)\}/g,
    // A placeholder that is no origin, such as one for another resource, has no text in an environment, so it stays.
    (placeholder, origin: string) => textOfOrigin(origin as Origin, environment) ?? placeholder,
  );
  return [policy, there];
}

function identity({ kind, region }: KnownResource | Resource, key: string, label: string): string {
  // A key is identified by name; an alias may point to another key now.
  return JSON.stringify([kind, kind === 'alias' ? '' : key, kind === 'key' ? '' : label, region]);
}

/** The name of a key, or of the key that a resource belongs to; empty if the resource belongs to none. */
export function keyNameOf(resource: Resource): string {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return resource.name;
    case 'alias':
    case 'kmsGrant':
      return resource.keyName;
    default:
      return '';
  }
}

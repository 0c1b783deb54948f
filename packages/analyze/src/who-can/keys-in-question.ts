/** Finds a program's keys by the names people use. */
import type { Key, Program, ReplicaKey } from '@keywright/core/ir/program';
import { isStack } from '@keywright/core/ir/stack-name';
import { withAliasPrefix } from '@keywright/core/kms/alias-prefix';
import { idInProgram, type Placed } from '../build/placed.ts';
import { resolveValues } from '../build/resolve-values.ts';

/** A key that a program creates, with its stack. */
export type PlacedKey = Placed<Key | ReplicaKey>;

/** `security.orders`, or `security.orders@prod-us` for a replica. */
export function nameOfKey({ stack, resource }: PlacedKey): string {
  const replica = resource.kind === 'replicaKey' ? `@${resource.environmentName}` : '';
  return `${stack.name}.${resource.name}${replica}`;
}

export function keysOf(program: Program): readonly PlacedKey[] {
  return program.stacks.flatMap((stack) =>
    stack.resources.flatMap((resource) =>
      resource.kind === 'key' || resource.kind === 'replicaKey' ? [{ stack, resource }] : [],
    ),
  );
}

/**
 * The keys that a text names. It can be a name, `orders` or `security.orders` (also for each deployment of the definition `security`);
 * `orders@prod-us` for the key or replica in an environment; an alias; or an id of the picture. Several keys if the text is ambiguous. A
 * bare name does not include replicas, which share their primary's name.
 */
export function keysInQuestion(program: Program, text: string): readonly PlacedKey[] {
  const keys = keysOf(program);
  const exact = keys.filter((key) => idInProgram(key) === text);
  if (exact.length > 0) return exact;
  const [, stackName, name, environment] = /^(?:([^.@/]+)\.)?([^.@/]+)(?:@([^@/]+))?$/.exec(text) ?? [];
  const matches = keys.filter(
    ({ stack, resource }) =>
      resource.name === name &&
      (stackName === undefined || isStack(stack, stackName)) &&
      (environment === undefined ? resource.kind === 'key' : environmentOf({ stack, resource }) === environment),
  );
  return matches.length > 0 ? matches : keysWithAlias(program, text);
}

function environmentOf({ stack, resource }: PlacedKey): string | undefined {
  return resource.kind === 'replicaKey' ? resource.environmentName : stack.environment.name;
}

function keysWithAlias(program: Program, text: string): readonly PlacedKey[] {
  const aliasName = withAliasPrefix(text);
  const values = resolveValues(program);
  return program.stacks.flatMap((stack) =>
    stack.resources.flatMap((resource) => {
      if (resource.kind !== 'alias' || resource.aliasName !== aliasName) return [];
      const target = values.resourceOf(resource.target, stack);
      if (target?.resource.kind !== 'key' && target?.resource.kind !== 'replicaKey') return [];
      return [{ stack: target.stack, resource: target.resource }];
    }),
  );
}

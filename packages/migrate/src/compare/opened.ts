import { idInProgram, type Placed, placedIn } from '@keywright/analyze/build/placed';
import { resolveValues, type Values } from '@keywright/analyze/build/resolve-values';
import { buildPicture } from '@keywright/analyze/build-picture';
import type { Picture } from '@keywright/analyze/picture';
import { shown } from '@keywright/analyze/value/value';
import type { Key, Program, ReplicaKey, Stack } from '@keywright/core/ir/program';
import type { Renames } from './renames.ts';

export interface Opened {
  readonly program: Program;
  readonly values: Values;
  readonly picture: Picture;
  readonly renames: Renames;
  /** Maps the id that a key has in the second program to its id in `picture`. */
  readonly keyIds: ReadonlyMap<string, string>;
  /** Resources by their identities, which are the same in both programs. */
  readonly resources: ReadonlyMap<string, Placed>;
  readonly stacks: ReadonlyMap<string, Stack>;
}

export function open(program: Program, renames: Renames): Opened {
  const values = resolveValues(program);
  const placed = placedIn(program.stacks);
  return {
    program,
    values,
    picture: buildPicture(program, values),
    renames,
    keyIds: new Map(placed.filter(isKey).map((key) => [renames(key.stack.name, key.resource), idInProgram(key)])),
    resources: new Map(placed.map((one) => [identityOf(one, values, renames), one])),
    stacks: new Map(program.stacks.map((stack) => [stack.name, stack])),
  };
}

/**
 * Returns the identity of a resource. An alias is identified by its name, account and region, whichever key it points to; a replica by its
 * key and region, whatever its environment is called; any other resource by its id in its stack.
 */
export function identityOf({ stack, resource }: Placed, values: Values, renames: Renames): string {
  if (resource.kind === 'replicaKey') return `${renames(stack.name, resource).split('@', 1)[0]}@${resource.region}`;
  if (resource.kind !== 'alias') return renames(stack.name, resource);
  const { account, region } = values.placeOf(stack);
  return `${shown(account)} ${resource.region ?? shown(region)} ${resource.aliasName}`;
}

export function isKey(placed: Placed): placed is Placed<Key | ReplicaKey> {
  return placed.resource.kind === 'key' || placed.resource.kind === 'replicaKey';
}

/** Decides what to read after a deployment: the places where a program can have created something, and the names that are not generated. */
import type { Program, Stack } from '@keywright/core/ir/program';
import { type Place, partitionOf } from '../cloud/cloud.ts';
import { placeIn } from './places.ts';
import { placeOfKey, type Seed } from './seed.ts';

/** Returns every place where something can be: each account, in each region of its partition. */
export function placesOf(program: Program, seed: Seed): readonly Place[] {
  const stacks = program.stacks.map((stack) => placeIn(program, stack));
  const homes = [...stacks, ...seed.keys.map((arn) => placeOfKey(arn).place)];
  const replicas = program.stacks.flatMap(({ replicaEnvironments }) => replicaEnvironments);
  const regions = new Set([...homes, ...replicas].map(({ region }) => region ?? ''));
  return [...new Set(homes.map(({ account }) => account))].flatMap((account) => {
    const partitions = homes.filter((home) => home.account === account).map(({ region }) => partitionOf(region));
    return [...regions].flatMap((region) => (partitions.includes(partitionOf(region)) ? [{ account, region }] : []));
  });
}

/**
 * Returns a function that says whether a name is the same in every deployment: the name of something that existed before, or a name that
 * the project sets.
 */
export function givenNames(program: Program, seed: Seed): (idOrArn: string) => boolean {
  const given = new Set([...seed.principals.map(({ arn }) => arn), ...seed.keys.map((arn) => placeOfKey(arn).id)]);
  const fixed = new Set(program.stacks.flatMap((stack) => fixedNames(program, stack)));
  return (idOrArn) => given.has(idOrArn) || fixed.has(idOrArn.split(':').slice(4).join(':'));
}

/** Returns names such as `111122223333:role/Worker`. */
function fixedNames(program: Program, stack: Stack): readonly string[] {
  return stack.resources.flatMap((resource) =>
    'physicalName' in resource && resource.physicalName !== undefined
      ? [`${placeIn(program, stack).account}:${resource.kind}/${resource.physicalName}`]
      : [],
  );
}

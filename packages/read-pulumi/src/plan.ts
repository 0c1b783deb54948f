import { groupBy } from '@keywright/core/collections/group-by';
import type { Environment } from '@keywright/core/ir/program';
import { parseArn } from './arn.ts';
import type { ExportedResource } from './export-file.ts';
import type { Kind } from './types.ts';

/** A resource of an export that will be read. */
export interface Member {
  readonly exported: ExportedResource;
  readonly kind: Exclude<Kind, 'keyPolicy'>;
  readonly place: Place;
  /** The key or replica of an alias or grant, or the primary key of a replica, if it is in the same export. */
  readonly key?: Member;
  /** The role, user or group of an inline policy, if it is in the same export. */
  readonly holder?: Member;
}

/** An account and region. Unknown parts are absent. IAM has no region. */
export interface Place {
  readonly partition?: string;
  readonly account?: string;
  readonly region?: string;
}

/** The resources of one account and region, with the replicas of its keys. */
export interface StackPlan {
  readonly place: Place;
  readonly members: readonly Member[];
}

/** Returns the value of a property if it is plain text: the provider's answer or, without one, the input. */
export function plainText({ inputs, outputs }: ExportedResource, name: string): string | undefined {
  const texts = [outputs[name], inputs[name]];
  return texts.find((text) => typeof text === 'string' && text !== '') as string | undefined; // found by its type
}

/** Finds a key or replica by its ARN, or by its key id, which is the same for a replica and its primary. */
export interface Keys {
  readonly find: (text: string | undefined, region: string | undefined) => Member | undefined;
}

export function indexKeys(keys: readonly Member[]): Keys {
  const byArn = new Map<string, Member>();
  for (const key of keys) {
    const arn = plainText(key.exported, 'arn');
    if (arn !== undefined) byArn.set(arn, key);
  }
  const byId = groupBy(keys, ({ exported }) => keyIdOf(exported));
  return {
    find(text, region) {
      if (text === undefined) return undefined;
      const all = byId.get(text) ?? [];
      // A replica has the id of its primary key. If the region is unknown, because the provider takes it from the environment, both match.
      const [only, second] = all.filter(({ place }) => region === undefined || place.region === region);
      return byArn.get(text) ?? (second === undefined ? only : undefined);
    },
  };
}

export function keyIdOf(key: ExportedResource): string | undefined {
  return plainText(key, 'keyId') ?? key.id;
}

/**
 * Returns the place of a resource from its ARN. Without an ARN, takes the region from the resource itself, its provider or its key's ARN.
 * Since version 7 of `@pulumi/aws` every resource has a `region`.
 */
export function placeOf(resource: ExportedResource, providers: ReadonlyMap<string, ExportedResource>): Place {
  const arn = parseArn(plainText(resource, 'arn') ?? plainText(resource, 'targetKeyArn'));
  const provider = resource.provider === undefined ? undefined : providers.get(resource.provider);
  const region =
    arn?.region ??
    plainText(resource, 'region') ??
    (provider && plainText(provider, 'region')) ??
    parseArn(plainText(resource, 'keyId'))?.region;
  return {
    ...(arn !== undefined && { partition: arn.partition, account: arn.account }),
    ...(region !== undefined && { region }),
  };
}

/**
 * Groups resources by account and region, in order of appearance. A resource without a region is added to the first group of its account.
 */
export function planStacks(members: readonly Member[]): readonly StackPlan[] {
  const stacks = new Map<string, { readonly place: Place; readonly members: Member[] }>();
  const stackOf = (place: Place) => {
    const stack = [...stacks.values()].find(
      (stack) =>
        (place.account === undefined || stack.place.account === place.account) &&
        (place.region === undefined || stack.place.region === place.region),
    );
    if (stack !== undefined) return stack;
    const made = { place, members: [] };
    stacks.set(JSON.stringify(place), made);
    return made;
  };
  const homes = new Map<Member, ReturnType<typeof stackOf>>();
  const homeOf = (member: Member): ReturnType<typeof stackOf> => {
    const leader = member.key ?? member.holder;
    const home = homes.get(member) ?? (leader === undefined ? stackOf(placeFor(member)) : homeOf(leader));
    homes.set(member, home);
    return home;
  };
  // Keys determine the stacks, so they come before the other resources of a region.
  const regional = members.filter(({ kind, place }) => !isGlobal(kind) && place.region !== undefined);
  for (const member of [...regional.filter(({ kind }) => kind === 'key'), ...regional]) homeOf(member);
  for (const member of members) homeOf(member).members.push(member);
  return [...stacks.values()];
}

/** Returns the place for grouping. A resource of IAM has no region, whatever the provider's setting. */
function placeFor({ kind, place: { region, ...place } }: Member): Place {
  return isGlobal(kind) || region === undefined ? place : { ...place, region };
}

function isGlobal(kind: Kind): boolean {
  return ['role', 'user', 'group', 'rolePolicy', 'userPolicy', 'groupPolicy'].includes(kind);
}

export function environmentOf({ place }: StackPlan, name: string): Environment {
  const { account, region, partition } = place;
  return {
    name,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(partition !== undefined && region !== undefined && { partition }),
  };
}

import type { Environment } from '@keywright/core/ir/program';
import type { PrincipalReference } from '@keywright/core/language/principal';
import { type KeyModel, keysOf, type StackModel } from '@keywright/core/resolve/model';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { listOf } from './list.ts';
import type { Source } from './source.ts';
import { whoAre } from './who.ts';

/** Where a stack is deployed: the values of the pseudo parameters in its template. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly dnsSuffix: string;
}

/** The place of stacks without an environment. */
const somewhere: Place = { account: '<account>', region: '<region>', partition: '<partition>', dnsSuffix: '<suffix>' };

export function placeOf({ account, region, partition }: Environment): Place {
  if (account === undefined || region === undefined) return somewhere;
  const info = RegionInfo.get(region);
  return {
    account,
    region,
    partition: partition ?? info.partition ?? 'aws',
    dnsSuffix: info.domainSuffix ?? 'amazonaws.com',
  };
}

/** Thrown if a stack without an environment would have to be in several environments at once. */
export class SeveralPlaces extends Error {}

/**
 * Returns the environments in which stacks are compared. If a stack without an environment shares values with a stack in an environment, it
 * is treated as deployed to that environment. The CDK refuses references between two such stacks, and Keywright assumes that the unknown
 * account and region are the same.
 */
export function environmentsOf(source: Source): ReadonlyMap<StackModel, Environment> {
  const { stacks } = source.model;
  const environments = new Map(stacks.map((stack) => [stack, stack.environment]));
  const links = linksIn(source).filter(([one, other]) => one !== other);
  const isKnown = (stack: StackModel) => environments.get(stack)?.account !== undefined;
  for (let changed = true; changed; ) {
    changed = false;
    for (const [one, other] of links.flatMap(([from, to]) => [[from, to] as const, [to, from] as const])) {
      if (one.environment.account !== undefined || !isKnown(other)) continue;
      const place = environments.get(other) ?? {};
      if (!isKnown(one)) {
        environments.set(one, place);
        changed = true;
      } else if (JSON.stringify(environments.get(one)) !== JSON.stringify(place)) {
        throw new SeveralPlaces(`stack ${one.name}, which has no environment, shares with several`);
      }
    }
  }
  return environments;
}

type Link = readonly [StackModel, StackModel];

/** Returns pairs of stacks, one of which names a key or principal of the other. */
function linksIn(source: Source): readonly Link[] {
  const holders = (references: readonly PrincipalReference[], from: StackModel) =>
    whoAre(references, from, source).flatMap((who) => (who.kind === 'created' ? [who.created.stack] : []));
  return source.model.stacks.flatMap((stack): readonly Link[] => {
    const assumed = [...stack.created.values()].flatMap(({ definition: { value } }) =>
      'role' in value
        ? listOf<PrincipalReference>(value.role.assumedBy).filter((one) => typeof one !== 'string' || !isHost(one))
        : [],
    );
    const own = [...keysOf(stack).flatMap(namedIn), ...assumed];
    const imported = [...stack.imports.values()].flatMap((one): readonly Link[] => {
      const keyStack = one.kind === 'key' ? one.key.stack : stack;
      const grantees = (one.definition.value.grants ?? []).flatMap(({ to }) => listOf<PrincipalReference>(to));
      return [[stack, keyStack], ...holders(grantees, stack).map((holder): Link => [keyStack, holder])];
    });
    return [...holders(own, stack).map((holder): Link => [stack, holder]), ...imported];
  });
}

/** Returns the principals that a key names anywhere. */
function namedIn({ properties }: KeyModel): readonly PrincipalReference[] {
  const policy = properties.policy?.value ?? [];
  const statements = [...properties.statements.map(({ value }) => value), ...(Array.isArray(policy) ? policy : [])];
  return [
    ...properties.admins.map(({ value }) => value),
    ...properties.grants.flatMap(({ value }) => listOf<PrincipalReference>(value.to)),
    ...statements.flatMap(({ principals, notPrincipals }) => [
      ...listOf<PrincipalReference>(principals),
      ...listOf<PrincipalReference>(notPrincipals),
    ]),
  ];
}

/** Whether a text in `assumedBy` is the host of a service. The name of a principal has at most one dot. */
export function isHost(text: string): boolean {
  return text.split('.').length > 2;
}

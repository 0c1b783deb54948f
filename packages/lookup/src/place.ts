import type { LookupQuery } from '@keywright/core/context/context';

/** An account and region to ask, with the credentials to use. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly lookupRole?: string;
  readonly profile?: string;
}

export interface PlaceQueries {
  readonly place: Place;
  readonly queries: readonly LookupQuery[];
}

/**
 * Groups queries by account, region and credentials. Sorts the places, and the aliases within a place, so the order of the queries does not
 * matter.
 */
export function groupByPlace(queries: readonly LookupQuery[]): readonly PlaceQueries[] {
  const groups = new Map<string, { readonly place: Place; readonly queries: LookupQuery[] }>();
  for (const query of queries) {
    const { account, region, partition, lookupRole, profile } = query;
    const id = JSON.stringify([account, region, partition, lookupRole ?? '', profile ?? '']);
    const group = groups.get(id) ?? { place: placeOf(query), queries: [] };
    group.queries.push(query);
    groups.set(id, group);
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { place, queries }]) => ({
      place,
      queries: queries.sort((one, other) => (one.alias < other.alias ? -1 : 1)),
    }));
}

function placeOf({ account, region, partition, lookupRole, profile }: LookupQuery): Place {
  return {
    account,
    region,
    partition,
    ...(lookupRole !== undefined && { lookupRole }),
    ...(profile !== undefined && { profile }),
  };
}

/** Returns the ARN of the role to assume. A name, which may have a path (`team/Reader`), is a role of the account itself. */
export function roleArn(role: string, place: Place): string {
  if (role.startsWith('arn:')) return role;
  return `arn:${place.partition}:iam::${place.account}:role/${role.replace(/^\//, '')}`;
}

/** Returns for example `account 111122223333, eu-west-1`. */
export function shownPlace(place: Pick<Place, 'account' | 'region'>): string {
  return `account ${place.account}, ${place.region}`;
}

/**
 * Finds the contents of a view. In: the data and the view. Out: keys and principals as they are drawn, grouped by account or by key, and
 * the edges between them. A key or principal is drawn once for all environments where the same applies to it.
 */

import type { AccessData, GraphData } from './data.ts';
import type { EdgePart, Member, Part, Shown, ShownEdge } from './member.ts';
import { withPrincipal, written } from './places.ts';
import { ownIds, select } from './select.ts';
import { accountGroups, contentsOf, keyMembers, principalMembers, withoutManyAccounts } from './shown-members.ts';
import { accessOf, certainties, type View } from './view.ts';

export function shownIn(data: GraphData, view: View): Shown {
  const { parts, keyPlaces } = select(data, view);
  const contents = contentsOf(data, parts, keyPlaces);
  const rows = [...contents.values()].reduce((sum, content) => sum + content.keys, 0);
  const groupOf = view.by === 'key' ? undefined : accountGroups(data, contents, rows > view.limit);
  const keys = keyMembers(data, parts, keyPlaces, groupOf, view.limit);
  const all = principalMembers(data, parts, groupOf);
  const principals = groupOf === undefined ? withoutManyAccounts(data, all) : all;
  const edges = joinMembers(data, view, parts, keys, principals);
  const counts = {
    keys: keys.reduce((sum, { places }) => sum + places.length, 0),
    principals: principals.reduce((sum, { places }) => sum + Math.max(1, places.length), 0),
    edges: edges.reduce((sum, { pairs }) => sum + pairs, 0),
  };
  return { keys, principals, edges, counts };
}

function joinMembers(
  data: GraphData,
  view: View,
  parts: readonly Part[],
  keys: readonly Member[],
  principals: readonly Member[],
): readonly ShownEdge[] {
  const keyAt = new Map(
    keys.flatMap(({ of, places }, index) => places.map((place) => [`${of} ${place}`, index] as const)),
  );
  const principalAt = new Map(
    principals.flatMap(({ of, places }, index) => {
      const ids = places.length === 0 ? [`${of}`] : places.map((place) => `${of} ${ownIds(data.places[place])[0]}`);
      return ids.map((id) => [id, index] as const);
    }),
  );
  const joins = new Map<string, Join>();
  const join = (principal: number | undefined, key: number | undefined, edge: number, place: number, times: number) => {
    if (principal === undefined || key === undefined) return;
    const id = `${principal} ${key}`;
    const joined = joins.get(id) ?? { principal, key, places: new Map(), pairs: 0 };
    joins.set(id, joined);
    joined.places.set(edge, (joined.places.get(edge) ?? new Set()).add(place));
    joined.pairs += times;
  };
  for (const { edge, principal, key, isOwn, keyPlaces, principalPlaces } of parts) {
    const members = new Map<number, number>();
    for (const place of principalPlaces) {
      const member = principalAt.get(`${principal} ${ownIds(data.places[place])[0]}`);
      if (member !== undefined) members.set(member, (members.get(member) ?? 0) + 1);
    }
    for (const place of keyPlaces) {
      const at = keyAt.get(`${key} ${place}`);
      if (isOwn) {
        const ids = ownIds(data.places[place]).map((id) => principalAt.get(`${principal} ${id}`));
        join(
          ids.find((member) => member !== undefined),
          at,
          edge,
          place,
          1,
        );
      } else if (principalPlaces.length === 0) join(principalAt.get(`${principal}`), at, edge, place, 1);
      else for (const [member, times] of members) join(member, at, edge, place, times);
    }
  }
  return [...joins.values()].map((join) => shownEdge(data, view, join, keys[join.key]?.places.length ?? 0));
}

/** A principal and a key as they are drawn. */
interface Join {
  readonly principal: number;
  readonly key: number;
  /** Maps the index of an edge in the data to those places of the key that the edge is for. */
  readonly places: Map<number, Set<number>>;
  pairs: number;
}

function shownEdge(data: GraphData, view: View, join: Join, placesOfKey: number): ShownEdge {
  const { principal, key, places, pairs } = join;
  const parts = [...places].map(([edge, edgePlaces]): EdgePart => ({ edge, places: [...edgePlaces] }));
  const access = parts.flatMap(({ edge }) => accessOf(data, data.edges[edge], view));
  const at = new Set(parts.flatMap((part) => part.places));
  return {
    principal,
    key,
    pairs,
    isPartial: at.size < placesOfKey,
    parts,
    can: surest(access.map(({ can, certainty }) => [can, certainty])),
  };
}

export function surest(
  access: readonly (readonly [can: AccessData['can'], certainty: AccessData['certainty']])[],
): ShownEdge['can'] {
  const surest = new Map<AccessData['can'], AccessData['certainty']>();
  for (const [can, certainty] of access) {
    const surestYet = surest.get(can) ?? 'trust';
    surest.set(can, certainties.indexOf(certainty) < certainties.indexOf(surestYet) ? certainty : surestYet);
  }
  return surest;
}

/** Restores a text of an edge, for a key in some places and a principal. */
export function writtenEdge(data: GraphData, text: string, { edge, places }: EdgePart, principal: Member): string {
  const all = places.flatMap((place) => data.places[place] ?? []);
  const of = data.principals[data.edges[edge]?.principal ?? -1];
  const isOwn = data.edges[edge]?.own === true || principal.places.length === 0;
  const name = isOwn ? written(of?.fullName ?? '', all) : principal.fullName;
  return written(withPrincipal(text, name), all);
}

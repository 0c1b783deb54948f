import type { GraphData, PlaceData, PrincipalData } from './data.ts';
import type { Part } from './member.ts';
import { written } from './places.ts';
import { accessOf, type View } from './view.ts';

export function select(data: GraphData, view: View) {
  const search = view.text.trim().toLowerCase();
  const has = (texts: readonly string[], place: PlaceData | undefined) =>
    texts.some((text) => (place === undefined ? text : written(text, [place])).toLowerCase().includes(search));
  const isIn = (place: number) => view.account === '' || data.places[place]?.account === view.account;

  const keyTexts = data.keys.map(({ name, fullName, home, aliases, facts }) => [
    name,
    fullName,
    home,
    ...aliases,
    ...facts,
  ]);
  const keyMatches = data.keys.map((key, index) => {
    const at = data.sets[key.at] ?? [];
    if (search === '') return new Set(at);
    return new Set(
      at.filter((place) => has([...(keyTexts[index] ?? []), ...placeTexts(data.places[place])], data.places[place])),
    );
  });
  const principalHas = (principal: PrincipalData, place: number | undefined) =>
    search === '' ||
    has(
      [principal.name, principal.fullName, principal.home, ...principal.facts],
      place === undefined ? undefined : data.places[place],
    );

  const parts = data.edges.flatMap((edge, index): readonly Part[] => {
    const principal = data.principals[edge.principal];
    const key = data.keys[edge.key];
    if (principal === undefined || key === undefined || !view.kinds.includes(principal.kind)) return [];
    const access = accessOf(data, edge, view);
    if (access.length === 0) return [];
    const words = access.map(({ can, certainty }) => `${can} ${certainty}`).join();
    const keyPlaces = data.sets[edge.at] ?? [];
    const members = typeof principal.at === 'string' ? [] : (data.sets[principal.at] ?? []);
    const isOwn = edge.own === true;
    const base = { edge: index, principal: edge.principal, key: edge.key, isOwn, words };
    const hasKey = (place: number) => keyMatches[edge.key]?.has(place) === true;
    if (isOwn || members.length === 0) {
      // The principal is in the key's environment too.
      const seen = keyPlaces.filter((place) => isIn(place) && (hasKey(place) || principalHas(principal, place)));
      return seen.length === 0 ? [] : [{ ...base, keyPlaces: seen, principalPlaces: membersAt(data, members, seen) }];
    }
    const withKey = keyPlaces.filter(hasKey);
    const others = keyPlaces.filter((place) => !hasKey(place));
    const withPrincipal = members.filter((place) => principalHas(principal, place));
    return [...bothIn(withKey, members, isIn), ...bothIn(others, withPrincipal, isIn)].map(
      ([keyPlaces, principalPlaces]) => ({ ...base, keyPlaces, principalPlaces }),
    );
  });

  const places = data.keys.map((_, index) => {
    // A key that nobody can use is shown too, unless the view asks for a capability.
    const matching = view.can === '' ? [...(keyMatches[index] ?? [])].filter(isIn) : [];
    return new Set(matching);
  });
  for (const part of parts) for (const place of part.keyPlaces) places[part.key]?.add(place);
  return { parts, keyPlaces: places.map((indexes) => [...indexes].sort((one, other) => one - other)) };
}

/** Returns the pairs of a key and a principal where the key, the principal or both are in the selected account. */
function bothIn(
  keys: readonly number[],
  principals: readonly number[],
  isIn: (place: number) => boolean,
): readonly (readonly [readonly number[], readonly number[]])[] {
  const inside = keys.filter(isIn);
  const outside = keys.filter((place) => !isIn(place));
  const pairs = [
    [inside, principals],
    [outside, principals.filter(isIn)],
  ] as const;
  return pairs.filter(([keys, principals]) => keys.length > 0 && principals.length > 0);
}

function placeTexts(place: PlaceData | undefined): readonly string[] {
  return place === undefined ? [] : [place.environment ?? '', place.account, place.region ?? ''];
}

/** Returns the members of a principal that the keys in these places refer to. */
function membersAt(data: GraphData, members: readonly number[], keyPlaces: readonly number[]): readonly number[] {
  const placeIds = new Set(keyPlaces.flatMap((place) => ownIds(data.places[place])));
  return members.filter((member) => {
    const [most] = ownIds(data.places[member]);
    return most !== undefined && placeIds.has(most);
  });
}

/** Returns a place, its environment and its account, the most specific first. */
export function ownIds(place: PlaceData | undefined): readonly string[] {
  if (place === undefined) return [];
  const { account, environment, region } = place;
  return [
    ...(environment === undefined ? [] : [`${account} environment ${environment}`]),
    ...(region === undefined ? [] : [`${account} region ${region}`]),
    account,
  ];
}

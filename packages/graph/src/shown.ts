/**
 * The contents of a view. In: the data and the view. Out: keys and principals as they are drawn, each for the environments in which the
 * same applies to it, in groups by account or by key, and the edges between them.
 */

import { groupBy } from '@keywright/core/collections/group-by';
import type { AccessData, AccountNames, GraphData, KeyData, PlaceData, PrincipalData, PrincipalKind } from './data.ts';
import { withPrincipal, written } from './places.ts';
import { accessOf, certainties, type View } from './view.ts';
import { accountsInWords, accountTitle, environmentsInWords } from './words.ts';

export type Side = 'principal' | 'key';

/** A key or a principal as it is drawn. */
export interface Member {
  readonly side: Side;
  /** The index of the key or principal in the data. */
  readonly of: number;
  /** Indexes of the data's places; none for principals of no account. */
  readonly places: readonly number[];
  readonly label: string;
  /** Shown small at its end. */
  readonly detail: string;
  readonly fullName: string;
  readonly kind: PrincipalKind | 'key';
  /** An account, several of them, or a stack. */
  readonly cluster: string;
  readonly home: string;
  /** Whether its home adds nothing to its name, as for a service, an organization or an account. */
  readonly isBare: boolean;
}

/** What a principal can do with a key. */
export interface ShownEdge {
  /** Indexes of `principals` and `keys`. */
  readonly principal: number;
  readonly key: number;
  readonly parts: readonly EdgePart[];
  /** The number of principals and keys it connects. */
  readonly pairs: number;
  /** Whether the access applies in only some places of the key. */
  readonly isPartial: boolean;
  /** What can be done, each with its highest certainty. */
  readonly can: ReadonlyMap<AccessData['can'], AccessData['certainty']>;
}

/** Equal access in some of the environments. */
export interface EdgePart {
  /** Index of the data's edges. */
  readonly edge: number;
  readonly places: readonly number[];
}

/** The same id for a key or principal in the same environments, regardless of what else is visible. */
export function rowId(member: Member | undefined): string {
  return `${member?.side}#${member?.of}@${member?.places[0] ?? ''}`;
}

export interface Shown {
  readonly keys: readonly Member[];
  readonly principals: readonly Member[];
  readonly edges: readonly ShownEdge[];
  /** In all environments. */
  readonly counts: { readonly keys: number; readonly principals: number; readonly edges: number };
}

/**
 * The visible part of an edge of the data: some principals with each of some keys, or only with the keys of their own
 * account.
 */
interface Part {
  readonly edge: number;
  readonly principal: number;
  readonly key: number;
  readonly isOwn: boolean;
  readonly keyPlaces: readonly number[];
  /** Empty if they belong to no account. */
  readonly principalPlaces: readonly number[];
  /** What can be done, as a text to compare. */
  readonly words: string;
}

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

// --- Selecting ---

function select(data: GraphData, view: View) {
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
      // The key's environment is also the principal's.
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
    // A key that nobody can use is worth seeing too, unless the view asks for what can be done with it.
    const matching = view.can === '' ? [...(keyMatches[index] ?? [])].filter(isIn) : [];
    return new Set(matching);
  });
  for (const part of parts) for (const place of part.keyPlaces) places[part.key]?.add(place);
  return { parts, keyPlaces: places.map((own) => [...own].sort((one, other) => one - other)) };
}

/** The pairs of keys and principals with at least one in the selected account. */
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

/** The namesakes that keys in some places refer to. */
function membersAt(data: GraphData, members: readonly number[], keyPlaces: readonly number[]): readonly number[] {
  const seen = new Set(keyPlaces.flatMap((place) => ownIds(data.places[place])));
  return members.filter((member) => {
    const [most] = ownIds(data.places[member]);
    return most !== undefined && seen.has(most);
  });
}

/** A place, its environment and its account, the most specific first. */
function ownIds(place: PlaceData | undefined): readonly string[] {
  if (place === undefined) return [];
  const { account, environment, region } = place;
  return [
    ...(environment === undefined ? [] : [`${account} environment ${environment}`]),
    ...(region === undefined ? [] : [`${account} region ${region}`]),
    account,
  ];
}

// --- Grouping ---

/** The contents of an account, as texts to compare; and the number of keys. */
interface AccountContent {
  readonly has: string[];
  keys: number;
}

function contentsOf(
  data: GraphData,
  parts: readonly Part[],
  keyPlaces: readonly (readonly number[])[],
): ReadonlyMap<string, AccountContent> {
  const contents = new Map<string, AccountContent>();
  const contentOf = (place: number) => {
    const account = data.places[place]?.account ?? '';
    const content = contents.get(account) ?? { has: [], keys: 0 };
    contents.set(account, content);
    return content;
  };
  const same = samenessOf(parts);
  keyPlaces.forEach((places, key) => {
    for (const place of places) {
      const content = contentOf(place);
      content.has.push(`${key} ${data.places[place]?.region} ${same(key, place)}`);
      content.keys += 1;
    }
  });
  // Access to keys of others: access to keys of the own account is part of the keys.
  for (const { edge, isOwn, principalPlaces } of parts) {
    for (const place of isOwn ? [] : principalPlaces) contentOf(place).has.push(`edge ${edge}`);
  }
  return contents;
}

/** The group of each account: its own, or that of all accounts with equal contents. */
function accountGroups(
  data: GraphData,
  contents: ReadonlyMap<string, AccountContent>,
  fold: boolean,
): (place: number) => AccountGroup {
  const groups = groupBy(contents, ([account, { has }]) => (fold ? has.toSorted().join('\n') : account));
  const byAccount = new Map(
    [...groups.values()].flatMap((alike) => {
      const accounts = alike.map(([account]) => account);
      const [first = ''] = accounts;
      const title = accountTitle(first, data.accountNames);
      // A name without the account's id has room for the number.
      const named = data.accountNames[first] ?? title;
      const group = { id: first, title: accounts.length === 1 ? title : `${named} and ${accounts.length - 1} alike` };
      return accounts.map((account) => [account, group] as const);
    }),
  );
  return (place) => {
    const account = data.places[place]?.account ?? '';
    return byAccount.get(account) ?? { id: account, title: accountTitle(account, data.accountNames) };
  };
}

interface AccountGroup {
  readonly id: string;
  readonly title: string;
}

/** Who can do what with a key in a place, as a text to compare. */
function samenessOf(parts: readonly Part[]): (key: number, place: number) => string {
  const texts = new Map<string, string>();
  for (const { key, keyPlaces, principal, isOwn, words } of parts) {
    for (const place of keyPlaces) {
      const id = `${key} ${place}`;
      texts.set(id, `${texts.get(id) ?? ''}${principal} ${isOwn} ${words};`);
    }
  }
  return (key, place) => texts.get(`${key} ${place}`) ?? '';
}

function keyMembers(
  data: GraphData,
  parts: readonly Part[],
  keyPlaces: readonly (readonly number[])[],
  groupOf: ((place: number) => AccountGroup) | undefined,
  limit: number,
): readonly Member[] {
  const same = samenessOf(parts);
  const environments = environmentsByHome(data);
  const divided = keyPlaces.map((places, of) => [
    ...groupBy(places, (place) => `${groupOf?.(place).id ?? ''}\n${same(of, place)}`).values(),
  ]);
  // If almost every environment differs, a key still stays whole: each line then says that it applies in only some of
  // them.
  const isWhole = groupOf === undefined && divided.flat().length > limit;
  return data.keys.flatMap((key, of) => {
    const groups = isWhole ? [keyPlaces[of] ?? []].filter(({ length }) => length > 0) : (divided[of] ?? []);
    return groups.map((places): Member => {
      const [first = -1] = places;
      const all = places.flatMap((place) => data.places[place] ?? []);
      const regions = new Set(all.map(({ region = '' }) => region));
      const inWords = environmentsInWords(namesOf(all, data), environments.get(key.home) ?? []);
      const stack = all.length === 1 ? written(key.stack, all) : `${key.home} in ${inWords}`;
      return {
        side: 'key',
        of,
        places,
        label: written(key.name, all),
        detail: regions.size === 1 ? [...regions].join('') : `${regions.size} regions`,
        fullName: all.length === 1 ? written(key.fullName, all) : `${key.home}.${key.name}`,
        kind: 'key',
        cluster: groupOf?.(first).title ?? key.home,
        home: groupOf === undefined ? `in ${inWords}` : stack,
        isBare: false,
      };
    });
  });
}

function principalMembers(
  data: GraphData,
  parts: readonly Part[],
  groupOf: ((place: number) => AccountGroup) | undefined,
): readonly Member[] {
  const environments = environmentsByHome(data);
  const byPrincipal = groupBy(parts, ({ principal }) => principal);
  return data.principals.flatMap((principal, of) => {
    const own = byPrincipal.get(of) ?? [];
    if (own.length === 0) return [];
    const { at, kind } = principal;
    const base = {
      side: 'principal',
      of,
      detail: kind,
      kind,
      isBare: !['role', 'user', 'group'].includes(kind),
    } as const;
    if (typeof at === 'string') {
      // From a single environment, a service is shown by its name there.
      const all = own.flatMap(({ keyPlaces }) => keyPlaces.flatMap((place) => data.places[place] ?? []));
      const names = { label: written(principal.name, all), fullName: written(principal.fullName, all) };
      return [{ ...base, ...names, places: [], cluster: at, home: principal.home }];
    }
    const seen = new Set(own.flatMap(({ principalPlaces }) => principalPlaces));
    const members = (data.sets[at] ?? []).filter((place) => seen.has(place));
    const isOwn = own.every((part) => part.isOwn);
    return [...groupBy(members, (place) => groupOf?.(place).id ?? '').values()].map((places): Member => {
      const [first = -1] = places;
      const all = places.flatMap((place) => data.places[place] ?? []);
      const accounts = [...new Set(all.map(({ account }) => account))];
      const cluster = `${accountsInWords(accounts, data.accountNames)}${isOwn && accounts.length > 1 ? ', own keys only' : ''}`;
      const { home, stack } = principal;
      const ofStack =
        all.length === 1
          ? written(stack, all)
          : `${home} in ${environmentsInWords(namesOf(all, data), environments.get(home) ?? namesOf(all, data))}`;
      return {
        ...base,
        places,
        label: written(principal.name, all),
        fullName: written(principal.fullName, all),
        cluster: groupOf?.(first).title ?? cluster,
        home: home === stack ? home : ofStack,
      };
    });
  });
}

/** With more accounts than this, principals of one account each form a group. */
const mostAccounts = 12;

/** Key by key, accounts with one principal each would make the longest list. */
function withoutManyAccounts(data: GraphData, principals: readonly Member[]): readonly Member[] {
  const accountOf = ({ places }: Member): string | undefined => {
    const [account, ...more] = new Set(places.map((place) => data.places[place]?.account));
    return more.length === 0 ? account : undefined;
  };
  const accounts = new Set(principals.flatMap((member) => accountOf(member) ?? []));
  if (accounts.size <= mostAccounts) return principals;
  return principals.map((member) => {
    const account = accountOf(member);
    if (account === undefined) return member;
    return {
      ...member,
      cluster: `one of ${accounts.size} accounts each`,
      home: accountTitle(account, data.accountNames),
    };
  });
}

/** The names of the environments of each stack. */
function environmentsByHome(data: GraphData): ReadonlyMap<string, readonly string[]> {
  const byHome = groupBy<KeyData, string>(data.keys, ({ home }) => home);
  return new Map(
    [...byHome].map(([home, keys]) => [
      home,
      namesOf(
        [...new Set(keys.flatMap(({ at }) => data.sets[at] ?? []))].flatMap((place) => data.places[place] ?? []),
        data,
      ),
    ]),
  );
}

export function nameOfPlace({ environment, account, region }: PlaceData, names: AccountNames): string {
  return environment ?? [accountTitle(account, names), ...(region === undefined ? [] : [region])].join(', ');
}

function namesOf(places: readonly PlaceData[], { accountNames }: GraphData): readonly string[] {
  return [...new Set(places.map((place) => nameOfPlace(place, accountNames)))];
}

// --- Joining ---

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
  const joins = new Map<string, { principal: number; key: number; places: Map<number, Set<number>>; pairs: number }>();
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
  return [...joins.values()].map(({ principal, key, places, pairs }) => {
    const joined = [...places].map(([edge, own]): EdgePart => ({ edge, places: [...own] }));
    const access = joined.flatMap(({ edge }) => accessOf(data, data.edges[edge], view));
    const at = new Set(joined.flatMap((part) => part.places));
    const isPartial = at.size < (keys[key]?.places.length ?? 0);
    return {
      principal,
      key,
      pairs,
      isPartial,
      parts: joined,
      can: surest(access.map(({ can, certainty }) => [can, certainty])),
    };
  });
}

/** The greatest certainty of each capability. */
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

/** A text of an edge, restored for a key in some places and a principal. */
export function writtenEdge(data: GraphData, text: string, { edge, places }: EdgePart, principal: Member): string {
  const all = places.flatMap((place) => data.places[place] ?? []);
  const of = data.principals[data.edges[edge]?.principal ?? -1];
  const isOwn = data.edges[edge]?.own === true || principal.places.length === 0;
  const name = isOwn ? written(of?.fullName ?? '', all) : principal.fullName;
  return written(withPrincipal(text, name), all);
}

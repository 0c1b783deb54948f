/** Finds the keys and principals of a view. Those that are the same in many places become one. */
import { groupBy } from '@keywright/core/collections/group-by';
import type { GraphData, KeyData } from './data.ts';
import { type Member, namesOf, type Part } from './member.ts';
import { written } from './places.ts';
import { accountsInWords, accountTitle, environmentsInWords } from './words.ts';

interface AccountContent {
  readonly has: string[];
  keys: number;
}

export function contentsOf(
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
  // Access to keys of the principal's own account is left out, because `same` already covers it.
  for (const { edge, isOwn, principalPlaces } of parts) {
    for (const place of isOwn ? [] : principalPlaces) contentOf(place).has.push(`edge ${edge}`);
  }
  return contents;
}

/** All accounts with equal contents form a group if `fold` is set; otherwise each account is its own group. */
export function accountGroups(
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
      // A name without the account's id leaves room for the number of accounts.
      const name = data.accountNames[first] ?? title;
      const group = { id: first, title: accounts.length === 1 ? title : `${name} and ${accounts.length - 1} alike` };
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

/** Returns a text that says who can do what with a key in a place, to compare places. */
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

export function keyMembers(
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
  // If a key differs in almost every environment, it is still drawn once. Each line then says that it applies in only some of the
  // environments.
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

export function principalMembers(
  data: GraphData,
  parts: readonly Part[],
  groupOf: ((place: number) => AccountGroup) | undefined,
): readonly Member[] {
  const environments = environmentsByHome(data);
  const byPrincipal = groupBy(parts, ({ principal }) => principal);
  return data.principals.flatMap((principal, of) => {
    const parts = byPrincipal.get(of) ?? [];
    if (parts.length === 0) return [];
    const { at, kind } = principal;
    const base = {
      side: 'principal',
      of,
      detail: kind,
      kind,
      isBare: !['role', 'user', 'group'].includes(kind),
    } as const;
    if (typeof at === 'string') {
      // If all keys are in a single environment, the service has its name in that environment.
      const all = parts.flatMap(({ keyPlaces }) => keyPlaces.flatMap((place) => data.places[place] ?? []));
      const names = { label: written(principal.name, all), fullName: written(principal.fullName, all) };
      return [{ ...base, ...names, places: [], cluster: at, home: principal.home }];
    }
    const seen = new Set(parts.flatMap(({ principalPlaces }) => principalPlaces));
    const members = (data.sets[at] ?? []).filter((place) => seen.has(place));
    const isOwn = parts.every((part) => part.isOwn);
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

/** With more accounts than this, all principals of single accounts form one group. */
const mostAccounts = 12;

/**
 * If there are many accounts, puts the principals of single accounts into one group: in a view by key, a group for each account would make
 * the longest list.
 */
export function withoutManyAccounts(data: GraphData, principals: readonly Member[]): readonly Member[] {
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

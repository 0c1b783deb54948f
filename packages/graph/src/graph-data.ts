/**
 * Folds the access of a program: everything that is the same in many environments is stored once, with the environments. In: the graph of
 * all keys and principals, one by one. Out: keys as in the YAML, principals, and the edges between them, each with its environments.
 * Principals of the same name in several accounts are merged if they can do the same. Unfolding the result gives the graph.
 */

import type { Access, AccessEdge, AccessGraph } from '@keywright/analyze/graph/access-graph';
import type { Picture, PictureKey, PicturePrincipal, StatementRef } from '@keywright/analyze/picture';
import { shown } from '@keywright/analyze/value/value';
import { groupBy } from '@keywright/core/collections/group-by';
import type { Origin, Provenance } from '@keywright/core/ir/policy';
import type { Program, Stack } from '@keywright/core/ir/program';
import type { SourceFile } from '@keywright/core/source/span';
import { visible } from '@keywright/core/source/visible';
import type {
  AccessData,
  EdgeData,
  GraphData,
  Grouping,
  KeyData,
  PlaceData,
  PrincipalData,
  SourceData,
  StatementData,
} from './data.ts';
import { isOfEnvironment, neutralIn, principalPlaceholder, wholeWord } from './places.ts';
import {
  accountText,
  factsOfKey,
  factsOfPrincipal,
  fullNameOfKey,
  kindOf,
  nameOfKey,
  nameOfPrincipal,
  realmOf,
} from './texts.ts';
import { mostRows } from './view.ts';

export interface GraphOptions {
  /** The initial grouping. If absent: by account if that fits or folding does not help, otherwise by key. */
  readonly by?: Grouping | undefined;
  /** The files whose lines are shown. */
  readonly sources?: ReadonlyMap<string, SourceFile> | undefined;
  /** The project's names for accounts, by id. */
  readonly accountNames?: ReadonlyMap<string, string> | undefined;
}

type Neutral = (text: string) => string;

/** A key as written in the YAML, in one place. */
interface KeyAt {
  readonly key: number;
  readonly place: number;
  readonly neutral: Neutral;
}

/** What a principal can do with a key in one place. */
interface Joint extends KeyAt {
  readonly access: readonly number[];
  /** Whether only the namesake in the key's account has this access. */
  readonly isOwn: boolean;
}

/** Folds the access of a program. In the texts, characters that a screen would hide or obey are escaped. */
export function graphData(
  program: Program,
  picture: Picture,
  graph: AccessGraph,
  { by, sources, accountNames }: GraphOptions = {},
): GraphData {
  const stacks = new Map(program.stacks.map((stack) => [stack.name, stack]));
  const places = new Numbering<PlaceData>();
  const { keys, keyAt } = foldKeys(graph.keys, stacks, places);
  const fold = new PrincipalFold(picture, stacks, places, keyAt);
  const edgesOf = groupBy(graph.edges, ({ principal }) => principal);
  for (const principal of graph.principals) fold.add(principal, edgesOf.get(principal) ?? []);

  const { sets, statements, access } = fold;
  const keyData = keys.map(({ at, ...key }): KeyData => ({ ...key, at: sets.numberOf(ascending(at)) }));
  const edgeData = fold.edges();
  const principalData = fold.principals();
  const shownSources = [
    ...[...keyData, ...principalData].flatMap(({ source }) => source ?? []),
    ...statements.all().flatMap((statement) => statement.sources),
  ];
  const fits = Math.max(graph.keys.length, graph.principals.length) <= mostRows;
  return {
    app: visible(program.app),
    by: by ?? (fits || keyData.length === graph.keys.length ? 'account' : 'key'),
    places: places.all(),
    accountNames: shownAccountNames(places.all(), accountNames),
    sets: sets.all(),
    keys: keyData,
    principals: principalData,
    access: access.all(),
    edges: edgeData,
    statements: statements.all(),
    ...(sources !== undefined && { sources: linesOf(shownSources, sources) }),
  };
}

class PrincipalFold {
  readonly sets = new Numbering<readonly number[]>();
  readonly statements = new Numbering<StatementData>();
  readonly access = new Numbering<AccessData>();
  readonly #picture: Picture;
  readonly #stacks: ReadonlyMap<string, Stack>;
  readonly #places: Numbering<PlaceData>;
  readonly #keyAt: (key: PictureKey) => KeyAt;
  readonly #principals = new Numbering<Omit<PrincipalData, 'at'> & { readonly realm?: string }>();
  /** The places of each principal, by its number. */
  readonly #placesOf: Set<number>[] = [];
  readonly #edges = new Map<string, Omit<EdgeData, 'at'> & { readonly at: Set<number> }>();

  constructor(
    picture: Picture,
    stacks: ReadonlyMap<string, Stack>,
    places: Numbering<PlaceData>,
    keyAt: (key: PictureKey) => KeyAt,
  ) {
    this.#picture = picture;
    this.#stacks = stacks;
    this.#places = places;
    this.#keyAt = keyAt;
  }

  add(principal: PicturePrincipal, edges: readonly AccessEdge[]): void {
    for (const named of namesOf(principal, edges, this.#keyAt, this.#stacks)) {
      const joints = named.own.map((own) => this.#joint(principal, own));
      const number = this.#numberOf(principal, named, joints);
      for (const joint of joints) this.#addEdge(number, joint);
    }
  }

  edges(): readonly EdgeData[] {
    return [...this.#edges.values()].map((edge) => ({ ...edge, at: this.sets.numberOf(ascending(edge.at)) }));
  }

  principals(): readonly PrincipalData[] {
    return this.#principals.all().map(({ realm, ...principal }, index) => ({
      ...principal,
      at: realm ?? this.sets.numberOf(ascending(this.#placesOf[index] ?? [])),
    }));
  }

  #joint(principal: PicturePrincipal, { key, access, isOwn }: Named['own'][number]): Joint {
    const at = this.#keyAt(key);
    const inEdge = neutralEdge(principal, at.neutral);
    const numbers = access.map((one) => this.access.numberOf(accessData(one, this.#picture, inEdge, this.statements)));
    return { ...at, isOwn, access: numbers };
  }

  /**
   * Returns the number of a principal. Principals of the same name share a number if they can do the same with the same keys of other
   * accounts. Their access to the keys of their own accounts is in the edges, place by place.
   */
  #numberOf(principal: PicturePrincipal, { name, place, neutral }: Named, joints: readonly Joint[]): number {
    const ofOthers = groupBy(
      joints.filter(({ isOwn }) => !isOwn),
      edgeId,
    );
    const others = [...ofOthers].map(([id, same]) => [
      id,
      this.sets.numberOf(ascending(same.map((joint) => joint.place))),
    ]);
    const number = this.#principals.numberOf(
      principalTexts(principal, neutral, this.#stacks),
      JSON.stringify([name, principal.created !== undefined, place === undefined ? [] : others]),
    );
    this.#placesOf[number] ??= new Set();
    if (place !== undefined) this.#placesOf[number].add(this.#places.numberOf(place));
    return number;
  }

  #addEdge(principal: number, joint: Joint): void {
    const id = `${principal} ${edgeId(joint)}`;
    const edge = this.#edges.get(id) ?? {
      principal,
      key: joint.key,
      access: joint.access,
      ...(joint.isOwn && { own: true }),
      at: new Set(),
    };
    this.#edges.set(id, edge);
    edge.at.add(joint.place);
  }
}

function shownAccountNames(
  places: readonly PlaceData[],
  names: ReadonlyMap<string, string> | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    places.flatMap(({ account }) => {
      const name = names?.get(account);
      return name === undefined ? [] : [[account, visible(name)]];
    }),
  );
}

function edgeId({ key, access, isOwn }: Joint): string {
  return `${key} ${access.join()} ${isOwn}`;
}

interface FoldedKey extends Omit<KeyData, 'at'> {
  readonly at: Set<number>;
}

function foldKeys(
  all: readonly PictureKey[],
  stacks: ReadonlyMap<string, Stack>,
  places: Numbering<PlaceData>,
): { readonly keys: readonly FoldedKey[]; readonly keyAt: (key: PictureKey) => KeyAt } {
  const folded = new Numbering<FoldedKey>();
  const keys = new Map<PictureKey, KeyAt>();
  for (const key of all) {
    const stack = key.stack === undefined ? undefined : stacks.get(key.stack);
    const place = placeOfKey(key, stack);
    const neutral = key.stack === undefined ? (text: string) => text : neutralIn(place);
    const text = (raw: string) => visible(neutral(raw));
    const texts = {
      name: visible(nameOfKey(key)),
      fullName: text(fullNameOfKey(key)),
      home: visible(stack?.definition ?? key.stack ?? 'keys outside the project'),
      stack: text(key.stack ?? 'keys outside the project'),
      aliases: key.aliases.map(text),
      facts: factsOfKey(key).map(text),
    };
    const number = folded.numberOf({ ...texts, ...sourceOf(key.source), at: new Set() }, JSON.stringify(texts));
    const at = { key: number, place: places.numberOf(visiblePlace(place)), neutral };
    folded.all()[number]?.at.add(at.place);
    keys.set(key, at);
  }
  const keyAt = (key: PictureKey): KeyAt => {
    const at = keys.get(key);
    if (at === undefined) throw new Error(`${key.id} is not drawn`);
    return at;
  };
  return { keys: folded.all(), keyAt };
}

function placeOfKey(key: PictureKey, stack: Stack | undefined): PlaceData {
  const name = stack?.environment.name;
  return {
    ...(name !== undefined && { environment: name }),
    account: accountText(key.account),
    region: accountText(key.region),
  };
}

/** A principal, with a name that other principals may have too, and its edges. */
interface Named {
  readonly name: string;
  /** Absent for principals of no account. */
  readonly place?: PlaceData;
  readonly neutral: Neutral;
  readonly own: readonly { readonly key: PictureKey; readonly access: readonly Access[]; readonly isOwn: boolean }[];
}

/**
 * Returns the names of a principal, as seen from the keys of its account: `app-prod-eu` in prod-eu is `app-${environment}`. A principal of
 * no account has a name for each kind of key, because the logs service is a different principal in each region.
 */
function namesOf(
  { id, principal, created }: PicturePrincipal,
  edges: readonly AccessEdge[],
  keyAt: (key: PictureKey) => KeyAt,
  stacks: ReadonlyMap<string, Stack>,
): readonly Named[] {
  const seenFrom = ({ key }: AccessEdge) => keyAt(key).neutral(id);
  if (!('account' in principal)) {
    return [...groupBy(edges, seenFrom)].flatMap(([name, edgesOfName]): readonly Named[] => {
      const [first] = edgesOfName;
      if (first === undefined) return [];
      const { neutral } = keyAt(first.key);
      return [{ name, neutral, own: edgesOfName.map(({ key, access }) => ({ key, access, isOwn: false })) }];
    });
  }
  const account = accountText(principal.account);
  const ofAccount = edges.filter(({ key }) => accountText(key.account) === account);
  const names = new Set(ofAccount.map(seenFrom));
  const [nearest] = ofAccount;
  const stack = created === undefined ? undefined : stacks.get(created.stack);
  const place = ((): PlaceData => {
    const environment = stack?.environment.name;
    if (stack !== undefined) return { ...(environment !== undefined && { environment }), account };
    const [name = ''] = names;
    if (names.size !== 1 || nearest === undefined || !isOfEnvironment(name)) return { account };
    return { ...placeOfKey(nearest.key, stacks.get(nearest.key.stack ?? '')), account };
  })();
  const neutral = neutralIn(place);
  const name = neutral(id);
  const edgeTexts = edges.map((edge) => ({
    key: edge.key,
    access: edge.access,
    isOwn: ofAccount.includes(edge) && seenFrom(edge) === name,
  }));
  return [{ name, place: visiblePlace(place), neutral, own: edgeTexts }];
}

function principalTexts(
  principal: PicturePrincipal,
  neutral: Neutral,
  stacks: ReadonlyMap<string, Stack>,
): Omit<PrincipalData, 'at'> & { readonly realm?: string } {
  const text = (raw: string) => visible(neutral(raw));
  const { created, name } = principal;
  const isAccount = principal.principal.kind === 'account';
  const stack = created?.stack ?? (isAccount ? 'the account' : 'exists already');
  const realm = realmOf(principal.principal);
  return {
    name: text(nameOfPrincipal(principal)),
    fullName: text(name),
    kind: kindOf(principal.principal),
    home: visible(stacks.get(created?.stack ?? '')?.definition ?? stack),
    stack: text(stack),
    facts: factsOfPrincipal(principal).map(text),
    ...sourceOf(principal.source),
    ...(realm !== undefined && { realm }),
  };
}

/** Replaces the principal's name in a text first, then the values of the key's environment. */
function neutralEdge({ name, principal }: PicturePrincipal, neutral: Neutral): Neutral {
  if (principal.kind === 'anyone') return neutral;
  const patterns = [...new Set([name, ...('arn' in principal ? [shown(principal.arn)] : [])])]
    .sort((one, other) => other.length - one.length)
    .map(wholeWord);
  return (text) => neutral(patterns.reduce((left, pattern) => left.replace(pattern, () => principalPlaceholder), text));
}

function accessData(
  { can, certainty, when, by }: Access,
  picture: Picture,
  neutral: Neutral,
  statements: Numbering<StatementData>,
): AccessData {
  return {
    can,
    certainty,
    ...(when !== undefined && { when: visible(neutral(when)) }),
    by: by.map((ref) => statements.numberOf(statementData(ref, picture, neutral))),
  };
}

function statementData(ref: StatementRef, picture: Picture, neutral: Neutral): StatementData {
  const { effect, sid, source } = ref;
  return {
    of: visible(neutral(ownerOf(ref, picture))),
    effect,
    ...(sid !== undefined && { sid: visible(neutral(sid)) }),
    sources: [source, ...(source.also ?? [])].map(sourceData),
  };
}

function ownerOf({ kind, owner, name }: StatementRef, picture: Picture): string {
  const key = picture.keysById.get(owner);
  const ofKey = key === undefined ? owner : fullNameOfKey(key);
  switch (kind) {
    case 'keyPolicy':
      return `key policy of ${ofKey}`;
    case 'identityPolicy':
      return `policy of ${picture.principalsById.get(owner)?.name ?? owner}`;
    case 'kmsGrant':
      return `KMS grant ${name ?? ''} on ${ofKey}`;
  }
}

function sourceOf(source: Provenance | undefined): { readonly source?: SourceData } {
  return source === undefined ? {} : { source: sourceData(source) };
}

function sourceData({ span, through }: Origin): SourceData {
  const { file, line, endLine } = span;
  return { file: visible(file), line, endLine, ...(through !== undefined && { through: visible(through) }) };
}

function visiblePlace({ environment, account, region }: PlaceData): PlaceData {
  return {
    ...(environment !== undefined && { environment: visible(environment) }),
    account: visible(account),
    ...(region !== undefined && { region: visible(region) }),
  };
}

function linesOf(
  shown: readonly SourceData[],
  sources: ReadonlyMap<string, SourceFile>,
): Readonly<Record<string, readonly string[]>> {
  const paths = new Set(shown.map(({ file }) => file));
  const shownFiles = [...sources.values()].filter(({ path }) => paths.has(visible(path)));
  return Object.fromEntries(
    shownFiles.map(({ path, text }) => [visible(path), text.split(/\r\n|\n|\r/).map((line) => visible(line))]),
  );
}

/** Numbers things. Things that are equal or have the same id get the same number. */
class Numbering<Thing> {
  readonly #numbers = new Map<string, number>();
  readonly #things: Thing[] = [];

  numberOf(thing: Thing, id: string = JSON.stringify(thing)): number {
    const number = this.#numbers.get(id);
    if (number !== undefined) return number;
    this.#numbers.set(id, this.#things.length);
    return this.#things.push(thing) - 1;
  }

  all(): readonly Thing[] {
    return this.#things;
  }
}

function ascending(numbers: Iterable<number>): readonly number[] {
  return [...new Set(numbers)].sort((one, other) => one - other);
}

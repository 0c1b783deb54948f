/** What the page and the drawings know: the access of a program as JSON, with the lines of YAML that it comes from. */
import type { Access, AccessGraph } from '@keywright/analyze/graph/access-graph';
import type { Picture, PictureKey, PicturePrincipal, StatementRef } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import { shown, type Value } from '@keywright/analyze/value/value';
import type { Origin, Provenance } from '@keywright/core/ir/policy';
import type { SourceFile } from '@keywright/core/source/span';
import { visible } from '@keywright/core/source/visible';

export interface GraphData {
  readonly app: string;
  readonly keys: readonly KeyData[];
  readonly principals: readonly PrincipalData[];
  readonly edges: readonly EdgeData[];
  readonly statements: readonly StatementData[];
  /** The lines of the files that places are in; absent where no one looks at them. */
  readonly sources?: Readonly<Record<string, readonly string[]>>;
}

export interface KeyData {
  readonly name: string;
  /** How commands call it. */
  readonly fullName: string;
  readonly account: string;
  /** Its stack, or whose it is. */
  readonly home: string;
  readonly region: string;
  readonly aliases: readonly string[];
  readonly facts: readonly string[];
  readonly place?: PlaceData;
}

export interface PrincipalData {
  readonly name: string;
  readonly fullName: string;
  readonly kind: PrincipalKind;
  /** Its account, or what those without one are. */
  readonly account: string;
  readonly home: string;
  readonly facts: readonly string[];
  readonly place?: PlaceData;
}

export type PrincipalKind = 'role' | 'user' | 'group' | 'account' | 'service' | 'organization' | 'anyone';

export interface EdgeData {
  /** Indexes of `principals` and of `keys`. */
  readonly principal: number;
  readonly key: number;
  readonly access: readonly AccessData[];
}

export interface AccessData {
  readonly can: Access['can'];
  readonly certainty: Access['certainty'];
  readonly when?: string;
  /** Indexes of `statements`. */
  readonly by: readonly number[];
}

export interface StatementData {
  /** `key policy of security.orders`. */
  readonly of: string;
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  /** Where it comes from: several places if it was merged of several statements. */
  readonly places: readonly PlaceData[];
}

export interface PlaceData {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly through?: string;
}

/** In: the graph, and with `sources` the files to show lines of. Out: data with nothing in it that a screen would hide or obey. */
export function graphData(
  app: string,
  picture: Picture,
  graph: AccessGraph,
  sources?: ReadonlyMap<string, SourceFile>,
): GraphData {
  const keyIndexes = new Map(graph.keys.map((key, index) => [key, index]));
  const principalIndexes = new Map(graph.principals.map((principal, index) => [principal, index]));
  const statements = new Map<StatementRef, number>();
  const numberOf = (ref: StatementRef): number => {
    const number = statements.get(ref) ?? statements.size;
    statements.set(ref, number);
    return number;
  };
  const edges = graph.edges.map(({ principal, key, access }) => ({
    principal: principalIndexes.get(principal) ?? -1,
    key: keyIndexes.get(key) ?? -1,
    access: access.map(({ can, certainty, when, by }) => ({
      can,
      certainty,
      ...(when !== undefined && { when: visible(when) }),
      by: by.map(numberOf),
    })),
  }));
  const keys = graph.keys.map(keyData);
  const principals = graph.principals.map(principalData);
  const statementData = [...statements.keys()].map((ref) => statementDataOf(ref, picture));
  const places = [
    ...[...keys, ...principals].flatMap(({ place }) => place ?? []),
    ...statementData.flatMap(({ places }) => places),
  ];
  return {
    app: visible(app),
    keys,
    principals,
    edges,
    statements: statementData,
    ...(sources !== undefined && { sources: linesOf(places, sources) }),
  };
}

function keyData(key: PictureKey): KeyData {
  const { traits, stack } = key;
  const id = shown(key.arn).split('/').at(-1) ?? '';
  const name = key.kind === 'referred' ? (key.aliases[0]?.replace('alias/', '') ?? id) : key.name;
  return {
    name: visible(name),
    fullName: visible(stack === undefined ? key.name : `${stack}.${key.name}`),
    account: account(key.account),
    home: visible(stack ?? 'keys of others'),
    region: visible(shown(key.region)),
    aliases: key.aliases.map(visible),
    facts: [
      ...(key.kind === 'replicaKey' ? ['a replica'] : []),
      ...(key.kind === 'referred' ? ['not created by this project, which does not know its policy'] : []),
      ...(traits === undefined ? [] : [`${traits.spec}, ${traits.usage}`]),
      ...(traits?.enabled === false ? ['disabled'] : []),
      shown(key.arn),
    ].map(visible),
    ...placeOf(key.source),
  };
}

function principalData({ principal, name, created, source }: PicturePrincipal): PrincipalData {
  const own = created === undefined ? labelOf(principal, name) : name.slice(created.stack.length + 1);
  return {
    name: visible(own),
    fullName: visible(name),
    kind: kindOf(principal),
    account: homeAccount(principal),
    home: visible(created?.stack ?? (principal.kind === 'account' ? 'the account' : 'exists already')),
    facts: [...('arn' in principal ? [shown(principal.arn)] : []), ...noteOf(principal)].map(visible),
    ...placeOf(source),
  };
}

/** A name that fits a box: an ARN is told by its last part. */
function labelOf(principal: Principal, name: string): string {
  switch (principal.kind) {
    case 'role':
    case 'user':
    case 'federatedUser':
    case 'group':
      return name.startsWith('arn:') ? shown(principal.name) : name;
    case 'session':
      return `${shown(principal.role)}/${shown(principal.session)}`;
    case 'account':
      return `account ${shown(principal.account)}`;
    case 'service':
      return shown(principal.host);
    case 'organization':
      return principal.id;
    case 'orgUnit':
      return principal.path.split('/').at(-1) ?? principal.path;
    case 'root':
    case 'anyone':
      return principal.kind;
  }
}

function noteOf(principal: Principal): readonly string[] {
  switch (principal.kind) {
    case 'account':
      return ['everyone in the account whom its own policies allow, and its root user'];
    case 'organization':
    case 'orgUnit':
      return ['everyone in it, as far as the policies of their accounts allow'];
    default:
      return [];
  }
}

function kindOf({ kind }: Principal): PrincipalKind {
  switch (kind) {
    case 'session':
      return 'role';
    case 'federatedUser':
      return 'user';
    case 'root':
      return 'account';
    case 'orgUnit':
      return 'organization';
    default:
      return kind;
  }
}

function homeAccount(principal: Principal): string {
  switch (principal.kind) {
    case 'service':
      return 'AWS services';
    case 'organization':
    case 'orgUnit':
      return 'Organizations';
    case 'anyone':
      return 'Anyone';
    default:
      return account(principal.account);
  }
}

function account(value: Value): string {
  // `<account of orders>`, where the deployment decides it.
  return visible(typeof value === 'string' ? `account ${value}` : shown(value).replaceAll(/[<>]/g, ''));
}

function statementDataOf(ref: StatementRef, picture: Picture): StatementData {
  const { effect, sid, source } = ref;
  return {
    of: visible(ownerOf(ref, picture)),
    effect,
    ...(sid !== undefined && { sid: visible(sid) }),
    places: [source, ...(source.also ?? [])].map(place),
  };
}

function ownerOf({ kind, owner, name }: StatementRef, picture: Picture): string {
  const key = picture.keysById.get(owner);
  const ofKey = key === undefined ? owner : keyData(key).fullName;
  switch (kind) {
    case 'keyPolicy':
      return `key policy of ${ofKey}`;
    case 'identityPolicy':
      return `policy of ${picture.principalsById.get(owner)?.name ?? owner}`;
    case 'kmsGrant':
      return `KMS grant ${name ?? ''} on ${ofKey}`;
  }
}

function placeOf(source: Provenance | undefined): { readonly place?: PlaceData } {
  return source === undefined ? {} : { place: place(source) };
}

function place({ span, through }: Origin): PlaceData {
  const { file, line, endLine } = span;
  return { file: visible(file), line, endLine, ...(through !== undefined && { through: visible(through) }) };
}

function linesOf(
  places: readonly PlaceData[],
  sources: ReadonlyMap<string, SourceFile>,
): Readonly<Record<string, readonly string[]>> {
  const wanted = new Set(places.map(({ file }) => file));
  const found = [...sources.values()].filter(({ path }) => wanted.has(visible(path)));
  return Object.fromEntries(
    found.map(({ path, text }) => [visible(path), text.split(/\r\n|\n|\r/).map((line) => visible(line))]),
  );
}

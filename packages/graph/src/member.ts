/** Keys, principals and the access between them, as views show them. */
import type { AccessData, AccountNames, GraphData, PlaceData, PrincipalKind } from './data.ts';
import { accountTitle } from './words.ts';

export type Side = 'principal' | 'key';

/** A key or a principal as it is drawn. */
export interface Member {
  readonly side: Side;
  /** The index of the key or principal in the data. */
  readonly of: number;
  /** Indexes of the data's places; none for principals of no account. */
  readonly places: readonly number[];
  readonly label: string;
  /** Shown in small type at the end of the row. */
  readonly detail: string;
  readonly fullName: string;
  readonly kind: PrincipalKind | 'key';
  /** The title of an account, of several accounts, or of a stack. */
  readonly cluster: string;
  readonly home: string;
  /** Whether the home adds nothing to the name, as for a service, an organization or an account. */
  readonly isBare: boolean;
}

export interface ShownEdge {
  /** Indexes of `principals` and `keys`. */
  readonly principal: number;
  readonly key: number;
  readonly parts: readonly EdgePart[];
  /** The number of pairs of a principal and a key. */
  readonly pairs: number;
  /** Whether the access applies in only some places of the key. */
  readonly isPartial: boolean;
  /** The capabilities, each with its highest certainty. */
  readonly can: ReadonlyMap<AccessData['can'], AccessData['certainty']>;
}

/** Equal access in some of the environments. */
export interface EdgePart {
  readonly edge: number;
  readonly places: readonly number[];
}

/** Returns the id of a member's row. A key or principal has the same id in the same environments, regardless of what else is visible. */
export function rowId(member: Member | undefined): string {
  return `${member?.side}#${member?.of}@${member?.places[0] ?? ''}`;
}

export interface Shown {
  readonly keys: readonly Member[];
  readonly principals: readonly Member[];
  readonly edges: readonly ShownEdge[];
  /** The numbers in all environments. */
  readonly counts: { readonly keys: number; readonly principals: number; readonly edges: number };
}

/**
 * The visible part of an edge of the data: some principals with each of some keys, or only with the keys of the principal's own account.
 */
export interface Part {
  readonly edge: number;
  readonly principal: number;
  readonly key: number;
  readonly isOwn: boolean;
  readonly keyPlaces: readonly number[];
  /** The places of the principals; empty if they are in no account. */
  readonly principalPlaces: readonly number[];
  /** The capabilities, as a text to compare. */
  readonly words: string;
}

export function nameOfPlace({ environment, account, region }: PlaceData, names: AccountNames): string {
  return environment ?? [accountTitle(account, names), ...(region === undefined ? [] : [region])].join(', ');
}

export function namesOf(places: readonly PlaceData[], { accountNames }: GraphData): readonly string[] {
  return [...new Set(places.map((place) => nameOfPlace(place, accountNames)))];
}

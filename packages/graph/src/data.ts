/**
 * What the page and the drawings know: the access of a program as JSON, with the lines of YAML that it comes from. What is the same in many
 * environments is here once. Its texts then have `${environment}`, `${account}` and `${region}` where those of an environment belong, and
 * `${principal}` where the principal of an edge does (places.ts puts them back).
 */
import type { Access } from '@keywright/analyze/graph/access-graph';

export interface GraphData {
  readonly app: string;
  /** What is shown first. */
  readonly by: Grouping;
  readonly places: readonly PlaceData[];
  /** Sets of places, each once: indexes of `places`, ascending. */
  readonly sets: readonly (readonly number[])[];
  readonly keys: readonly KeyData[];
  readonly principals: readonly PrincipalData[];
  /** What can be done, through what: each once. */
  readonly access: readonly AccessData[];
  readonly edges: readonly EdgeData[];
  readonly statements: readonly StatementData[];
  /** The lines of the files that sources are in; absent where no one looks at them. */
  readonly sources?: Readonly<Record<string, readonly string[]>>;
}

/** Whether drawings are grouped by account, or by key whatever the account. */
export type Grouping = 'account' | 'key';

/** Where a key or a principal is. */
export interface PlaceData {
  /** The name of the stack's environment; absent where it has none, and of an account as such. */
  readonly environment?: string;
  /** Twelve digits, or in words what decides it. */
  readonly account: string;
  /** Absent of an account as such. */
  readonly region?: string;
}

/** A key of a stack, in whichever environments the stack is. */
export interface KeyData {
  readonly name: string;
  /** How commands call it. */
  readonly fullName: string;
  /** The stack as it is written, or whose key it is. */
  readonly home: string;
  /** The stack as it is called in an environment. */
  readonly stack: string;
  readonly aliases: readonly string[];
  readonly facts: readonly string[];
  readonly source?: SourceData;
  /** Where it is: an index of `sets`. */
  readonly at: number;
}

/** A principal, or namesakes in several accounts or environments. */
export interface PrincipalData {
  readonly name: string;
  readonly fullName: string;
  readonly kind: PrincipalKind;
  /** The stack as it is written, or what takes its place. */
  readonly home: string;
  /** The stack as it is called in an environment. */
  readonly stack: string;
  readonly facts: readonly string[];
  readonly source?: SourceData;
  /** Where they are, an index of `sets`; or what those are who belong to no account. */
  readonly at: number | string;
}

export type PrincipalKind = 'role' | 'user' | 'group' | 'account' | 'service' | 'organization' | 'anyone';

export interface EdgeData {
  /** Indexes of `principals`, of `keys` and of `access`. */
  readonly principal: number;
  readonly key: number;
  readonly access: readonly number[];
  /** The keys: an index of `sets`. */
  readonly at: number;
  /** Set where each key has this only of the namesake in its own account; else each of them has it on each of the keys. */
  readonly own?: true;
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
  /** Where it comes from: several lines if it was merged of several statements. */
  readonly sources: readonly SourceData[];
}

export interface SourceData {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly through?: string;
}

/**
 * The data of the page and the drawings: a program's access as JSON, and the lines of YAML behind it. Texts that are the same in many
 * environments are stored once: `${environment}`, `${account}` and `${region}` replace the values of an environment, and `${principal}`
 * replaces the principal of an edge (places.ts restores them).
 */
import type { Access } from '@keywright/analyze/graph/access-graph';

export interface GraphData {
  readonly app: string;
  /** The initial grouping. */
  readonly by: Grouping;
  readonly places: readonly PlaceData[];
  /** The project's names for the accounts in `places`, by account id. */
  readonly accountNames: AccountNames;
  /** Sets of places, as ascending indexes of `places`. Equal sets are stored once. */
  readonly sets: readonly (readonly number[])[];
  readonly keys: readonly KeyData[];
  readonly principals: readonly PrincipalData[];
  /** The access that edges give to principals, and the statements that give it. Edges with equal access refer to the same entry. */
  readonly access: readonly AccessData[];
  readonly edges: readonly EdgeData[];
  readonly statements: readonly StatementData[];
  /** The lines of the files that contain sources; absent if they are not displayed. */
  readonly sources?: Readonly<Record<string, readonly string[]>>;
}

/** Whether drawings are grouped by account, or by key across accounts. */
export type Grouping = 'account' | 'key';

export type AccountNames = Readonly<Record<string, string>>;

export interface PlaceData {
  /** The stack's environment; absent if the stack has none, or if the place is a whole account. */
  readonly environment?: string;
  /** Twelve digits, or a description of the account if the deployment decides it. */
  readonly account: string;
  /** Absent if the place is a whole account. */
  readonly region?: string;
}

/** A key of a stack, in all environments of the stack. */
export interface KeyData {
  readonly name: string;
  /** The key's name in commands. */
  readonly fullName: string;
  /** The stack's name in the YAML; for a key of no stack, a heading in its place. */
  readonly home: string;
  /** The stack's name in one environment. */
  readonly stack: string;
  readonly aliases: readonly string[];
  readonly facts: readonly string[];
  readonly source?: SourceData;
  /** The places of the key, as an index of `sets`. */
  readonly at: number;
}

/** A principal, or principals with the same name in several accounts or environments. */
export interface PrincipalData {
  readonly name: string;
  readonly fullName: string;
  readonly kind: PrincipalKind;
  /** The stack's name in the YAML; for a principal of no stack, a heading in its place. */
  readonly home: string;
  readonly stack: string;
  readonly facts: readonly string[];
  readonly source?: SourceData;
  /** The places of the principals, as an index of `sets`; for principals of no account, a heading such as `AWS services`. */
  readonly at: number | string;
}

export type PrincipalKind = 'role' | 'user' | 'group' | 'account' | 'service' | 'organization' | 'anyone';

export interface EdgeData {
  /** Indexes of `principals`, of `keys` and of `access`. */
  readonly principal: number;
  readonly key: number;
  readonly access: readonly number[];
  /** The places of the key, as an index of `sets`. */
  readonly at: number;
  /**
   * Set if each key grants this access only to the namesake in the key's own account. Otherwise each of the principals has this access to
   * each of the keys.
   */
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
  /** For example `key policy of security.orders`. */
  readonly of: string;
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  /** The lines that the statement comes from: several for a merged statement. */
  readonly sources: readonly SourceData[];
}

export interface SourceData {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly through?: string;
}

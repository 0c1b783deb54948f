import type { Provenance } from '@keywright/core/ir/policy';
import type { KeyOrigin, KeySpec, KeyUsage } from '@keywright/core/kms/key-specs';
import type { Principal } from './principal.ts';
import type { Value } from './value/value.ts';

/**
 * What a program says about access to keys, gathered from all its stacks: keys with their policies, principals with the
 * policies attached to them, KMS grants. Plain immutable data, built once by `buildPicture` and read by `decide`.
 */
export interface Picture {
  /** The keys that the program creates, in program order, then the keys that the program only refers to. */
  readonly keys: readonly PictureKey[];
  /** Every principal that the program creates or names, once each. */
  readonly principals: readonly PicturePrincipal[];
  readonly keysById: ReadonlyMap<string, PictureKey>;
  readonly principalsById: ReadonlyMap<string, PicturePrincipal>;
  /**
   * Maps a kind and a name, such as `role One`, to the roles or users that share the name. Contains only names for which some account is
   * still unknown, since the deployment may turn namesakes into one principal.
   */
  readonly namesakes: ReadonlyMap<string, readonly PicturePrincipal[]>;
  /**
   * Maps the id of a principal to those statements in its identity policies that have a pattern as resource, such as `key/*`. Statements
   * that name keys are stored with those keys.
   */
  readonly identityPatterns: ReadonlyMap<string, readonly PolicyStatement[]>;
  /**
   * Maps the id of a principal to those statements in its identity policies that require an alias. They are also stored with each of the
   * program's keys that has the alias; this index serves keys outside the program, because not all of their aliases are known.
   */
  readonly identityByAlias: ReadonlyMap<string, readonly PolicyStatement[]>;
}

export interface PictureKey {
  /** Unique: `security/key/orders`, `security/replicaKey/orders/us-east-1`; for a referred key, its ARN. */
  readonly id: string;
  /** `referred`: a key outside the program, known by its ARN only, without its policy. */
  readonly kind: 'key' | 'replicaKey' | 'referred';
  /** The name under `keys`; for a referred key, the ARN. */
  readonly name: string;
  /** The stack that creates the key. */
  readonly stack?: string;
  readonly arn: Value;
  readonly partition: Value;
  readonly region: Value;
  readonly account: Value;
  /** Absent for a referred key. */
  readonly traits?: KeyTraits;
  /** The names of the aliases that the program gives the key: `alias/orders`. A key outside the program may have more. */
  readonly aliases: readonly string[];
  readonly tags: ReadonlyMap<string, Value>;
  /** The key policy; absent for a referred key. */
  readonly policy?: readonly PolicyStatement[];
  readonly grants: readonly PictureGrant[];
  /**
   * Maps the id of a principal to those statements in its identity policies that name this key by ARN or by alias. A statement that names
   * several keys is split, one part per key.
   */
  readonly identity: ReadonlyMap<string, readonly PolicyStatement[]>;
  readonly source?: Provenance;
}

export interface KeyTraits {
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly multiRegion: boolean;
  readonly enabled: boolean;
}

/** A principal that the program creates or names. */
export interface PicturePrincipal {
  /** Unique, and the same however the principal is named: `role 111122223333 KeyAdmin`. */
  readonly id: string;
  /** The name for people: `security.ordersApi`, or the ARN, account, host or organization. */
  readonly name: string;
  /** The name in the YAML, such as `keyAdmins`, if this is an existing role or user and the program attaches a policy to it. */
  readonly label?: string;
  /** The principal as the caller of a request. */
  readonly principal: Principal;
  /** The stack and resource that create the principal; if present, every policy attached to the principal is in the picture. */
  readonly created?: { readonly stack: string; readonly resource: string };
  /** The tags of a role or user that the program creates; absent if the sessions of a role can have tags of their own. */
  readonly tags?: ReadonlyMap<string, Value>;
  /** Who can assume a role that the program creates. */
  readonly trust?: readonly TrustStatement[];
  /** Whether a federated identity can assume the role; absent if unknown. */
  readonly federated?: boolean;
  /** The place in the YAML that creates the principal or first names it. */
  readonly source?: Provenance;
}

/** A reference to a statement or KMS grant, for answers to point to. */
export interface StatementRef {
  readonly kind: 'keyPolicy' | 'identityPolicy' | 'kmsGrant';
  /** The id of the key, or of the principal the policy is attached to. */
  readonly owner: string;
  /** The statement's index in its document, from 0; for a KMS grant, 0. */
  readonly index: number;
  readonly sid?: string;
  /** The name of an identity policy or of a KMS grant. */
  readonly name?: string;
  readonly effect: 'Allow' | 'Deny';
  /** The line in the YAML, and the standard or service it came through. */
  readonly source: Provenance;
}

/** A statement of a role's trust policy, which lets principals assume the role. */
export interface TrustStatement extends Pick<PolicyStatement, 'conditions'> {
  readonly principals: readonly NamedPrincipal[];
  /** Whether a principal can pass tags for the session, such as the subject of a certificate. */
  readonly bringsTags: boolean;
  /** Whether a principal can pass a source identity for the session. */
  readonly bringsSourceIdentity: boolean;
  readonly source: Provenance;
}

/** A statement of a policy with its references resolved. */
export interface PolicyStatement {
  readonly ref: StatementRef;
  readonly effect: 'Allow' | 'Deny';
  readonly principals?: readonly NamedPrincipal[];
  readonly notPrincipals?: readonly NamedPrincipal[];
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly Value[];
  readonly notResources?: readonly Value[];
  readonly conditions: readonly PolicyCondition[];
}

export interface PolicyCondition {
  /** As written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Value[];
}

/** A principal as a policy names it. `account`: the account root, or every principal in the account that the account's own policies allow. */
export type NamedPrincipal =
  | Extract<Principal, { kind: 'account' | 'role' | 'user' | 'session' | 'federatedUser' | 'service' | 'anyone' }>
  | { readonly kind: 'federated'; readonly provider: Value }
  /** Any other text, such as a unique id or an ARN with a wildcard; it matches nobody. */
  | { readonly kind: 'other'; readonly text: Value };

export interface PictureGrant {
  readonly ref: StatementRef;
  readonly name: string;
  readonly grantee: NamedPrincipal;
  readonly retiringPrincipal?: NamedPrincipal;
  /** `Decrypt`, `GenerateDataKey`, … */
  readonly operations: readonly string[];
  readonly encryptionContext?: {
    readonly match: 'equals' | 'subset';
    readonly pairs: readonly (readonly [string, string])[];
  };
}

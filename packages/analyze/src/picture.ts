import type { Provenance } from '@keywright/core/ir/policy';
import type { KeyOrigin, KeySpec, KeyUsage } from '@keywright/core/kms/key-specs';
import type { Principal } from './principal.ts';
import type { Value } from './value/value.ts';

/**
 * What a program says about access to keys, gathered from all its stacks: keys with their policies, principals with the
 * policies attached to them, KMS grants. Plain immutable data, made once by `buildPicture`; `decide` reads it.
 */
export interface Picture {
  readonly app: string;
  /** The keys that the program creates, in its order, then those that it only refers to. */
  readonly keys: readonly PictureKey[];
  /** Everyone whom the program creates or names, each once. */
  readonly principals: readonly PicturePrincipal[];
  readonly keysById: ReadonlyMap<string, PictureKey>;
  readonly principalsById: ReadonlyMap<string, PicturePrincipal>;
  /**
   * The roles and users of one name, by `role One`, where there are several and the deployment decides the account of some: they are one
   * principal if it puts them into one account.
   */
  readonly namesakes: ReadonlyMap<string, readonly PicturePrincipal[]>;
  /**
   * Statements of identity policies whose resource is a pattern, such as `key/*`, by the id of whom they are attached to.
   * Those that name keys are with the keys.
   */
  readonly identityPatterns: ReadonlyMap<string, readonly PolicyStatement[]>;
  /**
   * Those of them that ask for one of some aliases. The program's keys that have one have these statements with them; only for
   * somebody else's key, whose aliases are not all known, are they looked at one by one.
   */
  readonly identityByAlias: ReadonlyMap<string, readonly PolicyStatement[]>;
}

export interface PictureKey {
  /** Unique: `security/key/orders`, `security/replicaKey/orders/us-east-1`; of a key that is only referred to, its ARN. */
  readonly id: string;
  /** `referred`: somebody else's key, of which the program knows the ARN and nothing of its policy. */
  readonly kind: 'key' | 'replicaKey' | 'referred';
  /** Its name under `keys`; of a key that is only referred to, its ARN. */
  readonly name: string;
  /** The stack that creates it. */
  readonly stack?: string;
  readonly arn: Value;
  readonly partition: Value;
  readonly region: Value;
  readonly account: Value;
  /** Absent of a key that is only referred to. */
  readonly traits?: KeyTraits;
  /** The names of its aliases (`alias/orders`), those that the program creates. Of somebody else's key there may be more. */
  readonly aliases: readonly string[];
  readonly tags: ReadonlyMap<string, Value>;
  /** Its key policy; absent of a key that is only referred to. */
  readonly policy?: readonly PolicyStatement[];
  readonly grants: readonly PictureGrant[];
  /**
   * Statements of identity policies that name this key by its ARN or by an alias, by the id of whom they are attached to. Of
   * those that name several keys the resource is this one.
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

/** Someone whom the program creates or names. */
export interface PicturePrincipal {
  /** Unique and the same for all ways of naming one principal: `role 111122223333 KeyAdmin`. */
  readonly id: string;
  /** How people know it: `security.ordersApi`, or its ARN, account, host or organization. */
  readonly name: string;
  /** What the YAML calls a role or user that exists already, where the program attaches a policy to it: `keyAdmins`. */
  readonly label?: string;
  /** As a request names it. */
  readonly principal: Principal;
  /** The stack and resource that create it: then all policies attached to it are in the picture. */
  readonly created?: { readonly stack: string; readonly resource: string };
  /** The tags of a role or user that the program creates. */
  readonly tags?: ReadonlyMap<string, Value>;
  /** Whether a federated identity can assume the role; absent where that is not known. */
  readonly federated?: boolean;
  /** Where it is created or first named. */
  readonly source?: Provenance;
}

/** Where a statement or a KMS grant stands: what an answer points at. */
export interface StatementRef {
  readonly kind: 'keyPolicy' | 'identityPolicy' | 'kmsGrant';
  /** The id of the key, or of the principal whom the policy is attached to. */
  readonly owner: string;
  /** Which statement of its document, from 0; of a KMS grant, 0. */
  readonly index: number;
  readonly sid?: string;
  /** The name of an identity policy or of a KMS grant. */
  readonly name?: string;
  readonly effect: 'Allow' | 'Deny';
  /** The line of YAML, and what it came through. */
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
  /** As it is written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Value[];
}

/** Whom a statement names. */
export type NamedPrincipal =
  /** An account root or a bare account id: everyone in the account whom its own policies allow. */
  | { readonly kind: 'account'; readonly account: Value }
  | { readonly kind: 'role'; readonly account: Value; readonly name: Value; readonly arn: Value }
  | { readonly kind: 'user'; readonly account: Value; readonly name: Value; readonly arn: Value }
  | {
      readonly kind: 'session';
      readonly account: Value;
      readonly role: Value;
      readonly session: Value;
      readonly arn: Value;
    }
  | { readonly kind: 'federatedUser'; readonly account: Value; readonly name: Value; readonly arn: Value }
  | { readonly kind: 'service'; readonly host: Value }
  | { readonly kind: 'federated'; readonly provider: Value }
  | { readonly kind: 'anyone' }
  /** Text that is none of these, such as a unique id or an ARN with a wildcard, which names nobody. */
  | { readonly kind: 'other'; readonly text: Value };

/** A KMS grant. */
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

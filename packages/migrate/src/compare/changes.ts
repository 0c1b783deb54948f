/** The differences between two programs, as plain data in the order in which they are reported. */
import type { Provenance } from '@keywright/core/ir/policy';
import type { Resource } from '@keywright/core/ir/program';

/** A resource that changed. */
export interface Subject {
  /** Absent if the subject is outside the program. */
  readonly stack?: string;
  readonly environment?: string;
  readonly account?: string;
  readonly region?: string;
  readonly kind: Resource['kind'] | 'stack' | 'referredKey';
  /**
   * The name that people use within the stack, such as `orders`, `orders@prod-us` or `alias/orders`; for a key outside the program, its
   * ARN.
   */
  readonly name: string;
  readonly source?: Provenance;
}

/** A statement or grant that makes the difference. */
export interface Cause {
  readonly kind: 'keyPolicy' | 'identityPolicy' | 'kmsGrant' | 'trustPolicy';
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  /** The conditions in words. All of them have to hold. */
  readonly conditions: readonly string[];
  /** Where the statement or grant is written. A change that several spans cause has a source for each span. */
  readonly sources: readonly Provenance[];
}

/** One difference, with everything it affects. */
export type Change = KeyLoss | AccessChange | PropertyChange;

/** A key that can no longer be used, or that another key replaces. Reported first. */
export interface KeyLoss {
  readonly rank: 'loss';
  /**
   * `deleted`: the key's tool schedules its deletion. `forgotten`: the tool retains the key; Terraform does so only if `removed` says so.
   * `replaced`: the tool deletes or abandons the key and creates another. `redirected`: an alias points to another key, so everything that
   * uses the alias uses the other key. `disabled`: the key is disabled.
   */
  readonly what: 'deleted' | 'forgotten' | 'replaced' | 'redirected' | 'disabled';
  readonly subjects: readonly Subject[];
  /**
   * For a replaced key, the properties that cannot be changed; for a deleted key, `pendingWindow` in days; for an alias, the `key` that it
   * points to.
   */
  readonly details: readonly PropertyDifference[];
  /** Set if the second program lists the key under `removed`. */
  readonly declared?: true;
}

export interface PropertyDifference {
  readonly property: string;
  /** Absent if there was no value. */
  readonly before?: string;
  readonly after?: string;
}

/** To what extent somebody may do something. `outside`: only if a policy outside the program allows it too. */
export type Extent = 'never' | 'outside' | 'sometimes' | 'always';

export interface AccessChange {
  readonly rank: 'access';
  /**
   * `gains` and `loses`: access under wider or narrower conditions. `otherwise`: under conditions that are wider in part and narrower in
   * part. `denial`: access is the same as before, but a Deny came or went.
   */
  readonly what: 'gains' | 'loses' | 'otherwise' | 'denial';
  /** Principals as people name them, sorted; `everyone` includes all principals that are not named. */
  readonly principals: readonly string[];
  /** Actions such as `kms:Decrypt`, or `sts:AssumeRole` if the subjects are roles; sorted. */
  readonly actions: readonly string[];
  readonly subjects: readonly Subject[];
  readonly before: Extent;
  readonly after: Extent;
  /** The statements of the first program that no longer apply, and those of the second that did not apply before. */
  readonly gone: readonly Cause[];
  readonly came: readonly Cause[];
  /**
   * Set for a `denial` of requests without TLS only. The policies decide differently about these requests, but KMS accepts none of them.
   */
  readonly withoutTls?: true;
}

export interface PropertyChange extends PropertyDifference {
  readonly rank: 'property';
  /** `added` and `removed` are about whole resources, and have no property. */
  readonly what: 'added' | 'removed' | 'changed';
  readonly subjects: readonly Subject[];
}

/**
 * Whether a change loses a key that the second program does not list under `removed`: the key's tool deletes, abandons or replaces the key,
 * or an alias points to another key. A disabled key is not lost, since it can be enabled again.
 */
export function isKeyLoss(change: Change): boolean {
  return change.rank === 'loss' && change.declared !== true && change.what !== 'disabled';
}

/** Whether a change lets somebody do more than before. */
export function isWidening(change: Change): boolean {
  return change.rank === 'access' && (change.what === 'gains' || change.what === 'otherwise');
}

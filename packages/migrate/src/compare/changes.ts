/** The differences between two programs, as plain data in the order in which they are reported. */
import type { Provenance } from '@keywright/core/ir/policy';
import type { Resource } from '@keywright/core/ir/program';

/** What a change is about. */
export interface Subject {
  /** Absent if it lies outside the program. */
  readonly stack?: string;
  /** The name of the stack's environment. */
  readonly environment?: string;
  /** The stack's account, if known. */
  readonly account?: string;
  readonly region?: string;
  readonly kind: Resource['kind'] | 'stack' | 'referredKey';
  /** The name that people use in its stack: `orders`, `orders@prod-us`, `alias/orders`; for a key outside the program, its ARN. */
  readonly name: string;
  readonly source?: Provenance;
}

/** A statement or grant that makes the difference. */
export interface Cause {
  readonly kind: 'keyPolicy' | 'identityPolicy' | 'kmsGrant' | 'trustPolicy';
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  /** Its conditions in words, all of which have to hold. */
  readonly conditions: readonly string[];
  /** Where it is written: for a change at several spans, one for each of them. */
  readonly sources: readonly Provenance[];
}

/** One difference, with everything it affects. */
export type Change = KeyLoss | AccessChange | PropertyChange;

/** A key that can no longer be used, or is replaced by another one. Reported first. */
export interface KeyLoss {
  readonly rank: 'loss';
  /**
   * `deleted`: its tool schedules its deletion; `forgotten`: its tool retains it, Terraform only if `removed` says so;
   * `replaced`: the tool deletes or abandons it and creates another one; `redirected`: an alias points to another key,
   * and so does everything that uses it; `disabled`.
   */
  readonly what: 'deleted' | 'forgotten' | 'replaced' | 'redirected' | 'disabled';
  readonly subjects: readonly Subject[];
  /** For a replaced key, the properties that cannot be changed; for a deleted one, `pendingWindow` in days; for an alias, its `key`. */
  readonly details: readonly PropertyDifference[];
  /** Set if the second program lists it under `removed`. */
  readonly declared?: true;
}

export interface PropertyDifference {
  readonly property: string;
  /** Absent if there was no value. */
  readonly before?: string;
  readonly after?: string;
}

/** To what extent somebody may do something; `outside`: only if a policy outside the program allows it too. */
export type Extent = 'never' | 'outside' | 'sometimes' | 'always';

export interface AccessChange {
  readonly rank: 'access';
  /**
   * `gains` and `loses`; `otherwise`: under other conditions, some wider and some narrower; `denial`: nobody is allowed it before or after,
   * but a Deny came or went.
   */
  readonly what: 'gains' | 'loses' | 'otherwise' | 'denial';
  /** Principals as people name them, sorted; `everyone` includes all that are not named. */
  readonly principals: readonly string[];
  /** `kms:Decrypt`, sorted; `sts:AssumeRole` where the subjects are roles. */
  readonly actions: readonly string[];
  readonly subjects: readonly Subject[];
  readonly before: Extent;
  readonly after: Extent;
  /** The statements of the first program that no longer apply, and those of the second that did not apply before. */
  readonly gone: readonly Cause[];
  readonly came: readonly Cause[];
  /** Set for a `denial` that concerns only requests without TLS: the policies decide differently about them, and KMS accepts none. */
  readonly withoutTls?: true;
}

export interface PropertyChange extends PropertyDifference {
  readonly rank: 'property';
  /** `added` and `removed` concern whole resources, and have no property. */
  readonly what: 'added' | 'removed' | 'changed';
  readonly subjects: readonly Subject[];
}

/**
 * Whether a change loses a key without `removed` in the second program: its tool deletes, abandons or replaces it, or an alias points to
 * another one. A disabled key can be enabled again.
 */
export function isKeyLoss(change: Change): boolean {
  return change.rank === 'loss' && change.declared !== true && change.what !== 'disabled';
}

/** Whether a change lets somebody do more than before. */
export function isWidening(change: Change): boolean {
  return change.rank === 'access' && (change.what === 'gains' || change.what === 'otherwise');
}

/** What differs between two programs. Plain data, in the order in which it is reported. */
import type { Provenance } from '@keywright/core/ir/policy';
import type { Resource } from '@keywright/core/ir/program';

/** Something that a change is about. */
export interface Subject {
  /** Absent of what lies outside the program. */
  readonly stack?: string;
  /** The name of the stack's environment. */
  readonly environment?: string;
  /** Where the stack lives, where that is known. */
  readonly account?: string;
  readonly region?: string;
  readonly kind: Resource['kind'] | 'stack' | 'referredKey';
  /** As people call it in its stack: `orders`, `orders@prod-us`, `alias/orders`; of somebody else's key its ARN. */
  readonly name: string;
  readonly source?: Provenance;
}

/** A statement or grant that made a difference. */
export interface Cause {
  readonly kind: 'keyPolicy' | 'identityPolicy' | 'kmsGrant' | 'trustPolicy';
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  /** Its conditions in words; all have to hold. */
  readonly conditions: readonly string[];
  /** Where it stands: of a change in several places, in each of them. */
  readonly sources: readonly Provenance[];
}

/** One thing that differs, and everywhere that it does. */
export type Change = KeyLoss | AccessChange | PropertyChange;

/** A key that cannot be used any more, or would be taken for another one: the loudest. */
export interface KeyLoss {
  readonly rank: 'loss';
  /**
   * `deleted`: its tool schedules its deletion; `forgotten`: it stays, and nothing manages it; `replaced`: the tool deletes or leaves it and
   * makes another one; `redirected`: an alias stands for another key, so that whatever uses it does; `disabled`.
   */
  readonly what: 'deleted' | 'forgotten' | 'replaced' | 'redirected' | 'disabled';
  readonly subjects: readonly Subject[];
  /** Of a replaced key, what cannot be changed about it; of one that is to be deleted, `pendingWindow` in days; of an alias its `key`. */
  readonly details: readonly PropertyDifference[];
  /** The second program says under `removed` that it is meant to go. */
  readonly declared?: true;
}

export interface PropertyDifference {
  readonly property: string;
  /** Absent: there was none. */
  readonly before?: string;
  readonly after?: string;
}

/** How far somebody may do something: `outside` only where a policy that the program does not write allows it too. */
export type Extent = 'never' | 'outside' | 'sometimes' | 'always';

export interface AccessChange {
  readonly rank: 'access';
  /**
   * `gains` and `loses`; `otherwise`: under other conditions, some of them wider and some narrower; `denial`: nobody is allowed
   * it, before and after, but a Deny came or went.
   */
  readonly what: 'gains' | 'loses' | 'otherwise' | 'denial';
  /** As people call them, sorted; `everyone` stands for all others as well. */
  readonly principals: readonly string[];
  /** `kms:Decrypt`, sorted; `sts:AssumeRole` where the subjects are roles. */
  readonly actions: readonly string[];
  readonly subjects: readonly Subject[];
  readonly before: Extent;
  readonly after: Extent;
  /** Statements of the first program that do not apply any more, and those of the second that did not before. */
  readonly gone: readonly Cause[];
  readonly came: readonly Cause[];
  /** A `denial` that is about requests without TLS only: policies say something else of them, and KMS takes none. */
  readonly withoutTls?: true;
}

export interface PropertyChange extends PropertyDifference {
  readonly rank: 'property';
  /** `added` and `removed` are of whole resources, and have no property. */
  readonly what: 'added' | 'removed' | 'changed';
  readonly subjects: readonly Subject[];
}

/** Whether somebody can do more after a change than before. */
export function isWidening(change: Change): boolean {
  return change.rank === 'access' && (change.what === 'gains' || change.what === 'otherwise');
}

import type { Target } from '../emit/emitter.ts';
import type { Span } from '../source/span.ts';
import type { Deployment, Move } from './declared.ts';
import type { KnownAlias, KnownKey, KnownReplica, KnownResource, KnownStack } from './inventory.ts';

/** Something in the last build that is now missing from the YAML, without an entry that explains this. */
export type Lost = LostStack | LostKeys | LostKey | LostReplica | LostAlias | LostTarget;

/** Keys and replicas of a stack that is gone. */
export interface LostStack {
  readonly kind: 'stack';
  readonly known: KnownStack;
  readonly keys: readonly (KnownKey | KnownReplica)[];
}

/** Keys that a stack, which may have another name now, no longer has. */
export interface LostKeys {
  readonly kind: 'keys';
  readonly deployment: Deployment;
  readonly known: KnownStack;
  readonly keys: readonly KnownKey[];
}

/** A key that an entry of `moved` takes to a stack of another account or region. */
export interface LostKey {
  readonly kind: 'key';
  readonly known: KnownStack;
  readonly key: KnownKey;
  readonly move: Move;
}

/** A replica that a key no longer has. `stack` and `key`: the present names. */
export interface LostReplica {
  readonly kind: 'replica';
  readonly known: KnownStack;
  readonly replica: KnownReplica;
  readonly stack: string;
  readonly key: string;
  readonly span: Span;
}

/** An alias that a key no longer has. `stack` and `key`: the present names. */
export interface LostAlias {
  readonly kind: 'alias';
  readonly alias: KnownAlias;
  /** The alias's present name, if only the values in its written text have changed since the last build. */
  readonly now: string | undefined;
  readonly stack: string;
  readonly key: string;
  readonly span: Span;
}

/** A target that a stack is no longer generated for. */
export interface LostTarget {
  readonly kind: 'target';
  readonly known: KnownStack;
  readonly target: Target<unknown>;
}

export function keysIn(resources: readonly KnownResource[]): readonly (KnownKey | KnownReplica)[] {
  return resources.flatMap((one) => (one.kind === 'key' || one.kind === 'replicaKey' ? [one] : []));
}

import type { PictureKey, PicturePrincipal } from '../picture.ts';
import type { Principal } from '../principal.ts';
import type { Request } from '../request.ts';
import type { Value } from '../value/value.ts';

/**
 * A request's value for a condition key: its values (one for a single-valued key), `absent`, `ifPresent` with the value if the request has
 * the condition key at all, or `unknown`. A condition key that all requests of this kind have, with an unknown value, is present with a
 * symbolic value.
 */
export type ContextEntry = KnownEntry | { readonly ifPresent: Value } | 'unknown';

export type KnownEntry = readonly Value[] | 'absent';

export function isKnown(entry: ContextEntry): entry is KnownEntry {
  return entry === 'absent' || Array.isArray(entry);
}

/** A request with everything known about it, built once and read by all statements. */
export interface RequestFacts {
  readonly principal: Principal;
  /** The picture's entry for the principal; for a session, the entry for its role. */
  readonly known: PicturePrincipal | undefined;
  /** In lower case. */
  readonly action: string;
  /** `Decrypt` */
  readonly operation: string;
  readonly isAboutKey: boolean;
  readonly key: PictureKey;
  readonly encryptionContext: Request['encryptionContext'];
  readonly via: Request['via'];
  readonly beyond: 'unknown' | 'nothing';
  /** The value of a condition key; `key` is in lower case. */
  entry(key: string): ContextEntry;
}

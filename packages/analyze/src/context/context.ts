import type { PictureKey, PicturePrincipal } from '../picture.ts';
import type { Principal } from '../principal.ts';
import type { Request } from '../request.ts';
import type { Value } from '../value/value.ts';

/**
 * What is known about a condition key in a request. A known condition key has its values (one for a single-valued condition key) or is
 * `absent`. `ifPresent` is the value if the request has the condition key at all. `unknown`: nothing is known. If all requests of this kind
 * have the condition key, an unknown value is symbolic instead.
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

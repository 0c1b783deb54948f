import type { PictureKey, PicturePrincipal } from '../picture.ts';
import type { Principal } from '../principal.ts';
import type { Request } from '../request.ts';
import type { Value } from '../value/value.ts';

/**
 * What a request says of a condition key: its values (of a key with one value, a list of one), `absent`, or `unknown`. A value
 * that every such request has but nobody knows is known to be there: its text is symbolic.
 */
export type ContextEntry = readonly Value[] | 'absent' | 'unknown';

/** A request with all that is known of it, made once for all statements that are read for it. */
export interface RequestFacts {
  readonly principal: Principal;
  /** What the picture knows of the principal: of a session, of its role. */
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
  /** The entry of a condition key, named in lower case. */
  entry(key: string): ContextEntry;
}

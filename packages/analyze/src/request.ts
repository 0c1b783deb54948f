import type { PictureKey } from './picture.ts';
import type { Principal } from './principal.ts';
import type { Value } from './value/value.ts';

/** What is asked: may this principal do this with this key? */
export interface Request {
  readonly principal: Principal;
  /** `kms:Decrypt`. */
  readonly action: string;
  readonly key: PictureKey;
  /**
   * Condition keys of the request, in any case: their value or values; `null`, known to be absent. A key that is missing here
   * is derived where AWS documents how (`aws:PrincipalArn`, `kms:KeySpec`, …) and otherwise not known.
   */
  readonly context?: Readonly<Record<string, Value | readonly Value[] | null>>;
  /** The encryption context of the request, `{}` for none. Absent: not known. */
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** The AWS service through which the principal makes the request (`s3`, or its whole `kms:ViaService`); `null`: none. Absent: not known. */
  readonly via?: string | null;
  /**
   * What to think of policies and memberships that are not in the picture: a role that exists already may have policies of its own,
   * somebody else's key has a policy. `unknown`, the default: the answer depends on them. `nothing`: as if there were none.
   */
  readonly beyond?: 'unknown' | 'nothing';
}

import type { PictureKey } from './picture.ts';
import type { Principal } from './principal.ts';
import type { Value } from './value/value.ts';

/** The question: may this principal perform this operation on this key? */
export interface Request {
  readonly principal: Principal;
  /** `kms:Decrypt`. */
  readonly action: string;
  readonly key: PictureKey;
  /**
   * Condition keys of the request, in upper or lower case, with their value or values; `null` if known to be absent. Condition keys that
   * are not listed are derived where AWS documents how (`aws:PrincipalArn`, `kms:KeySpec`, …) and are unknown otherwise.
   */
  readonly context?: Readonly<Record<string, Value | readonly Value[] | null>>;
  /** The encryption context of the request, `{}` for none. Absent: unknown. */
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** The AWS service through which the principal makes the request (`s3`, or its whole `kms:ViaService`); `null`: none. Absent: unknown. */
  readonly via?: string | null;
  /**
   * How to treat policies and memberships outside the picture, such as other policies of an existing role, or the policy of a key outside
   * the program. With `unknown`, the default, the answer depends on such policies and memberships. With `nothing`, there are none.
   */
  readonly beyond?: 'unknown' | 'nothing';
}

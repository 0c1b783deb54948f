import type { Value } from './value/value.ts';

/** Who makes a request. Where it stands for several (`account`, `group`, …) it is one of them, nobody knows which. */
export type Principal =
  /** Some session of a role; its name is not known. A role acts only through sessions. */
  | { readonly kind: 'role'; readonly account: Value; readonly name: Value; readonly arn: Value }
  /** One session of a role: `arn:aws:sts::…:assumed-role/App/i-1`. */
  | {
      readonly kind: 'session';
      readonly account: Value;
      readonly role: Value;
      readonly session: Value;
      readonly arn: Value;
    }
  | { readonly kind: 'user'; readonly account: Value; readonly name: Value; readonly arn: Value }
  /** A session of GetFederationToken. */
  | { readonly kind: 'federatedUser'; readonly account: Value; readonly name: Value; readonly arn: Value }
  /** The root user of an account. */
  | { readonly kind: 'root'; readonly account: Value; readonly arn: Value }
  /** An AWS service that acts for itself, not on behalf of a caller. */
  | { readonly kind: 'service'; readonly host: Value }
  /** Some user who is a member of the group. */
  | { readonly kind: 'group'; readonly account: Value; readonly name: Value }
  /** Some role or user of the account. */
  | { readonly kind: 'account'; readonly account: Value }
  /** Some role or user of an account of the organization. */
  | { readonly kind: 'organization'; readonly id: string }
  /** Some role or user of an account in the organizational unit or below it; its path is `o-…/r-…/ou-…`. */
  | { readonly kind: 'orgUnit'; readonly path: string }
  /** Some role or user of some account. */
  | { readonly kind: 'anyone' };

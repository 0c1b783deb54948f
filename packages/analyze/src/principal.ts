import type { Value } from './value/value.ts';

/** The caller of a request. A kind that covers several principals (`account`, `group`, …) means one of them, without saying which. */
export type Principal =
  /** A session of a role, with an unknown name. A role acts only through sessions. */
  | { readonly kind: 'role'; readonly account: Value; readonly name: Value; readonly arn: Value }
  /** A particular session of a role: `arn:aws:sts::…:assumed-role/App/i-1`. */
  | {
      readonly kind: 'session';
      readonly account: Value;
      readonly role: Value;
      readonly session: Value;
      readonly arn: Value;
    }
  | { readonly kind: 'user'; readonly account: Value; readonly name: Value; readonly arn: Value }
  /** A GetFederationToken session. */
  | { readonly kind: 'federatedUser'; readonly account: Value; readonly name: Value; readonly arn: Value }
  /** The root user of an account. */
  | { readonly kind: 'root'; readonly account: Value; readonly arn: Value }
  /** An AWS service that acts for itself, not on behalf of a caller. */
  | { readonly kind: 'service'; readonly host: Value }
  /** A user who belongs to the group. */
  | { readonly kind: 'group'; readonly account: Value; readonly name: Value }
  /** A role or user of the account. */
  | { readonly kind: 'account'; readonly account: Value }
  /** A role or user of an account in the organization. */
  | { readonly kind: 'organization'; readonly id: string }
  /** A role or user of an account in the organizational unit or below it; its path is `o-…/r-…/ou-…`. */
  | { readonly kind: 'orgUnit'; readonly path: string }
  /** A role or user of any account. */
  | { readonly kind: 'anyone' };

/** Whether a principal is a set of principals (an account, an organization, everyone); the caller is one member. */
export function isSetOfPrincipals({ kind }: Pick<Principal, 'kind'>): boolean {
  return kind === 'account' || kind === 'organization' || kind === 'orgUnit' || kind === 'anyone';
}

/** The name of the role that acts. */
export function roleOf(principal: Extract<Principal, { kind: 'role' | 'session' }>): Value {
  return principal.kind === 'role' ? principal.name : principal.role;
}

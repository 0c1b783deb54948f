import type { NamedPrincipal, TrustStatement } from '../picture.ts';

/**
 * The principals whose requests for a role have a source identity only if the trust policy allows `sts:SetSourceIdentity`. Otherwise, a
 * request with a source identity fails. A role that assumes another role needs this permission even to pass on a source identity. Source:
 * IAM User Guide, "Monitor and control actions taken with assumed roles", "Permissions required to set source identity".
 */
const needsTrust: readonly NamedPrincipal['kind'][] = ['service', 'federated', 'role', 'session'];

/** Whether a principal that a statement of a trust policy names may give the session a source identity. */
export function maySetSourceIdentity(
  { kind }: NamedPrincipal,
  { bringsSourceIdentity }: Pick<TrustStatement, 'bringsSourceIdentity'>,
): boolean {
  return bringsSourceIdentity || !needsTrust.includes(kind);
}

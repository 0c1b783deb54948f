import type { Principal } from './principal.ts';
import { shown } from './value/value.ts';

/**
 * The identity of a principal: for a role, its account and name, since the path does not distinguish roles in IAM. A
 * session has the identity of its role.
 */
export function principalId(principal: Principal): string {
  switch (principal.kind) {
    case 'role':
    case 'user':
    case 'group':
    case 'federatedUser':
      return `${principal.kind} ${shown(principal.account)} ${shown(principal.name)}`;
    case 'session':
      return `role ${shown(principal.account)} ${shown(principal.role)}`;
    case 'root':
    case 'account':
      return `${principal.kind} ${shown(principal.account)}`;
    case 'service':
      return `service ${shown(principal.host)}`;
    case 'organization':
      return `organization ${principal.id}`;
    case 'orgUnit':
      return `orgUnit ${principal.path}`;
    case 'anyone':
      return 'anyone';
  }
}

/** The id under which a picture lists a principal: a session is listed apart from its role, although it has the policies of the role. */
export function listedId(principal: Principal): string {
  return principal.kind === 'session' ? `session ${shown(principal.arn)}` : principalId(principal);
}

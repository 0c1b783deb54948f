/** The account of a principal, and the principal's name for people. An unknown account is named after its principal. */
import type { Principal } from './principal.ts';
import { joinValue, shown, unknownsOf, type Value } from './value/value.ts';

/** The principal's account; unknown for a principal of an organization. */
export function accountOf(principal: Exclude<Principal, { kind: 'service' }>): Value {
  switch (principal.kind) {
    case 'organization':
    case 'orgUnit':
    case 'anyone':
      return joinValue([{ unknown: 'account', of: describePrincipal(principal) }]);
    default:
      return principal.account;
  }
}

export function describePrincipal(principal: Principal): string {
  switch (principal.kind) {
    case 'role':
    case 'user':
      // Existing principals may be known by name only, without their path.
      return unknownsOf(principal.arn).some(({ unknown }) => unknown === 'path')
        ? `${principal.kind} ${shown(principal.name)} of account ${shown(principal.account)}`
        : shown(principal.arn);
    case 'session':
    case 'federatedUser':
      return shown(principal.arn);
    case 'root':
      return `the root user of account ${shown(principal.account)}`;
    case 'service':
      return shown(principal.host);
    case 'group':
      return `a member of the group ${shown(principal.name)} of account ${shown(principal.account)}`;
    case 'account':
      return `someone in account ${shown(principal.account)}`;
    case 'organization':
      return `someone in organization ${principal.id}`;
    case 'orgUnit':
      return `someone in ${principal.path}`;
    case 'anyone':
      return 'someone';
  }
}

import { isServiceLinkedRole } from '@keywright/core/kms/service-linked-role';
import type { NamedPrincipal, PictureKey } from '../../picture.ts';
import type { Principal } from '../../principal.ts';
import { equals } from '../../value/compare.ts';
import { shown } from '../../value/value.ts';

/** Whether a principal is the root of the key's own account, which delegates to the account's policies. */
export function isOwnRoot(named: NamedPrincipal, { account }: PictureKey): boolean {
  return named.kind === 'account' && equals(named.account, account) === true;
}

/** Whether a principal is known to belong to a different account from the key. */
export function isOfAnotherAccount(principal: Principal, key: PictureKey): boolean {
  return 'account' in principal && equals(principal.account, key.account) === false;
}

/** Whether a principal is a service-linked role, which only its AWS service can assume. */
export function isLinkedRole(named: NamedPrincipal): boolean {
  return named.kind === 'role' && isServiceLinkedRole(shown(named.arn));
}

import type { NamedPrincipal, PictureKey } from '../../picture.ts';
import { equals } from '../../value/compare.ts';

/** Whether a principal is the root of the key's own account, which delegates to the account's policies. */
export function isOwnRoot(named: NamedPrincipal, { account }: PictureKey): boolean {
  return named.kind === 'account' && equals(named.account, account) === true;
}

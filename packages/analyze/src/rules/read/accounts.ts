import type { NamedPrincipal, PictureKey } from '../../picture.ts';
import { equals } from '../../value/compare.ts';

/** Whether someone is the root of the key's own account, which stands for whoever the account's policies allow. */
export function isOwnRoot(named: NamedPrincipal, { account }: PictureKey): boolean {
  return named.kind === 'account' && equals(named.account, account) === true;
}

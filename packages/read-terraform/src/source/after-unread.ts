import type { OnlyTerraform } from './resource.ts';
import { isRead } from './types.ts';

/** Returns the addresses in a `depends_on` that have an effect only in Terraform, because their resources are not read. */
export function afterUnread(addresses: readonly string[]): readonly OnlyTerraform[] {
  const others = addresses.filter((address) => !isRead(address.split('.')[0] ?? ''));
  return others.length === 0 ? [] : [{ part: `depends_on = [${others.join(', ')}]`, effect: 'orders' }];
}

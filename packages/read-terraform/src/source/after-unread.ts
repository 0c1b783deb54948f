import type { OnlyTerraform } from './resource.ts';
import { isRead } from './types.ts';

/** The addresses in a `depends_on` that only Terraform follows, because the resources there are not read. */
export function afterUnread(addresses: readonly string[]): readonly OnlyTerraform[] {
  const others = addresses.filter((address) => !isRead(address.split('.')[0] ?? ''));
  return others.length === 0 ? [] : [{ part: `depends_on = [${others.join(', ')}]`, effect: 'orders' }];
}

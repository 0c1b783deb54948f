import type { KeyModel } from '../resolve/model.ts';

/**
 * What happens to a key that leaves its stack. A replica inherits the removal of its primary unless the replica or its standards set a
 * `removal` of their own, which KW3017 checks.
 */
export function removalOf(key: KeyModel): 'retain' | 'destroy' {
  const removal = key.properties.removal?.value;
  return removal ?? (key.primary === undefined ? 'retain' : removalOf(key.primary));
}

import type { KeyModel } from '../resolve/model.ts';

/**
 * What happens to a key that leaves its stack. A replica inherits its primary's removal unless it or its standards set
 * one, which KW3017 checks.
 */
export function removalOf(key: KeyModel): 'retain' | 'destroy' {
  const removal = key.properties.removal?.value;
  return removal ?? (key.primary === undefined ? 'retain' : removalOf(key.primary));
}

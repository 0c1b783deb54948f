import type { PicturePrincipal } from '@keywright/analyze/picture';

/** What people call a principal of the picture. */
export function nameOfPrincipal({ name, label }: PicturePrincipal): string {
  return label ?? name;
}

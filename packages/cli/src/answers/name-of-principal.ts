import type { PicturePrincipal } from '@keywright/analyze/picture';

export function nameOfPrincipal({ name, label }: PicturePrincipal): string {
  return label ?? name;
}

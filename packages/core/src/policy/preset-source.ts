import type { Provenance } from '../ir/policy.ts';

/** The `through` of a statement that belongs to a service preset. */
export function throughPreset(name: string): string {
  return `service ${name}`;
}

/** Whether something comes from a service preset. */
export function isOfPreset({ through }: Pick<Provenance, 'through'>): boolean {
  return through?.startsWith(throughPreset('')) === true;
}

import type { Provenance } from '../ir/policy.ts';

/** The `through` of a statement that comes from a service preset. */
export function throughPreset(name: string): string {
  return `service ${name}`;
}

/** Whether something comes from service presets alone. A merged statement can also allow what the YAML adds to a preset. */
export function isOfPreset({ through, also = [] }: Pick<Provenance, 'through' | 'also'>): boolean {
  return [{ through }, ...also].every((origin) => origin.through?.startsWith(throughPreset('')) === true);
}

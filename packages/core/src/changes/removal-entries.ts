import type { KnownKey } from './inventory.ts';

/** Entries of `removed` about the same keys: one for each `removal` that these had. */
export function entriesFor(what: string, keys: Iterable<Pick<KnownKey, 'removal'>>): string {
  const removals = new Set([...keys].map(({ removal }) => removal));
  const entries = (['retain', 'destroy'] as const)
    .filter((one) => removals.has(one))
    .map((one) => `{ ${what}, then: ${one} }`);
  return entries.join(', ');
}

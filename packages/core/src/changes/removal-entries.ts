import type { KnownKey } from './inventory.ts';

/** The text of entries of `removed` about the same keys, one entry for each `removal` that the keys had. */
export function entriesFor(what: string, keys: Iterable<Pick<KnownKey, 'removal'>>): string {
  const removals = new Set([...keys].map(({ removal }) => removal));
  const entries = (['retain', 'destroy'] as const)
    .filter((one) => removals.has(one))
    .map((one) => `{ ${what}, then: ${one} }`);
  return entries.join(', ');
}

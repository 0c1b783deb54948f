import { matchesWildcards } from '../collections/wildcards.ts';

/** Whether a text matches a pattern with `*` for any characters. */
export function isLike(text: string, pattern: string): boolean {
  return matchesWildcards(
    pattern,
    text,
    (symbol) => symbol === '*',
    (symbol, character) => symbol === character,
  );
}

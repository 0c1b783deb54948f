import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a word was probably meant to be; undefined when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  if (all.length === 0) return undefined;
  const lower = word.toLowerCase();
  const same = all.find((candidate) => candidate.toLowerCase() === lower);
  if (same !== undefined) return same;
  const best = closest(word, all);
  return distance(word, best) <= Math.max(1, Math.floor(Math.max(word.length, best.length) / 3)) ? best : undefined;
}

/** What to do about an unknown word: the suggestion, or the words there are when they are few. */
export function insteadOf(word: string, candidates: Iterable<string>, kind: string): string {
  const all = [...candidates].sort();
  const near = nearest(word, all);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (all.length === 0) return `there is no ${kind} yet`;
  if (all.length <= 12) return `there is ${all.map((candidate) => `\`${candidate}\``).join(', ')}`;
  return `define a ${kind} of this name, or use one of the ${all.length} that there are`;
}

import { distance } from 'fastest-levenshtein';

/** Nobody writes such a word by a slip, and to compare it takes time. */
const longest = 100;

/**
 * The candidate that a word was probably meant to be; undefined when none is near: by default when more than a third of the letters
 * differ. Of several the first by code unit.
 */
export function nearest(word: string, candidates: Iterable<string>, atMost?: number): string | undefined {
  if (word.length > longest) return undefined;
  const lower = word.toLowerCase();
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const length = Math.max(word.length, candidate.length);
    const most = atMost ?? Math.max(1, Math.floor(length / 3));
    // Words differ at least by what one is longer, which is cheaper to find out.
    if (Math.abs(word.length - candidate.length) > most) continue;
    const found = candidate.toLowerCase() === lower ? 0 : distance(word, candidate);
    if (found > most) continue;
    const isBetter =
      best === undefined || found < best.distance || (found === best.distance && candidate < best.candidate);
    if (isBetter) best = { candidate, distance: found };
  }
  return best?.candidate;
}

/** From how many words on only likely ones are compared, and from how many on none. */
const many = 1000;
const tooMany = 3000;

/**
 * The candidates to compare a word with. To compare thousands of names with thousands takes long, so that of many only those
 * count that a single slip could make of the word: they start or end alike.
 */
function likelyOnes(word: string, all: readonly string[]): readonly string[] {
  if (all.length <= many) return all;
  if (all.length > tooMany) return [];
  const half = Math.ceil(word.length / 2);
  const start = word.slice(0, half);
  const end = word.slice(-half);
  return all.filter(
    (candidate) =>
      Math.abs(candidate.length - word.length) <= 2 && (candidate.startsWith(start) || candidate.endsWith(end)),
  );
}

/** What to do about an unknown word: the suggestion, or the words there are when they are few. */
export function insteadOf(word: string, candidates: Iterable<string>, kind: string): string {
  const all = [...candidates];
  const near = nearest(word, likelyOnes(word, all));
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (all.length === 0) return `there is no ${kind} yet`;
  if (all.length > 12) return `define a ${kind} with this name, or use one of the ${all.length} that exist`;
  const listed = all.sort().map((candidate) => `\`${candidate}\``);
  return listed.length === 1 ? `the only one is ${listed[0]}` : `choose one of ${listed.join(', ')}`;
}

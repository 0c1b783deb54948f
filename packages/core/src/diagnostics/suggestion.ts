import { distance } from 'fastest-levenshtein';

/** Nobody writes such a word by a slip, and to compare it takes time. */
const longest = 100;

/** The candidate that a word was probably meant to be; undefined when none is near. Of several the first by code unit. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined;
  const lower = word.toLowerCase();
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const length = Math.max(word.length, candidate.length);
    const most = Math.max(1, Math.floor(length / 3));
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

/** What to do about an unknown word: the suggestion, or the words there are when they are few. */
export function insteadOf(word: string, candidates: Iterable<string>, kind: string): string {
  const all = [...candidates];
  // Hardly anyone gets the first letter wrong, and to compare thousands of names with thousands takes long.
  const likely = all.length > 1000 ? all.filter((candidate) => candidate[0] === word[0]) : all;
  const near = nearest(word, likely);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (all.length === 0) return `there is no ${kind} yet`;
  if (all.length > 12) return `define a ${kind} of this name, or use one of the ${all.length} that there are`;
  const listed = all.sort().map((candidate) => `\`${candidate}\``);
  return `there is ${listed.join(', ')}`;
}

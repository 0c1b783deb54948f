import { distance } from 'fastest-levenshtein';

/** The longest word considered: nobody misspells a longer one, and comparing it is slow. */
const longest = 100;

/**
 * The candidate that a word was probably meant to be; `undefined` if none is near. A candidate is near if at most `atMost` letters differ,
 * by default a third of the letters. Ties are broken by code unit.
 */
export function nearest(word: string, candidates: Iterable<string>, atMost?: number): string | undefined {
  if (word.length > longest) return undefined;
  const lower = word.toLowerCase();
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const length = Math.max(word.length, candidate.length);
    const most = atMost ?? Math.max(1, Math.floor(length / 3));
    // Words differ by at least the difference of their lengths, which is cheaper to compute.
    if (Math.abs(word.length - candidate.length) > most) continue;
    const edits = candidate.toLowerCase() === lower ? 0 : distance(word, candidate);
    if (edits > most) continue;
    const isBetter =
      best === undefined || edits < best.distance || (edits === best.distance && candidate < best.candidate);
    if (isBetter) best = { candidate, distance: edits };
  }
  return best?.candidate;
}

/** In a list of more than `many` words, only likely words are compared; in a list of more than `tooMany`, none are. */
const many = 1000;
const tooMany = 3000;

/**
 * The candidates to compare a word with. Comparing thousands of names with thousands is slow. So a long list is reduced to candidates that
 * start or end like the word, since a single slip leaves the start or the end of a word intact.
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

const sections: Readonly<Record<string, string>> = {
  account: '`accounts`',
  environment: '`environments` or `accounts`',
  import: '`imports` of the stack',
  key: '`keys` of the stack',
  'key set': '`keySets`',
  principal: '`principals`',
  stack: '`stacks`',
  standard: '`standards`',
};

/** The help for an unknown word: the nearest word, the accepted words if there are few, or where to define the first. */
export function insteadOf(word: string, candidates: Iterable<string>, kind: string): string {
  const all = [...candidates];
  const near = nearest(word, likelyOnes(word, all));
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (all.length === 0)
    return sections[kind] === undefined ? `no ${kind} exists yet` : `define it under ${sections[kind]}`;
  if (all.length > 12)
    return `${ofAws.has(kind) ? '' : 'define one with this name, or '}use one of the ${all.length} that exist`;
  const listed = all.sort().map((candidate) => `\`${candidate}\``);
  return listed.length === 1 ? `the only one is ${listed[0]}` : `choose one of ${listed.join(', ')}`;
}

/** Kinds of things that users cannot define, so that a message never says to define one. */
const ofAws: ReadonlySet<string> = new Set(['attribute', 'capability', 'partition', 'service', 'target']);

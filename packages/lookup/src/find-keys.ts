import type { LookupQuery } from '@keywright/core/context/context';
import { type Answer, askPlace, type Listing, type PlaceQuestions } from './ask-place.ts';
import { inParallel } from './in-parallel.ts';
import type { OpenPlace } from './open-place.ts';

/**
 * From this number of aliases on, the aliases are listed. DescribeKey has to be called for each key in any case, so listing saves calls
 * only if aliases share a key or do not exist. A page of 100 costs one call, which is at most a tenth of the calls from this number on.
 */
export const listedFrom = 10;

/** Far below KMS's quotas, which the whole account shares. Source: AWS KMS Developer Guide, "Request quotas". */
const callsAtATime = 5;

/**
 * Asks a place for the keys of aliases, with few calls. Few aliases take one DescribeKey each; many aliases take ListAliases, and one
 * DescribeKey for each key. If the permission for one way is missing, the other way is tried.
 *
 * The aliases of AWS managed keys are always listed, since DescribeKey on such an alias creates its key if there is none yet. Source: AWS
 * KMS API Reference, DescribeKey, KeyId.
 *
 * @param onAnswer called once for each query, as soon as the query has an answer
 */
export async function findKeys(
  opened: OpenPlace,
  queries: readonly LookupQuery[],
  onAnswer: () => void,
): Promise<readonly (readonly [LookupQuery, Answer])[]> {
  const questions = askPlace(opened);
  const answers = new Map<LookupQuery, Answer>();
  const denials = new Map<LookupQuery, Answer>();

  /** Keeps final answers. Queries that were denied are asked again in the other way. */
  const ask = (group: readonly LookupQuery[], how: (query: LookupQuery) => Promise<Answer | undefined>) =>
    inParallel(group, callsAtATime, async (query) => {
      const answer = await how(query);
      if (answer?.kind === 'denied') denials.set(query, answer);
      else if (answer !== undefined) settle(query, answer);
    });
  const settle = (query: LookupQuery, answer: Answer) => {
    answers.set(query, answer);
    onAnswer();
  };
  const open = () => queries.filter((query) => !answers.has(query));

  const mustList = queries.some(isOfManagedKey);
  let listing: Listing | undefined;
  if (mustList || queries.length >= listedFrom) {
    // More pages than aliases would cost more calls than asking for each alias.
    const first = await questions.list(aliasesOf(queries), mustList ? undefined : queries.length);
    await ask(queries, (query) => askByListing(questions, first, query));
    listing = first;
  }
  const safeToDescribe = (query: LookupQuery) => !isOfManagedKey(query) || hasKey(listing, query);
  await ask(open().filter(safeToDescribe), questions.describeAlias);
  if (listing === undefined && open().length > 0) {
    const late = await questions.list(aliasesOf(open()));
    // If listing is refused too, the earlier refusals are more informative.
    if (late.kind === 'listed') await ask(open(), (query) => askByListing(questions, late, query));
  }
  return queries.map((query) => {
    const answer = answers.get(query);
    if (answer !== undefined) return [query, answer];
    onAnswer();
    // Each query without an answer has been denied at least once.
    return [query, denials.get(query) ?? { kind: 'failed' }];
  });
}

/**
 * Returns `undefined` if the listing is inconclusive: it stopped early, it was refused while describing may be allowed, or it names a
 * missing key (as moto does for AWS managed keys).
 */
async function askByListing(
  questions: PlaceQuestions,
  listing: Listing,
  query: LookupQuery,
): Promise<Answer | undefined> {
  if (listing.kind === 'failed') {
    const { answer } = listing;
    return answer.kind === 'failed' || isOfManagedKey(query) ? answer : undefined;
  }
  const keyId = listing.keyIds.get(query.alias);
  if (keyId !== undefined) {
    const answer = await questions.describeKey(keyId);
    return answer.kind === 'missing' ? undefined : answer;
  }
  if (listing.keyIds.has(query.alias)) return { kind: 'withoutKey' };
  return listing.complete ? { kind: 'missing' } : undefined;
}

function hasKey(listing: Listing | undefined, { alias }: LookupQuery): boolean {
  return listing?.kind === 'listed' && listing.keyIds.get(alias) !== undefined;
}

function isOfManagedKey({ alias }: LookupQuery): boolean {
  return alias.startsWith('alias/aws/');
}

function aliasesOf(queries: readonly LookupQuery[]): ReadonlySet<string> {
  return new Set(queries.map(({ alias }) => alias));
}

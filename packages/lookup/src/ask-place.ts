import type { LookupQuery } from '@keywright/core/context/context';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { KeyFacts } from './clients.ts';
import { answerElsewhere } from './diagnostics.ts';
import { explainFailure } from './explain-failure.ts';
import { type Failure, understandFailure } from './failure.ts';
import type { OpenPlace } from './open-place.ts';

/** A place's answer about an alias. */
export type Answer =
  | { readonly kind: 'key'; readonly facts: KeyFacts }
  | { readonly kind: 'missing' }
  | { readonly kind: 'withoutKey' }
  /** Refused for this key in this call. Another call may be allowed. */
  | { readonly kind: 'denied'; readonly diagnostic: Diagnostic }
  /** Unusable for this key in every call. */
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }
  /** The place cannot be asked. There is no diagnostic if the user interrupted the lookup. */
  | { readonly kind: 'failed'; readonly diagnostic?: Diagnostic };

export type Listing =
  | {
      readonly kind: 'listed';
      /** The requested aliases that exist; `undefined` for an alias without a key. */
      readonly keyIds: ReadonlyMap<string, string | undefined>;
      /** Whether aliases that are not in `keyIds` certainly do not exist. */
      readonly complete: boolean;
    }
  | { readonly kind: 'failed'; readonly answer: Answer };

/**
 * Makes the calls to one place. After a failure that is not about a single key, makes no further call, and answers everything else with
 * that failure.
 */
export interface PlaceQuestions {
  describeAlias(query: LookupQuery): Promise<Answer>;
  /** Describes a key only once, however many aliases it has. */
  describeKey(keyId: string): Promise<Answer>;
  /**
   * Lists aliases until all requested ones have been seen. After `mostPages` pages, the listing is incomplete; after `longestList` pages,
   * it fails.
   */
  list(aliases: ReadonlySet<string>, mostPages?: number): Promise<Listing>;
}

/**
 * The largest number of pages, with a hundred aliases each. The limit is needed because the list of a faulty endpoint may never end. KMS
 * has a quota of 100,000 keys per account and region. Source: AWS KMS Developer Guide, "Resource quotas".
 */
const longestList = 1_000;
/** The maximum length of a marker, in characters. Source: AWS KMS API Reference, ListAliases, Marker. */
const longestMarker = 1024;

export function askPlace(opened: OpenPlace): PlaceQuestions {
  const { place, kms, whose, identity } = opened;
  const arnOf = (resource: string) => `arn:${place.partition}:kms:${place.region}:${place.account}:${resource}`;
  const described = new Map<string, Promise<Answer>>();
  let broken: Answer | undefined;

  const answerOf = (failure: Failure, action: string, on: string): Answer => {
    const diagnostic = explainFailure(failure, { place, action, on, whose, identity });
    if (diagnostic === undefined) return { kind: 'failed' };
    if (failure.kind === 'denied') return { kind: 'denied', diagnostic };
    if (failure.kind === 'other') return { kind: 'refused', diagnostic };
    return { kind: 'failed', diagnostic };
  };

  const describe = async (id: string, arn: string): Promise<Answer> => {
    if (broken !== undefined) return broken;
    try {
      const facts = await kms.describeKey(id);
      // An entry that contradicts its ARN would make the whole context file unreadable (KW5001).
      if (facts.arn === arnOf(`key/${facts.keyId}`)) return { kind: 'key', facts };
      return { kind: 'refused', diagnostic: report(answerElsewhere, undefined, { asked: arn, arn: facts.arn }) };
    } catch (error) {
      const failure = understandFailure(error);
      if (failure.kind === 'notFound') return { kind: 'missing' };
      const answer = answerOf(failure, 'kms:DescribeKey', arn);
      if (answer.kind === 'failed') broken = answer;
      return answer;
    }
  };

  return {
    describeAlias: ({ alias }) => describe(alias, arnOf(alias)),

    describeKey(keyId) {
      const answer = described.get(keyId) ?? describe(keyId, arnOf(`key/${keyId}`));
      described.set(keyId, answer);
      return answer;
    },

    async list(aliases, mostPages = Number.POSITIVE_INFINITY) {
      const keyIds = new Map<string, string | undefined>();
      const markers = new Set<string>();
      let marker: string | undefined;
      if (broken !== undefined) return { kind: 'failed', answer: broken };
      try {
        for (let pages = 0; pages < mostPages; pages += 1) {
          const page = await kms.listAliases(marker);
          for (const { name, keyId } of page.items) if (aliases.has(name)) keyIds.set(name, keyId);
          marker = page.marker;
          if (marker === undefined || keyIds.size === aliases.size) break;
          if (markers.has(marker)) throw new Error('the list of aliases repeats itself');
          if (marker.length > longestMarker) throw new Error(`a marker is longer than ${longestMarker} characters`);
          markers.add(marker);
          if (markers.size === longestList) throw new Error(`the list of aliases has more than ${longestList} pages`);
        }
      } catch (error) {
        const failure = understandFailure(error);
        const answer = answerOf(failure, 'kms:ListAliases', '*');
        if (answer.kind === 'failed') broken = answer;
        return { kind: 'failed', answer };
      }
      return { kind: 'listed', keyIds, complete: marker === undefined };
    },
  };
}

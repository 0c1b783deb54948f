import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Page } from '@keywright/lookup/clients';
import { explainFailure } from '@keywright/lookup/explain-failure';
import { type Failure, understandFailure } from '@keywright/lookup/failure';
import { inParallel } from '@keywright/lookup/in-parallel';
import type { OpenPlace } from '@keywright/lookup/open-place';
import type { KeyCalls } from './key-calls.ts';
import type { KeyAnswers, ReadList, RecordedAnswer, RecordedPage, RecordLine } from './key-record.ts';
import { isLeaving, rotates } from './key-states.ts';
import { noAnswers, type Records, withAnswer } from './read-records.ts';
import { createRequestRate, type KeyAction } from './request-rate.ts';

/**
 * The number of keys of a place that are asked about concurrently. If answers take 20 ms, this gives about two hundred requests per second.
 */
const keysAtATime = 5;

/**
 * The maximum number of pages of a list, since a faulty list may never end. KMS has a quota of 100,000 keys per account and region. Source:
 * "Resource quotas".
 */
const longestList = 2_000;

/** Thrown if the place no longer answers: further calls would fail in the same way. */
class PlaceFailed extends Error {
  readonly diagnostic: Diagnostic | undefined;

  constructor(diagnostic: Diagnostic | undefined) {
    super('the place does not answer');
    this.diagnostic = diagnostic;
  }
}

/** Thrown if KMS refuses to answer about one key. */
class KeyRefused extends Error {
  readonly diagnostic: Diagnostic;
  readonly failure: Failure;

  constructor(diagnostic: Diagnostic, failure: Failure) {
    super('the key is refused');
    this.diagnostic = diagnostic;
    this.failure = failure;
  }
}

/** Waits for its turn among all places, then makes a call. */
export type Turn = <T>(make: () => Promise<T>) => Promise<T>;

/**
 * Asks a place for all its keys with the fewest calls: ListKeys and ListAliases, then for each key DescribeKey, GetKeyPolicy,
 * ListResourceTags, ListGrants, and GetKeyRotationStatus if the key can rotate. Makes no calls for AWS managed keys, whose aliases start
 * with `alias/aws/`.
 *
 * @param records the answers of an earlier run, which are not requested again
 * @param onRecord called with each answer as it arrives
 * @returns the problems; some answers are missing unless the last line is `complete`
 */
export async function askKeys(
  opened: OpenPlace<KeyCalls>,
  records: Records,
  onRecord: (line: RecordLine) => void,
  turn: Turn,
): Promise<readonly Diagnostic[]> {
  const { kms } = opened;
  const diagnostics: Diagnostic[] = [];
  const call = callerOf(opened, turn);
  try {
    const keyIds = await restOf(
      records.keyIds,
      (marker) => call('kms:ListKeys', '*', () => kms.listKeys(marker)),
      (page) => onRecord({ keyIds: page }),
    );
    const aliases = await restOf(
      records.aliases,
      (marker) => call('kms:ListAliases', '*', () => kms.listAliases(marker)),
      (page) => onRecord({ aliases: page }),
    );
    const ofAws = new Set(
      aliases.flatMap(({ name, keyId }) => (name.startsWith('alias/aws/') && keyId ? [keyId] : [])),
    );
    const whole = new Set(records.records.map(({ record }) => record.metadata.keyId));
    const unreadIds = keyIds.filter((id) => !ofAws.has(id) && !whole.has(id));
    await inParallel(unreadIds, keysAtATime, async (keyId) => {
      const answers = records.answers.get(keyId) ?? noAnswers;
      if (answers.isGone) return;
      try {
        await askKey(keyId, answers, opened, call, (answer) => onRecord({ key: keyId, answer }));
      } catch (error) {
        if (!(error instanceof KeyRefused)) throw error;
        // Only a list from an earlier run can contain a key that has been deleted since.
        if (error.failure.kind === 'notFound' && records.keyIds.isWhole) onRecord({ key: keyId, gone: true });
        else diagnostics.push(error.diagnostic);
      }
    });
    if (diagnostics.length === 0) onRecord({ complete: { awsManagedKeys: ofAws.size } });
  } catch (error) {
    if (error instanceof KeyRefused) diagnostics.push(error.diagnostic);
    else if (!(error instanceof PlaceFailed)) throw error;
    else if (error.diagnostic !== undefined) diagnostics.push(error.diagnostic);
  }
  return diagnostics;
}

type Call = <T>(action: KeyAction, on: string, make: () => Promise<T>) => Promise<T>;

/**
 * Returns a function that makes calls, no more per second than KMS accepts. It turns each error into a `PlaceFailed` or a `KeyRefused`, and
 * makes no calls after a `PlaceFailed`.
 */
function callerOf({ place, whose, identity }: OpenPlace<KeyCalls>, turn: Turn): Call {
  let broken: PlaceFailed | undefined;
  const rate = createRequestRate();
  return async (action, on, make) => {
    await rate(action);
    return turn(async () => {
      if (broken !== undefined) throw broken;
      try {
        return await make();
      } catch (error) {
        const failure = understandFailure(error);
        const diagnostic = explainFailure(failure, { place, action, on, whose, identity });
        const isAboutTheKey = failure.kind === 'denied' || failure.kind === 'other' || failure.kind === 'notFound';
        if (isAboutTheKey && diagnostic !== undefined) throw new KeyRefused(diagnostic, failure);
        broken ??= new PlaceFailed(diagnostic);
        throw broken;
      }
    });
  };
}

async function askKey(
  keyId: string,
  earlier: KeyAnswers,
  { kms, place }: OpenPlace<KeyCalls>,
  call: Call,
  onAnswer: (answer: RecordedAnswer) => void,
): Promise<void> {
  const arn = `arn:${place.partition}:kms:${place.region}:${place.account}:key/${keyId}`;
  let answers = earlier;
  const add = (answer: RecordedAnswer) => {
    answers = withAnswer(answers, answer);
    onAnswer(answer);
  };
  const metadata = earlier.metadata ?? (await call('kms:DescribeKey', arn, () => kms.describeKey(keyId)));
  if (earlier.metadata === undefined) add({ metadata });
  if (metadata.manager !== 'CUSTOMER' || isLeaving(metadata)) return;
  if (earlier.policy === undefined) add({ policy: await call('kms:GetKeyPolicy', arn, () => kms.keyPolicy(keyId)) });
  if (earlier.rotation === undefined && rotates(metadata)) {
    add({ rotation: await call('kms:GetKeyRotationStatus', arn, () => kms.rotation(keyId)) });
  }
  await restOf(
    earlier.tags,
    (marker) => call('kms:ListResourceTags', arn, () => kms.listTags(keyId, marker)),
    (tags) => add({ tags }),
  );
  await restOf(
    earlier.grants,
    (marker) => call('kms:ListGrants', arn, () => kms.listGrants(keyId, marker)),
    (grants) => add({ grants }),
  );
}

/** Completes a list: asks for the missing pages, and passes each page to `onPage` as it arrives. */
async function restOf<T>(
  list: ReadList<T>,
  ask: (marker: string | undefined) => Promise<Page<T>>,
  onPage: (page: RecordedPage<T>) => void,
): Promise<readonly T[]> {
  if (list.isWhole) return list.items;
  let items = [...list.items];
  const markers = new Set<string>();
  for (let from = list.marker; ; ) {
    const page = await ask(from).catch((error: unknown) => {
      // Markers expire (InvalidMarkerException), so the list is read again from the start.
      if (from === undefined || from !== list.marker || !(error instanceof KeyRefused)) throw error;
      [items, from] = [[], undefined];
      return ask(from);
    });
    for (const item of page.items) items.push(item);
    const { marker } = page;
    onPage({ ...(from !== undefined && { from }), items: [...page.items], ...(marker !== undefined && { marker }) });
    if (marker === undefined) return items;
    if (markers.has(marker) || markers.size === longestList) throw new Error('a list from KMS never ends');
    markers.add(marker);
    from = marker;
  }
}

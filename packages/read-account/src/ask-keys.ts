import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { explainFailure } from '@keywright/lookup/explain-failure';
import { understandFailure } from '@keywright/lookup/failure';
import { inParallel } from '@keywright/lookup/in-parallel';
import type { OpenPlace } from '@keywright/lookup/open-place';
import type { KeyCalls, KeyMetadata, Page } from './key-calls.ts';
import type { KeyRecord, RecordLine } from './key-record.ts';
import { createRequestRate, type KeyAction } from './request-rate.ts';

/** How many keys a place is asked about at a time: with answers after 20 ms, some two hundred requests a second. */
const keysAtATime = 5;

/** A list without end would be followed for ever; KMS has a quota of 100,000 keys for an account and region. Source: "Resource quotas". */
const longestList = 2_000;

/** Thrown where the place does not answer any more: asking on would fail in the same way. */
class PlaceFailed extends Error {
  readonly diagnostic: Diagnostic | undefined;

  constructor(diagnostic: Diagnostic | undefined) {
    super('the place does not answer');
    this.diagnostic = diagnostic;
  }
}

/** Thrown where KMS refuses to answer about one key. */
class KeyRefused extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super('the key is refused');
    this.diagnostic = diagnostic;
  }
}

/**
 * Asks a place for all its keys with the fewest calls: ListKeys and ListAliases, then for each key DescribeKey, GetKeyPolicy,
 * ListResourceTags, ListGrants, and GetKeyRotationStatus where the key can rotate. Of keys that AWS manages, which have an alias that
 * begins with `alias/aws/`, nothing is asked.
 *
 * @param known ids of keys whose records exist from an earlier run
 * @param onRecord called with each line as soon as it is complete
 * @returns the problems; a key with one has no record, and without `complete` as the last line some are missing
 */
export async function askKeys(
  opened: OpenPlace<KeyCalls>,
  known: ReadonlySet<string>,
  onRecord: (line: RecordLine) => void,
): Promise<readonly Diagnostic[]> {
  const { kms } = opened;
  const diagnostics: Diagnostic[] = [];
  const call = callerOf(opened);
  try {
    const keyIds = await wholeList((marker) => call('kms:ListKeys', '*', () => kms.listKeys(marker)));
    const aliases = await wholeList((marker) => call('kms:ListAliases', '*', () => kms.listAliases(marker)));
    const ofAws = new Set(
      aliases.flatMap(({ name, keyId }) => (name.startsWith('alias/aws/') && keyId ? [keyId] : [])),
    );
    const wanted = keyIds.filter((id) => !ofAws.has(id) && !known.has(id));
    await inParallel(wanted, keysAtATime, async (keyId) => {
      try {
        const names = aliases.flatMap((alias) => (alias.keyId === keyId ? [alias.name] : []));
        onRecord({ key: await askKey(keyId, names.sort(), opened, call) });
      } catch (error) {
        if (!(error instanceof KeyRefused)) throw error;
        diagnostics.push(error.diagnostic);
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

/** Makes calls, no more of them in a second than KMS takes, and turns what they reject with into one of the two errors above. After a failure of the place no call is made. */
function callerOf({ place, whose, identity }: OpenPlace<KeyCalls>): Call {
  let broken: PlaceFailed | undefined;
  const turn = createRequestRate();
  return async (action, on, make) => {
    await turn(action);
    if (broken !== undefined) throw broken;
    try {
      return await make();
    } catch (error) {
      const failure = understandFailure(error);
      const diagnostic = explainFailure(failure, { place, action, on, whose, identity });
      const isAboutTheKey = failure.kind === 'denied' || failure.kind === 'other' || failure.kind === 'notFound';
      if (isAboutTheKey && diagnostic !== undefined) throw new KeyRefused(diagnostic);
      broken ??= new PlaceFailed(diagnostic);
      throw broken;
    }
  };
}

async function askKey(keyId: string, aliases: string[], opened: OpenPlace<KeyCalls>, call: Call): Promise<KeyRecord> {
  const { kms, place } = opened;
  const arn = `arn:${place.partition}:kms:${place.region}:${place.account}:key/${keyId}`;
  const metadata = await call('kms:DescribeKey', arn, () => kms.describeKey(keyId));
  if (metadata.manager !== 'CUSTOMER' || isLeaving(metadata)) return { metadata, aliases };
  const policy = await call('kms:GetKeyPolicy', arn, () => kms.keyPolicy(keyId));
  const rotation = canRotate(metadata)
    ? await call('kms:GetKeyRotationStatus', arn, () => kms.rotation(keyId))
    : { enabled: false };
  const tags = await wholeList((marker) => call('kms:ListResourceTags', arn, () => kms.listTags(keyId, marker)));
  const grants = await wholeList((marker) => call('kms:ListGrants', arn, () => kms.listGrants(keyId, marker)));
  const read = {
    policy,
    rotation,
    tags: [...tags],
    grants: grants.map((grant) => ({ ...grant, operations: [...grant.operations] })),
  };
  return { metadata, aliases, read };
}

/** Whether a key is on its way out, its primary's last replica included. Source: AWS KMS Developer Guide, "Key states". */
export function isLeaving({ state }: Pick<KeyMetadata, 'state'>): boolean {
  return state === 'PendingDeletion' || state === 'PendingReplicaDeletion';
}

/** KMS rotates symmetric keys with its own key material, and replicas with their primary. Source: API Reference, EnableKeyRotation. */
function canRotate({ spec, origin, primaryArn }: KeyMetadata): boolean {
  return spec === 'SYMMETRIC_DEFAULT' && origin === 'AWS_KMS' && primaryArn === undefined;
}

async function wholeList<T>(page: (marker: string | undefined) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  const markers = new Set<string>();
  for (let next = await page(undefined); ; next = await page(next.marker)) {
    for (const item of next.items) items.push(item);
    const { marker } = next;
    if (marker === undefined) return items;
    if (markers.has(marker) || markers.size === longestList) throw new Error('a list of KMS has no end');
    markers.add(marker);
  }
}

import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Clients } from '@keywright/lookup/clients';
import { inParallel } from '@keywright/lookup/in-parallel';
import { openPlace } from '@keywright/lookup/open-place';
import type { Place } from '@keywright/lookup/place';
import { keepingSecrets, redact } from '@keywright/lookup/redact';
import { createClients } from '@keywright/lookup/sdk-clients';
import { askKeys, type Turn } from './ask-keys.ts';
import type { KeyCalls } from './key-calls.ts';
import type { RecordLine } from './key-record.ts';
import { readRecords } from './read-records.ts';
import { keyCallsThrough } from './sdk-key-calls.ts';

export interface AskOptions {
  readonly places: readonly Place[];
  /** Returns the complete lines that an earlier run stored for a place; '' if there are none. */
  readonly kept: (place: Place) => string;
  /** Stores one more line, including its line end, before the next call is made. */
  readonly keep: (place: Place, line: string) => void;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly keys: number }) => void;
  readonly clients?: Clients<KeyCalls>;
}

const placesAtATime = 12;

/**
 * The number of concurrent calls in all places together. If the process is killed, the answers to these calls are lost and have to be
 * requested again. If answers take 20 ms, this gives about eight hundred requests per second.
 */
const callsAtATime = 16;

/**
 * Asks accounts for their keys, several places at a time. Answers are stored as they arrive, so a repeated run asks only for the missing
 * answers. If a place does not answer, the other places are still read.
 */
export async function askAccounts(options: AskOptions): Promise<readonly Diagnostic[]> {
  const { places, kept, keep, onProgress } = options;
  const { clients, secrets } = keepingSecrets(options.clients ?? createClients(keyCallsThrough));
  const turn = turnsOf(callsAtATime);
  let done = 0;
  let keys = 0;
  const diagnostics = await inParallel(places, placesAtATime, async (place) => {
    const answers = await askPlace(place);
    done += 1;
    onProgress?.({ done, total: places.length, keys });
    return answers;
  });
  return diagnostics
    .flat()
    .map((one) => ({ ...one, message: redact(one.message, secrets), help: redact(one.help, secrets) }));

  async function askPlace(place: Place): Promise<readonly Diagnostic[]> {
    const text = kept(place);
    const { value: records, diagnostics } = readRecords({ path: '', text });
    if (diagnostics.length > 0 || records.awsManagedKeys !== undefined || options.signal.aborted) return [];
    const opening = await openPlace(clients, place, options.signal);
    if (opening.kind === 'refused') return opening.diagnostic === undefined ? [] : [opening.diagnostic];
    const write = (line: unknown) => keep(place, `${JSON.stringify(line)}\n`);
    const { account, region, partition } = place;
    if (records.place === undefined) write({ place: { account, region, partition } });
    const { opened } = opening;
    const onRecord = (line: RecordLine) => {
      write(line);
      if (!('answer' in line) || line.answer.metadata === undefined) return;
      keys += 1;
      onProgress?.({ done, total: places.length, keys });
    };
    return askKeys(opened, records, onRecord, turn).finally(() => opened.kms.close());
  }
}

/** Makes at most `bound` calls concurrently; further calls wait in order. */
function turnsOf(bound: number): Turn {
  let free = bound;
  const waiting: (() => void)[] = [];
  return async (make) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await make();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

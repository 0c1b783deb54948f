import { contextText, entriesOf } from '../entry.ts';
import { changed, fault, isInterrupted, isKilled, type LookupFault } from './plant.ts';

/** A killed or interrupted process leaves the wrong files behind, or the next process does the wrong thing. */
export const endingFaults: readonly LookupFault[] = [
  fault('a killed process that leaves a file half written', ({ after }, run) =>
    isKilled(run) && after !== undefined ? { after: after.slice(0, after.length / 2) } : undefined,
  ),
  fault('a killed process that leaves some entries new and some old', ({ before }, run) => {
    const entries = entriesOf(before);
    if (!isKilled(run) || entries === undefined) return undefined;
    const mixed = changed(entries, (entry) =>
      entry.keyId === 'old' ? { ...entry, keyId: `new-${entry.region}-k0` } : undefined,
    );
    return mixed && { after: contextText(mixed) };
  }),
  fault('a second run that leaves the work undone', ({ before, after }, run) =>
    before !== after && !isKilled(run) && !isInterrupted(run) ? { after: before } : undefined,
  ),
  fault('an interrupted process that makes a key up', ({ after }, run) => {
    const entries = isInterrupted(run) ? entriesOf(after) : undefined;
    const made = entries && changed(entries, (entry) => ({ ...entry, keyId: 'made-up' }));
    return made && { after: contextText(made) };
  }),
  fault('an interrupted process that loses what was recorded', ({ after }, run) => {
    const entries = isInterrupted(run) ? entriesOf(after) : undefined;
    return entries?.length ? { after: contextText(entries.slice(1)) } : undefined;
  }),
  fault('an interrupted process that leaves a file half written', ({ after }, run) =>
    isInterrupted(run) && after !== undefined ? { after: after.slice(0, after.length / 2) } : undefined,
  ),
];

import type { Fault } from '../../../oracle.ts';
import type { LookupCase, Run, Seen } from '../case.ts';
import { contextText, type Entry, entriesOf } from '../entry.ts';

export type LookupFault = Fault<LookupCase>;

/** Returns a fault in what was observed, in the first run that it can change. */
export function fault(name: string, mistake: (seen: Seen, run: Run) => Partial<Seen> | undefined): LookupFault {
  return {
    name,
    plant(subject) {
      for (const [index, run] of subject.runs.entries()) {
        const mistaken = mistake(run.seen, run);
        if (mistaken === undefined) continue;
        return { ...subject, runs: subject.runs.with(index, { ...run, seen: { ...run.seen, ...mistaken } }) };
      }
      return undefined;
    },
  };
}

/** Returns a fault in the entries of the written file. The form of the file stays right. */
export function entryFault(
  name: string,
  mistake: (entries: readonly Entry[], before: readonly Entry[]) => readonly Entry[] | undefined,
): LookupFault {
  return fault(name, ({ before, after }) => {
    const entries = entriesOf(after);
    if (after === undefined || after === before || entries === undefined) return undefined;
    const mistaken = mistake(entries, entriesOf(before) ?? []);
    return mistaken && { after: contextText(mistaken) };
  });
}

export function changed(
  entries: readonly Entry[],
  change: (entry: Entry) => Entry | undefined,
): readonly Entry[] | undefined {
  for (const [index, entry] of entries.entries()) {
    const next = change(entry);
    if (next !== undefined) return entries.with(index, next);
  }
  return undefined;
}

export function isKilled({ due }: Run): boolean {
  return due.ended.includes('SIGKILL');
}

export function isInterrupted({ due }: Run): boolean {
  return due.file.kind === 'between';
}

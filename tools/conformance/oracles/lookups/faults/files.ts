import { contextFileName, contextText, type Entry, entriesOf } from '../entry.ts';
import { changed, entryFault, fault, isKilled, type LookupFault } from './plant.ts';

function swapped(entries: readonly Entry[], fit: (one: Entry, other: Entry) => boolean): readonly Entry[] | undefined {
  for (const [index, one] of entries.entries()) {
    const other = entries.findIndex((entry) => entry.keyId !== one.keyId && fit(one, entry));
    const found = entries[other];
    if (found === undefined) continue;
    return entries.with(index, { ...one, ...keyOf(found) }).with(other, { ...found, ...keyOf(one) });
  }
  return undefined;
}

function keyOf({ keyId, arn }: Entry): Pick<Entry, 'keyId' | 'arn'> {
  return { keyId, arn };
}

/** The context file is wrong, or the folder contains another file. */
export const fileFaults: readonly LookupFault[] = [
  entryFault('the keys of two aliases swapped', (entries) =>
    swapped(entries, (one, other) => one.account === other.account && one.region === other.region),
  ),
  entryFault('the key of a region under another', (entries) =>
    swapped(entries, (one, other) => one.account === other.account && one.region !== other.region),
  ),
  entryFault('the key of an account under another', (entries) =>
    swapped(entries, (one, other) => one.account !== other.account && one.region === other.region),
  ),
  entryFault('an alias that is not recorded', (entries) => (entries.length > 1 ? entries.slice(1) : undefined)),
  entryFault(
    'an alias that nobody asked for',
    ([first, ...rest]) => first && [first, ...rest, { ...first, alias: 'alias/x' }],
  ),
  entryFault('an old key of an alias that has moved', (entries, before) =>
    changed(entries, (entry) => {
      const old = before.find(
        (one) => one.alias === entry.alias && one.account === entry.account && one.region === entry.region,
      );
      return old && old.keyId !== entry.keyId ? old : undefined;
    }),
  ),
  entryFault('an entry lost that nobody asked for', (entries) => {
    const unasked = entries.filter(({ alias }) => alias !== 'alias/unasked');
    return unasked.length < entries.length ? unasked : undefined;
  }),
  entryFault('an entry kept of an alias that is gone', (entries, before) => {
    const gone = before.find(({ alias }) => alias === 'alias/gone');
    return gone && !entries.some(({ alias }) => alias === gone.alias) ? [...entries, gone] : undefined;
  }),
  entryFault('another spec', (entries) =>
    changed(entries, (entry) => (entry.spec === 'RSA_2048' ? { ...entry, spec: 'SYMMETRIC_DEFAULT' } : undefined)),
  ),
  entryFault('another usage', (entries) =>
    changed(entries, (entry) => (entry.usage === 'SIGN_VERIFY' ? { ...entry, usage: 'KEY_AGREEMENT' } : undefined)),
  ),
  entryFault('an AWS managed key as one of the customer', (entries) =>
    changed(entries, (entry) => (entry.manager === 'AWS' ? { ...entry, manager: 'CUSTOMER' } : undefined)),
  ),
  entryFault('a multi-Region key as one of its region', (entries) =>
    changed(entries, (entry) => (entry.multiRegion ? { ...entry, multiRegion: false } : undefined)),
  ),
  fault('a dummy key of our own', ({ after }) =>
    after?.includes('1234abcd-') ? { after: after.replaceAll('1234abcd-', '1234abce-') } : undefined,
  ),
  fault('a file that is half written', ({ after }) =>
    after ? { after: after.slice(0, after.length / 2) } : undefined,
  ),
  fault('a file that is empty', ({ after }) => (after ? { after: '' } : undefined)),
  fault('no file', ({ after }) => (after === undefined ? undefined : { after: undefined })),
  fault('a file where nothing was found', ({ after }) =>
    after === undefined ? { after: contextText([]) } : undefined,
  ),
  fault('entries in another order', ({ after }) => {
    const entries = entriesOf(after);
    if (after === undefined || entries === undefined || entries.length < 2) return undefined;
    return { after: `${JSON.stringify({ version: 1, aliases: entries.toReversed() }, undefined, 2)}\n` };
  }),
  fault('a file on one line', ({ after }) =>
    entriesOf(after)?.length ? { after: `${JSON.stringify(JSON.parse(after ?? ''))}\n` } : undefined,
  ),
  fault('a file that a check has changed', ({ before }, { due }) =>
    before !== undefined && due.problems?.some(({ code }) => code === 'KW5130')
      ? { after: contextText([]) }
      : undefined,
  ),
  fault('a file beside the context file', () => ({ beside: [`${contextFileName}.123456`] })),
  fault('a staging folder left where nothing was killed', (_, run) =>
    isKilled(run) ? undefined : { beside: ['.keywright-staging-1-a'] },
  ),
];

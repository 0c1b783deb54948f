import { groupBy } from '@keywright/core/collections/group-by';
import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { SourceFile, Span } from '@keywright/core/source/span';
import type { AliasEntry } from '@keywright/lookup/clients';
import { unreadableRecord } from './diagnostics.ts';
import {
  type KeyAnswers,
  type KeyRecord,
  type ReadList,
  type RecordedAnswer,
  type RecordedPage,
  type RecordedPlace,
  type RecordLine,
  recordLine,
} from './key-record.ts';
import { isLeaving, rotates } from './key-states.ts';

export interface Records {
  /** Absent in an empty file. */
  readonly place?: RecordedPlace;
  readonly keyIds: ReadList<string>;
  readonly aliases: ReadList<AliasEntry>;
  /** The answers about keys, by key id. */
  readonly answers: ReadonlyMap<string, KeyAnswers>;
  /** The keys that were read completely. `span` is the line with the key's metadata. */
  readonly records: readonly { readonly record: KeyRecord; readonly span: Span }[];
  /** Present if the place was read to the end. */
  readonly awsManagedKeys?: number;
}

const nothing: ReadList<never> = { items: [], isWhole: false };
export const noAnswers: KeyAnswers = { tags: nothing, grants: nothing, isGone: false };

/** Reads the lines of one account and region. An unfinished last line is not a problem: the process died while writing it. */
export function readRecords({ path, text }: SourceFile): Result<Records> {
  const collector = createCollector();
  const lines = text.split('\n');
  lines.pop();
  let place: RecordedPlace | undefined;
  let awsManagedKeys: number | undefined;
  let keyIds: ReadList<string> = nothing;
  let aliases: ReadList<AliasEntry> = nothing;
  const answers = new Map<string, KeyAnswers>();
  const spans = new Map<string, Span>();
  for (const [index, line] of lines.entries()) {
    const span = { file: path, line: index + 1, column: 1, endLine: index + 1, endColumn: line.length + 1 };
    const parsed = parseLine(line);
    if (typeof parsed === 'string') {
      collector.add(report(unreadableRecord, span, { problem: parsed }));
      return collector.result({ keyIds: nothing, aliases: nothing, answers: new Map(), records: [] });
    }
    if ('place' in parsed) place = parsed.place;
    else if ('keyIds' in parsed) keyIds = withPage(keyIds, parsed.keyIds);
    else if ('aliases' in parsed) aliases = withPage(aliases, parsed.aliases);
    else if ('complete' in parsed) ({ awsManagedKeys } = parsed.complete);
    else {
      const keyAnswers = answers.get(parsed.key) ?? noAnswers;
      answers.set(
        parsed.key,
        'gone' in parsed ? { ...keyAnswers, isGone: true } : withAnswer(keyAnswers, parsed.answer),
      );
      if ('answer' in parsed && parsed.answer.metadata !== undefined) spans.set(parsed.key, span);
    }
  }
  const aliasesOf = groupBy<(typeof aliases.items)[number], string | undefined>(aliases.items, ({ keyId }) => keyId);
  const records = [...answers].flatMap(([keyId, answer]) => {
    const span = spans.get(keyId);
    const record = wholeRecord(answer, (aliasesOf.get(keyId) ?? []).map(({ name }) => name).sort());
    return span === undefined || record === undefined ? [] : [{ record, span }];
  });
  return collector.result({
    ...(place !== undefined && { place }),
    keyIds,
    aliases,
    answers,
    records,
    ...(awsManagedKeys !== undefined && { awsManagedKeys }),
  });
}

function withPage<T>(list: ReadList<T>, { from, items, marker }: RecordedPage<T>): ReadList<T> {
  return {
    items: from === undefined ? items : [...list.items, ...items],
    ...(marker !== undefined && { marker }),
    isWhole: marker === undefined,
  };
}

export function withAnswer(answers: KeyAnswers, { tags, grants, ...rest }: RecordedAnswer): KeyAnswers {
  return {
    ...answers,
    ...rest,
    ...(tags !== undefined && { tags: withPage(answers.tags, tags) }),
    ...(grants !== undefined && { grants: withPage(answers.grants, grants) }),
  };
}

/** Returns the record of a key; `undefined` if an answer is missing or the key no longer exists. */
function wholeRecord(
  { metadata, policy, rotation, tags, grants, isGone }: KeyAnswers,
  aliases: readonly string[],
): KeyRecord | undefined {
  if (metadata === undefined || isGone) return undefined;
  if (metadata.manager !== 'CUSTOMER' || isLeaving(metadata)) return { metadata, aliases };
  const isWhole = tags.isWhole && grants.isWhole && (rotation !== undefined || !rotates(metadata));
  if (policy === undefined || !isWhole) return undefined;
  const read = { policy, rotation: rotation ?? { enabled: false }, tags: tags.items, grants: grants.items };
  return { metadata, aliases, read };
}

function parseLine(line: string): RecordLine | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'it is not JSON';
  }
  const parsed = recordLine.safeParse(value);
  return parsed.success ? parsed.data : 'it has the wrong shape';
}

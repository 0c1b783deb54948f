import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { unreadableRecord } from './diagnostics.ts';
import { type KeyRecord, type RecordedPlace, type RecordLine, recordLine } from './key-record.ts';

export interface Records {
  /** Absent in an empty file. */
  readonly place?: RecordedPlace;
  /** Each key once: the last record of it. */
  readonly records: readonly { readonly record: KeyRecord; readonly span: Span }[];
  /** Present when the place was read to the end. */
  readonly awsManagedKeys?: number;
}

/** The lines of one account and region. A last line without its end was being written when the process died, and is no problem. */
export function readRecords({ path, text }: SourceFile): Result<Records> {
  const collector = createCollector();
  const lines = text.split('\n');
  lines.pop();
  let place: RecordedPlace | undefined;
  let awsManagedKeys: number | undefined;
  const records = new Map<string, { readonly record: KeyRecord; readonly span: Span }>();
  for (const [index, line] of lines.entries()) {
    const span = { file: path, line: index + 1, column: 1, endLine: index + 1, endColumn: line.length + 1 };
    const parsed = parseLine(line);
    if (typeof parsed === 'string') {
      collector.add(report(unreadableRecord, span, { problem: parsed }));
      return collector.result({ records: [] });
    }
    if ('place' in parsed) place = parsed.place;
    else if ('complete' in parsed) ({ awsManagedKeys } = parsed.complete);
    else records.set(parsed.key.metadata.keyId, { record: parsed.key, span });
  }
  return collector.result({
    ...(place !== undefined && { place }),
    records: [...records.values()],
    ...(awsManagedKeys !== undefined && { awsManagedKeys }),
  });
}

function parseLine(line: string): RecordLine | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'it is not JSON';
  }
  const parsed = recordLine.safeParse(value);
  return parsed.success ? parsed.data : 'it has another shape';
}

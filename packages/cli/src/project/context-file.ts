import { join } from 'node:path';
import { type Context, contextFileName } from '@keywright/core/context/context';
import { formatContextFile, parseContextFile } from '@keywright/core/context/context-file';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { report } from '@keywright/core/diagnostics/diagnostic';
import type { FileReading } from '@keywright/core/project/host';
import type { SourceFile } from '@keywright/core/source/span';
import { cannotWrite, contextFileUnreadable } from '../diagnostics/output.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { removeStaleStaging } from '../disk/staging.ts';
import { refusal } from '../disk/system-error.ts';
import { readInside } from './disk-host.ts';
import { shownPath } from './locate.ts';

export interface ReadContext {
  /** Empty if the file cannot be read. */
  readonly context: Context;
  /** The entries that no build may use, by `contextKey`. */
  readonly doubtful: ReadonlySet<string>;
  /** Whether everything in the file is in `context`, so that the file can be replaced. */
  readonly isReadable: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** The file itself, for reports; empty without a file. */
  readonly sources: ReadonlyMap<string, SourceFile>;
}

/** Reads a project's context file. A missing file counts as empty. */
export function readContext(root: string, cwd: string): ReadContext {
  const reading = readInside(root, contextFileName);
  const none = { context: new Map(), doubtful: new Set<string>(), sources: new Map() };
  if (reading.kind === 'missing') return { ...none, isReadable: true, diagnostics: [] };
  if (reading.kind !== 'text') {
    const path = shownPath(cwd, join(root, contextFileName));
    const diagnostics = [report(contextFileUnreadable, undefined, { path, reason: reasonOf(reading) })];
    return { ...none, isReadable: false, diagnostics };
  }
  const source: SourceFile = { path: contextFileName, text: reading.text };
  const { context, doubtful, diagnostics } = parseContextFile(source);
  const sources = new Map([[source.path, source]]);
  return { context: context ?? new Map(), doubtful, isReadable: context !== undefined, diagnostics, sources };
}

/** Says why a path cannot be read as a text file. */
export function reasonOf(reading: Exclude<FileReading, { kind: 'text' }>): string {
  switch (reading.kind) {
    case 'missing':
      return 'it does not exist';
    case 'directory':
      return 'it is a folder';
    case 'binary':
      return 'it is not UTF-8 text';
    case 'tooLarge':
      return `it is ${reading.bytes} bytes long; the limit is ${reading.limit}`;
    case 'outside':
      return 'it leads out of its folder';
    case 'unreadable':
      return reading.reason;
  }
}

/**
 * Writes a project's context file, unless the file is up to date. The new content is written to a temporary file and moved into place, so
 * that the file always has either the old or the new content.
 */
export function writeContext(root: string, cwd: string, context: Context): readonly Diagnostic[] {
  const text = formatContextFile(context);
  const before = readInside(root, contextFileName);
  const isRight = before.kind === 'text' ? before.text === text : before.kind === 'missing' && context.size === 0;
  const file = join(root, contextFileName);
  try {
    // A process that was killed right after moving the file into place may have left its temporary folder behind.
    if (isRight) removeStaleStaging(root);
    else replaceFile(file, text);
    return [];
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return [report(cannotWrite, undefined, { path: shownPath(cwd, file), ...refused })];
  }
}

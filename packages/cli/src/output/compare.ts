import { join, relative, sep } from 'node:path';
import { inventoryFileName } from '@keywright/core/changes/inventory';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { report } from '@keywright/core/diagnostics/diagnostic';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { outOfDate } from '../diagnostics/output.ts';
import { formatManifest } from '../disk/manifest.ts';
import { manifestFileName } from '../disk/safe-path.ts';
import { shownPath } from '../project/locate.ts';
import type { FileOutcome } from '../report/contents.ts';
import { readManifestText } from './folder.ts';
import { readInventoryText } from './inventory.ts';
import type { Change } from './plan.ts';
import type { Writing, Written } from './write.ts';
import { planOutputs } from './write.ts';

/**
 * Compares outputs with the existing files, and writes nothing. For each file that differs, is missing or is no longer generated, returns a
 * diagnostic (KW6005) and a unified diff from the existing to the new content.
 */
export function compareOutputs(writing: Writing): Written {
  // `force`, because a file that a person edited is compared like any other file.
  const planned = planOutputs({ ...writing, force: true });
  if ('diagnostics' in planned) return planned;
  if (planned.conflicts.length > 0) return { diagnostics: planned.conflicts };

  const changes: Change[] = [...planned.changes];
  const before = readManifestText(writing.out);
  const content = formatManifest(planned.manifest);
  // If any other file changes, the manifest changes too, so its own difference is not worth reporting.
  if (before !== content && changes.every(({ kind }) => kind === 'keep')) {
    changes.push(changeOf(manifestFileName, before, content));
  }
  const inventory = readInventoryText(writing.out);
  if (inventory !== writing.inventory) changes.push(changeOf(inventoryFileName, inventory, writing.inventory));
  const diagnostics: Diagnostic[] = [];
  const files = changes.map((change): FileOutcome => {
    const path = shownPath(writing.cwd, join(writing.out, change.path));
    if (change.kind === 'keep') return { path, action: 'keep' };
    const old = change.kind === 'create' ? '' : Buffer.from(change.before).toString('utf8').replaceAll('\r\n', '\n');
    const generated = change.kind === 'delete' ? '' : change.content;
    const file = relative(writing.root, join(writing.out, change.path)).replaceAll(sep, '/');
    const line = firstDifference(old, generated);
    // A file that does not exist has no line to show.
    const span = change.kind === 'create' ? undefined : { file, line, column: 1, endLine: line, endColumn: 1 };
    const state = ({ create: 'missing', update: 'differs', delete: 'extra' } as const)[change.kind];
    diagnostics.push(report(outOfDate, span, { path, state }));
    return { path, action: change.kind, diff: unifiedDiff(path, change.kind, old, generated) };
  });
  return { files, diagnostics };
}

function changeOf(path: string, before: string | undefined, content: string): Change {
  return before === undefined
    ? { kind: 'create', path, content }
    : { kind: 'update', path, content, before: Buffer.from(before) };
}

// The largest number of differing lines that are compared. The time grows with the square of that number, so a file with more differing
// lines counts as entirely different.
const maxEditLength = 5000;

function unifiedDiff(path: string, kind: Change['kind'], old: string, generated: string): string {
  const from = kind === 'create' ? '/dev/null' : path;
  const to = kind === 'delete' ? '/dev/null' : path;
  const patch = createTwoFilesPatch(from, to, old, generated, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
    maxEditLength,
  });
  return patch ?? `--- ${from}\n+++ ${to}\nmore than ${maxEditLength} lines differ\n`;
}

/** The first line, from 1, in which two texts differ. */
function firstDifference(a: string, b: string): number {
  const [first, second] = [a.split('\n'), b.split('\n')];
  const index = first.findIndex((line, index) => line !== second[index]);
  return index === -1 ? first.length : index + 1;
}

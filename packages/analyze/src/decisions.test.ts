/** Tests the evaluator against a table of decisions that AWS documents. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { Decision, OpenTest } from './decision.ts';
import { explain } from './explain.ts';
import type { StatementRef } from './picture.ts';
import { type Row, readRow, readTable } from './testing/decision-table.ts';

const files = readTable(join(import.meta.dirname, '../decisions'));

/** The names that rows use for an open test: its condition keys, or the kind of test. */
function nameOfTest(open: OpenTest): readonly string[] {
  if (open.kind === 'condition') return open.unknownKeys.length > 0 ? open.unknownKeys : [open.key];
  return [open.kind === 'comparison' ? open.what : open.kind];
}

/** Sorts the names and removes duplicates. Condition keys are case-insensitive. */
function names(list: readonly string[]): readonly string[] {
  return [...new Set(list.map((name) => name.toLowerCase()))].sort();
}

function nameOfRef({ kind, index, name }: StatementRef): string {
  if (kind === 'kmsGrant') return `grant ${name}`;
  return `${kind === 'keyPolicy' ? 'key' : 'identity'} ${index}`;
}

function answerOf(decision: Decision, row: Row) {
  const dependsOn = names(decision.dependsOn.flatMap(nameOfTest));
  return {
    expect: decision.decision === 'dependsOn' ? { dependsOn } : decision.decision,
    ...(row.by !== undefined && { by: decision.by.map(nameOfRef) }),
  };
}

function expectedOf(row: Row) {
  const expected = typeof row.expect === 'string' ? row.expect : { dependsOn: names([row.expect.dependsOn].flat()) };
  return { expect: expected, ...(row.by !== undefined && { by: [row.by].flat() }) };
}

describe.each(files)('$topic', ({ rows, sources }) => {
  test.each(rows.map((row) => [row.rule, row] as const))('%s', (_, row) => {
    const { picture, request } = readRow(row);
    const decision = decide(picture, request);
    expect(answerOf(decision, row)).toEqual(expectedOf(row));
    // `explain` adds steps to the same decision.
    const { steps, ...explained } = explain(picture, request);
    expect(explained).toEqual(decision);
    expect(steps.at(-1)?.kind).toBe('verdict');
    expect(decision.possible.includes('allow')).toBe(
      decision.decision === 'allow' || decision.decision === 'dependsOn',
    );
  });

  test('every row has a rule and a source', () => {
    for (const row of rows) {
      const source = sources[row.source];
      expect(row.rule.length).toBeGreaterThan(10);
      expect(source?.url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
      expect(source?.title.length).toBeGreaterThan(5);
    }
    const used = new Set(rows.map((row) => row.source));
    expect(Object.keys(sources).filter((name) => !used.has(name))).toEqual([]);
  });
});

test('the table has at least 300 decisions and no duplicates', () => {
  const rows = files.flatMap((file) => file.rows);
  const distinct = new Set(rows.map(({ rule, source, ...given }) => JSON.stringify(given)));
  expect(rows.length).toBeGreaterThanOrEqual(300);
  expect(distinct.size).toBe(rows.length);
  expect(new Set(rows.map(({ rule }) => rule)).size).toBe(rows.length);
});

/**
 * The baseline has the warnings and notes that a project had when it adopted the rules. Only new findings are reported. An entry locates
 * its finding by YAML keys and not by a line, so it remains valid when lines move.
 */

import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { otherVersion } from '@keywright/core/syntax/own-file';
import { type ParsedSource, parseSource } from '@keywright/core/syntax/parse';
import { baselineUnusable, staleEntry } from '../diagnostics/baseline.ts';
import { cannotWrite } from '../diagnostics/output.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { refusal } from '../disk/system-error.ts';
import { reasonOf } from './context-file.ts';
import { readInside } from './disk-host.ts';
import { shownPath } from './locate.ts';

/** Used without `--baseline`, in the project's folder. */
const baselineFileName = 'keywright.baseline.json';

/** One or several equal findings. */
interface BaselineEntry {
  readonly code: string;
  /**
   * Where the finding is: its file, and the YAML keys that lead to it in the file, such as `stacks.security.keys.orders.grants`. Elements
   * of a list are left out.
   */
  readonly file?: string;
  readonly at?: string;
  readonly message: string;
  readonly count: number;
}

export interface Baseline {
  readonly entries: readonly (BaselineEntry & { readonly span: Span })[];
  /** The file itself, for reports. */
  readonly source: SourceFile;
}

export interface BaselinePath {
  /** Absolute. */
  readonly file: string;
  /** Relative to the project's folder, for `--watch` and reports. */
  readonly path: string;
  /** Relative to the working directory, for messages. */
  readonly shown: string;
  /** Whether `--baseline` names the file, which then must exist. */
  readonly isNamed: boolean;
}

/** Returns the baseline that `--baseline` names, relative to the working directory, or else the file in the project's folder. */
export function baselinePath(root: string, cwd: string, named: string | undefined): BaselinePath {
  const file = named === undefined ? join(root, baselineFileName) : resolve(cwd, named);
  return { file, path: shownPath(root, file), shown: shownPath(cwd, file), isNamed: named !== undefined };
}

/** Reads a baseline. If there is none, returns a diagnostic if `--baseline` names it, and `undefined` otherwise. */
export function readBaseline({ file, path, shown, isNamed }: BaselinePath): Baseline | Diagnostic | undefined {
  const unusable = (reason: string, span?: Span) => report(baselineUnusable, span, { path: shown, reason });
  const reading = readInside(dirname(file), basename(file));
  if (reading.kind === 'missing' && !isNamed) return undefined;
  if (reading.kind !== 'text') return unusable(reasonOf(reading));
  const source: SourceFile = { path, text: reading.text };
  const parsed = parseSource(source);
  const { value } = parsed;
  if (!isMapping(value) || !Array.isArray(value.findings)) return unusable('it does not list findings');
  const wrongVersion = otherVersion(value.version, 1);
  if (wrongVersion !== undefined) return unusable(wrongVersion.reason);
  const entries: (BaselineEntry & { readonly span: Span })[] = [];
  for (const entry of value.findings) {
    const span = isMapping(entry) ? parsed.locations.spanOf(entry) : undefined;
    if (!isEntry(entry) || span === undefined) return unusable('one of its findings is incomplete', span);
    entries.push({ ...entry, span });
  }
  return { entries, source };
}

function isEntry(value: unknown): value is BaselineEntry {
  return (
    isMapping(value) &&
    typeof value.code === 'string' &&
    typeof value.message === 'string' &&
    (value.file === undefined || typeof value.file === 'string') &&
    (value.at === undefined || typeof value.at === 'string') &&
    Number.isSafeInteger(value.count) &&
    Number(value.count) > 0
  );
}

/** Returns the findings that a baseline does not cover, and a diagnostic for each stale entry of the baseline. Errors are never covered. */
export function applyBaseline(
  { entries }: Baseline,
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, SourceFile>,
): { readonly left: readonly Diagnostic[]; readonly stale: readonly Diagnostic[] } {
  const open = new Map<string, number>();
  for (const entry of entries) open.set(identity(entry), (open.get(identity(entry)) ?? 0) + entry.count);
  const whatOf = describing(sources);
  const uncovered = diagnostics.filter((diagnostic) => {
    const id = identity(whatOf(diagnostic));
    const count = open.get(id) ?? 0;
    if (count === 0) return true;
    open.set(id, count - 1);
    return diagnostic.severity === 'error';
  });
  const stale = entries.flatMap((entry) => {
    const unmatched = Math.min(entry.count, open.get(identity(entry)) ?? 0);
    open.set(identity(entry), (open.get(identity(entry)) ?? 0) - unmatched);
    return unmatched === 0 ? [] : [report(staleEntry, entry.span, { ...entry, left: unmatched })];
  });
  return { left: uncovered, stale };
}

/** Writes a baseline with all of these findings except errors. Returns a problem if that is impossible. */
export function writeBaseline(
  baseline: BaselinePath,
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, SourceFile>,
): Diagnostic | undefined {
  const { file, shown } = baseline;
  // Overwrites only a baseline. Otherwise, `--baseline keywright.yaml` would destroy the project.
  const before = existsSync(file) ? readBaseline({ ...baseline, isNamed: true }) : undefined;
  if (before !== undefined && 'severity' in before) return before;
  const whatOf = describing(sources);
  const entries = new Map<string, BaselineEntry>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity === 'error') continue;
    const what = whatOf(diagnostic);
    const count = (entries.get(identity(what))?.count ?? 0) + 1;
    entries.set(identity(what), { ...what, count });
  }
  const findings = [...entries].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
  try {
    replaceFile(file, `${JSON.stringify({ version: 1, findings }, undefined, 2)}\n`);
    return undefined;
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return report(cannotWrite, undefined, { path: shown, ...refused });
  }
}

type What = Omit<BaselineEntry, 'count'>;

function identity({ code, file, at, message }: What): string {
  return JSON.stringify([file ?? '', at ?? '', code, message]);
}

/** Returns a function that describes where a finding is. Parses each file once. */
function describing(sources: ReadonlyMap<string, SourceFile>): (diagnostic: Diagnostic) => What {
  const parsed = new Map<string, ParsedSource>();
  const parse = (source: SourceFile) => {
    const parsedSource = parsed.get(source.path) ?? parseSource(source);
    parsed.set(source.path, parsedSource);
    return parsedSource;
  };
  return ({ code, span, message }) => {
    if (span === undefined) return { code, message };
    const source = sources.get(span.file);
    const at = source === undefined ? '' : keysTo(parse(source), span).join('.');
    return { code, file: span.file, ...(at !== '' && { at }), message };
  };
}

/** Returns the YAML keys that lead to the start of a span. */
function keysTo({ value, locations }: ParsedSource, span: Span): readonly string[] {
  const keys: string[] = [];
  let inner = value;
  while (typeof inner === 'object' && inner !== null) {
    const container: object = inner;
    const isList = Array.isArray(container);
    const entry = Object.entries(container).find(([key]) => {
      const spans = isList
        ? [locations.valueSpan(container, Number(key))]
        : [locations.keySpan(container, key), locations.valueSpan(container, key)];
      return spans.some((candidate) => candidate !== undefined && contains(candidate, span));
    });
    if (entry === undefined) break;
    if (!isList) keys.push(entry[0]);
    // A block mapping starts where its first YAML key starts. But a finding at that position is about the whole mapping, not just that YAML
    // key.
    if (isList && isSame(locations.valueSpan(container, Number(entry[0])), span)) break;
    inner = entry[1];
  }
  return keys;
}

function contains(outer: Span, { line, column }: Span): boolean {
  const startsBefore = outer.line < line || (outer.line === line && outer.column <= column);
  return startsBefore && (line < outer.endLine || (line === outer.endLine && column < outer.endColumn));
}

function isSame(one: Span | undefined, { line, column, endLine, endColumn }: Span): boolean {
  return one?.line === line && one.column === column && one.endLine === endLine && one.endColumn === endColumn;
}

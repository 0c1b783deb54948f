import { resolve } from 'node:path';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { visible } from '@keywright/core/source/visible';
import type { Io } from '../io.ts';
import { shownPath } from '../project/locate.ts';
import { colorsFor } from './colors.ts';
import type { FileOutcome, Report, Reported } from './contents.ts';
import { countProblems, messageOf } from './contents.ts';
import { showLine } from './source-line.ts';

type Colors = ReturnType<typeof colorsFor>;

/**
 * Prints a report for people: each diagnostic with its source line and a caret, then diffs, then written files, then counts. Paths are
 * relative to the working directory.
 */
export async function textReport(report: Report, io: Io, stream: 'stdout' | 'stderr'): Promise<string> {
  const colors = colorsFor(io, stream);
  const lines = new Map<string, readonly string[]>();
  const linesOf = (source: SourceFile) => {
    const sourceLines = lines.get(source.path) ?? source.text.split(/\r\n|\n|\r/);
    lines.set(source.path, sourceLines);
    return sourceLines;
  };
  const excerpt = async (span: Span): Promise<string> => {
    const source = report.sources.get(span.file);
    const file = visible(shownPath(io.cwd, resolve(report.root, span.file)));
    return showExcerpt(span, file, source && linesOf(source)[span.line - 1], colors);
  };

  let text = '';
  const shown = mostSevere(report.diagnostics);
  for (const diagnostic of shown) {
    text += `${heading(diagnostic, colors)}\n`;
    if (diagnostic.span !== undefined) text += await excerpt(diagnostic.span);
    for (const related of diagnostic.related) {
      text += `${colors.bold(colors.blue('note'))}: ${visible(related.message)}\n${await excerpt(related.span)}`;
    }
    if (diagnostic.help !== '') text += `${colors.bold(colors.green('help'))}: ${visible(diagnostic.help)}\n`;
    text += '\n';
  }
  const hidden = report.diagnostics.length - shown.length;
  if (hidden > 0) text += `… and ${hidden} more, which --format json lists\n\n`;
  for (const { diff } of report.files ?? []) if (diff !== undefined) text += `${colorDiff(diff, colors)}\n`;
  return text + outcomes(report.files, colors) + summary(report, colors);
}

/** Nobody reads more, and a project can have as many warnings as keys. */
const mostShown = 1000;

/** The diagnostics to display, in order. If there are too many, only the most severe. */
function mostSevere(diagnostics: readonly Reported[]): readonly Reported[] {
  if (diagnostics.length <= mostShown) return diagnostics;
  const bySeverity = (['error', 'warning', 'note'] as const).flatMap((severity) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity),
  );
  const shown = new Set(bySeverity.slice(0, mostShown));
  return diagnostics.filter((diagnostic) => shown.has(diagnostic));
}

function heading(diagnostic: Reported, colors: Colors): string {
  const { severity, code } = diagnostic;
  const color = { error: colors.red, warning: colors.yellow, note: colors.blue }[severity];
  return `${colors.bold(color(`${severity}[${code}]`))}${colors.bold(`: ${visible(messageOf(diagnostic))}`)}`;
}

async function showExcerpt(span: Span, file: string, line: string | undefined, colors: Colors): Promise<string> {
  const number = String(span.line);
  const indent = ' '.repeat(number.length);
  const arrow = `${indent}${colors.cyan('-->')} ${file}:${span.line}:${span.column}\n`;
  if (line === undefined) return arrow;
  // If a span covers several lines, only the first line is shown.
  const end = span.endLine === span.line ? span.endColumn - 1 : line.length;
  const shown = await showLine(line, span.column - 1, end);
  const bar = colors.cyan('|');
  const mark = ' '.repeat(shown.from) + colors.red('^'.repeat(shown.width));
  return `${arrow}${indent} ${bar}\n${colors.cyan(number)} ${bar} ${shown.text}\n${indent} ${bar} ${mark}\n`;
}

function colorDiff(diff: string, colors: Colors): string {
  const lines = diff.split('\n').map((line) => {
    const shown = visible(line);
    if (line.startsWith('+++') || line.startsWith('---')) return colors.bold(shown);
    if (line.startsWith('+')) return colors.green(shown);
    if (line.startsWith('-')) return colors.red(shown);
    return line.startsWith('@@') ? colors.cyan(shown) : shown;
  });
  return lines.join('\n');
}

/**
 * If a target has at most this many created, updated or deleted files, each gets a line. Otherwise, one line has their number and folder.
 * The smallest terminals have 24 lines, enough for twenty files and the counts. Nobody reads what scrolls away, and `git status` shows it
 * better.
 */
const mostListed = 20;

function outcomes(files: readonly FileOutcome[] | undefined, colors: Colors): string {
  const signs = { create: colors.green('+'), update: colors.yellow('~'), delete: colors.red('-') } as const;
  const alike = new Map<string, { readonly sign: string; readonly folder?: string; readonly paths: string[] }>();
  for (const { path, action, folder, diff } of files ?? []) {
    if (action === 'keep' || diff !== undefined) continue;
    const key = `${action} ${folder ?? ''}`;
    const group = alike.get(key);
    if (group !== undefined) group.paths.push(path);
    else alike.set(key, { sign: signs[action], ...(folder === undefined ? {} : { folder }), paths: [path] });
  }
  const lines = [...alike.values()].flatMap(({ sign, folder, paths }) =>
    folder === undefined || paths.length <= mostListed
      ? paths.map((path) => ({ path, line: `${sign} ${visible(path)}\n` }))
      : [{ path: folder, line: `${sign} ${paths.length} files in ${visible(folder)}\n` }],
  );
  return lines
    .sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0))
    .map(({ line }) => line)
    .join('');
}

function summary({ diagnostics, files }: Report, colors: Colors): string {
  const problems = countProblems(diagnostics);
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  const color = failed ? colors.red : diagnostics.length > 0 ? colors.yellow : colors.green;
  const outcomes = files === undefined ? '' : `${countOutcomes(files)}; `;
  return `${outcomes}${color(problems)}\n`;
}

function countOutcomes(files: readonly FileOutcome[]): string {
  const words = { create: 'created', update: 'updated', delete: 'deleted', keep: 'unchanged' } as const;
  const counts = (['create', 'update', 'delete', 'keep'] as const).map((action) => {
    const count = files.filter((file) => file.action === action).length;
    return count === 0 ? undefined : `${count} ${words[action]}`;
  });
  return counts.filter((count) => count !== undefined).join(', ') || 'no files';
}

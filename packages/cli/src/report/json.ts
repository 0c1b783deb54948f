import { resolve } from 'node:path';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Span } from '@keywright/core/source/span';
import { visibleJson } from '@keywright/core/source/visible';
import { shownPath } from '../project/locate.ts';
import type { Report } from './contents.ts';

/**
 * Prints the report as JSON, for programs. Within a `version`, the structure only grows:
 *
 *     { version: 1,
 *       diagnostics: [{ code, severity, message, help, environments?, span?, related: [{ message, span }] }],
 *       summary: { errors, warnings, notes },
 *       files?: [{ path, action: create | update | keep | delete, diff? }] }
 *
 * `environments` are the environments that a diagnostic applies to, if its stacks are in several environments. A span is `{ file, line,
 * column, endLine, endColumn }`, counted from 1 in UTF-16 code units, with an exclusive end. Paths are relative to the working directory.
 */
export function jsonReport(report: Report, cwd: string): string {
  const span = (span: Span): Span => ({
    file: shownPath(cwd, resolve(report.root, span.file)),
    line: span.line,
    column: span.column,
    endLine: span.endLine,
    endColumn: span.endColumn,
  });
  const count = (severity: Diagnostic['severity']) =>
    report.diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const value = {
    version: 1,
    diagnostics: report.diagnostics.map((diagnostic) => ({
      code: diagnostic.code,
      severity: diagnostic.severity,
      message: diagnostic.message,
      help: diagnostic.help,
      ...(diagnostic.where === undefined ? {} : { environments: diagnostic.where.environments }),
      ...(diagnostic.span === undefined ? {} : { span: span(diagnostic.span) }),
      related: diagnostic.related.map((one) => ({ message: one.message, span: span(one.span) })),
    })),
    summary: { errors: count('error'), warnings: count('warning'), notes: count('note') },
    ...(report.files === undefined ? {} : { files: report.files.map(({ folder: _, ...file }) => file) }),
  };
  return `${visibleJson(JSON.stringify(value, undefined, 2))}\n`;
}

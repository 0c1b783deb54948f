import { resolve } from 'node:path';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { visible } from '@keywright/core/source/visible';
import { shownPath } from '../project/locate.ts';
import type { Report } from './report.ts';
import { countProblems } from './report.ts';

/**
 * The report as workflow commands of GitHub Actions, which annotate the lines of a pull request. Paths are relative to
 * the repository. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubReport(report: Report, repository: string): string {
  const annotations = report.diagnostics.map((diagnostic) => annotation(diagnostic, report.root, repository));
  return `${[...annotations, countProblems(report.diagnostics)].join('\n')}\n`;
}

function annotation({ severity, code, message, span, help }: Diagnostic, root: string, repository: string): string {
  const command = { error: 'error', warning: 'warning', note: 'notice' }[severity];
  const properties: [string, string | number][] = [];
  if (span !== undefined) {
    properties.push(['file', shownPath(repository, resolve(root, span.file))]);
    properties.push(['line', span.line], ['endLine', span.endLine]);
    // GitHub takes columns only of a stretch within one line.
    if (span.line === span.endLine) properties.push(['col', span.column], ['endColumn', span.endColumn]);
  }
  properties.push(['title', code]);
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  const text = help === '' ? visible(message) : `${visible(message)}\nhelp: ${visible(help)}`;
  return `::${command} ${list}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  // A path that cannot be shown matches no file of the repository, but neither does it play with the log.
  const shown = text.replaceAll(/[^\r\n]+/g, visible);
  return escapeData(shown).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

import { resolve } from 'node:path';
import { sha256 } from '@keywright/core/ir/digest';
import { visible } from '@keywright/core/source/visible';
import { shownPath } from '../project/locate.ts';
import type { Report, Reported } from './contents.ts';
import { countProblems, messageOf } from './contents.ts';

/**
 * Prints the report as workflow commands of GitHub Actions, which annotate the lines of a pull request, and as diffs. Paths are relative to
 * the repository. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubReport(report: Report, repository: string): string {
  const annotations = report.diagnostics.map((diagnostic) => annotation(diagnostic, report.root, repository));
  const diffs = (report.files ?? []).flatMap(({ path, diff }) => (diff === undefined ? [] : [group(path, diff)]));
  return `${[...annotations, ...diffs, countProblems(report.diagnostics)].join('\n')}\n`;
}

/**
 * Prints a diff in a collapsed group of the log. GitHub would obey a line of the diff that looks like a command, so commands are stopped
 * until a token appears. The token is the hash of all lines, so no line can predict it.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
function group(path: string, diff: string): string {
  const lines = diff.replace(/\n$/, '').split('\n').map(visible).join('\n');
  const token = sha256(lines);
  return `::group::${escapeData(visible(path))}\n::stop-commands::${token}\n${lines}\n::${token}::\n::endgroup::`;
}

function annotation(diagnostic: Reported, root: string, repository: string): string {
  const { severity, code, span, help } = diagnostic;
  const message = messageOf(diagnostic);
  const command = { error: 'error', warning: 'warning', note: 'notice' }[severity];
  const properties: [string, string | number][] = [];
  if (span !== undefined) {
    properties.push(['file', shownPath(repository, resolve(root, span.file))]);
    properties.push(['line', span.line], ['endLine', span.endLine]);
    // GitHub takes columns only for a span within one line.
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
  // A path with unprintable characters matches no file of the repository, but it must not corrupt the log.
  const shown = text.replaceAll(/[^\r\n]+/g, visible);
  return escapeData(shown).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

import { resolve } from 'node:path';
import { visible } from '@keywright/core/source/visible';
import { shownPath } from '../project/locate.ts';
import type { Report, Reported } from './contents.ts';

/**
 * Prints the report as JUnit XML, for pipelines that show tests, such as GitLab's. Each problem is a test. Only errors are failing tests,
 * since only errors fail a run; warnings and notes are the output of passing tests. Without problems, there is one passing test. Paths are
 * relative to the working directory. https://github.com/testmoapp/junitxml
 */
export function junitReport({ diagnostics, root }: Report, cwd: string): string {
  const failures = diagnostics.filter(({ severity }) => severity === 'error').length;
  const tests =
    diagnostics.length === 0
      ? ['    <testcase classname="keywright" name="no problems"/>']
      : diagnostics.map((diagnostic) => testcase(diagnostic, root, cwd));
  const counts = `tests="${tests.length}" failures="${failures}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="keywright" ${counts}>
  <testsuite name="keywright" ${counts} errors="0" skipped="0">
${tests.join('\n')}
  </testsuite>
</testsuites>
`;
}

function testcase({ severity, code, message, help, span, where }: Reported, root: string, cwd: string): string {
  const file = span === undefined ? undefined : shownPath(cwd, resolve(root, span.file));
  const attributes = [
    ['classname', file ?? 'keywright'],
    ['name', `${code}: ${message}`],
    ...(span === undefined || file === undefined
      ? []
      : [['file', file] as const, ['line', String(span.line)] as const]),
  ] as const;
  const list = attributes.map(([name, value]) => `${name}="${escapeXml(value)}"`).join(' ');
  const location = span === undefined || file === undefined ? [] : [`${file}:${span.line}:${span.column}`];
  // The name does not contain the environments: a pipeline recognises a test by its name, and one more environment must not make a new
  // test.
  const environments = where === undefined ? [] : [`environments: ${where.environments.join(', ')}`];
  const text = [`${severity}: ${message}`, ...location, ...environments, ...(help === '' ? [] : [`help: ${help}`])]
    .map(escapeXml)
    .join('\n');
  const inner =
    severity === 'error'
      ? `<failure type="${escapeXml(code)}" message="${escapeXml(message)}">${text}</failure>`
      : `<system-out>${text}</system-out>`;
  return `    <testcase ${list}>${inner}</testcase>`;
}

/** Escapes text for an attribute or an element, and makes control characters visible, since XML does not allow them. */
function escapeXml(text: string): string {
  return text
    .split('\n')
    .map(visible)
    .join(' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { describe, expect, it } from 'vitest';
import { fakeIo } from '../testing/fake-io.ts';
import type { Report } from './contents.ts';
import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { printReport } from './report.ts';

const span = { file: 'teams/a b/keys.yaml', line: 12, column: 7, endLine: 12, endColumn: 13 };
const diagnostics: readonly Diagnostic[] = [
  {
    code: 'KW6003',
    severity: 'error',
    message: 'taken: 100%, twice',
    span,
    related: [{ message: 'the other', span: { ...span, line: 3, endLine: 4 } }],
    help: 'rename one',
  },
  { code: 'KW6004', severity: 'note', message: 'nowhere', related: [], help: '' },
];
const report: Report = { diagnostics, sources: new Map(), root: '/work/infra' };

describe('the report for JUnit', () => {
  it('has a failed test for each error, and a passed test for any other problem', () => {
    expect(junitReport(report, '/work')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="keywright" tests="2" failures="1">
  <testsuite name="keywright" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="infra/teams/a b/keys.yaml" name="KW6003: taken: 100%, twice" file="infra/teams/a b/keys.yaml" line="12"><failure type="KW6003" message="taken: 100%, twice">error: taken: 100%, twice
infra/teams/a b/keys.yaml:12:7
help: rename one</failure></testcase>
    <testcase classname="keywright" name="KW6004: nowhere"><system-out>note: nowhere</system-out></testcase>
  </testsuite>
</testsuites>
`);
  });

  it('has one passed test if there are no problems', () => {
    expect(junitReport({ ...report, diagnostics: [] }, '/work')).toContain(
      '<testsuite name="keywright" tests="1" failures="0" errors="0" skipped="0">\n    <testcase classname="keywright" name="no problems"/>',
    );
  });

  it('escapes XML in paths and messages', () => {
    const evil = `"><x a='b'>&\u0000\n]]>`;
    const [first] = diagnostics;
    if (first === undefined) throw new Error('no diagnostic');
    const out = junitReport(
      { ...report, diagnostics: [{ ...first, message: evil, help: evil, span: { ...span, file: evil } }] },
      '/work',
    );
    expect(out.match(/<x/)).toBeNull();
    expect(out.match(/<\/?[a-z]+/g)).toEqual(
      ['testsuites', 'testsuite', 'testcase', 'failure', '/failure', '/testcase', '/testsuite', '/testsuites'].map(
        (name) => `<${name}`,
      ),
    );
    expect(out).not.toContain('\u0000');
  });
});

describe('the report for GitHub', () => {
  it('annotates lines of the repository, and escapes characters of the command syntax', () => {
    expect(githubReport(report, '/work')).toBe(
      [
        '::error file=infra/teams/a b/keys.yaml,line=12,endLine=12,col=7,endColumn=13,title=KW6003::taken: 100%25, twice%0Ahelp: rename one',
        '::notice title=KW6004::nowhere',
        '1 error, 1 note\n',
      ].join('\n'),
    );
  });

  it('lets no path or message start a command', () => {
    const evil = 'a\n::add-mask::x\r,line=1::';
    const [first] = diagnostics;
    if (first === undefined) throw new Error('no diagnostic');
    const out = githubReport(
      { ...report, diagnostics: [{ ...first, message: evil, span: { ...span, file: evil } }] },
      '/work',
    );
    expect(out.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1);
    expect(out).toContain('file=infra/a%0A%3A%3Aadd-mask%3A%3Ax%0D%2Cline=1%3A%3A,line=12');
  });

  it('prints diffs in which no line is a command', () => {
    const diff = '--- a\n+++ a\n@@ -1,2 +1,2 @@\n ::error::planted\n-##[error]planted\n+\u001b[31mred\n';
    const files = [{ path: 'out/a\n::b', action: 'update', diff } as const, { path: 'out/c', action: 'keep' } as const];
    const lines = githubReport({ ...report, diagnostics: [], files }, '/work').split('\n');
    const token = lines[1]?.replace('::stop-commands::', '') ?? '';
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(lines).toEqual([
      '::group::out/a\\u{a}::b',
      `::stop-commands::${token}`,
      ...diff.replace('\u001b', '\\u{1b}').trimEnd().split('\n'),
      `::${token}::`,
      '::endgroup::',
      'no problems',
      '',
    ]);
  });

  it('uses paths from the repository if a step runs in a folder of it', async () => {
    const io = fakeIo({ cwd: '/work/infra', env: { GITHUB_WORKSPACE: '/work' } });
    await printReport('github', report, io);
    expect(io.out()).toContain('::error file=infra/teams/a b/keys.yaml,');
  });
});

it('the JSON report has the documented structure', () => {
  expect(JSON.parse(jsonReport({ ...report, files: [{ path: 'out/a', action: 'create' }] }, '/work'))).toEqual({
    version: 1,
    diagnostics: [
      {
        code: 'KW6003',
        severity: 'error',
        message: 'taken: 100%, twice',
        help: 'rename one',
        span: { ...span, file: 'infra/teams/a b/keys.yaml' },
        related: [{ message: 'the other', span: { ...span, file: 'infra/teams/a b/keys.yaml', line: 3, endLine: 4 } }],
      },
      { code: 'KW6004', severity: 'note', message: 'nowhere', help: '', related: [] },
    ],
    summary: { errors: 1, warnings: 0, notes: 1 },
    files: [{ path: 'out/a', action: 'create' }],
  });
});

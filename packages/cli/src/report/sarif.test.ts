import { diagnosticAddress } from '@keywright/core/diagnostics/addresses';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { sarifReport } from './sarif.ts';

const span = { file: 'teams/a b/ä:1.yaml', line: 12, column: 7, endLine: 12, endColumn: 13 };
const diagnostics: readonly Diagnostic[] = [
  {
    code: 'KW6004',
    severity: 'error',
    message: 'twice',
    span,
    related: [{ message: 'the other', span }],
    help: 'rename',
  },
  { code: 'KW6001', severity: 'note', message: 'nowhere', related: [], help: '' },
  { code: 'KW6004', severity: 'warning', message: 'again', span, related: [], help: '' },
];

function log(): Log {
  return JSON.parse(sarifReport({ diagnostics, sources: new Map(), root: '/work/infra' }, '/work'));
}

describe('the SARIF report', () => {
  it('has a rule for each reported code, with its page, and results that refer to it', () => {
    const [run] = log().runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(['KW6001', 'KW6004']);
    expect(run?.results?.map(({ ruleId, ruleIndex, level }) => [ruleId, rules[ruleIndex ?? -1]?.id, level])).toEqual([
      ['KW6004', 'KW6004', 'error'],
      ['KW6001', 'KW6001', 'note'],
      ['KW6004', 'KW6004', 'warning'],
    ]);
    for (const rule of rules) {
      expect(rule.shortDescription?.text).not.toBe('');
      expect(rule.help?.markdown).toContain(`# ${rule.id}: `);
      expect(rule.helpUri).toBe(diagnosticAddress(rule.id));
    }
  });

  it('locates results in files of the repository, by relative URIs', () => {
    const [first, second] = log().runs[0]?.results ?? [];
    const uri = 'infra/teams/a%20b/%C3%A4%3A1.yaml';
    expect(new URL(uri, 'file:///repository/').pathname).toBe(`/repository/${uri}`);
    const place = {
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      region: { startLine: 12, startColumn: 7, endLine: 12, endColumn: 13 },
    };
    expect(first?.message.text).toBe('twice\nrename');
    expect(first?.locations).toEqual([{ physicalLocation: place }]);
    expect(first?.relatedLocations).toEqual([{ id: 1, physicalLocation: place, message: { text: 'the other' } }]);
    expect(second?.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: 'infra/keywright.yaml', uriBaseId: '%SRCROOT%' } } },
    ]);
  });

  it('counts columns as spans do', () => {
    expect(log()).toMatchObject({ version: '2.1.0', runs: [{ columnKind: 'utf16CodeUnits' }] });
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProject } from '@keywright/core/compile';
import { type Diagnostic, hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { servicePresets } from '@keywright/core/kms/services/presets';
import { grantForCaller, servicesWithoutStatement } from '@keywright/core/kms/services/without-statement';
import { type FileReading, hostOfText } from '@keywright/core/project/host';
import { describe, expect, test } from 'vitest';
import { checkProgram } from './check-program.ts';
import { catalogue } from './rules/rules.ts';

const head = `keywright: 1
app: demo
environments:
  prod: { account: "111122223333", region: eu-west-1, purpose: production }
  test: { account: "444455556666", region: eu-west-1, purpose: test }
principals:
  admin: { role: "arn:aws:iam::111122223333:role/KeyAdmin", mutable: false }
  partner: { account: "999999999999", because: "settles our payments" }
`;

/** The diagnostics of compiling a project and the findings of the rules, each with its line: `warning KW7018 9`. */
function problemsOf(text: string): readonly string[] {
  const { program, review, diagnostics } = compileProject(hostOfText(text), { targets: [] });
  const found = program === undefined || hasErrors(diagnostics) ? [] : checkProgram(program, review);
  return [...diagnostics, ...found].map(({ severity, code, span }) => `${severity} ${code} ${span?.line}`);
}

function findingsOf(text: string): readonly Diagnostic[] {
  const { program, review } = compileProject(hostOfText(text), { targets: [] });
  return program === undefined ? [] : checkProgram(program, review);
}

const keys = (...lines: readonly string[]) =>
  `${head}stacks:\n  main:\n    environment: prod\n    keys:\n${lines.map((line) => `      ${line}\n`).join('')}`;
const suppress = (rule: string) => `suppress: [{ rule: ${rule}, because: reviewed }]`;

describe('a suppression', () => {
  test.each([
    ['of a key hides findings about the key', [`a: { ${suppress('KW7018')} }`], []],
    ['of a key hides no finding about other keys', [`a: { ${suppress('KW7018')} }`, 'b: {}'], ['warning KW7018 14']],
    ['hides no finding of another rule', [`a: { removal: destroy, ${suppress('KW7018')} }`], ['warning KW7019 13']],
    ['that matches nothing is reported', [`a: { rotation: true, ${suppress('KW7018')} }`], ['warning KW3045 13']],
    [
      'of a rule that does not exist is reported',
      [`a: { rotation: true, ${suppress('KW7999')} }`],
      ['warning KW3045 13'],
    ],
    [
      'hides an error that a rule reports',
      [`a: { rotation: true, policy: [{ principals: admin, actions: "kms:Get*" }], ${suppress('KW7001')} }`],
      [],
    ],
    [
      'of a key hides findings about a grant on the key',
      [`a: { rotation: true, grants: [{ to: admin, can: "kms:*" }], ${suppress('KW7005')} }`],
      [],
    ],
  ])('%s', (_name, lines, expected) => {
    expect(problemsOf(keys(...lines))).toEqual(expected);
  });

  test('of a replica applies only to the replica', () => {
    const replicas = `replicas: [{ environment: us, removal: destroy, ${suppress('KW7019')} }]`;
    const project = keys(`a: { rotation: true, multiRegion: true, removal: destroy, ${replicas} }`);
    const us = '  us: { account: "111122223333", region: us-east-1 }\nprincipals:';
    expect(problemsOf(project.replace('principals:', us))).toEqual(['warning KW7019 14']);
  });

  test('of a standard applies to all keys that build on the standard, and may match nothing', () => {
    const standards = `standards: { reviewed: { ${suppress('KW7018')} } }\nstacks:`;
    const project = keys('a: { standard: reviewed }', 'b: { standard: reviewed, rotation: true }', 'c: {}');
    expect(problemsOf(project.replace('stacks:', standards))).toEqual(['warning KW7018 16']);
    const ofNothing = keys('b: { standard: reviewed, rotation: true }').replace('stacks:', standards);
    expect(problemsOf(ofNothing)).toEqual([]);
  });

  test('in a stack with several environments counts as used if it matches in one of them', () => {
    const both = (text: string) => keys(text).replace('environment: prod', 'environment: [test, prod]');
    expect(problemsOf(both(`a: { rotation: true, pendingWindow: 7, ${suppress('KW7020')} }`))).toEqual([]);
    expect(problemsOf(both(`a: { rotation: true, pendingWindow: 30, ${suppress('KW7020')} }`))).toEqual([
      'warning KW3045 13',
    ]);
  });

  test('of an import hides findings about its grants, wherever the statements are written', () => {
    const grants = 'grants: [{ to: [admin, api], can: [decrypt, "kms:CreateGrant"] }]';
    const importing = (what: string, suppression: string) => `${keys('a: { rotation: true }')}  user:
    environment: prod
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
    imports:
      a: { ${what}, ${grants}${suppression} }
`;
    const ours = 'key: main.a';
    const theirs = 'arn: "arn:aws:kms:eu-west-1:999999999999:key/1"';
    const found = 'warning KW7008 18';
    expect(problemsOf(importing(ours, ''))).toEqual([found, found]);
    expect(problemsOf(importing(ours, `, ${suppress('KW7008')}`))).toEqual([]);
    expect(problemsOf(importing(ours, `, ${suppress('KW7009')}`))).toEqual([found, found, 'warning KW3045 18']);
    expect(problemsOf(importing(theirs, ''))).toEqual(['warning KW3031 18', 'note KW3035 18', found]);
    expect(problemsOf(importing(theirs, `, ${suppress('KW7008')}`))).toEqual(['warning KW3031 18', 'note KW3035 18']);
  });
});

test('a finding in a merged statement points to the place of every original statement', () => {
  const own = keys(`a:
        rotation: true
        statements:
          - { principals: admin, actions: "kms:Decrypt", conditions: { StringEquals: { "kms:ViaServise": "s3.eu-west-1.amazonaws.com" } } }
          - { principals: admin, actions: "kms:Encrypt", conditions: { StringEquals: { "kms:ViaServise": "s3.eu-west-1.amazonaws.com" } } }`);
  const [misspelt] = findingsOf(own).filter(({ code }) => code === 'KW7011');
  expect(misspelt?.span?.line).toBe(16);
  expect(misspelt?.related.map(({ span }) => span.line)).toEqual([17]);
});

test('rules and the evaluator interpret a resource other than `*` in a key policy in the same way', () => {
  const root = (resources: string) =>
    problemsOf(
      keys(
        `a: { rotation: true, policy: [{ principals: [{ account: "111122223333" }], actions: "kms:*", resources: "${resources}" }] }`,
      ),
    );
  expect(root('*')).toEqual([]);
  expect(root('arn:aws:kms:eu-west-1:111122223333:key/*')).toEqual(['warning KW7015 13']);
  expect(root('arn:aws:kms:eu-west-2:111122223333:key/*')).toEqual(['error KW7001 13', 'warning KW7015 13']);
});

describe('`rules`', () => {
  const rules = (text: string, project: string) =>
    problemsOf(project.replace('environments:', `rules: ${text}\nenvironments:`));
  test.each([
    ['{ KW7018: error }', ['error KW7018 14']],
    ['{ KW7018: note }', ['note KW7018 14']],
    ['{ KW7018: off }', []],
    ['{ KW7019: off }', ['warning KW7018 14']],
    ['{ KW7100: off }', ['warning KW7018 14', 'error KW1007 3'].reverse()],
    ['{ KW3100: off }', ['error KW1007 3']],
    ['{ KW3020: note }', ['error KW1008 3']],
    ['{ KW5104: note }', ['error KW1007 3']],
    ['{ rotation: off }', ['error KW1005 3']],
    ['{ KW7018: fatal }', ['error KW1004 3']],
  ])('%s leads to the expected diagnostics', (text, expected) => {
    expect(rules(text, keys('a: {}'))).toEqual(expected);
  });

  test('changes the severity of warnings of core too, but not of errors', () => {
    const granted = keys('a: { rotation: true, grants: [{ to: partner, can: decrypt }] }');
    expect(problemsOf(granted)).toEqual(['note KW3034 13']);
    expect(rules('{ KW3034: error }', granted)).toEqual(['error KW3034 14']);
    expect(rules('{ KW3034: off }', granted)).toEqual([]);
  });

  test('sets the severity of a suppression that matches nothing', () => {
    const project = keys(`a: { rotation: true, ${suppress('KW7018')} }`);
    expect(rules('{ KW3045: error }', project)).toEqual(['error KW3045 14']);
    // With KW7018 off, nothing shows whether the suppression would match, so it is not reported as unused.
    expect(rules('{ KW7018: off }', project)).toEqual([]);
  });
});

test('the catalogue lists the rules in the order of their codes', () => {
  const codes = catalogue.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
  for (const code of codes) expect(code).toMatch(/^KW7\d{3}$/);
});

test.each(servicePresets.map(({ name, requires }) => [name, requires] as const))(
  'the preset %s satisfies the rules',
  (name, { specs, usage, region = 'eu-west-1' }) => {
    const [spec] = specs;
    const rotation = spec === 'SYMMETRIC_DEFAULT';
    const key = `a: { spec: ${spec}, usage: ${usage}, rotation: ${rotation}, services: [${name}] }`;
    const project = keys(key).replace('region: eu-west-1', `region: ${region}`);
    // KW3055 does not come from a rule: it notes that a service-linked role has to exist before the key.
    expect(problemsOf(project).filter((problem) => !problem.startsWith('note KW3055'))).toEqual([]);
  },
);

test.each(servicesWithoutStatement.map((service) => [service.name, service] as const))(
  'the grant that is advised for %s satisfies the rules',
  (_name, service) => {
    expect(problemsOf(keys(`a: { rotation: true, ${grantForCaller(service, 'admin')} }`))).toEqual([]);
  },
);

test('no case of the semantics makes a rule throw', () => {
  const folder = join(import.meta.dirname, '../../cli/cases');
  for (const name of readdirSync(folder)) {
    const readFile = (path: string): FileReading => {
      try {
        return { kind: 'text', text: readFileSync(join(folder, name, path), 'utf8') };
      } catch {
        return { kind: 'missing' };
      }
    };
    const { program, review } = compileProject({ readFile, glob: () => [] }, { targets: [] });
    if (program !== undefined) expect(() => checkProgram(program, review)).not.toThrow();
  }
});

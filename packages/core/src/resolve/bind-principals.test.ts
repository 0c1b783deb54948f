import { describe, expect, test } from 'vitest';
import { compileText, head, problemsOf } from '../testing/compile-text.ts';

const role = (name: string) => `{ role: "arn:aws:iam::111122223333:role/${name}" }`;
const project = (principals: string, admins: string) =>
  `${head}${principals === '' ? '' : `principals:\n${principals}`}stacks:\n  main:\n    environment: prod\n    keys: { k: { policy: [{ principals: ${admins}, actions: "kms:*" }] } }\n`;

function named(principals: string, admins: string) {
  const { program, diagnostics } = compileText(project(principals, admins));
  const key = program?.stacks[0]?.resources.find(({ kind }) => kind === 'key');
  const arns = key?.kind === 'key' ? key.policy.statements.flatMap((statement) => statement.principals ?? []) : [];
  return {
    roles: arns.map((principal) =>
      principal.kind === 'aws' && principal.arn.kind === 'literal'
        ? principal.arn.text.replace(/^.*\//, '')
        : principal.kind,
    ),
    problems: diagnostics.map(({ code, message }) => `${code} ${message}`),
  };
}

describe('a name for several principals', () => {
  test('expands to all of them, in order and without duplicates', () => {
    const principals = `  a: ${role('A')}\n  b: ${role('B')}\n  both: { anyOf: [b, a] }\n  all: { anyOf: [both, a, ${role('C')}, both] }\n`;
    expect(named(principals, '[all, b]')).toEqual({ roles: ['B', 'A', 'C'], problems: [] });
  });

  test.each([
    ['that contains itself', '  g: { anyOf: [a, g] }\n', ['g → g']],
    [
      'that is part of a circle',
      '  g: { anyOf: [h] }\n  h: { anyOf: [i, a] }\n  i: { anyOf: [g] }\n',
      ['g → h → i → g'],
    ],
    ['that leads into a circle', '  g: { anyOf: [h, a] }\n  h: { anyOf: [i] }\n  i: { anyOf: [h] }\n', ['h → i → h']],
  ])('%s is an error, and stands for the rest of its principals', (_name, groups, cycles) => {
    const { roles, problems } = named(`  a: ${role('A')}\n${groups}`, 'g');
    expect(problems).toEqual(cycles.map((cycle) => `KW2004 the principal \`${cycle[0]}\` builds on itself: ${cycle}`));
    expect(roles).toEqual(['A']);
  });

  test('may contain an earlier name many times', () => {
    const groups = Array.from(
      { length: 60 },
      (_, index) => `  g${index}: { anyOf: [${index === 0 ? 'a' : `g${index - 1}, g${index - 1}`}] }\n`,
    );
    expect(named(`  a: ${role('A')}\n${groups.join('')}`, 'g59')).toEqual({ roles: ['A'], problems: [] });
  });

  test('may be nested thousands of names deep', () => {
    const groups = Array.from(
      { length: 5000 },
      (_, index) => `  g${index}: { anyOf: [${index === 0 ? 'a' : `g${index - 1}`}] }\n`,
    );
    expect(named(`  a: ${role('A')}\n${groups.join('')}`, 'g4999')).toEqual({ roles: ['A'], problems: [] });
  });
});

test('an unknown name is an error at its place, with the existing names', () => {
  const text = project(`  keyAdmin: ${role('A')}\n  group: { anyOf: [keyAdmins] }\n`, 'group');
  expect(problemsOf(text)).toEqual(['KW2003 9:20 there is no principal `keyAdmins`']);
  expect(compileText(text).diagnostics[0]?.help).toBe('did you mean `keyAdmin`?');
});

test.each([
  ['prod', '{ account: prod }'],
  ['s3', '{ service: s3 }'],
  ['o-a1b2c3d4e5', '{ organization: o-a1b2c3d4e5 }'],
  ['ou-ab12-11111111', '{ orgUnit: "o-…/*/ou-ab12-11111111" }'],
])('`%s` without a definition is probably %s', (name, form) => {
  const { diagnostics } = compileText(project('', name));
  expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([['KW2003', `write \`${form}\``]]);
});

test('a policy is attached to a role by its name, with placeholders replaced', () => {
  const text = `${head}principals: { app: { role: "arn:aws:iam::\${account}:role/app/App-\${region}" } }
stacks:
  main: { environment: prod, keys: { k: { grants: [{ to: app, can: decrypt }] } } }
`;
  const policy = compileText(text).program?.stacks[0]?.resources.find(({ kind }) => kind === 'identityPolicy');
  expect(policy).toMatchObject({
    name: 'app',
    attachTo: { kind: 'role', name: { kind: 'literal', text: 'App-eu-west-1' } },
  });
});

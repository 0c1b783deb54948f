import { describe, expect, test } from 'vitest';
import { compileText, head, problemsOf, stacksOf } from '../testing/compile-text.ts';

const project = (stacks: string) => `${head}stacks:\n${stacks}`;
const role = (name: string, assumedBy = 'lambda.amazonaws.com') => `${name}: { role: { assumedBy: ${assumedBy} } }`;

describe('stacks', () => {
  test('are sorted by name, except that each stack follows the stacks that it uses', () => {
    const stacks = stacksOf(
      project(`  c: { keys: { k: {} } }
  b: { imports: { k: { key: c.k, aliases: [b] } } }
  a: { imports: { k: { key: c.k, aliases: [a] } } }
  d: {}
`),
    );
    expect([...stacks.keys()]).toEqual(['c', 'a', 'b', 'd']);
    expect(stacks.get('a')?.dependsOn).toEqual(['c']);
  });

  test('follow the stacks that create the principals trusted by their roles', () => {
    const stacks = stacksOf(
      project(`  z: { principals: { ${role('p')} } }\n  a: { principals: { ${role('q', 'z.p')} } }\n`),
    );
    expect([...stacks.keys()]).toEqual(['z', 'a']);
    expect(stacks.get('z')?.exports.map(({ id }) => id)).toEqual(['principals.p.arn']);
    expect(stacks.get('a')).toMatchObject({ dependsOn: ['z'], imports: [{ stack: 'z', export: 'principals.p.arn' }] });
  });

  test('may not give an output the name of an export that another stack uses', () => {
    const text = project(`  base: { environment: prod, keys: { logs: {} } }
  user: { environment: prod, imports: { logs: { key: base.logs, aliases: [logs] } } }
  team:
    environment: prod
    keys: { own: {} }
    outputs:
      own: { value: "\${keys.own.arn}", export: "demo:base:keys:logs:arn" }
      other: { value: "\${keys.own.arn}", export: "demo:base:keys:logs:other" }
`);
    const { diagnostics } = compileText(text);
    expect(diagnostics).toMatchObject([
      {
        code: 'KW2033',
        message: 'the export `demo:base:keys:logs:arn` is claimed twice in account 111122223333, eu-west-1',
        span: { line: 14 },
        related: [{ span: { line: 9 } }],
      },
    ]);
  });

  test('that need each other cause an error, with the line of each need', () => {
    const text = project(`  a:
    principals: { ${role('p')} }
    keys: { k: { statements: [{ principals: b.q, actions: "kms:*" }] } }
  b:
    principals: { ${role('q', 'c.r')} }
  c:
    principals: { ${role('r')} }
    keys:
      k:
        kmsGrants: { g: { grantee: a.p, operations: [Decrypt] } }
`);
    const [cycle, ...others] = compileText(text).diagnostics;
    expect(others).toEqual([]);
    expect(cycle).toMatchObject({ code: 'KW2009', span: { line: 10 } });
    expect(cycle?.message).toContain(': a → b → c → a');
    expect(cycle?.related.map(({ message, span }) => `${span.line} ${message}`)).toEqual([
      '10 a needs b: a key policy in it names `q`',
      '12 b needs c: its role `q` trusts `r`',
      '17 c needs a: a KMS grant in it names `p`',
    ]);
  });

  test('with two cycles cause an error for each', () => {
    const uses = (name: string, others: readonly string[]) =>
      `  ${name}: { keys: { k: {} }, imports: { ${others.map((other) => `${other}: { key: ${other}.k, aliases: [${name}-${other}] }`).join(', ')} } }\n`;
    const messages = problemsOf(project(uses('a', ['b', 'c']) + uses('b', ['a']) + uses('c', ['a'])));
    expect(messages.map((message) => message.replace(/^.*: /, ''))).toEqual(['a → b → a', 'a → c → a']);
  });
});

describe('a key policy that names a principal of another stack', () => {
  test('does not depend on the order of the file', () => {
    // Neither key trusts its account, and each policy names the role of the other stack, so one of the policies has to name the account
    // instead.
    const stack = (name: string, environment: string, other: string) =>
      `  ${name}:\n    environment: ${environment}\n    principals: { ${role('r')} }\n    keys: { k: { aliases: [${name}], policy: [{ principals: { service: a }, actions: "kms:*" }], grants: [{ to: ${other}.r, can: decrypt }] } }\n`;
    const policies = (text: string) =>
      Object.fromEntries(
        (compileText(text).program?.stacks ?? []).map(({ name, resources }) => {
          const key = resources.find(({ kind }) => kind === 'key');
          return [
            name,
            key?.kind === 'key' ? key.policy.statements.flatMap((statement) => statement.principals ?? []) : [],
          ];
        }),
      );
    const [first, second] = [stack('a', 'prod', 'b'), stack('b', 'data', 'a')];
    expect(Object.keys(policies(project(first + second))).sort()).toEqual(['a', 'b']);
    expect(policies(project(second + first))).toEqual(policies(project(first + second)));
  });
});

describe('roles of one stack', () => {
  const resources = (principals: string) =>
    stacksOf(project(`  main: { principals: { ${principals} } }\n`))
      .get('main')
      ?.resources.map(({ id }) => id);

  test('follow the roles that they trust', () => {
    expect(resources([role('a', 'c'), role('b'), role('c', 'b')].join(', '))).toEqual(['role/b', 'role/c', 'role/a']);
  });

  test.each([
    ['that trust each other', [role('a', 'b'), role('b', 'a')], 'a → b → a'],
    ['one of which trusts itself', [role('a', '[lambda.amazonaws.com, a]')], 'a → a'],
  ])('%s cause an error', (_name, principals, cycle) => {
    const [problem] = problemsOf(project(`  main: { principals: { ${principals.join(', ')} } }\n`));
    expect(problem).toContain(`KW2004`);
    expect(problem).toContain(`builds on itself: ${cycle}`);
  });
});

test('a name pinned for a target that does not exist is an error', () => {
  const text = project('  main: { keys: { k: { names: { any: orders, other: x } } } }\n');
  expect(problemsOf(text)).toEqual(['KW2011 8:19 there is no target `other`']);
});

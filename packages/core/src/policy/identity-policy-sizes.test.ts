import { describe, expect, test } from 'vitest';
import { compileText, head } from '../testing/compile-text.ts';

/** The number of statements in the policy of a role or user that has a grant on this many keys; or the diagnostics. */
function outcomeOf(kind: 'role' | 'user', count: number, settings = ''): string {
  const keys = Array.from(
    { length: count },
    (_, index) => `      k${index}: { grants: [{ to: app, can: decrypt }] }\n`,
  );
  const body = kind === 'role' ? '{ assumedBy: lambda.amazonaws.com }' : '{}';
  const stacks = `stacks:\n  main:\n    environment: prod\n    principals: { app: { ${kind}: ${body} } }\n    keys:\n${keys.join('')}`;
  const { program, diagnostics } = compileText(`${head}${settings}${stacks}`);
  if (diagnostics.length > 0) return diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n');
  const policies = program?.stacks.flatMap(({ resources }) => resources.filter((one) => one.kind === 'identityPolicy'));
  return `${policies?.map(({ document }) => document.statements.length)}`;
}

describe('the policy on a role or user', () => {
  test('has a statement for each key if there is room', () => {
    expect(outcomeOf('user', 10)).toBe('10');
    expect(outcomeOf('role', 60)).toBe('60');
  });

  test('has one statement for all keys if there is no room for more', () => {
    expect(outcomeOf('user', 20)).toBe('1');
    expect(outcomeOf('role', 120)).toBe('1');
  });

  test('is refused if even one statement for all keys is too long', () => {
    expect(outcomeOf('user', 30)).toBe(
      'KW3047 the policies on the user `app` have 2433 characters without white space; IAM accepts 2048',
    );
    expect(outcomeOf('role', 140)).toMatch(/^KW3047 the policies on the role `app` have 1\d{4} characters/);
  });

  test('is refused if it is too long and statements may not be merged', () => {
    expect(outcomeOf('user', 20, 'settings: { minimizePolicies: false }\n')).toMatch(/^KW3047 /);
  });
});

test('policies that several stacks write on one role are measured together', () => {
  const stack = (name: string) => {
    const keys = Array.from({ length: 90 }, (_, index) => `      k${index}: { grants: [{ to: app, can: decrypt }] }\n`);
    return `  ${name}:\n    environment: prod\n    keys:\n${keys.join('')}`;
  };
  const principals = 'principals: { app: { role: "arn:aws:iam::111122223333:role/App" } }\n';
  const problems = (...names: readonly string[]) =>
    compileText(`${head}${principals}stacks:\n${names.map(stack).join('')}`).diagnostics.map(
      ({ code, related }) => `${code} ${related.length}`,
    );
  expect(problems('one')).toEqual([]);
  expect(problems('one', 'other')).toEqual(['KW3047 1']);
});

test('the message about policies that are too long names the principal, not the entry of `identityPolicies`', () => {
  const statements = Array.from(
    { length: 40 },
    (_, index) => `{ actions: kms:Decrypt, resources: "arn:aws:kms:eu-west-1:111122223333:key/${index}" }`,
  );
  const policies = `{ decrypting: { attachTo: app, statements: [${statements.join(', ')}] } }`;
  const stack = `{ environment: prod, principals: { app: { user: {} } }, identityPolicies: ${policies} }`;
  const { diagnostics } = compileText(`${head}settings: { minimizePolicies: false }\nstacks: { main: ${stack} }\n`);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    expect.stringMatching(/^KW3047 the policies on the user `app` have \d+ characters/),
  ]);
});

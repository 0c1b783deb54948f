/**
 * YAML that is imported from a plan generates the policies of the plan, statement by statement. The plans were made by Terraform and the
 * AWS provider, for modules that other people published. This test parses the plans itself and shares no code with the reader.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './run.ts';
import { fakeIo } from './testing/fake-io.ts';

const folder = join(import.meta.dirname, '../../read-terraform/cases');
const plans = readdirSync(folder).filter((name) => name.endsWith('.plan.json'));
const place = ['--account', '111122223333', '--region', 'eu-west-1', '--app', 'shapes'];

interface Planned {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

type Json = Readonly<Record<string, unknown>>;

/** The policies of keys and replicas, by address, if the plan contains their text. */
function plannedPolicies(text: string): ReadonlyMap<string, string> {
  const resources = JSON.parse(text) as readonly Planned[]; // `terraform show -json`, reduced to its resources
  return new Map(
    resources.flatMap(({ address, type, values: { policy } }) =>
      /^aws_kms_(key|external_key|replica_key|replica_external_key)$/.test(type) && typeof policy === 'string'
        ? [[address, policy]]
        : [],
    ),
  );
}

/**
 * Returns the same text for all policies that KMS treats as equal: `"*"` becomes every AWS principal, an account becomes its root, and a
 * single value becomes a list of one. A statement without a resource is left out. Statements keep their order.
 */
function canonical(policy: Json): string {
  const { Version, Id, Statement } = policy;
  const list = (Array.isArray(Statement) ? Statement : [Statement]) as readonly Json[];
  // KMS applies a statement without a resource to no key. Source: AWS KMS API reference, PutKeyPolicy, Policy.
  const effective = list.filter((statement) => 'Resource' in statement || 'NotResource' in statement);
  return JSON.stringify({ Version, Id, Statement: effective.map(canonicalStatement) });
}

function canonicalStatement(statement: Json): Json {
  const { Sid, Effect, Condition, ...rest } = statement;
  return {
    Sid,
    Effect,
    ...Object.fromEntries(
      ['Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource'].map((name) => [
        name,
        name.endsWith('Principal') ? principals(rest[name]) : values(rest[name]),
      ]),
    ),
    Condition: Object.entries((Condition ?? {}) as Readonly<Record<string, Json>>)
      .map(([operator, keys]) => [
        operator,
        Object.entries(keys)
          .map(([key, one]) => [key, values(one)])
          .sort(),
      ])
      .sort(),
  };
}

function values(value: unknown): readonly string[] | undefined {
  return value === undefined ? undefined : [value].flat().map(String).sort();
}

function principals(value: unknown): unknown {
  if (value === undefined) return undefined;
  const kinds = value === '*' ? { AWS: '*' } : (value as Json);
  return Object.entries(kinds)
    .map(([kind, one]) => [kind, values(one)?.map((name) => name.replace(/^(\d{12})$/, 'arn:aws:iam::$1:root'))])
    .sort();
}

test('the list of plans is not empty', () => {
  expect(plans.length).toBeGreaterThanOrEqual(6);
});

test.each(plans)('the policies of %s are imported as Terraform planned them', { timeout: 240_000 }, async (plan) => {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-import-agrees-'));
  try {
    const source = join(folder, plan);
    const imported = fakeIo({ cwd });
    await run(['import', source, ...place], imported);
    const left = [...plannedPolicies(readFileSync(source, 'utf8'))].filter(([address]) => {
      const said = imported
        .err()
        .split('\n')
        .filter((line) => line.startsWith('error'));
      return !said.some((line) => line.includes(address));
    });
    const expected = left.map(([, policy]) => canonical(JSON.parse(policy))).sort();
    if (expected.length === 0) return expect(imported.err()).toContain('error[KW8211]');
    const ir = fakeIo({ cwd });
    expect(await run(['ir'], ir)).toBe(0);
    const { stacks } = JSON.parse(ir.out()) as { readonly stacks: readonly { readonly resources: readonly Json[] }[] };
    const keys = stacks.flatMap(({ resources }) =>
      resources.filter(({ kind }) => kind === 'key' || kind === 'replicaKey'),
    );
    expect(keys.length).toBe(expected.length);
    const found: string[] = [];
    for (const { name, kind, environmentName } of keys) {
      const io = fakeIo({ cwd });
      const key = kind === 'key' ? String(name) : `${name}@${environmentName}`;
      expect(await run(['policy', key, '--format', 'json'], io)).toBe(0);
      const { keys: answers } = JSON.parse(io.out()) as { readonly keys: readonly { readonly policy: Json }[] };
      found.push(...answers.map(({ policy }) => canonical(policy)));
    }
    expect(found.sort()).toEqual(expected);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});

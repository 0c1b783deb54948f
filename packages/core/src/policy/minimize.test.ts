import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literal } from '../ir/expression.ts';
import type { PolicyPrincipal, Statement } from '../ir/policy.ts';
import { dropDuplicates, minimize } from './minimize.ts';

const source = { span: { file: 'a', line: 1, column: 1, endLine: 1, endColumn: 1 } };
const aws = (name: string): PolicyPrincipal => ({ kind: 'aws', arn: literal(name) });

const principal: fc.Arbitrary<PolicyPrincipal> = fc.oneof(
  fc.constantFrom('a', 'b', 'c').map(aws),
  fc.constantFrom('a', 'b').map((host) => ({ kind: 'service', host: literal(host) }) as const),
  fc.constant({ kind: 'anyone' } as const),
);
const few = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 });
const actions = few(fc.constantFrom('kms:Encrypt', 'kms:Decrypt', 'kms:Sign', 'kms:*'));
const resources = few(fc.constantFrom('*', 'r').map(literal));
const condition = fc.record({
  operator: fc.constantFrom('StringEquals', 'Bool'),
  key: fc.constantFrom('k', 'l'),
  values: few(fc.constantFrom('1', '2').map(literal)),
});

/** Statements that are alike enough to be merged, of every kind that the IR has. */
const statement: fc.Arbitrary<Statement> = fc
  .tuple(
    fc.record({ effect: fc.constantFrom('Allow', 'Deny'), conditions: fc.array(condition, { maxLength: 1 }) } as const),
    fc.oneof(
      { weight: 4, arbitrary: few(principal).map((principals) => ({ principals })) },
      few(principal).map((notPrincipals) => ({ notPrincipals })),
      fc.constant({}),
    ),
    fc.oneof(
      { weight: 4, arbitrary: actions.map((actions) => ({ actions })) },
      actions.map((notActions) => ({ notActions })),
    ),
    fc.oneof(
      { weight: 4, arbitrary: resources.map((resources) => ({ resources })) },
      resources.map((notResources) => ({ notResources })),
      fc.constant({}),
    ),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      fc.constantFrom('One', 'Two').map((sid) => ({ sid })),
    ),
  )
  .map((parts) => Object.assign({ source }, ...parts));

/** The meaning of statements, one principal, action and resource at a time. The `not…` properties are kept whole. */
function tuples(statements: readonly Statement[]): ReadonlySet<string> {
  const each = <T>(list: readonly T[] | undefined): readonly unknown[] => list ?? ['none'];
  const whole = (list: readonly unknown[] | undefined) =>
    [...new Set(list?.map((item) => JSON.stringify(item)))].sort();
  const said = new Set<string>();
  for (const { effect, sid, conditions, notPrincipals, notActions, notResources, ...of } of statements) {
    for (const principal of each(of.principals)) {
      for (const action of each(of.actions)) {
        for (const resource of each(of.resources)) {
          const nots = [notPrincipals, notActions, notResources].map(whole);
          said.add(JSON.stringify([effect, sid, principal, action, resource, nots, whole(conditions)]));
        }
      }
    }
  }
  return said;
}

const statements = fc.array(statement, { maxLength: 8 });

describe('merging', () => {
  const allow = (name: string, ...actions: string[]): Statement => ({
    effect: 'Allow',
    principals: [aws(name)],
    actions,
    resources: [literal('*')],
    conditions: [],
    source,
  });

  test('does not change the meaning', () => {
    fc.assert(
      fc.property(statements, (before) => {
        expect(tuples(minimize(before))).toEqual(tuples(before));
        expect(tuples(dropDuplicates(before))).toEqual(tuples(before));
      }),
      { numRuns: 800 },
    );
  });

  test('leaves statements with a sid alone', () => {
    fc.assert(
      fc.property(statements, (before) => {
        const named = before.filter(({ sid }) => sid !== undefined);
        expect(minimize(before).filter(({ sid }) => sid !== undefined)).toEqual(named);
      }),
    );
  });

  test('merges actions, then principals, into the first statement', () => {
    const merged = minimize([
      allow('a', 'kms:Encrypt'),
      allow('b', 'kms:Encrypt'),
      allow('a', 'kms:Decrypt'),
      allow('b', 'kms:Decrypt'),
    ]);
    expect(merged).toEqual([{ ...allow('a', 'kms:Encrypt', 'kms:Decrypt'), principals: [aws('a'), aws('b')] }]);
  });

  test.each(['kms:*', 'KMS:*', '*'])('adds principals to a statement about %s, but no actions', (every) => {
    const merged = minimize([
      allow('a', every),
      allow('a', 'kms:Decrypt'),
      allow('b', every),
      allow('a', 'kms:Encrypt', every),
    ]);
    expect(merged).toEqual([
      { ...allow('a', every), principals: [aws('a'), aws('b')] },
      allow('a', 'kms:Decrypt'),
      allow('a', 'kms:Encrypt', every),
    ]);
  });
});

test('statements that differ only in the order of their lists are equal', () => {
  const one: Statement = {
    effect: 'Deny',
    principals: [aws('a'), aws('b')],
    actions: ['x', 'y'],
    conditions: [],
    source,
  };
  const other: Statement = { ...one, principals: [aws('b'), aws('a')], actions: ['y', 'x'] };
  expect(dropDuplicates([one, other, { ...one, effect: 'Allow' }, { ...one, sid: 'A' }])).toHaveLength(3);
});

describe('a merged statement', () => {
  const from = (line: number, name: string, action: string, through?: string): Statement => ({
    effect: 'Allow',
    principals: [aws(name)],
    actions: [action],
    conditions: [],
    source: {
      span: { file: 'keywright.yaml', line, column: 3, endLine: line, endColumn: 9 },
      ...(through !== undefined && { through }),
    },
  });
  const places = ({ source: { span, also = [] } }: Statement) =>
    [span, ...also.map((one) => one.span)].map(({ line }) => line);

  test('has the places of all original statements, each once', () => {
    const before = [
      from(12, 'a', 'x'),
      from(14, 'b', 'x'),
      from(12, 'a', 'z'),
      from(19, 'a', 'y'),
      from(21, 'b', 'y'),
      from(21, 'b', 'z'),
    ];
    const [merged, ...others] = minimize(before);
    expect(others).toEqual([]);
    expect(merged && places(merged)).toEqual([12, 19, 14, 21]);
    // The origins in `also` have no `also` of their own.
    expect(merged?.source.also?.every((origin) => !('also' in origin))).toBe(true);
  });

  test('has the same line twice if only one of two statements came through a standard', () => {
    const [merged] = minimize([from(12, 'a', 'x'), from(12, 'a', 'y', 'standard pii')]);
    expect(merged?.source.also).toEqual([from(12, 'a', 'y', 'standard pii').source]);
  });

  test('keeps the places of duplicates', () => {
    const [only, ...others] = dropDuplicates([from(12, 'a', 'x'), from(19, 'a', 'x'), from(12, 'a', 'x')]);
    expect(others).toEqual([]);
    expect(only && places(only)).toEqual([12, 19]);
  });

  test('has one place if all statements come from the same place', () => {
    expect(minimize([from(12, 'a', 'x'), from(12, 'a', 'y')])[0]?.source).toEqual(from(12, 'a', 'x').source);
  });
});

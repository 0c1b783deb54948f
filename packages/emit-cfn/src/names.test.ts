import { literal } from '@keywright/core/ir/expression';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudFormationStackName, distinctNames, logicalIdOf, logicalName } from './names.ts';
import { alias, everything } from './stack.test-fixture.ts';

describe('logicalIdOf', () => {
  it('makes PascalCase of the name and the kind, and keeps a pinned name', () => {
    expect(everything.resources.map(logicalIdOf)).toEqual([
      'OrdersApiRole',
      'BatchUser',
      'AuditorsGroup',
      'OrdersKey',
      'OrdersAlias',
      'PaymentsOrdersAlias',
      'OrdersReplica',
      'OrdersAlias',
      'HashKey1A2B3C4D',
      'SigningKey',
      'ByokKey',
      'LegacyAlias',
      'CentralAlias',
      'OrdersApiPolicy',
      'KeyAdminsPolicy',
      'OrdersWorkersGrant',
      'KeysOrdersArnParameter',
    ]);
  });

  it('returns at most 255 letters and digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9/_-]{1,250}$/), (name) => {
        expect(logicalIdOf(alias(name, literal('')))).toMatch(/^[A-Za-z0-9]{1,255}$/);
      }),
    );
  });
});

describe('cloudFormationStackName', () => {
  it.each([
    ['payments', 'security', /^payments-security$/],
    ['pay_ments', 'security', /^pay-ments-security-[0-9a-f]{8}$/],
    ['payments', 's'.repeat(127), /^payments-s{110}-[0-9a-f]{8}$/],
  ])('of %s and %s is %s', (app, template, expected) => {
    expect(cloudFormationStackName(app, template)).toMatch(expected);
  });
});

describe('distinctNames', () => {
  it('distinguishes names that would be equal, in any order, and leaves the other names alone', () => {
    const wanted = ['a-b', 'aB', 'c', 'key'].map((name): [string, string] => [name, logicalName(name)]);
    const names = distinctNames(new Map(wanted), new Set(['Key']));
    const reversed = distinctNames(new Map(wanted.reverse()), new Set(['Key']));
    expect(names.get('c')).toBe('C');
    expect([...names.values()].filter((name) => /^(AB|Key)[0-9a-f]{8}$/.test(name))).toHaveLength(3);
    expect(new Set(names.values()).size).toBe(4);
    expect(Object.fromEntries(reversed)).toEqual(Object.fromEntries(names));
  });
});

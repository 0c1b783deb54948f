import { literal } from '@keywright/core/ir/expression';
import type { KmsGrant } from '@keywright/core/ir/program';
import { key, provenance, reference, statement } from '@keywright/core/testing/target-stacks';
import { describe, expect, test } from 'vitest';
import { checkStack } from './check-stack.ts';
import { stackOf } from './stacks.test-fixture.ts';

describe('a name that Pulumi would lose or refuse', () => {
  const tag = (name: string) => ({ name, value: literal('x') });
  const grant: KmsGrant = {
    kind: 'kmsGrant',
    id: 'kmsGrant/a/g',
    name: 'g',
    named: true,
    retireOnDelete: false,
    keyName: 'a',
    names: {},
    dependsOn: [],
    source: provenance(9),
    key: reference('key/a', 'id'),
    grantee: literal('arn:aws:iam::111122223333:role/r'),
    operations: ['Decrypt'],
    encryptionContext: { match: 'equals', pairs: [{ name: '__proto__', value: 'x' }] },
  };
  const policy = (value: ReturnType<typeof reference>) => ({
    statements: [statement({ conditions: [{ operator: 'StringEquals', key: '__proto__', values: [value] }] })],
  });

  test('is an error', () => {
    expect(checkStack(stackOf(key('a', { tags: [tag('__proto__'), tag('toString')] })), {})).toMatchObject([
      { code: 'KW4006', span: { line: 12 }, message: expect.stringContaining('a tag called `__proto__`') },
      { code: 'KW4006', span: { line: 12 }, message: expect.stringContaining('a tag called `toString`') },
    ]);
    expect(checkStack(stackOf(key('a'), grant), {})).toMatchObject([{ code: 'KW4006', span: { line: 9 } }]);
    const account = { kind: 'pseudo', name: 'account' } as const;
    expect(checkStack(stackOf(key('a', { policy: policy(account) })), {})).toMatchObject([{ code: 'KW4006' }]);
  });

  test('is accepted in a policy without outputs', () => {
    expect(checkStack(stackOf(key('a', { policy: policy(literal('x')) })), {})).toEqual([]);
  });
});

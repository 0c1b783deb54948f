import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountRoot } from '../ir/account-root.ts';
import { concat, literal } from '../ir/expression.ts';
import type { PolicyPrincipal, Statement } from '../ir/policy.ts';
import { placeOf } from '../resolve/place.ts';
import { covers, trustsAccount } from './trust.ts';

describe('an action pattern', () => {
  test.each([
    ['kms:Decrypt', 'kms:Decrypt', true],
    ['kms:decrypt', 'KMS:DECRYPT', true],
    ['kms:*', 'kms:Decrypt', true],
    ['*', 'kms:Decrypt', true],
    ['kms:De*', 'kms:Describe', true],
    ['kms:De*', 'kms:Encrypt', false],
    ['kms:*Key', 'kms:GenerateDataKey', true],
    ['kms:*Key', 'kms:GenerateDataKeyPair', false],
    ['kms:Generate*Key*Text', 'kms:GenerateDataKeyWithoutPlaintext', true],
    ['kms:?ncrypt', 'kms:Encrypt', true],
    ['kms:?', 'kms:', false],
    ['kms:Encrypt', 'kms:EncryptAll', false],
    ['kms:EncryptAll', 'kms:Encrypt', false],
    ['', '', true],
    ['', 'kms:Decrypt', false],
    ['**', 'kms:Decrypt', true],
  ])('%j matches %j: %s', (pattern, action, expected) => {
    expect(covers(pattern, action)).toBe(expected);
  });

  test.each([
    ['kms:Gen*', 'kms:GenerateDataKey*', true],
    ['kms:GenerateDataKey*', 'kms:GenerateDataKey*', true],
    ['kms:GenerateDataKey', 'kms:GenerateDataKey*', false],
    ['kms:GenerateDataKey?', 'kms:GenerateDataKey*', false],
    ['kms:GenerateDataKeyPair*', 'kms:GenerateDataKey*', false],
    ['kms:Encryp?', 'kms:Encryp?', true],
  ])('%j includes all of %j: %s', (pattern, action, expected) => {
    expect(covers(pattern, action)).toBe(expected);
  });

  test.each([
    'kms:Decrypt.',
    'kms:[D]ecrypt',
    'kms:(Decrypt)',
    'kms:D|Decrypt',
    'kms:Decrypt$',
    'kms:\\Decrypt',
    'kms:Decryp+',
  ])('%j matches only itself', (pattern) => {
    expect(covers(pattern, 'kms:Decrypt')).toBe(false);
    expect(covers(pattern, pattern)).toBe(true);
  });

  test('with many wildcards is matched in hardly any time', () => {
    for (const piece of ['*a', '*?', '?*', '*e*']) {
      expect(covers(`kms:${piece.repeat(2000)}!`, `kms:${'a'.repeat(2000)}`)).toBe(false);
    }
  });

  test('matches like a regular expression', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (wanted, action) => {
        const expression = new RegExp(`^${wanted.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
        expect(covers(wanted, action)).toBe(expression.test(action));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a key trusts its account', () => {
  const place = placeOf({ account: '111122223333', region: 'eu-west-1', partition: 'aws' });
  const root: PolicyPrincipal = { kind: 'aws', arn: accountRoot(place) };
  const allow = (more: Partial<Statement>): Statement => ({
    effect: 'Allow',
    principals: [root],
    actions: ['kms:*'],
    resources: [literal('*')],
    conditions: [],
    source: { span: { file: 'a', line: 1, column: 1, endLine: 1, endColumn: 1 } },
    ...more,
  });
  const everythingBut = (action: string): Statement => {
    const { actions: _, ...rest } = allow({});
    return { ...rest, notActions: [action] };
  };
  const decrypt = ['kms:Decrypt'];

  test.each([
    ['when the root may do everything', [allow({})], decrypt, true],
    ['when the root is one of several principals', [allow({ principals: [{ kind: 'anyone' }, root] })], decrypt, true],
    [
      'when the root is the bare account id',
      [allow({ principals: [{ kind: 'aws', arn: literal('111122223333') }] })],
      decrypt,
      true,
    ],
    [
      'when each action is in some statement',
      [allow({ actions: ['kms:De*'] }), allow({ actions: ['kms:E*'] })],
      ['kms:Decrypt', 'kms:Encrypt'],
      true,
    ],
    ['not when an action is missing', [allow({ actions: ['kms:De*'] })], ['kms:Decrypt', 'kms:Encrypt'], false],
    [
      'not if the statement has a condition',
      [allow({ conditions: [{ operator: 'Bool', key: 'a', values: [literal('true')] }] })],
      decrypt,
      false,
    ],
    ['not if the statement is a Deny', [allow({ effect: 'Deny' })], decrypt, false],
    ['not if the statement has `notActions`', [everythingBut('kms:Encrypt')], decrypt, false],
    [
      'not if the statement is about another resource',
      [allow({ resources: [literal('arn:aws:kms:eu-west-1:111122223333:key/a')] })],
      decrypt,
      false,
    ],
    [
      'not if the root of another account is named',
      [allow({ principals: [{ kind: 'aws', arn: literal('arn:aws:iam::444455556666:root') }] })],
      decrypt,
      false,
    ],
    [
      'not if a role is named',
      [allow({ principals: [{ kind: 'aws', arn: literal('arn:aws:iam::111122223333:role/root') }] })],
      decrypt,
      false,
    ],
    ['not if everyone is named', [allow({ principals: [{ kind: 'anyone' }] })], decrypt, false],
    ['not if there is no statement', [], decrypt, false],
  ] as const)('%s', (_name, statements, actions, expected) => {
    expect(trustsAccount(statements, actions, place)).toBe(expected);
  });

  test('even if only the deployment knows the account’s id', () => {
    const anywhere = placeOf({});
    const own: PolicyPrincipal = { kind: 'aws', arn: accountRoot(anywhere) };
    const known: PolicyPrincipal = {
      kind: 'aws',
      arn: concat(literal('arn:aws:iam::'), literal('111122223333'), literal(':root')),
    };
    expect(trustsAccount([allow({ principals: [own] })], decrypt, anywhere)).toBe(true);
    expect(trustsAccount([allow({ principals: [known] })], decrypt, anywhere)).toBe(false);
  });
});

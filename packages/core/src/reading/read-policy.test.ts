import { expect, test } from 'vitest';
import { literal } from '../ir/expression.ts';
import { readPolicy } from './read-policy.ts';
import { Computed, type SourceValue, Unknown } from './source-value.ts';

const span = { file: 'template.yaml', line: 7, column: 3, endLine: 7, endColumn: 9 };
const read = (document: SourceValue) =>
  readPolicy('key', { document, resource: 'Orders', span, partition: literal('aws') });

test('spellings that KMS treats as equal are read as one', () => {
  const statement = { Sid: '', Effect: 'Allow', Action: 'kms:*' };
  const policy = read({
    Version: '2012-10-17',
    Statement: [
      { ...statement, Principal: { AWS: '111122223333' }, Resource: '*' },
      { ...statement, Principal: { AWS: ['arn:aws:iam::111122223333:root'] }, Resource: ['*'] },
    ],
  });
  expect(policy.diagnostics).toEqual([]);
  const [first, second] = policy.value?.statements ?? [];
  expect(first).toEqual(second);
  expect(first).toEqual({
    effect: 'Allow',
    principals: [{ kind: 'aws', arn: literal('arn:aws:iam::111122223333:root') }],
    actions: ['kms:*'],
    resources: [literal('*')],
    conditions: [],
    source: { span },
  });
});

test('a statement of a key policy without a resource is left out, since KMS applies it to no key', () => {
  const stranger = { Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'kms:Decrypt' };
  const { value, diagnostics } = read({ Statement: [stranger, { ...stranger, Resource: '*' }] });
  expect(value?.statements.map(({ resources }) => resources)).toEqual([[literal('*')]]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['KW8002']);
});

test('the ARN of the key itself is read as `*`, alone and beside other ARNs', () => {
  const [own, other] = ['orders', 'other'].map((id) => literal(`arn:aws:kms:eu-west-1:111122223333:key/${id}`));
  const reference = { kind: 'reference', resource: 'key/other', attribute: 'arn' } as const;
  const allow = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*' };
  const statements = [own?.text ?? '', ['*', new Computed(reference)], [own?.text ?? '', other?.text ?? '']];
  const { value, diagnostics } = readPolicy('key', {
    document: { Statement: statements.map((resource) => ({ ...allow, Resource: resource })) },
    resource: 'Orders',
    span,
    partition: literal('aws'),
    isOwnArn: (one) => one.kind === 'literal' && one.text === own?.text,
  });
  const star = literal('*');
  expect(value?.statements.map(({ resources }) => resources)).toEqual([[star], [star], [star, other]]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['KW8003']);
});

test('a policy variable is plain text in version 2008-10-17', () => {
  const { value } = read(
    '{"Id":"old","Statement":{"Effect":"Deny","Principal":"*","Action":"kms:Decrypt","Resource":"*","Condition":{"StringLike":{"aws:userid":"${aws:username}"},"Bool":{"a":false}}}}',
  );
  expect(value?.id).toEqual(literal('old'));
  expect(value?.statements[0]?.principals).toEqual([{ kind: 'anyone' }]);
  expect(value?.statements[0]?.conditions).toEqual([
    { operator: 'StringLike', key: 'aws:userid', values: [literal('${$}{aws:username}')] },
    { operator: 'Bool', key: 'a', values: [literal('false')] },
  ]);
});

test('a reference remains a reference', () => {
  const arn = { kind: 'reference', resource: 'role/app', attribute: 'arn' } as const;
  const { value } = read({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: new Computed(arn) }, Action: ['kms:Decrypt'], Resource: '*' }],
  });
  expect(value?.statements[0]?.principals).toEqual([{ kind: 'aws', arn }]);
});

test.each<[string, SourceValue, string, string]>([
  ['text that is not JSON', '{', 'KW8000', 'the policy of Orders cannot be read: it is not JSON'],
  ['no statements', {}, 'KW8000', 'the policy of Orders cannot be read: it has no Statement'],
  [
    'a principal of another kind',
    { Statement: { Effect: 'Allow', Principal: { CanonicalUser: 'x' }, Action: '*' } },
    'KW8000',
    'the policy of Orders cannot be read: Principal has an unknown element "CanonicalUser"',
  ],
  [
    'a principal that names nobody',
    { Statement: { Effect: 'Allow', Principal: { AWS: [] }, Action: '*' } },
    'KW8000',
    'the policy of Orders cannot be read: a Principal names nobody',
  ],
  [
    'an unknown value',
    { Statement: { Effect: 'Allow', Principal: { AWS: new Unknown('Admin has no value', 'give it') }, Action: '*' } },
    'KW8001',
    'the policy of Orders is not known: Admin has no value',
  ],
])('a policy is not read if it has %s', (_, document, code, message) => {
  const { value, diagnostics } = read(document);
  expect(value).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code, message, span }]);
});

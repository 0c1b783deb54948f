import { expect, test } from 'vitest';
import { compileText, head } from '../testing/compile-text.ts';
import { misspelledActions } from './known-actions.ts';

const unknownIn = (key: string, files: Readonly<Record<string, string>> = {}) =>
  compileText({
    'keywright.yaml': `${head}stacks:\n  main: { environment: prod, keys: { k: ${key} } }\n`,
    ...files,
  }).diagnostics.map(({ code, message, help }) => `${code} ${message}; ${help}`);

const statement = (actions: string) => `{ statements: [{ principals: { account: "111122223333" }, ${actions} }] }`;

test.each(['actions: "kms:*"', 'actions: "*"', 'actions: [kms:decrypt, "kms:Re?ncrypt*"]', 'notActions: "kms:Put*"'])(
  'a statement may have %s',
  (actions) => {
    expect(unknownIn(statement(actions))).toEqual([]);
  },
);

test.each(['actions: [kms:Decrypt, "kms:Decrpyt"]', 'notActions: "kms:Decrpyt"'])(
  'a misspelt action in a statement is an error: %s',
  (actions) => {
    expect(unknownIn(statement(actions))).toEqual([
      'KW1010 KMS has no action `kms:Decrpyt`; did you mean `kms:Decrypt`?',
    ]);
  },
);

test('a misspelt action and an action of another service are errors in a policy file, too', () => {
  const policy = {
    Statement: [
      { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: ['kms:*', 's3:GetObject'], Resource: '*' },
      { Effect: 'Deny', Principal: '*', NotAction: 'kms:Encript', Resource: '*' },
    ],
  };
  const found = unknownIn('{ policy: { file: p.json } }', { 'p.json': JSON.stringify(policy) });
  expect(found.map((text) => text.slice(0, 48))).toEqual([
    'KW3023 KMS has no action `s3:GetObject`; remove ',
    'KW1010 KMS has no action `kms:Encript`; did you ',
  ]);
});

test.each([
  ['kms:Decript', ['kms:Decrypt']],
  ['kms:decript', ['kms:Decrypt']],
  ['Decrypt', ['kms:Decrypt']],
  ['KMS.Decrypt', ['kms:Decrypt']],
  ['kmss:GenerateDatakey', ['kms:GenerateDataKey']],
  ['kms:generate_data_key', ['kms:GenerateDataKey']],
  ['kms:Genrate*', ['kms:Generate*']],
  ['kms:GenerateDatKey*', ['kms:GenerateDataKey*']],
  ['Describe*', ['kms:Describe*']],
  ['kms:ReEncrypt', ['kms:ReEncryptFrom', 'kms:ReEncryptTo']],
  ['kms:Wonderful', []],
  ['kms:Xyz*', []],
  ['kms:*Decript*', []],
  ['s3:GetObject', []],
  ['ec2:Decrypt', []],
  ['', []],
])('%s is recognised as a misspelling of %j', (action, meant) => {
  expect(misspelledActions(action)).toEqual(meant);
});

test('an action that a newer KMS may have gives a warning', () => {
  expect(unknownIn(statement('actions: "kms:Remember"'))).toEqual([
    'KW3023 KMS has no action `kms:Remember`; remove it or, if it is newer than this version of Keywright, suppress this warning',
  ]);
});

test('problems that follow from a misspelt action are not reported', () => {
  const slips = [
    'policy: [{ principals: { account: "${account}" }, actions: ["kms:Decrpyt", "kms:Pu*"] }]',
    'grants: [{ to: { account: "999999999999" }, can: decript }, { to: { role: "arn:aws:iam::111122223333:role/a" }, can: ["kms:Decript"] }]',
  ];
  const found = unknownIn(`{ ${slips.join(', ')} }`);
  expect(found.map((text) => text.slice(0, 6))).toEqual(['KW1010', 'KW3034', 'KW3022', 'KW1010']);
  expect(found.join()).toContain('"Action":["kms:Decrypt"');
});

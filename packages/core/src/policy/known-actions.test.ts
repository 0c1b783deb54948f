import { expect, test } from 'vitest';
import { compileText, head } from '../testing/compile-text.ts';

const unknownIn = (key: string, files: Readonly<Record<string, string>> = {}) =>
  compileText({
    'keywright.yaml': `${head}stacks:\n  main: { environment: prod, keys: { k: ${key} } }\n`,
    ...files,
  }).diagnostics.map(({ code, message, help }) => `${code} ${message}; ${help}`);

const statement = (actions: string) => `{ statements: [{ principals: { account: "111122223333" }, ${actions} }] }`;

test.each(['actions: "kms:*"', 'actions: "*"', 'actions: [kms:decrypt, "kms:Re?ncrypt*"]', 'notActions: "kms:Put*"'])(
  'a statement may be about %s',
  (actions) => {
    expect(unknownIn(statement(actions))).toEqual([]);
  },
);

test.each(['actions: [kms:Decrypt, "kms:Decrpyt"]', 'notActions: "kms:Decrpyt"'])(
  'KMS has no such action in a statement: %s',
  (actions) => {
    expect(unknownIn(statement(actions))).toEqual([
      'KW3023 KMS has no action `kms:Decrpyt`; did you mean `kms:Decrypt`?',
    ]);
  },
);

test('nor in a policy file, nor has it one of another service', () => {
  const policy = {
    Statement: [
      { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: ['kms:*', 's3:GetObject'] },
      { Effect: 'Deny', Principal: '*', NotAction: 'kms:Encript' },
    ],
  };
  const found = unknownIn('{ policy: { file: p.json } }', { 'p.json': JSON.stringify(policy) });
  expect(found.map((text) => text.slice(0, 48))).toEqual([
    'KW3023 KMS has no action `s3:GetObject`; remove ',
    'KW3023 KMS has no action `kms:Encript`; did you ',
  ]);
});

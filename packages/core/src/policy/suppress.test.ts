import { describe, expect, test } from 'vitest';
import { dummyKeyId } from '../context/context.ts';
import { compileText, head, problemsOf } from '../testing/compile-text.ts';

const partner = '{ to: { account: "999999999999" }, can: decrypt }';
const standards = 'standards: { reviewed: { suppress: [{ rule: KW3034, because: told }] } }\n';
const codes = (key: string) =>
  compileText(`${head}${standards}stacks:\n  main: { environment: prod, keys: { k: ${key} } }\n`).diagnostics.map(
    ({ code, severity }) => `${severity} ${code}`,
  );
const suppress = (...rules: readonly string[]) =>
  `suppress: [${rules.map((rule) => `{ rule: ${rule}, because: reviewed }`)}]`;

test('a suppression of an import hides the note that the owner of the key must allow a KMS grant', () => {
  const codesOf = (account: string, rest: string) => {
    const arn = `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const grants = '{ g: { grantee: { role: "arn:aws:iam::111122223333:role/a" }, operations: [Decrypt] } }';
    const imports = `{ k: { arn: "${arn}", kmsGrants: ${grants}${rest} } }`;
    const stack = `{ environment: prod, imports: ${imports} }`;
    return compileText(`${head}stacks: { main: ${stack} }\n`).diagnostics.map(({ code }) => code);
  };
  expect(codesOf('444455556666', '')).toEqual(['KW3035']);
  expect(codesOf('444455556666', `, ${suppress('KW3035')}`)).toEqual([]);
  expect(codesOf('111122223333', '')).toEqual([]);
});

describe('a suppression', () => {
  test.each([
    ['hides a note of its code', `{ grants: [${partner}], ${suppress('KW3034')} }`, []],
    ['hides a warning of its code', `{ grants: [{ to: { service: a }, can: kms:Foo }], ${suppress('KW3023')} }`, []],
    [
      'hides all diagnostics of its code',
      `{ grants: [${partner}, ${partner.replace('9', '8')}], ${suppress('KW3034')} }`,
      [],
    ],
    [
      'hides no diagnostic of another code',
      `{ grants: [${partner}, { to: { service: a }, can: kms:Foo }], ${suppress('KW3034')} }`,
      ['warning KW3023'],
    ],
    ['that matches nothing is a warning', `{ ${suppress('KW3034')} }`, ['warning KW3045']],
    ['of a standard may match nothing', '{ standard: reviewed }', []],
    [
      'of a standard hides diagnostics of the keys that build on it',
      `{ standard: reviewed, grants: [${partner}] }`,
      [],
    ],
    [
      'of an error is an error',
      `{ grants: [{ to: { anyone: true }, can: decrypt }], ${suppress('KW3027')} }`,
      ['error KW3044', 'error KW3027'],
    ],
    [
      'of an error that another part of the compiler reports is an error too',
      `{ pendingWindow: 1, ${suppress('KW3006')} }`,
      ['error KW3006', 'error KW3044'],
    ],
    ['of a code that does not exist matches nothing', `{ ${suppress('KW9999')} }`, ['warning KW3045']],
    ['has to give a reason', '{ suppress: [{ rule: KW3034, because: "" }] }', ['error KW1005']],
  ])('%s', (_name, key, expected) => {
    expect(codes(key).sort()).toEqual([...expected].sort());
  });
});

test('a suppression on an import hides the warning about its dummy key', () => {
  const entry = {
    account: '111122223333',
    region: 'eu-west-1',
    alias: 'alias/shared',
    keyId: dummyKeyId,
    arn: `arn:aws:kms:eu-west-1:111122223333:key/${dummyKeyId}`,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    manager: 'CUSTOMER',
    multiRegion: false,
  };
  const found = (suppressions: string) =>
    problemsOf({
      'keywright.yaml': `${head}stacks:\n  main: { environment: prod, imports: { i: { lookup: { alias: shared, whenMissing: dummy }${suppressions} } } }\n`,
      'keywright.context.json': JSON.stringify({ version: 1, aliases: [entry] }),
    }).map((problem) => problem.slice(0, 6));
  expect(found('')).toEqual(['KW5011']);
  expect(found(`, ${suppress('KW5011')}`)).toEqual([]);
});

test('a suppression on an import hides the warning that the key policy names an account in place of a role', () => {
  const owner = '{ policy: [{ principals: { role: "arn:aws:iam::111122223333:role/A" }, actions: "kms:*" }] }';
  const found = (suppressions: string) =>
    problemsOf(
      `${head}stacks:\n  owner: { environment: prod, keys: { k: ${owner} } }\n  app: { environment: prod, principals: { reader: { role: { assumedBy: lambda.amazonaws.com } } }, imports: { k: { key: owner.k, grants: [{ to: reader, can: decrypt }]${suppressions} } } }\n`,
    ).map((problem) => problem.slice(0, 6));
  expect(found('')).toEqual(['KW3036']);
  expect(found(`, ${suppress('KW3036')}`)).toEqual([]);
});

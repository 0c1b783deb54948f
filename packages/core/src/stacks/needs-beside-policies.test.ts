import { expect, test } from 'vitest';
import { compileText, head } from '../testing/compile-text.ts';

const role = 'arn:aws:iam::444455556666:role/demo-app-api';
const account = 'arn:aws:iam::444455556666:root';

test.each([
  ['nothing', '', role],
  ['the name of an alias', ', imports: { k: { key: keys.k } }, outputs: { name: "${imports.k.aliasName}" }', role],
  ['an output', ', imports: { k: { key: keys.k } }, outputs: { arn: "${imports.k.arn}" }', account],
  [
    'an output in the long form',
    ', imports: { k: { key: keys.k } }, outputs: { id: { value: "${imports.k.id}" } }',
    account,
  ],
  [
    'a KMS grant',
    ', imports: { k: { key: keys.k, kmsGrants: { g: { grantee: api, operations: [Decrypt] } } } }',
    account,
  ],
])('if a stack needs a key for %s, the key policy can or cannot wait for its role', (_, more, named) => {
  const { program, diagnostics } = compileText(
    `${head}stacks:\n  keys: { environment: prod, keys: { k: { aliases: [k], grants: [{ to: app.api, can: decrypt }] } } }\n  app: { environment: data, principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }${more} }\n`,
  );
  const names = program?.stacks
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => (resource.kind === 'key' ? resource.policy.statements : []))
    .flatMap(({ principals = [] }) => principals.flatMap((one) => (one.kind === 'aws' ? [one.arn] : [])));
  expect(names?.at(-1)).toEqual({ kind: 'literal', text: named });
  expect(diagnostics.map(({ code }) => code)).toEqual(named === account ? ['KW3036'] : []);
});

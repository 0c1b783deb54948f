import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseSource } from '../syntax/parse.ts';
import { normal } from './other-values.ts';
import { translationOf } from './other-words.ts';
import { projectSchema } from './project.ts';
import { knownKeys, schemaAt, unwrap } from './schema-walk.ts';
import { validateStructure } from './validate.ts';
import { otherWords, strayWords } from './words-of-other-tools.ts';

type Schema = z.core.$ZodType;

/** Properties that no other tool has a word for, each with the reason. */
const wordless: Readonly<Record<string, string>> = {
  requirements: 'are policies of another product elsewhere, Sentinel, OPA or CrossGuard',
  of: 'is a query or a selector of such a product',
  environments: 'other tools have one file or workspace for each account and region',
  keys: 'are resources, each on its own',
  tag: 'is a selector of such a product',
  organization: 'is a condition elsewhere, `aws:PrincipalOrgID`',
  principals: 'is a check of its own elsewhere',
  outside: 'is a check of its own elsewhere',
  because: 'is a comment elsewhere',
  except: 'is an exemption of such a product',
  files: 'tools read all files of a folder',
  locked: 'no other tool has standards that could lock anything',
  stacksIn: 'is a matter of who may deploy elsewhere',
  trusted: 'a file elsewhere may always say all',
  rules: 'Keywright’s own rules, by code',
  policyId: 'stands inside the policy document elsewhere',
  policyName: 'is an argument of the policy elsewhere, which stands apart from the principal',
  policyNames: 'are names and addresses of the policy elsewhere, which stands apart from the principal',
  stack: 'another stack is named by its output or state elsewhere',
  environment: 'other tools have one file or workspace for each account and region',
  groups: 'other tools have folders, workspaces or organizational units',
  moved: 'is a block or an option of the resource elsewhere, and about addresses',
  removed: 'is a block or a policy of the resource elsewhere, and about addresses',
  account: 'has no former name elsewhere, where an id or a workspace stands for it',
  from: 'an address elsewhere, not the name of a key',
  to: 'an address elsewhere, not the name of a key',
  key: 'an address elsewhere, not the name of a key',
  replica: 'an address elsewhere, not the name of an environment',
  alias: 'an address elsewhere, not the name of an alias',
  target: 'a tool has no other',
  // biome-ignore lint/suspicious/noThenProperty: a word of the language
  then: 'is a choice of words elsewhere: `destroy = false`, `retainOnDelete`, `DeletionPolicy`',
  identityPolicies: 'are resources of their own elsewhere, `aws_iam_role_policy` or `AWS::IAM::RolePolicy`',
  keySets: 'is the word of the Landing Zone Accelerator for a list of keys; other tools have modules',
  in: 'other tools have variables, with one file of values for each environment',
  named: 'describes a grant that was made without a name, which tools leave out',
};

/** Every mapping with fixed keys in the language, with the path of its first occurrence. */
const mappings = new Map<z.ZodObject, string>();
collect(projectSchema, 'project');

function collect(schema: Schema, path: string): void {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) {
    if (mappings.has(inner)) return;
    mappings.set(inner, path);
    for (const [key, value] of Object.entries(inner.shape)) collect(value, `${path}.${key}`);
  } else if (inner instanceof z.ZodUnion) for (const option of inner.options) collect(option as Schema, path);
  else if (inner instanceof z.ZodArray) collect(inner.element as Schema, `${path}[]`);
  else if (inner instanceof z.ZodRecord) collect(inner.valueType as Schema, `${path}.*`);
}

const strict = [...mappings].filter(([schema]) => schema.def.catchall instanceof z.ZodNever);
const properties = strict.flatMap(([schema, path]) =>
  knownKeys(schema).map((key) => [`${path}.${key}`, key, schema] as const),
);

describe('every property of the language', () => {
  test.each(properties)('%s has names in other tools, or a reason why there are none', (_, property, schema) => {
    const known = knownKeys(schema);
    const rows = otherWords.filter(
      ({ ours, beside }) => ours === property && (beside === undefined || known.includes(beside)),
    );
    expect(rows.length > 0 ? 'words' : wordless[property]).toBeTruthy();
  });

  test('that a row or a reason names still exists', () => {
    const all = new Set(properties.map(([, property]) => property));
    for (const { ours, beside } of otherWords) {
      expect(all).toContain(ours);
      if (beside !== undefined) expect(all).toContain(beside);
    }
    for (const property of [...Object.keys(wordless), ...strayWords.flatMap(({ at }) => at)])
      expect(all).toContain(property);
  });
});

/** Codes about other problems of the mapping than the entry under test. `reported` leaves them out. */
const aboutOthers = ['KW1002', 'KW1006'];

function reported(schema: Schema, text: string) {
  return validateStructure(schema as z.ZodType, parseSource({ path: 'a', text })).diagnostics.filter(
    ({ code }) => !aboutOthers.includes(code),
  );
}

const spellings = (word: string) =>
  /^[\w]+$/.test(word)
    ? [
        word,
        word.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase(),
        word.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
        word.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      ]
    : [word];

const homes = otherWords.flatMap((row) =>
  strict
    .filter(([schema]) => [row.ours, row.beside].every((key) => key === undefined || knownKeys(schema).includes(key)))
    // An import has a key `alias` of its own, which elsewhere is another tool's word for `aliases`.
    .filter(([schema]) => !knownKeys(schema).includes(row.example[0].split(':')[0] ?? ''))
    .map(([schema, path]) => [`${path}: ${row.example[0]}`, row, schema] as const),
);

describe('a word of another tool', () => {
  test.each(otherWords.map((row) => [row.example[0], row] as const))('%s has an equivalent', (_, row) => {
    expect(homes.some(([, other]) => other === row)).toBe(true);
  });

  test.each(homes)('is reported with its equivalent: %s', (_, { ours, example }, schema) => {
    const [theirs, written] = example;
    const [found, ...others] = reported(schema, theirs);
    expect(others).toEqual([]);
    expect(found?.code).toBe('KW1009');
    const isForm = !found?.help.startsWith(`write \`${ours}:\` followed by `);
    expect(found?.help).toBe(
      isForm ? `write \`${written}\`` : `write \`${ours}:\` followed by ${written.slice(ours.length + 2)}`,
    );
    if (isForm) expect(reported(schema, written)).toEqual([]);
  });

  test.each(homes)('is recognised in every spelling: %s', (_, { ours, words }, schema) => {
    for (const spelling of words.flatMap(spellings)) {
      if (knownKeys(schema).includes(spelling)) continue;
      const found = translationOf(spelling, undefined, schema);
      // If a word can mean several properties, the value decides between them; without a value, another row may come first.
      const rivals = otherWords.filter((row) => row.words.some((word) => normal(word) === normal(spelling)));
      expect(rivals.map((row) => row.ours)).toContain(found?.ours);
      expect([ours, ...rivals.map((row) => row.ours)]).toContain(found?.ours);
    }
  });

  test.each(
    strayWords.flatMap(({ at, words, advice }) => words.map((word) => [at.join(', '), word, at, advice] as const)),
  )('that has no equivalent leads to advice (mapping that can have: %s; word: %s)', (_, word, at, advice) => {
    const places = strict.filter(([schema]) => at.every((key) => knownKeys(schema).includes(key)));
    const told = places.filter(([schema]) => !knownKeys(schema).includes(word));
    expect(told.length).toBeGreaterThan(0);
    expect(told.flatMap(([schema]) => reported(schema, `${word}: 1`)).map(({ help }) => help)).toContain(advice);
  });
});

test.each([
  ['a key in a key set', 'keySets: { a: { k: { alias: alias/x } } }', 'write `aliases: [alias/x]`'],
  ['a misspelt property, not also what is missing', 'groups: { g: { regions: "eu-*" } }', 'did you mean `region`?'],
  ['any value of a tag', 'requirements: { r: { tags: { team: "*" } } }', 'write it like `team: required`, not `*`'],
  ['no-break spaces in the indentation', '"\\u00a0 stacks": {}', 'indent it with ordinary spaces'],
  ['a code in lower case', 'rules: { kw7018: off }', 'write it like `KW7018`'],
  [
    'a key without a space after the colon',
    'stacks: { a: { keys: { k: "rotation:true" } } }',
    'write `k: { rotation: true }`',
  ],
])('the help of a project is about %s', (_, text, help) => {
  expect(reported(projectSchema, `{ keywright: 1, app: a, ${text} }`).map((one) => one.help)).toEqual([help]);
});

test('a CDK method such as `grantDecrypt` is reported without the missing `to` and `can` that replace it', () => {
  const key = schemaAt(projectSchema, ['stacks', 'a', 'keys', 'a']) as z.ZodType;
  const all = (text: string) => validateStructure(key, parseSource({ path: 'a', text })).diagnostics;
  expect(all('grants: [{ grantDecrypt: app }]').map(({ code, help }) => [code, help])).toEqual([
    ['KW1009', 'write `to: …, can: decrypt`'],
  ]);
});

test('a misspelt word of another tool is recognised, too', () => {
  const key = schemaAt(projectSchema, ['stacks', 'a', 'keys', 'a']) as z.ZodType;
  expect(reported(key, 'enable_key_rotaton: true').map(({ help }) => help)).toEqual(['write `rotation: true`']);
});

test('the kind of an import in the words of another tool is recognised', () => {
  const keyImport = schemaAt(projectSchema, ['stacks', 'a', 'imports', 'a']) as z.ZodType;
  const all = (text: string) => validateStructure(keyImport, parseSource({ path: 'a', text })).diagnostics;
  const helps = (text: string) => all(text).map(({ help }) => help);
  expect(helps('{ alias_name: alias/x, grants: [] }')).toEqual(['write `alias: alias/x`']);
  expect(helps('{ fromLookup: { aliasName: alias/x }, grants: [] }')).toEqual(['write `lookup: { alias: alias/x }`']);
});

describe('a value of another tool under a name of the language', () => {
  const key = schemaAt(projectSchema, ['stacks', 'a', 'keys', 'a']) as z.ZodType;
  test.each([
    ['aliases: orders', 'write `aliases: [orders]`'],
    ['aliases: orders, shop', 'write `aliases: [orders, shop]`'],
    ['aliases: -orders', 'write `aliases: [orders]`'],
    ['policy: policies/orders.json', 'write `policy: { file: policies/orders.json }`'],
    ['policy: file("policies/orders.json")', 'write `policy: { file: policies/orders.json }`'],
    ['tags: [{ Key: a, Value: b }]', 'write `tags: { a: b }`'],
    ['removal: RemovalPolicy.DESTROY', 'write `destroy`; allowed: `retain`, `destroy`'],
    ['removal: Delete', 'write `destroy`; allowed: `retain`, `destroy`'],
    ['rotation: P180D', 'write `rotation: 180 days`'],
    ['rotation: "yes"', 'write `rotation: true`'],
    ['pendingWindow: Duration.days(7)', 'write `pendingWindow: 7 days`'],
    ['pendingWindow: 2 weeks', 'write `pendingWindow: 14 days`'],
    ['rotation: 1 year', 'write `rotation: 365 days`'],
    ['rotation: yearly', 'write `rotation: 365 days`'],
    [
      'admins: "arn:aws:iam::111122223333:role/App"',
      'write `admins: [{ role: "arn:aws:iam::111122223333:role/App" }]`',
    ],
    ['services: cloudtrail', 'write `services: [cloudtrail]`'],
    ['grants: { to: app, can: decrypt }', 'write `grants: [{ to: app, can: decrypt }]`'],
  ])('is converted: %s', (theirs, help) => {
    expect(reported(key, theirs).map((found) => found.help)).toEqual([help]);
  });

  test.each([
    [
      'policy: data.aws_iam_policy_document.orders.json',
      'write a list of statements, { file: … } or key-default-1, such as `policy: [{ principals: keyAdmins, actions: kms:* }]`',
    ],
    ['grants: app', 'write a list, such as `grants: [{ to: ordersApi, can: encryptDecrypt }]`'],
    ['services: {}', 'write a list, such as `services: [cloudtrail]`'],
    ['removal: true', 'allowed: `retain`, `destroy`'],
    ['origin: true', 'allowed: `AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM`, `EXTERNAL_KEY_STORE`'],
    [
      'kmsGrants: [Decrypt]',
      'write a mapping, such as `kmsGrants: { workers: { grantee: ordersApi, operations: [Decrypt] } }`',
    ],
    ['admins: { to: app, can: decrypt }', 'write a list, such as `admins: [keyAdmins]`'],
    ['spec: [RSA_2048]', 'write `spec: RSA_2048`'],
    ['replicas: [us]', 'write `{ environment: us }`'],
    ['replicas: [us-east-1]', 'write `{ region: us-east-1 }`'],
    ['tags: team', 'write tags by name, such as `tags: { team: payments }`'],
    ['admins: [111122223333]', 'write `{ account: "111122223333" }`'],
    ['replicas: { environment: us }', 'write `replicas: [{ environment: us }]`'],
    [
      'kmsGrants: [{ name: workers, grantee: app, operations: [Sign] }]',
      'write `kmsGrants: { workers: { grantee: app, operations: [Sign] } }`',
    ],
    ['tags: [{ team: a }, { cost: b }]', 'write `tags: { team: a, cost: b }`'],
  ])('leads to advice: %s', (theirs, help) => {
    expect(reported(key, theirs).map((found) => found.help)).toEqual([help]);
  });
});

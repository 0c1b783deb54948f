import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseSource } from '../syntax/parse.ts';
import { compileText, problemsOf } from '../testing/compile-text.ts';
import { unknownTargetAt } from './unknown-target.ts';
import { validateStructure } from './validate.ts';

/** The diagnostics about a stack, with the text that each marks: `KW1001 <description> …`. */
function of(stack: string): readonly string[] {
  const text = `keywright: 1\napp: demo\nstacks: { main: ${stack} }\n`;
  return compileText(text).diagnostics.map(({ code, span, message }) => {
    const line = text.split('\n')[(span?.line ?? 0) - 1] ?? '';
    return `${code} <${line.slice((span?.column ?? 0) - 1, (span?.endColumn ?? 0) - 1)}> ${message}`;
  });
}

describe('the help about a YAML key that is valid only in another form of the mapping', () => {
  test.each([
    ['{ imports: { a: { alias: x, environment: eu } } }', ['it goes with `key`, not with `alias`']],
    [
      '{ keys: { a: { admins: [{ stack: app, name: api, account: "111122223333" }] } } }',
      [
        'it goes with `environment` and `name`, not with `account`',
        'it goes with `stack` and `environment`, not with `account`',
      ],
    ],
  ])('says which YAML keys that key goes with: %s', (stack, help) => {
    const text = `keywright: 1\napp: demo\nstacks: { main: ${stack} }\n`;
    expect(compileText(text).diagnostics.map((diagnostic) => diagnostic.help)).toEqual(help);
  });
});

test('a YAML key such as `rotation:true` leads to the advice to write a space after the colon', () => {
  const { diagnostics } = compileText(
    'keywright: 1\napp: demo\nstacks: { main: { keys: { a: { rotation:true } } } }\n',
  );
  expect(diagnostics.map(({ code, help }) => `${code} ${help}`)).toEqual([
    'KW1001 write a space after the colon: `rotation: true`',
  ]);
});

test('the description of an output is measured in bytes', () => {
  const problems = (description: string) =>
    compileText(
      `keywright: 1\napp: demo\nstacks: { main: { keys: { a: {} }, outputs: { o: { value: "\${keys.a.arn}", description: "${description}" } } } }\n`,
    ).diagnostics.map(({ message }) => message);
  expect(problems('é'.repeat(512))).toEqual([]);
  for (const description of ['é'.repeat(513), 'e'.repeat(1025)])
    expect(problems(description)).toEqual([expect.stringContaining('1,024 bytes at most')]);
});

test.each([
  ['{ acount: "111122223333", region: eu-west-1 }', 'did you mean `account`?'],
  ['{ account:"111122223333", region: eu-west-1 }', 'write a space after the colon: `account: "111122223333"`'],
])('a required YAML key that is misspelt is not reported as missing: %s', (environment, help) => {
  const { diagnostics } = compileText(`keywright: 1\napp: demo\nenvironments: { prod: ${environment} }\n`);
  expect(diagnostics.map((one) => `${one.code} ${one.help}`)).toEqual([`KW1001 ${help}`]);
});

/** The messages and helps about one value: in the environment `prod`, then about the principal `app`. */
const explained = (sections: string) =>
  compileText(`keywright: 1\napp: demo\n${sections}\n`).diagnostics.map(({ message, help }) => `${message}: ${help}`);

test.each([
  ['account: "1234-5678-9012", region: eu-west-1', 'without separators: write it like `account: "123456789012"`'],
  ['account: "12345678901", region: eu-west-1', 'an account id has twelve digits, and this has 11: '],
  ['account: "123456789012", region: us-east1', 'write it like `region: us-east-1`, not `us-east1`'],
  ['account: "123456789012", region: US-EAST-1', 'write it like `region: us-east-1`, not `US-EAST-1`'],
  [
    'account: "123456789012", region: ap-south-2b',
    'this is an availability zone, not a region: write it like `region: ap-south-2`',
  ],
  ['id: "123456789012", region: us-east-1', 'write `account: "123456789012"`'],
])('the help about an environment contains the value that was meant: %s', (environment, help) => {
  expect(explained(`environments: { prod: { ${environment} } }`)).toEqual([expect.stringContaining(help)]);
});

test.each([
  ['role: App', 'write it like `role: "arn:${partition}:iam::${account}:role/App"`, not `App`'],
  [
    'role: "arn:aws:iam:eu-west-1:111122223333:role/App"',
    'no region: write it like `role: "arn:aws:iam::111122223333:role/App"`',
  ],
  [
    'user: "arn:aws:iam:111122223333:user/App"',
    'no region: write it like `user: "arn:aws:iam::111122223333:user/App"`',
  ],
  [
    'role: "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/App"',
    'write it like `role: "arn:${partition}:iam::${account}:role/App"`',
  ],
  ['role: "arn:aws:iam::aws:policy/ReadOnlyAccess"', 'a policy is not a principal'],
  ['role: "arn:aws:iam::111122223333:roles/App"', 'this is not the ARN of a role'],
  ['role: { assumedBy: lambda.amazonaws.com }', 'a role or user to create is written under `principals` of a stack'],
])('the help about a principal shows how to write it: %s', (principal, help) => {
  expect(explained(`principals: { app: { ${principal} } }`)).toEqual([expect.stringContaining(help)]);
});

test('the help about an existing role among the principals of a stack names the section for such a role', () => {
  expect(of('{ principals: { a: { role: "arn:aws:iam::111122223333:role/App" } } }')).toHaveLength(1);
  expect(explained('stacks: { main: { principals: { a: { role: "arn:aws:iam::111122223333:role/App" } } } }')).toEqual([
    expect.stringContaining('an existing role or user is written under `principals` of the project'),
  ]);
});

test.each([
  ['rules: { KW7018: warn }', 'write `warning`'],
  ['rules: { KW7018: no }', 'write `off`'],
  ['x-common: { rotation: true }', 'write what keys share under `standards`'],
  [
    'stacks: { main: { keys: { a: { grants: [{ to: b, can: decrypt, when: { "kms:EncryptionContext:t": x } }] } } } }',
    'is a condition key, which needs an operator around it: write it like `StringEquals: { "kms:EncryptionContext:t": … }`',
  ],
  ['stacks: { main: { keys: { a: {} }, outputs: { o: "${key.a.arn}" } } }', 'did you mean `${keys.a.arn}`?'],
  ['stacks: { main: { keys: { a: {} }, outputs: { o: "${aws_kms_key.a.arn}" } } }', 'did you mean `${keys.a.arn}`?'],
  [
    'stacks: { main: { imports: { a: { arn: "arn:aws:kms:eu-west-1:111122223333:alias/x" } } } }',
    'write it like `alias: "arn:aws:kms:eu-west-1:111122223333:alias/x"`',
  ],
])('the help shows what was meant: %s', (sections, help) => {
  expect(explained(sections)).toEqual([expect.stringContaining(help)]);
});

test('the help about a value that no alternative lists names the values of all alternatives', () => {
  const schema = z.strictObject({ provider: z.union([z.literal(5), z.literal(6)]) });
  const { diagnostics } = validateStructure(schema, parseSource({ path: 'a', text: 'provider: 7' }));
  expect(diagnostics.map(({ help }) => help)).toEqual(['allowed: `5`, `6`']);
});

test.each([
  ['CloudFormation', 'write `cfn`'],
  ['tf', 'write `terraform`'],
  ['terrafrom', 'did you mean `terraform`?'],
])('the help about the target %s names the target that was meant', (name, help) => {
  expect(unknownTargetAt(undefined, name, ['cfn', 'pulumi', 'terraform']).help).toBe(help);
});

describe('a problem of structure', () => {
  test.each([
    [
      'a misspelt YAML key',
      '{ keys: { a: { desciption: x } } }',
      ['KW1001 <desciption> `desciption` is not known here'],
    ],
    [
      'a name that every object inherits',
      '{ toString: 1, constructor: {} }',
      ['KW1001 <toString> `toString` is not known here', 'KW1001 <constructor> `constructor` is not known here'],
    ],
    [
      'a required YAML key that is missing',
      '{ keys: { a: { suppress: [{ rule: KW7001 }] } } }',
      ['KW1002 <{ rule: KW7001> `because` is missing'],
    ],
    [
      'a replica that does not say where it lives',
      '{ keys: { a: { replicas: [{ enabled: true }] } } }',
      [
        'KW1006 <{ enabled: true> say where the replica is: `environment`, or `region` for the environment of the same account in that region',
      ],
    ],
    [
      'a replica that says twice where it lives',
      '{ keys: { a: { replicas: [{ environment: prod-us, region: us-east-1 }] } } }',
      [
        'KW1006 <{ environment: prod-us, region: us-east-1> say where the replica is: `environment`, or `region` for the environment of the same account in that region',
      ],
    ],
    [
      'a required union that is missing',
      '{ keys: { a: { grants: [{ can: decrypt }] } } }',
      ['KW1002 <{ can: decrypt> `to` is missing'],
    ],
    [
      'a number where text is expected',
      '{ tags: { a: 0123 } }',
      ['KW1003 <0123> expected text, found 0123, which YAML reads as a number'],
    ],
    ['nothing where a mapping is expected', '{ keys: { a: } }', ['KW1003 <> expected a key, found nothing']],
    ['a list where a mapping is expected', '{ keys: [a] }', ['KW1003 <[a> expected a mapping, found a list']],
    [
      'a word that is not allowed',
      '{ keys: { a: { removal: delete } } }',
      ['KW1004 <delete> `delete` is not allowed here'],
    ],
    [
      'an empty list that needs an element',
      '{ keys: { a: { statements: [{ principals: [], actions: [] }] } } }',
      [
        'KW1005 <> the list is empty: it needs at least one value',
        'KW1005 <> the list is empty: it needs at least one value',
      ],
    ],
    [
      'the ARN of something else for a role',
      '{ keys: { a: { admins: [{ role: "arn:aws:iam::111122223333:user/a" }] } } }',
      ['KW1005 <"arn:aws:iam::111122223333:user/a"> a user is written `{ user: "arn:aws:iam::111122223333:user/a" }`'],
    ],
    [
      'the ARN of a session for a role',
      '{ keys: { a: { admins: [{ role: "arn:aws:sts::111122223333:assumed-role/a/b" }] } } }',
      [
        'KW1005 <"arn:aws:sts::111122223333:assumed-role/a/b"> a principal by ARN is written `{ arn: "arn:aws:sts::111122223333:assumed-role/a/b" }`',
      ],
    ],
    [
      'the ARN of a group',
      '{ keys: { a: { admins: [{ arn: "arn:aws:iam::111122223333:group/a" }] } } }',
      [
        'KW1005 <"arn:aws:iam::111122223333:group/a"> a group is not a principal, and KMS refuses a policy that names a group: name the users of the group',
      ],
    ],
    [
      'a unique id for a role',
      '{ keys: { a: { admins: [{ role: "AROACKCEVSQ6C2EXAMPLE" }] } } }',
      [
        'KW1005 <"AROACKCEVSQ6C2EXAMPLE"> this is a unique id, which AWS shows in place of a deleted principal: write an ARN',
      ],
    ],
    [
      'an alternative that is nearly right',
      '{ keys: { a: { admins: [{ account: "1" }] } } }',
      ['KW1005 <"1"> an account id has twelve digits; `${account}` is the account of the stack'],
    ],
    [
      'a value that fits no alternative',
      '{ keys: { a: { admins: [{}] } } }',
      ['KW1003 <> expected a principal, found an empty mapping'],
    ],
    [
      'YAML keys that exclude each other',
      '{ keys: { a: { statements: [{ principals: a, actions: b, notActions: c }] } } }',
      ['KW1006 <{ principals: a, actions: b, notActions: c> a statement needs either `actions` or `notActions`'],
    ],
    [
      'the number .nan',
      '{ keys: { a: { pendingWindow: .nan } } }',
      ['KW1003 <.nan> expected a duration, found .nan, which YAML reads as a number'],
    ],
  ])('is reported for %s', (_name, stack, problems) => {
    expect(of(stack)).toEqual(problems);
  });

  test.each([
    '__proto__: {}',
    'tags: { __proto__: 5 }',
    'keys: { a: { statements: [{ principals: b, actions: c, conditions: { __proto__: ~ } }] } }',
  ])('is reported for the name `__proto__`, which is not allowed: %j', (stack) => {
    expect(of(`{ ${stack} }`).map((problem) => problem.slice(0, 6))).toEqual(['KW0020']);
  });

  test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])(
    'does not arise only because something is called %s',
    (name) => {
      const project = `keywright: 1
app: ${name}
environments: { ${name}: { account: "111122223333", region: eu-west-1 } }
standards: { ${name}: { tags: { ${name}: x } } }
stacks:
  ${name}:
    environment: ${name}
    tags: { ${name}: y }
    principals: { ${name}: { role: { assumedBy: lambda.amazonaws.com, tags: { ${name}: z } } } }
    keys:
      ${name}:
        standard: ${name}
        grants: [{ to: ${name}, can: decrypt, when: { StringEquals: { ${name}: ${name} } } }]
        kmsGrants: { ${name}: { grantee: ${name}, operations: [Decrypt], encryptionContext: { ${name}: ${name} } } }
    outputs: { ${name}: "\${keys.${name}.arn}" }
`;
      expect(problemsOf(project)).toEqual([]);
    },
  );
});

test.each(['2', '1.5'])('the unknown language version %s needs a later Keywright', (version) => {
  const { diagnostics, program } = compileText(
    `keywright: ${version}\napp: demo\nstacks: { main: { keys: { a: {} } } }\n`,
  );
  expect(program).toBeUndefined();
  expect(diagnostics.map(({ code, span, message }) => `${code} ${span?.line}:${span?.column} ${message}`)).toEqual([
    'KW1005 1:12 this version of Keywright reads version 1 of the language, `keywright: 1`; a later language needs a later Keywright',
  ]);
});

describe('a very large number of problems', () => {
  const union = z.union([z.string(), z.strictObject({ a: z.string() })]);
  const schema = z.looseObject({
    list: z.array(z.strictObject({ to: union })).optional(),
    lists: z.array(z.array(union)).optional(),
  });
  const check = (text: string) => validateStructure(schema, parseSource({ path: 'a', text })).diagnostics;

  test('is reported as a thousand and a note about the rest', () => {
    const found = check(`list: [${'{ to: 1 },'.repeat(5000)}]`);
    expect(found).toHaveLength(1001);
    expect(found.at(-1)?.code).toBe('KW0019');
  });

  test('is reported for the start of the file if zod cannot pass all of them in one call', () => {
    const found = check(`list: [${'1,'.repeat(150_000)}]`);
    expect(found.length).toBeGreaterThan(100);
    expect(found.at(-1)?.code).toBe('KW0019');
  });

  test('with aliases takes time proportional to the file’s length', () => {
    const found = check(`a: &a [${'1,'.repeat(1000)}]\nlists: [${'*a,'.repeat(900)}]`);
    expect(found.at(-1)?.code).toBe('KW0019');
  });

  test('with unknown names, each similar to a thousand known names, takes hardly any time', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `  p${index}: { account: "111122223333" }\n`).join('');
    const keys = Array.from({ length: 1000 }, (_, index) => `      k${index}: { admins: [q${index}x] }\n`).join('');
    expect(
      problemsOf(`keywright: 1\napp: demo\nprincipals:\n${names}stacks:\n  main:\n    keys:\n${keys}`),
    ).toHaveLength(1000);
  });
});

describe('an empty value', () => {
  const advice = (stack: string) =>
    compileText(`keywright: 1\napp: demo\nstacks: { main: ${stack} }\n`).diagnostics.map(({ help }) => help);
  test.each([
    ['for a key', '{ keys: { orders: } }', 'write `orders: {}`'],
    ['for a user', '{ principals: { batch: { user: } } }', 'write `user: {}`'],
    ['for the keys of a stack', '{ keys: }', 'write `keys: {}`'],
    [
      'for a role, which needs more',
      '{ principals: { api: { role: } } }',
      'write a mapping, such as `role: { assumedBy: lambda.amazonaws.com }`',
    ],
    [
      'for an import, which needs more',
      '{ imports: { theirs: } }',
      'write an import, such as `theirs: { alias: aws/s3 }`',
    ],
    ['for a description, which is text', '{ keys: { orders: { description: } } }', 'write text'],
    [
      'for a rotation, which is usually true',
      '{ keys: { orders: { rotation: } } }',
      'write true, false or a duration, such as `rotation: true`',
    ],
  ])('%s leads to advice', (_, stack, expected) => {
    expect(advice(stack)).toEqual([expected]);
  });
});

describe('entries that should have been indented are reported once, at the empty entry before them', () => {
  const advice = (stacks: string) =>
    compileText(`keywright: 1\napp: demo\n${stacks}`).diagnostics.map(({ span, help }) => `${span?.line} ${help}`);

  test.each([
    [
      'the sections of a stack',
      'stacks:\n  main:\n  keys:\n    orders: {}\n',
      '4 indent `keys` further than `main`, which it belongs to',
    ],
    [
      'a key',
      'stacks:\n  main:\n    keys:\n    orders:\n      rotation: true\n',
      '5 indent `orders` further than `keys`, which it belongs to',
    ],
    [
      'the properties of a key',
      'stacks:\n  main:\n    keys:\n      orders:\n      rotation: true\n      tags: { a: b }\n',
      '6 indent `rotation` further than `orders`, which it belongs to',
    ],
    ['a stack', 'stacks:\nmain:\n  keys: {}\n', '3 indent `main` further than `stacks`, which it belongs to'],
  ])('%s', (_, stacks, help) => {
    expect(advice(stacks)).toEqual([help]);
  });

  test('unless the empty entry is a key and the next entry is another key', () => {
    expect(advice('stacks:\n  main:\n    keys:\n      orders:\n      receipts: {}\n')).toEqual([
      '6 write `orders: {}`',
    ]);
  });
});

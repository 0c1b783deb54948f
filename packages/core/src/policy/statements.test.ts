import { describe, expect, test } from 'vitest';
import type { Statement } from '../ir/policy.ts';
import { compileText, head, problemsOf, stacksOf } from '../testing/compile-text.ts';

const start = `${head}principals:
  admin: { role: "arn:aws:iam::111122223333:role/Admin" }
  company: { organization: o-a1b2c3d4e5 }
  unit: { orgUnit: o-a1b2c3d4e5/r-ab12/ou-ab12-12345678 }
  everyone: { anyone: true }
`;
const project = (key: string) => `${start}stacks:\n  main:\n    environment: prod\n    keys: { k: ${key} }\n`;

/** The statements after the default one. */
function statementsOf(key: string): readonly Statement[] {
  const found = stacksOf(project(key))
    .get('main')
    ?.resources.find(({ kind }) => kind === 'key');
  return found?.kind === 'key' ? found.policy.statements.slice(1) : [];
}
const messages = (key: string) => problemsOf(project(key)).map((problem) => problem.replace(/ \d+:\d+/, ''));

describe('the principals of a statement', () => {
  test('become one statement without conditions, and one statement for each condition that principals need', () => {
    const found = statementsOf(
      '{ statements: [{ principals: [company, admin, unit, { account: "444455556666" }], actions: "kms:Decrypt" }] }',
    );
    expect(
      found.map(({ principals, conditions }) => [
        principals?.map(({ kind }) => kind),
        conditions.map(({ key }) => key),
      ]),
    ).toEqual([
      [['anyone'], ['aws:PrincipalOrgID']],
      [['aws', 'aws'], []],
      [['anyone'], ['aws:PrincipalOrgPaths']],
    ]);
  });

  test('are distinguished even if they have the same name', () => {
    const text = `${start}  logs: { role: "arn:aws:iam::111122223333:role/Logs" }\nstacks:\n  main:\n    environment: prod\n    keys: { k: { statements: [{ principals: [logs, { service: logs }, logs], actions: "kms:Decrypt" }] } }\n`;
    const found = stacksOf(text)
      .get('main')
      ?.resources.find(({ kind }) => kind === 'key');
    const last = found?.kind === 'key' ? found.policy.statements.at(-1) : undefined;
    expect(last?.principals?.map(({ kind }) => kind)).toEqual(['aws', 'service']);
  });

  test.each([
    [
      'everyone, with an Allow',
      '{ principals: everyone, actions: "kms:*" }',
      ['KW3027 `everyone` means everyone in every AWS account, and no condition narrows it'],
    ],
    ['everyone, with a Deny', '{ effect: Deny, principals: everyone, actions: "kms:*" }', []],
    [
      'everyone, under a condition',
      '{ principals: everyone, actions: "kms:*", conditions: { Bool: { a: true } } }',
      [],
    ],
    [
      'everyone except some, with an Allow',
      '{ notPrincipals: admin, actions: "kms:*" }',
      ['KW3028 an `Allow` for `notPrincipals` lets in everyone else, in every AWS account'],
    ],
    [
      'everyone except an organization',
      '{ effect: Deny, notPrincipals: company, actions: "kms:*" }',
      ['KW3029 `company` is `*` with a condition, which `notPrincipals` cannot express'],
    ],
  ])('are checked: %s', (_name, statement, expected) => {
    expect(messages(`{ statements: [${statement}] }`)).toEqual(expected);
  });
});

describe('the values of a condition', () => {
  const values = (written: string) => {
    const [statement] = statementsOf(
      `{ statements: [{ principals: admin, actions: "kms:*", conditions: { StringEquals: { b: ${written} } } }] }`,
    );
    return statement?.conditions[0]?.values.map((value) => (value.kind === 'literal' ? value.text : value.kind));
  };
  test.each([
    ['x', ['x']],
    ['[x, "012345678901", true, 7, 2.5, -1]', ['x', '012345678901', 'true', '7', '2.5', '-1']],
    ['"${account}"', ['111122223333']],
    ['111122223333', ['111122223333']],
  ])('are read from %s as %j', (written, expected) => {
    expect(values(written)).toEqual(expected);
  });

  test.each([
    ['012345678901', '12345678901'],
    ['12345678901234567890', '12345678901234567000'],
    ['0x1f', '31'],
    ['1e3', '1000'],
    ['1.50', '1.5'],
    ['True', 'true'],
    ['FALSE', 'false'],
  ])('cannot be %s, which YAML reads as %s', (written, read) => {
    for (const list of [written, `[a, ${written}]`]) {
      expect(
        messages(
          `{ statements: [{ principals: admin, actions: "kms:*", conditions: { StringEquals: { b: ${list} } } }] }`,
        ),
      ).toEqual([`KW1003 expected text, found ${written}, which YAML reads as ${read}`]);
    }
  });
});

test.each(['Bool', 'ForAllValues:BoolIfExists', 'Null', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCaseIfExists'])(
  'the operator %s takes a Boolean in any letter case, as IAM does',
  (operator) => {
    expect(
      messages(
        `{ statements: [{ principals: admin, actions: "kms:*", conditions: { "${operator}": { b: [True, FALSE] } } }] }`,
      ),
    ).toEqual([]);
  },
);

test('the advice for a service-linked role of another account is a KMS grant', () => {
  const role = 'arn:aws:iam::444455556666:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup';
  const { diagnostics } = compileText(project(`{ grants: [{ to: { role: "${role}" }, can: decrypt }] }`));
  const note = diagnostics.find(({ code }) => code === 'KW3034');
  expect(note?.help).toContain('aws kms create-grant');
});

test('the note about another account shows the whole ARN of a principal that is written with placeholders', () => {
  const role = 'arn:${partition}:iam::444455556666:role/app-${environment}';
  const { diagnostics } = compileText(project(`{ grants: [{ to: { role: "${role}" }, can: decrypt }] }`));
  const note = diagnostics.find(({ code }) => code === 'KW3034');
  expect(note?.message).toContain('`arn:aws:iam::444455556666:role/app-prod` can use');
});

describe('two conditions on one condition key', () => {
  const via = (when: string) =>
    messages(
      `{ grants: [{ to: { role: "arn:aws:iam::444455556666:role/a" }, can: decrypt, via: s3, when: ${when} }] }`,
    ).filter((text) => !text.startsWith('KW3034'));
  test.each([
    ['that are equal become one', '{ StringEquals: { "kms:ViaService": s3.eu-west-1.amazonaws.com } }', []],
    ['with different operators are both written', '{ StringLike: { "kms:ViaService": "s3.*" } }', []],
    [
      'that differ cannot both be written',
      '{ StringEquals: { "kms:ViaService": sqs.eu-west-1.amazonaws.com } }',
      ['KW3042 two conditions with `StringEquals` on `kms:ViaService` have different values'],
    ],
    [
      'that differ cannot both be written in another letter case either',
      '{ StringEquals: { "KMS:viaService": sqs.eu-west-1.amazonaws.com } }',
      ['KW3042 two conditions with `StringEquals` on `kms:ViaService` have different values'],
    ],
  ])('%s', (_name, when, expected) => {
    expect(via(when)).toEqual(expected);
  });

  test('that differ cannot both be written if one comes from the key’s alias', () => {
    const text = `${start}stacks:
  keys: { environment: data, keys: { k: { aliases: [orders] } } }
  main:
    environment: prod
    principals: { r: { role: { assumedBy: lambda.amazonaws.com } } }
    imports: { k: { key: keys.k, grants: [{ to: r, can: decrypt, when: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias/x } } }] } }
`;
    expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(['KW3042']);
  });

  test('are not confused with conditions on two condition keys: the policy for another account has both', () => {
    const [note] = compileText(
      project(
        '{ grants: [{ to: { role: "arn:aws:iam::444455556666:role/a" }, can: decrypt, when: { StringEquals: { a: "1", b: ["2", "3"] } } }] }',
      ),
    ).diagnostics;
    expect(note?.code).toBe('KW3034');
    const policy: unknown = JSON.parse(note?.help.replace(/^[^{]*/, '') ?? '');
    expect(policy).toMatchObject({ Action: ['kms:Decrypt'], Condition: { StringEquals: { a: ['1'], b: ['2', '3'] } } });
  });
});

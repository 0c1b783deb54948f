import { describe, expect, test } from 'vitest';
import { literal } from '../ir/expression.ts';
import { knownRegions } from '../kms/regions.ts';
import type { FileReading } from '../project/host.ts';
import { readPolicyFile } from '../project/policy-files.ts';
import { placeOf } from '../resolve/place.ts';
import { compileText, head } from '../testing/compile-text.ts';
import { lowerPolicyFile } from './policy-file.ts';

const place = placeOf({ account: '111122223333', region: 'eu-west-1', partition: 'aws' });
const named = { file: 'keywright.yaml', line: 7, column: 1, endLine: 7, endColumn: 2 };

function read(reading: FileReading | object | string) {
  const isReading = typeof reading === 'object' && 'kind' in reading;
  const text = typeof reading === 'string' ? reading : JSON.stringify(reading);
  const given = isReading ? (reading as FileReading) : ({ kind: 'text', text } as const); // a policy document has no `kind`
  const file = readPolicyFile('p.json', given, named);
  const policy = file.value && lowerPolicyFile(file.value, undefined, place, new Set(knownRegions));
  const { id, statements = [] } = policy?.value ?? {};
  const diagnostics = [...file.diagnostics, ...(policy?.diagnostics ?? [])];
  return { id, statements, problems: diagnostics.map(({ code, span }) => `${code} ${span?.file}:${span?.line}`) };
}

const owner = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' };
const of = (statement: object) => read({ Statement: { ...owner, ...statement } });

describe('a policy file', () => {
  test('may have one or several statements, with or without a version and an id', () => {
    for (const document of [
      { Statement: owner },
      { Statement: [owner] },
      { Version: '2012-10-17', Id: 'orders', Statement: [owner] },
    ]) {
      const { statements, problems } = read(document);
      expect(problems).toEqual([]);
      expect(statements).toMatchObject([
        { effect: 'Allow', actions: ['kms:*'], resources: [literal('*')], conditions: [] },
      ]);
    }
  });

  test('has to name the key in each statement, since KMS applies other statements to no key', () => {
    const { Resource: _, ...lacking } = owner;
    const { statements, problems } = read({ Statement: [owner, lacking] });
    expect(problems).toEqual(['KW3091 p.json:1']);
    expect(statements).toMatchObject([{ resources: [literal('*')] }, { resources: [literal('*')] }]);
  });

  test('has to state its version if it has policy variables, which the default version lacks', () => {
    const statement = (name: string) => ({ ...owner, Condition: { StringEquals: { 'aws:username': name } } });
    expect(read({ Statement: statement('${aws:username}') }).problems).toEqual(['KW1002 p.json:1']);
    expect(read({ Statement: statement('$${saml:sub}') }).problems).toEqual(['KW1002 p.json:1']);
    expect(read({ Statement: statement('${account}-${region}') }).problems).toEqual([]);
    expect(read({ Version: '2012-10-17', Statement: statement('${aws:username}') }).problems).toEqual([]);
  });

  test('with one wrong statement causes one problem, without advice that omits the other statements', () => {
    const { problems } = read({ Statement: [{ ...owner, Effect: 'deny', Principal: '*' }, owner] });
    expect(problems).toEqual(['KW1004 p.json:1']);
  });

  test('keeps its content, with the four placeholders replaced', () => {
    const { statements } = read({
      Version: '2012-10-17',
      Statement: {
        Sid: 'One',
        Effect: 'Deny',
        NotPrincipal: { AWS: ['a', '*'], Service: 's.amazonaws.com', Federated: ['f.example'] },
        NotAction: ['kms:List*'],
        NotResource: ['arn:aws:kms:${region}:${account}:key/${aws:username}'],
        Condition: { Bool: { a: true }, NumericLessThan: { b: [1, 2.5] } },
      },
    });
    expect(statements).toMatchObject([
      {
        sid: 'One',
        effect: 'Deny',
        notPrincipals: [
          { kind: 'aws', arn: literal('a') },
          { kind: 'anyone' },
          { kind: 'service', host: literal('s.amazonaws.com') },
          { kind: 'federated', provider: literal('f.example') },
        ],
        notActions: ['kms:List*'],
        notResources: [literal('arn:aws:kms:eu-west-1:111122223333:key/${aws:username}')],
        conditions: [
          { operator: 'Bool', key: 'a', values: [literal('true')] },
          { operator: 'NumericLessThan', key: 'b', values: [literal('1'), literal('2.5')] },
        ],
      },
    ]);
    expect(statements[0]).not.toHaveProperty('resources');
    expect(statements[0]).not.toHaveProperty('principals');
  });

  test.each<readonly [string, object | string, string]>([
    ['another version', { Version: '2008-10-17', Statement: owner }, 'KW1005 p.json:1'],
    ['no statement', { Version: '2012-10-17' }, 'KW1012 p.json:1'],
    ['an unknown key', { Statements: [owner], Statement: owner }, 'KW1001 p.json:1'],
    ['a list', [owner], 'KW1012 p.json:1'],
    ['anything but JSON', '{"Statement": [', 'KW0010 p.json:1'],
    ['a key twice', '{"Statement": [], "Statement": []}', 'KW0011 p.json:1'],
    ['no principal at all', { Statement: { ...owner, Principal: {} } }, 'KW1006 p.json:1'],
    ['both kinds of principals', { Statement: { ...owner, NotPrincipal: '*' } }, 'KW1006 p.json:1'],
    ['a principal in the wrong form', { Statement: { ...owner, Principal: 'arn' } }, 'KW1005 p.json:1'],
    ['a principal without an ARN', { Statement: { ...owner, Principal: { AWS: 'a' } } }, 'KW1005 p.json:1'],
    ['a bucket for a principal', { Statement: { ...owner, Principal: { AWS: 'arn:aws:s3:::a' } } }, 'KW1005 p.json:1'],
    ['every service', { Statement: { ...owner, Principal: { Service: '*' } } }, 'KW1005 p.json:1'],
    ['a service without its host', { Statement: { ...owner, Principal: { Service: 'logs' } } }, 'KW1005 p.json:1'],
    ['every identity provider', { Statement: { ...owner, Principal: { Federated: '*' } } }, 'KW1005 p.json:1'],
    ['a canonical user', { Statement: { ...owner, Principal: { CanonicalUser: 'x' } } }, 'KW3030 p.json:1'],
    ['an empty list of actions', { Statement: { ...owner, Action: [] } }, 'KW1005 p.json:1'],
    ['an empty list of values', { Statement: { ...owner, Condition: { Bool: { a: [] } } } }, 'KW1005 p.json:1'],
    ['an effect in another letter case', { Statement: { ...owner, Effect: 'allow' } }, 'KW1004 p.json:1'],
    [
      'a number that is not printed as it is written',
      '{"Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*", "Condition": {"NumericEquals": {"a": 1.0}}}}',
      'KW1003 p.json:1',
    ],
    ['a number for a Boolean', { Statement: { ...owner, Condition: { Null: { a: 1 } } } }, 'KW3090 p.json:1'],
  ])('with %s causes an error in the file', (_name, document, problem) => {
    expect(read(document).problems).toEqual([problem]);
  });

  test.each<readonly [FileReading, string]>([
    [{ kind: 'missing' }, 'KW0001 keywright.yaml:7'],
    [{ kind: 'directory' }, 'KW0002 keywright.yaml:7'],
    [{ kind: 'binary' }, 'KW0003 keywright.yaml:7'],
    [{ kind: 'outside' }, 'KW0005 keywright.yaml:7'],
  ])('that is %j causes an error where it is named', (reading, problem) => {
    expect(read(reading)).toEqual({ statements: [], problems: [problem] });
  });
});

describe('the principals that a policy file allows', () => {
  const condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
  test.each([
    ['everyone', { Principal: '*' }, ['KW3027 p.json:1']],
    ['everyone among others', { Principal: { AWS: ['111122223333', '*'] } }, ['KW3027 p.json:1']],
    ['everyone under an empty condition', { Principal: '*', Condition: { StringEquals: {} } }, ['KW3027 p.json:1']],
    ['everyone under a condition', { Principal: '*', Condition: condition }, []],
    ['everyone in a Deny', { Effect: 'Deny', Principal: '*' }, []],
  ])('are checked: %s', (_name, statement, problems) => {
    expect(of(statement).problems).toEqual(problems);
  });

  test('may not be everyone except some principals', () => {
    const { Principal: _, ...others } = owner;
    expect(read({ Statement: { ...others, NotPrincipal: { AWS: '111122223333' } } }).problems).toEqual([
      'KW3028 p.json:1',
    ]);
  });
});

describe('a file that is not a policy document is reported once', () => {
  const statement = { ...owner, Resource: '*' };
  const message = (text: string) =>
    readPolicyFile('p.json', { kind: 'text', text }, named).diagnostics.map(
      ({ code, message }) => `${code} ${message}`,
    );
  test.each([
    ['', 'it is empty'],
    ['null', 'it is empty'],
    ['5', 'it is neither JSON nor a YAML mapping'],
    ['data "aws_iam_policy_document" "x" {\n  statement {}\n}', 'it is neither JSON nor a YAML mapping'],
    ['[]', 'it is a list'],
    [JSON.stringify([statement]), 'it is a list of statements'],
    [JSON.stringify(statement), 'it is a single statement'],
    ['- { principals: app, actions: kms:Decrypt }', 'it has statements in the language of Keywright'],
    ['{}', '`Statement` is missing'],
    ['{ version: "2012-10-17", statement: [] }', '`statement` is called `Statement`'],
    [JSON.stringify({ Statement: 'kms:*' }), 'its `Statement` contains something that is not a statement'],
    [JSON.stringify({ Statement: ['a', ['b'], null] }), 'its `Statement` contains something that is not a statement'],
    [
      JSON.stringify({ Resources: { K: { KeyPolicy: { Statement: [statement] } } } }),
      'the policy document is under `Resources.K.KeyPolicy`',
    ],
    [JSON.stringify({ Policy: JSON.stringify({ Statement: [statement] }) }), 'the policy document is under `Policy`'],
  ])('%s', (text, problem) => {
    expect(message(text)).toEqual([`KW1012 this file is not a policy document: ${problem}`]);
  });

  test('even if it is invalid YAML', () => {
    expect(message('{"Statement": [ {"Effect": "Allow" ')).toHaveLength(1);
  });

  test('and counts as the default policy, so that nothing else is reported', () => {
    const key = '{ policy: { file: p.json }, grants: [{ to: team, can: decrypt }] }';
    const stack = `{ environment: prod, principals: { team: { group: {} } }, keys: { k: ${key} } }`;
    const { diagnostics } = compileText({ 'keywright.yaml': `${head}stacks: { main: ${stack} }\n`, 'p.json': '[]' });
    expect(diagnostics.map(({ code }) => code)).toEqual(['KW1012']);
  });
});

describe('a CloudFormation function in a policy file', () => {
  const principal = (value: unknown) => of({ Principal: { AWS: value } });
  test.each([
    [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] }],
    [{ 'Fn::Join': [':', ['arn', 'aws', 'iam', '', { Ref: 'AWS::AccountId' }, 'root']] }],
    [{ 'Fn::Sub': ['arn:aws:iam::${A}:root', { A: { Ref: 'AWS::AccountId' } }] }],
    [{ 'Fn::Sub': ['arn:aws:iam::${AWS::AccountId}:${What}', { What: 'root' }] }],
  ])('is evaluated if it needs only pseudo parameters: %j', (value) => {
    const { statements, problems } = principal(value);
    expect(problems).toEqual([]);
    expect(statements).toMatchObject([{ principals: [{ arn: literal('arn:aws:iam::111122223333:root') }] }]);
  });

  test.each([
    [{ 'Fn::GetAtt': ['Role', 'Arn'] }],
    [{ 'Fn::GetAtt': 'Role.Arn' }],
    [{ 'Fn::If': ['A', 'b', 'c'] }],
    [{ 'Fn::ImportValue': 'x' }],
    [{ 'Fn::Select': [0, ['a']] }],
    [{ 'Fn::Join': ['', { Ref: 'List' }] }],
    [{ 'Fn::Join': ['', ['a', { Ref: 'Role' }]] }],
    [{ 'Fn::Sub': ['${A}', { A: { 'Fn::GetAtt': ['Role', 'Arn'] } }] }],
    [{ 'Fn::Sub': { a: 1 } }],
  ])('is reported (KW3073) if only the template knows its value: %j', (value) => {
    expect(principal(value).problems).toEqual(['KW3073 p.json:1']);
  });
});

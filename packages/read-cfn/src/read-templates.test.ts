import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { describe, expect, test } from 'vitest';
import { readTemplates } from './read-templates.ts';
import type { TemplateFile } from './template.ts';

const place = { account: '111122223333', region: 'eu-west-1' };

function read(text: string, file: Partial<TemplateFile> = {}) {
  return readTemplates([{ path: 'orders.template.yaml', text, ...file }]);
}

function problemsOf(diagnostics: readonly Diagnostic[]) {
  return diagnostics.map(({ code, span, message }) => `${code} ${span?.line}:${span?.column} ${message}`);
}

const ownAccount = `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }] }`;

const orders = `Resources:
  OrdersKey:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    Properties:
      Description: !Join [" ", [Orders, in, !Ref "AWS::Region"]]
      EnableKeyRotation: yes
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:root" }
            Action: kms:*
            Resource: "*"
  OrdersAlias:
    Type: AWS::KMS::Alias
    Properties: { AliasName: alias/orders, TargetKeyId: !GetAtt OrdersKey.Arn }
  Trail: { Type: AWS::S3::Bucket }
`;

test('an alias whose name only AWS knows is left out and reported, even if its place is known', () => {
  const text = `Resources:
  Key: { Type: AWS::KMS::Key }
  ById: { Type: AWS::KMS::Alias, Properties: { AliasName: !Sub "alias/\${Key}", TargetKeyId: !Ref Key } }
  Here: { Type: AWS::KMS::Alias, Properties: { AliasName: !Sub "alias/\${AWS::Region}", TargetKeyId: !Ref Key } }
`;
  const chosen =
    'KW8001 3:59 `AliasName` of ById is not known: it contains a value that AWS chooses when the stack is deployed, such as the id of a key';
  expect(problemsOf(read(text, place).diagnostics)).toEqual([chosen]);
  expect(problemsOf(read(text).diagnostics)).toEqual([
    chosen,
    'KW8001 4:59 `AliasName` of Here is not known: it depends on where the stack is deployed',
  ]);
});

test('a key that a macro can change is left out', () => {
  const { program, diagnostics } = read(
    orders.replace(
      '    DeletionPolicy: Retain\n',
      '    Fn::Transform: { Name: AWS::Include, Parameters: { Location: "s3://bucket/key.yaml" } }\n',
    ),
    place,
  );
  expect(program.stacks[0]?.resources).toEqual([]);
  expect(problemsOf(diagnostics)).toEqual([
    'KW8001 2:3 `Properties` of OrdersKey is not known: a macro (Fn::Transform) can change it',
    'KW8016 15:3 OrdersAlias is left out because it needs OrdersKey, which could not be read',
  ]);
});

test('a key and its alias in a known place are read', () => {
  const { program, leftOut, origins, diagnostics } = read(orders, place);
  expect(diagnostics).toEqual([]);
  expect(leftOut).toMatchObject([{ type: 'AWS::S3::Bucket', address: 'Trail', span: { line: 18, column: 3 } }]);
  expect(program.stacks).toMatchObject([
    {
      name: 'orders',
      environment: { account: '111122223333', region: 'eu-west-1', partition: 'aws' },
      targets: ['cfn'],
      resources: [
        {
          kind: 'key',
          id: 'key/orders',
          name: 'orders',
          names: { cfn: 'OrdersKey' },
          description: { kind: 'literal', text: 'Orders in eu-west-1' },
          rotation: { enabled: true },
          removal: 'retain',
          source: { span: { file: 'orders.template.yaml', line: 2, column: 3 } },
          policy: {
            statements: [
              {
                principals: [{ kind: 'aws', arn: { text: 'arn:aws:iam::111122223333:root' } }],
                source: { span: { line: 11, column: 13 } },
              },
            ],
          },
        },
        {
          kind: 'alias',
          id: 'alias/orders/orders',
          keyName: 'orders',
          target: { kind: 'reference', resource: 'key/orders', attribute: 'id' },
        },
      ],
    },
  ]);
  expect(origins.get('orders')?.get('alias/orders/orders')).toEqual({
    address: 'OrdersAlias',
    physicalId: 'alias/orders',
  });
});

test('an unknown place remains a pseudo parameter', () => {
  const [key] = read(orders).program.stacks[0]?.resources ?? [];
  expect(key).toMatchObject({
    description: { kind: 'concat', parts: [{ text: 'Orders in ' }, { kind: 'pseudo', name: 'region' }] },
  });
});

test('a parameter’s default is not used, and a key that needs it is left out', () => {
  const text = `Parameters:
  Stage: { Type: String, Default: dev }
  Secret: { Type: String, Default: hush, NoEcho: true }
Resources:
  Key: { Type: AWS::KMS::Key, Properties: { Description: !Ref Stage, KeyPolicy: ${ownAccount} } }
  Other: { Type: AWS::KMS::Key, Properties: { Description: !Ref Secret, KeyPolicy: ${ownAccount} } }
`;
  const { program, diagnostics, leftOut } = read(text, place);
  expect(program.stacks[0]?.resources).toEqual([]);
  expect(leftOut.map(({ address }) => address)).toEqual(['Key', 'Other']);
  expect(problemsOf(diagnostics)).toEqual([
    'KW8001 5:58 `Description` of Key is not known: nothing sets the parameter Stage; its default, "dev", may not be what is deployed',
    'KW8001 6:60 `Description` of Other is not known: the parameter Secret is a secret (NoEcho)',
  ]);
  expect(diagnostics[0]?.help).toBe('give its value with `--parameters`, as { "Stage": … }');
  expect(JSON.stringify({ diagnostics, program })).not.toContain('hush');
  const given = readTemplates([{ path: 'a.yaml', text, ...place }], { parameters: { Stage: 'prod', Secret: 'known' } });
  expect(given.program.stacks[0]?.resources).toMatchObject([{ description: { text: 'prod' } }]);
  expect(JSON.stringify([given.diagnostics, given.program])).not.toContain('known"');
});

test('each missing value of a policy is reported once, at its place', () => {
  const text = `Parameters: { Admin: { Type: String }, Org: { Type: String, Default: o-1 } }
Resources:
  Bucket: { Type: AWS::S3::Bucket }
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - Effect: Allow
            Principal: { AWS: !Ref Admin }
            Action: kms:*
            Condition:
              StringEquals:
                aws:PrincipalOrgID: !Ref Org
                aws:SourceArn: !GetAtt Bucket.Arn
            Resource: "*"
`;
  expect(problemsOf(read(text, place).diagnostics)).toEqual([
    'KW8001 10:31 the policy of Key is not known: nothing sets the parameter Admin',
    'KW8001 14:37 the policy of Key is not known: nothing sets the parameter Org; its default, "o-1", may not be what is deployed',
    'KW8001 15:32 the policy of Key is not known: Bucket (AWS::S3::Bucket) gets its Arn when it is deployed',
  ]);
  const parameters = { Admin: '111122223333', Org: 'o-2', 'Bucket.Arn': 'arn:aws:s3:::logs' };
  const { program, diagnostics } = read(text, { ...place, parameters });
  expect(diagnostics).toEqual([]);
  expect(program.stacks[0]?.resources).toMatchObject([
    {
      policy: {
        statements: [
          {
            principals: [{ arn: { text: 'arn:aws:iam::111122223333:root' } }],
            conditions: [{ values: [{ text: 'o-2' }] }, { values: [{ text: 'arn:aws:s3:::logs' }] }],
          },
        ],
      },
    },
  ]);
});

test('a key without a policy gets KMS’s default policy', () => {
  const { program } = read('{"Resources":{"Key":{"Type":"AWS::KMS::Key"}}}', place);
  expect(program.stacks[0]?.resources).toMatchObject([
    {
      removal: 'retain',
      policy: {
        id: { text: 'key-default-1' },
        statements: [{ sid: 'Enable IAM User Permissions', actions: ['kms:*'] }],
      },
    },
  ]);
});

const keyWithAdmin = (admin: string) =>
  `{ Type: AWS::KMS::Key, Properties: { KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: ${admin} }, Action: "kms:*", Resource: "*" }] } } }`;
const trust = `{ Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }`;

test.each([
  ['a role', `{ AssumeRolePolicyDocument: ${trust} }`, { kind: 'reference', resource: 'role/app', attribute: 'arn' }],
  [
    'a role with more than Keywright writes, by its name',
    `{ AssumeRolePolicyDocument: ${trust}, MaxSessionDuration: 3600, RoleName: App, Path: /team/ }`,
    { kind: 'literal', text: 'arn:aws:iam::111122223333:role/team/App' },
  ],
])('%s in a key policy is read', (_, properties, arn) => {
  const text = `Resources:
  Key: ${keyWithAdmin('!GetAtt App.Arn')}
  App: { Type: AWS::IAM::Role, Properties: ${properties} }
`;
  const { program, diagnostics, leftOut } = read(text, place);
  expect(diagnostics).toEqual([]);
  const key = program.stacks[0]?.resources.find(({ kind }) => kind === 'key');
  expect(key).toMatchObject({ policy: { statements: [{ principals: [{ kind: 'aws', arn }] }] } });
  expect(leftOut.length).toBe(arn.kind === 'reference' ? 0 : 1);
});

test('a policy is not known if it names a role that is not read and has no name', () => {
  const text = `Resources:
  Key: ${keyWithAdmin('!GetAtt App.Arn')}
  App: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, ManagedPolicyArns: [x] } }
`;
  const { diagnostics } = read(text, place);
  expect(problemsOf(diagnostics)).toEqual([
    'KW8001 2:105 the policy of Key is not known: App (AWS::IAM::Role) gets its Arn when it is deployed, and stays in its template: App has `ManagedPolicyArns`, which Keywright cannot express',
  ]);
  expect(diagnostics[0]?.help).toBe('write the value, or give it with `--parameters` as "App.Arn"');
});

test('a policy as JSON text with references is read', () => {
  const json = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' },
      { Effect: 'Allow', Principal: { AWS: '${App.Arn}' }, Action: 'kms:Decrypt', Resource: '*' },
    ],
  });
  const text = `Resources:
  Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: !Sub '${json}' } }
  App: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust} } }
`;
  const { program, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  const key = program.stacks[0]?.resources.find(({ kind }) => kind === 'key');
  expect(key).toMatchObject({
    policy: {
      statements: [
        { principals: [{ arn: { kind: 'concat', parts: [{}, { kind: 'pseudo', name: 'account' }, {}] } }] },
        { principals: [{ arn: { kind: 'reference', resource: 'role/app' } }] },
      ],
    },
  });
});

const decrypts = `{ Statement: [{ Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn }] }`;
const reads = `{ Statement: [{ Effect: Allow, Action: s3:GetObject, Resource: !Sub "\${Bucket.Arn}/*" }] }`;

test('policies of principals are read if they are about KMS, and otherwise listed', () => {
  const text = `Resources:
  Bucket: { Type: AWS::S3::Bucket }
  Key: { Type: AWS::KMS::Key }
  App: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, Policies: [{ PolicyName: use, PolicyDocument: ${decrypts} }] } }
  Other: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, Policies: [{ PolicyName: use, PolicyDocument: ${decrypts} }, { PolicyName: get, PolicyDocument: ${reads} }] } }
  OfNeither: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, Policies: [{ PolicyName: get, PolicyDocument: ${reads} }] } }
  Attached: { Type: AWS::IAM::RolePolicy, Properties: { RoleName: there, PolicyName: more, PolicyDocument: ${decrypts} } }
  AboutBuckets: { Type: AWS::IAM::Policy, Properties: { Roles: [!Ref OfNeither], PolicyName: more, PolicyDocument: ${reads} } }
  OfTwo: { Type: AWS::IAM::Policy, Properties: { Roles: [one, two], PolicyName: more, PolicyDocument: ${decrypts} } }
  Managed: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: ${decrypts} } }
`;
  const { program, diagnostics, leftOut } = read(text, place);
  expect(program.stacks[0]?.resources.map(({ id, names }) => [id, names.cfn])).toEqual([
    ['key/key', 'Key'],
    ['role/app', 'App'],
    ['identityPolicy/role/app', undefined],
    ['identityPolicy/role/there', 'Attached'],
  ]);
  expect(diagnostics.map(({ code, severity, span }) => `${code} ${severity} ${span?.line}`)).toEqual([
    'KW8017 warning 5',
    'KW8017 warning 9',
    'KW8017 warning 10',
  ]);
  expect(leftOut.map(({ address }) => address)).toEqual([
    'Bucket',
    'Other',
    'OfNeither',
    'AboutBuckets',
    'OfTwo',
    'Managed',
  ]);
});

test('an inline policy that needs an unread key is reported by its name, and its role is read if a key policy names it', () => {
  const text = `Parameters: { Stage: { Type: String } }
Resources:
  Key: { Type: AWS::KMS::Key }
  Unread: { Type: AWS::KMS::Key, Properties: { Description: !Ref Stage } }
  App: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, Policies: [{ PolicyName: use, PolicyDocument: ${decrypts} }, { PolicyName: more, PolicyDocument: ${decrypts.replace('Key', 'Unread')} }] } }
  Other: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, Policies: [{ PolicyName: !Sub "\${AWS::Region}", PolicyDocument: ${decrypts.replace('Key', 'Unread')} }] } }
`;
  const { program, diagnostics, leftOut } = read(text);
  expect(program.stacks[0]?.resources.map(({ id }) => id)).toEqual(['key/key', 'role/app', 'identityPolicy/role/app']);
  expect(problemsOf(diagnostics)).toEqual([
    'KW8001 4:61 `Description` of Unread is not known: nothing sets the parameter Stage',
    'KW8016 5:3 the policy more of App is left out because it needs Unread, which could not be read',
    'KW8016 6:3 a policy of Other is left out because it needs Unread, which could not be read',
  ]);
  expect(leftOut.map(({ address }) => address)).toEqual(['Unread', 'Other']);
});

test('values of other stacks are resolved, and missing ones reported', () => {
  const keys = `Resources:
  Orders: { Type: AWS::KMS::Key }
Outputs:
  Arn: { Value: !GetAtt Orders.Arn, Export: { Name: !Sub "\${AWS::StackName}-arn" } }
  Id: { Value: !Ref Orders }
`;
  const uses = `Resources:
  Alias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/orders, TargetKeyId: !ImportValue keys-arn } }
  Lost: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/lost, TargetKeyId: !ImportValue other-arn } }
  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: x } }
`;
  const { program, diagnostics } = readTemplates([
    { path: 'uses.yaml', text: uses, ...place },
    { path: 'keys.yaml', text: keys, stackName: 'keys', ...place },
  ]);
  expect(problemsOf(diagnostics)).toEqual([
    'KW8001 3:84 `TargetKeyId` of Lost is not known: none of the templates exports other-arn',
    'KW8019 4:3 Inner creates a nested stack, and the template of that stack is not read',
  ]);
  expect(program.stacks).toMatchObject([
    {
      name: 'keys',
      exports: [{ id: 'keys.orders.arn', value: { kind: 'reference', resource: 'key/orders', attribute: 'arn' } }],
      // An export stays while another template may import it.
      outputs: [{ name: 'Arn', exportName: { text: 'keys-arn' } }, { name: 'Id' }],
    },
    {
      name: 'uses',
      dependsOn: ['keys'],
      imports: [{ stack: 'keys', export: 'keys.orders.arn', nativeTargets: ['cfn'] }],
      resources: [{ kind: 'alias', target: { kind: 'crossStack', stack: 'keys', export: 'keys.orders.arn' } }],
    },
  ]);
});

test.each(['!Ref One', 'alias/one', '!Sub "arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/one"'])(
  'an alias of an alias, %s, is reported',
  (target) => {
    const { diagnostics } = read(
      `Resources:
  Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: ${ownAccount} } }
  One: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/one, TargetKeyId: !Ref Key } }
  Two: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/two, TargetKeyId: ${target} } }
`,
      place,
    );
    expect(problemsOf(diagnostics)).toEqual([
      'KW8014 4:82 `TargetKeyId` of Two has to be the id or ARN of a key, not an alias',
    ]);
  },
);

test('Fn::Split is not evaluated if only the deployment knows where to split', () => {
  const text = `Resources:
  Region: { Type: AWS::KMS::Key, Properties: { Description: !Select [0, !Split ["-", !Ref "AWS::Region"]] } }
  Arn: { Type: AWS::KMS::Key, Properties: { Description: !Select [0, !Split ["/", !GetAtt Region.Arn]] } }
  Around: { Type: AWS::KMS::Key, Properties: { Description: !Select [1, !Split [":", !Sub "orders:\${AWS::Region}"]] } }
`;
  const arn = 'KW8001 3:58 `Description` of Arn is not known: a text that Fn::Split splits is known only at deployment';
  const known = read(text, place);
  expect(problemsOf(known.diagnostics)).toEqual([arn]);
  expect(known.program.stacks[0]?.resources).toMatchObject([
    { id: 'key/region', description: { kind: 'literal', text: 'eu' } },
    { id: 'key/around', description: { kind: 'literal', text: 'eu-west-1' } },
  ]);
  const anywhere = read(text);
  expect(problemsOf(anywhere.diagnostics)).toEqual([
    'KW8001 2:61 `Description` of Region is not known: a text that Fn::Split splits depends on where the stack is deployed',
    arn,
  ]);
  expect(anywhere.program.stacks[0]?.resources).toMatchObject([
    { id: 'key/around', description: { kind: 'pseudo', name: 'region' } },
  ]);
});

test('an output or export with an unknown value is reported', () => {
  const text = `Parameters: { Stage: { Type: String } }
Conditions: { IsProd: !Equals [!Ref Stage, prod] }
Resources:
  Key: { Type: AWS::KMS::Key }
  Bucket: { Type: AWS::S3::Bucket }
Outputs:
  Arn: { Value: !GetAtt Key.Arn, Export: { Name: !Sub "\${AWS::StackName}-arn" } }
  Id: { Condition: IsProd, Value: !Ref Key }
  Name: { Condition: IsProd, Value: !Ref Bucket }
  Text: { Value: !Sub "\${Stage} \${Key}" }
  Other: { Value: !Sub "\${Stage} \${Bucket}" }
`;
  const { program, diagnostics } = read(text, place);
  expect(problemsOf(diagnostics)).toEqual([
    'KW8020 7:3 the export of the output Arn is left out: AWS::StackName is known only when the stack is deployed',
    'KW8020 8:3 the output Id is left out: nothing sets the parameter Stage',
    'KW8020 10:3 the output Text is left out: nothing sets the parameter Stage',
  ]);
  expect(program.stacks[0]?.outputs).toMatchObject([{ name: 'Arn' }]);
  const parameters = { Stage: 'prod', 'AWS::StackName': 'keys' };
  const given = readTemplates([{ path: 'a.yaml', text, ...place }], { parameters });
  expect(given.diagnostics).toEqual([]);
  expect(given.program.stacks[0]?.outputs).toMatchObject([
    { name: 'Arn', exportName: { text: 'keys-arn' } },
    { name: 'Id' },
    { name: 'Text' },
  ]);
});

const looped = `Transform: AWS::LanguageExtensions
Parameters: { Stages: { Type: CommaDelimitedList }, Env: { Type: String } }
Mappings:
  All: { keys: { Names: [orders, cards-eu] }, orders: { Rotates: true }, cards-eu: { Rotates: false } }
Conditions:
  Fn::ForEach::Conditions: [S, !Ref Stages, { "Is\${S}": !Equals [!Ref Env, !Ref S] }]
Resources:
  Fn::ForEach::Keys:
    - Name
    - !FindInMap [All, keys, Names]
    - Key&{Name}:
        Type: AWS::KMS::Key
        Properties:
          Description: !Sub Key of \${Name} in \${AWS::Region}
          EnableKeyRotation: !FindInMap [All, !Ref Name, Rotates]
          KeyPolicy: ${ownAccount}
          Tags: [{ Key: name, Value: !Ref Name }]
      Alias&{Name}:
        Type: AWS::KMS::Alias
        Properties: { AliasName: !Sub "alias/\${Name}", TargetKeyId: !Ref { Fn::Sub: "Key&{Name}" } }
  Fn::ForEach::Inner:
    - A
    - [x]
    - Fn::ForEach::More:
        - B
        - !Ref Stages
        - "In\${A}\${B}": { Type: AWS::KMS::Key, Condition: Isprod, Properties: { KeyPolicy: ${ownAccount} } }
Outputs:
  Fn::ForEach::Arns: [N, [orders], { "\${N}Arn": { Value: !GetAtt [!Sub "Key\${N}", Arn] } }]
`;

test('resources made by loops are read, at the place of the loop’s body', () => {
  const parameters = { Stages: 'dev, prod', Env: 'prod' };
  const { program, diagnostics, origins } = readTemplates([{ path: 'a.yaml', text: looped, ...place }], { parameters });
  expect(diagnostics).toEqual([]);
  const [{ resources, outputs } = { resources: [], outputs: [] }] = program.stacks;
  expect([...(origins.get('a')?.values() ?? [])].map(({ address }) => address)).toEqual([
    'Keyorders',
    'Aliasorders',
    'Keycardseu',
    'Aliascardseu',
    'Inxdev',
    'Inxprod',
  ]);
  expect(resources).toMatchObject([
    {
      names: { cfn: 'Keyorders' },
      description: { text: 'Key of orders in eu-west-1' },
      rotation: { enabled: true },
      tags: [{ name: 'name', value: { text: 'orders' } }],
      source: { span: { line: 11, column: 7 } },
    },
    { names: { cfn: 'Aliasorders' }, aliasName: 'alias/orders', target: { resource: 'key/keyorders' } },
    { names: { cfn: 'Keycardseu' }, rotation: { enabled: false } },
    { names: { cfn: 'Aliascardseu' }, aliasName: 'alias/cards-eu', source: { span: { line: 18, column: 7 } } },
    { names: { cfn: 'Inxdev' } },
    { names: { cfn: 'Inxprod' } },
  ]);
  expect(outputs).toMatchObject([{ name: 'ordersArn', value: { resource: 'key/keyorders', attribute: 'arn' } }]);
});

test.each([
  [
    'a parameter without a value',
    '[N, !Ref Stages, { "${N}Key": {} }]',
    'nothing sets the parameter Stages: give its value with `--parameters`',
  ],
  ['a parameter that is not a list', '[N, !Ref Env, { "${N}Key": {} }]', 'Env is not a list parameter'],
  [
    'a collection of another kind',
    '[N, !GetAtt [A, B], { "${N}Key": {} }]',
    'its collection is not a list of texts, a list parameter or an element of a mapping',
  ],
  [
    'the same name twice',
    '[N, [a, b], { Same: { Type: "AWS::KMS::Key", Properties: { Description: !Ref N } } }]',
    'it makes Same twice',
  ],
  ['the wrong form', '[N, [a]]', 'it is not written as `[identifier, collection, body]`'],
  [
    'an inner loop over an unknown list',
    '[N, [a, b], { "Fn::ForEach::M": [M, !Ref Stages, { "${N}${M}": {} }] }]',
    'nothing sets the parameter Stages: give its value with `--parameters`',
  ],
  [
    'the same identifier twice',
    '[N, [a, b], { "Fn::ForEach::M": [N, [a], { "${N}": {} }] }]',
    'a loop around it also has the identifier N',
  ],
])('a loop with %s is reported', (_, loop, reason) => {
  const { program, diagnostics } = read(`Transform: AWS::LanguageExtensions
Parameters: { Stages: { Type: CommaDelimitedList, Default: "a,b" }, Env: { Type: String } }
Resources:
  Fn::ForEach::Keys: ${loop}
  Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: ${ownAccount} } }
`);
  expect(problemsOf(diagnostics)).toEqual([
    `KW8012 4:3 resources created by Fn::ForEach::Keys are not read: ${reason}`,
  ]);
  expect(program.stacks[0]?.resources).toMatchObject([{ names: { cfn: 'Key' } }]);
});

test('in a loop, text and conditions that name the identifier outside of Fn::Sub are not known', () => {
  const key = (more: string) => `{ Type: AWS::KMS::Key, Properties: { ${more} KeyPolicy: ${ownAccount} } }`;
  const { program, diagnostics } = read(`Transform: AWS::LanguageExtensions
Conditions: { Isa: !Equals [a, a] }
Resources:
  Fn::ForEach::Keys:
    - N
    - [a]
    - "\${N}One": ${key('Description: "of ${N}",')}
      "\${N}Two": ${key('Enabled: !If ["Is${N}", true, false],')}
      "\${N}Three": ${key('')}
      "\${N}Alias": { Type: AWS::KMS::Alias, Properties: { AliasName: alias/a, TargetKeyId: !Ref "\${N}Three" } }
Outputs:
  Fn::ForEach::Arns: [N, [a], { "\${N}Arn": { Value: !GetAtt ["\${N}Three", Arn] } }]
`);
  expect(program.stacks[0]?.resources).toMatchObject([{ names: { cfn: 'aThree' } }]);
  const reason = 'it names the identifier of a loop outside of Fn::Sub';
  expect(diagnostics.map(({ code, span, message }) => `${code} ${span?.line} ${message}`)).toEqual([
    `KW8001 7 \`Description\` of aOne is not known: ${reason}`,
    'KW8001 8 `Enabled` of aTwo is not known: there is no condition Is${N}',
    `KW8001 10 \`TargetKeyId\` of aAlias is not known: ${reason}`,
    `KW8020 12 the output aArn is left out: ${reason}`,
  ]);
});

test('outputs in a loop are reported, and keys beside them are read', () => {
  const { program, diagnostics } = read(`Resources:
  Key: { Type: AWS::KMS::Key }
Outputs:
  Fn::ForEach::Arns: [N, [a], { "\${N}Arn": { Value: !GetAtt Key.Arn } }]
`);
  expect(problemsOf(diagnostics)).toEqual([
    'KW8020 4:3 what Fn::ForEach::Arns makes is left out: the template has no transform `AWS::LanguageExtensions`',
  ]);
  expect(program.stacks[0]?.resources).toHaveLength(1);
});

test.each([
  ['a macro', 'Transform: [AWS::LanguageExtensions, Mine]\nResources: { K: { Type: AWS::KMS::Key } }', 'KW8011 1:12'],
  ['a loop without its transform', 'Resources: { "Fn::ForEach::Keys": [N, [a], {}] }', 'KW8012 1:14'],
  ['a template without resources', '{"Parameters":{}}', 'KW8010 1:1'],
  ['a list', '[]', 'KW8010 1:1'],
  ['an unknown property', 'Resources: { K: { Type: AWS::KMS::Key, Properties: { Enable: true } } }', 'KW8013 1:54'],
  ['a wrong value', 'Resources: { K: { Type: AWS::KMS::Key, Properties: { Enabled: maybe } } }', 'KW8014 1:63'],
  [
    'a secret',
    'Resources: { K: { Type: AWS::KMS::Key, Properties: { Description: "{{resolve:ssm:x}}" } } }',
    'KW8001 1:67',
  ],
  [
    'a number in another form',
    'Resources: { K: { Type: AWS::KMS::Key, Properties: { Description: 0123 } } }',
    'KW8001 1:67',
  ],
  [
    'a replica without its primary key',
    'Resources: { R: { Type: AWS::KMS::ReplicaKey, Properties: { PrimaryKeyArn: a, KeyPolicy: { Statement: [] } } } }',
    'KW8015 1:14',
  ],
  [
    'a condition',
    'Conditions: { C: !Equals [!Ref AWS::Region, x] }\nResources: { K: { Type: AWS::KMS::Key, Condition: C } }',
    'KW8001 2:14',
  ],
])('%s is reported at its place', (_, text, expected) => {
  const { program, diagnostics } = read(text);
  expect(diagnostics.map(({ code, span }) => `${code} ${span?.line}:${span?.column}`)).toEqual([expected]);
  expect(program.stacks.flatMap(({ resources }) => resources)).toEqual([]);
});

describe('a template of AWS SAM', () => {
  const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !GetAtt ReadRole.Arn }, Action: "kms:*", Resource: "*" }] } }
  Read: { Type: AWS::Serverless::Function, Properties: { Policies: [AWSLambdaExecute, { KMSDecryptPolicy: { KeyId: !Ref Key } }] } }
  Write: { Type: AWS::Serverless::Function, Properties: { Policies: { Statement: [{ Effect: Allow, Action: kms:Encrypt, Resource: "*" }] } } }
  Other: { Type: AWS::Serverless::Function, Properties: { Policies: [S3ReadPolicy: { BucketName: b }, { Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }] } }
`;

  test('has roles and policies that only the deployment makes', () => {
    const { diagnostics } = read(text);
    expect(problemsOf(diagnostics)).toEqual([
      'KW8001 5:102 the policy of Key is not known: the template has no resource ReadRole, but AWS SAM may create it',
      'KW8017 6:3 Read allows or denies the use of KMS and stays in its template: AWS SAM creates the policy together with the role',
      'KW8017 7:3 Write allows or denies the use of KMS and stays in its template: AWS SAM creates the policy together with the role',
    ]);
    expect(diagnostics[0]?.help).toBe('give its value with `--parameters` as "ReadRole.Arn"');
  });

  test('is read with the ARNs of these roles if they are given', () => {
    const role = 'arn:aws:iam::111122223333:role/read';
    const { program } = readTemplates([{ path: 'a.yaml', text }], { parameters: { 'ReadRole.Arn': role } });
    expect(program.stacks[0]?.resources).toMatchObject([
      { id: 'key/key', policy: { statements: [{ principals: [{ arn: { kind: 'literal', text: role } }] }] } },
    ]);
  });
});

test('values that only the deployment knows can be given as parameters', () => {
  const text = `Parameters: { Org: { Type: "AWS::SSM::Parameter::Value<String>", Default: /org/id } }
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: { Description: !Sub "\${AWS::StackName} of \${Org}" }
`;
  const { diagnostics } = read(text);
  expect(diagnostics.map(({ help }) => help)).toEqual(['give it with `--parameters`, as { "AWS::StackName": … }']);
  const [missing] = read(text, { stackName: 'keys' }).diagnostics;
  expect(missing?.help).toBe('give its value with `--parameters`, as { "ssm:/org/id": … }');
  const parameters = { 'AWS::StackName': 'keys', 'ssm:/org/id': 'o-1' };
  expect(read(text, { parameters }).program.stacks[0]?.resources).toMatchObject([
    { description: { text: 'keys of o-1' } },
  ]);
});

describe('a stack set with a primary in one region and replicas in the others', () => {
  const text = readFileSync(join(import.meta.dirname, '../cases/replica-of-a-stack-set.yaml'), 'utf8');
  const inRegion = (region: string, account = '111122223333') => ({
    path: 'scan.yaml',
    text,
    account,
    region,
    stackName: 'scan',
  });
  const given = {
    PrimaryRegion: 'eu-west-1',
    VendorAccount: '444455556666',
    VendorIdentity: 'arn:aws:iam::444455556666:role/scanner',
  };
  const PrimaryArn = { stack: 'scan', output: 'ScanKey.Arn' };

  test('becomes one stack for each account, with its replicas', () => {
    const { program, diagnostics, leftOut } = readTemplates(
      [
        inRegion('us-east-1'),
        inRegion('eu-west-1'),
        inRegion('eu-west-1', '555566667777'),
        inRegion('ap-south-1', '555566667777'),
      ],
      { parameters: { ...given, PrimaryArn } },
    );
    expect({ diagnostics, leftOut }).toEqual({ diagnostics: [], leftOut: [] });
    expect(
      program.stacks.map(({ environment, replicaEnvironments, resources }) => [
        environment.account,
        replicaEnvironments.map(({ region }) => region),
        resources.map(({ id, region }) => `${id} ${region}`),
      ]),
    ).toEqual([
      [
        '111122223333',
        ['us-east-1'],
        [
          'key/scan undefined',
          'alias/scan/scan undefined',
          'replicaKey/scan@us-east-1 us-east-1',
          'alias/scan@us-east-1/scan us-east-1',
        ],
      ],
      [
        '555566667777',
        ['ap-south-1'],
        [
          'key/scan undefined',
          'alias/scan/scan undefined',
          'replicaKey/scan@ap-south-1 ap-south-1',
          'alias/scan@ap-south-1/scan ap-south-1',
        ],
      ],
    ]);
  });

  test.each([
    ['by an ARN only', 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1', ['KW8015 36:3', 'KW8016 40:3']],
    ['by an output that does not exist', { stack: 'scan', output: 'Nothing' }, ['KW8001 39:110', 'KW8016 40:3']],
    ['by the name of a stack that is not read', { stack: 'other', output: 'Arn' }, ['KW8001 39:110', 'KW8016 40:3']],
  ])('is not completed by guessing if its primary key is given %s', (_, primary, expected) => {
    const files = [inRegion('eu-west-1'), inRegion('us-east-1')];
    const { program, diagnostics } = readTemplates(files, { parameters: { ...given, PrimaryArn: primary } });
    expect(diagnostics.map(({ code, span }) => `${code} ${span?.line}:${span?.column}`)).toEqual(expected);
    expect(program.stacks[0]?.resources.map(({ id }) => id)).toEqual(['key/scan', 'alias/scan/scan']);
  });
});

test('an output has its description, its export and the parameter that is named after it', () => {
  const template = `Resources:
  OrdersKey: { Type: AWS::KMS::Key, Properties: { KeyPolicy: ${ownAccount} } }
  ArnParameter:
    Type: AWS::SSM::Parameter
    Properties: { Name: /shop/orders, Type: String, Value: !GetAtt OrdersKey.Arn, Tags: { team: orders, at: !Ref AWS::Region } }
  OtherParameter:
    Type: AWS::SSM::Parameter
    Properties: { Name: /shop/others, Type: String, Value: !GetAtt OrdersKey.Arn }
Outputs:
  Arn:
    Description: The key of orders
    Value: !GetAtt OrdersKey.Arn
    Export: { Name: !Sub "\${AWS::Region}-orders" }
  Other: { Value: !Ref OrdersKey }
`;
  const { program, leftOut, diagnostics } = read(template, place);
  expect(diagnostics).toEqual([]);
  const [stack] = program.stacks;
  const value = { kind: 'reference', resource: 'key/orders', attribute: 'arn' };
  const exportName = { kind: 'literal', text: 'eu-west-1-orders' };
  expect(stack?.outputs).toMatchObject([
    { name: 'Arn', value, description: 'The key of orders', exportName },
    { name: 'Other' },
  ]);
  expect(stack?.outputs[1]).not.toHaveProperty('exportName');
  const tags = [
    { name: 'at', value: { text: 'eu-west-1' } },
    { name: 'team', value: { text: 'orders' } },
  ];
  const parameter = { kind: 'sharedParameter', parameterName: '/shop/orders', output: 'Arn', value, tags };
  expect(stack?.resources).toMatchObject([{ kind: 'key' }, parameter]);
  expect(leftOut).toMatchObject([{ address: 'OtherParameter' }]);
});

describe('a setting that only CloudFormation follows', () => {
  const keyWith = (attributes: string, rest = '') => `Resources:
  Bucket: { Type: AWS::S3::Bucket }
  First: { Type: AWS::KMS::Key, Properties: { KeyPolicy: ${ownAccount} } }
  Orders:
    Type: AWS::KMS::Key
    ${attributes}
    Properties: { KeyPolicy: ${ownAccount} }
${rest}`;

  test.each<[string, string]>([
    ['Metadata: { cfn_nag: { rules_to_suppress: [] } }', 'Metadata'],
    ['CreationPolicy: { ResourceSignal: { Count: 1 } }', 'CreationPolicy'],
    ['UpdatePolicy: { AutoScalingReplacingUpdate: { WillReplace: true } }', 'UpdatePolicy'],
    ['DependsOn: Bucket', 'DependsOn: Bucket'],
    ['DependsOn: [First, Bucket]', 'DependsOn: Bucket'],
    ['UpdateReplacePolicy: Delete', 'UpdateReplacePolicy: Delete'],
    ['Other: 1', 'Other'],
  ])('is reported for a resource: %s', (attributes, part) => {
    const { program, diagnostics } = read(keyWith(attributes), place);
    expect(program.stacks[0]?.resources).toHaveLength(2);
    expect(problemsOf(diagnostics)).toEqual([
      `KW8021 6:5 \`${part}\` of Orders is not imported: the generated template will not have it`,
    ]);
  });

  test.each([
    'DependsOn: First',
    'Metadata: { "aws:cdk:path": Shop/Orders/Resource }',
    'DeletionPolicy: Delete\n    UpdateReplacePolicy: Delete',
    'UpdateReplacePolicy: Retain',
  ])('is not reported if it remains in effect or if the CDK writes it: %s', (attributes) => {
    expect(read(keyWith(attributes), place).diagnostics).toEqual([]);
  });

  test('is reported for a key that has a period but does not rotate', () => {
    const rotation = (enabled: boolean) =>
      read(
        `Resources:
  Orders:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: ${enabled}
      RotationPeriodInDays: 180
`,
        place,
      );
    expect(rotation(true)).toMatchObject({
      program: { stacks: [{ resources: [{ rotation: { enabled: true, periodDays: 180 } }] }] },
      diagnostics: [],
    });
    const { program, diagnostics } = rotation(false);
    expect(program.stacks[0]?.resources).toMatchObject([{ rotation: { enabled: false } }]);
    expect(program.stacks[0]?.resources[0]).not.toHaveProperty('rotation.periodDays');
    expect(problemsOf(diagnostics)).toEqual([
      'KW8021 6:7 `RotationPeriodInDays` of Orders is not imported: the generated template will not have it',
    ]);
  });

  test('is reported for a key whose policies depend on a condition, and for an alias', () => {
    const alias = `  Alias:
    Type: AWS::KMS::Alias
    DeletionPolicy: Retain
    UpdateReplacePolicy: Delete
    Properties: { AliasName: alias/orders, TargetKeyId: !Ref Orders }
Conditions: { Always: !Equals [a, a] }
`;
    const policies =
      'DeletionPolicy: !If [Always, Delete, Retain]\n    UpdateReplacePolicy: !If [Always, Retain, Delete]';
    expect(
      problemsOf(read(keyWith(policies, alias), place).diagnostics).map((one) => one.split(' is not imported')[0]),
    ).toEqual(['KW8021 7:5 `UpdateReplacePolicy: Retain` of Orders', 'KW8021 11:5 `DeletionPolicy: Retain` of Alias']);
    const both = 'DeletionPolicy: !If [Always, Delete, Retain]\n    UpdateReplacePolicy: Delete';
    expect(read(`${keyWith(both)}Conditions: { Always: !Equals [a, a] }\n`, place).diagnostics).toEqual([]);
  });

  test('is reported for a template', () => {
    const rules = (name: string) => `Rules: { ${name}: { Assertions: [{ Assert: !Equals [a, a] }] } }\n`;
    const more = `${rules('Mine')}Hooks: { H: { Type: "AWS::CodeDeploy::BlueGreen" } }\nMetadata: { Owner: me }\n`;
    const { diagnostics } = read(
      keyWith('Condition: Always', `Conditions: { Always: !Equals [a, a] }\n${more}`),
      place,
    );
    expect(problemsOf(diagnostics).map((problem) => problem.split(' is not imported')[0])).toEqual([
      'KW8021 9:1 `Rules` of the template',
      'KW8021 10:1 `Hooks` of the template',
      'KW8021 11:1 `Metadata` of the template',
    ]);
    const described = (text: string) => `Description: ${text}\n${keyWith('DependsOn: []')}`;
    expect(read(described('Keys of the shop'), place).diagnostics).toMatchObject([
      { code: 'KW8022', severity: 'note', span: { line: 1 } },
    ]);
    expect(read(described('KMS keys of shop, stack orders'), place).diagnostics).toEqual([]);
    const interfaces = 'Metadata: { "AWS::CloudFormation::Interface": { ParameterGroups: [] } }\n';
    expect(read(keyWith('DependsOn: []', interfaces), place).diagnostics).toEqual([]);
    expect(read(keyWith('DependsOn: []', rules('CheckBootstrapVersion')), place).diagnostics).toEqual([]);
    expect(read(`${rules('Mine')}Resources: { Bucket: { Type: "AWS::S3::Bucket" } }`, place).diagnostics).toEqual([]);
  });
});

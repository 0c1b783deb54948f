import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

async function inFolder(files: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-import-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(cwd, path, '..'), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const io = fakeIo({ cwd });
  const exitCode = await run(['import', ...argv], io);
  const path = join(cwd, 'keywright.yaml');
  return {
    exitCode,
    out: io.out(),
    err: io.err(),
    yaml: existsSync(path) ? readFileSync(path, 'utf8') : undefined,
    run: async (...args: readonly string[]) => {
      const other = fakeIo({ cwd });
      return { exitCode: await run(args, other), out: other.out(), err: other.err() };
    },
    read: (file: string) => readFileSync(join(cwd, file), 'utf8'),
  };
}

const root =
  '{ Sid: "", Effect: Allow, Principal: { AWS: !Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }';
const template = `Parameters:
  Stage: { Type: String }
Resources:
  OrdersKey:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    Properties:
      Description: !Sub orders of \${Stage}
      EnableKeyRotation: true
      KeyPolicy:
        Version: "2012-10-17"
        Id: orders-policy
        Statement:
          - ${root}
          - { Sid: Use, Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:role/app" }, Action: "kms:Decrypt", Resource: "*" }
  OrdersAlias:
    Type: AWS::KMS::Alias
    Properties: { AliasName: !Sub "alias/\${Stage}/orders", TargetKeyId: !Ref OrdersKey }
  Bucket: { Type: AWS::S3::Bucket }
`;

test('the account’s root becomes a principal with a readable name', async () => {
  const account = 'arn:aws:iam::${AWS::AccountId}:root';
  const key = (name: string) => `  ${name}:
    Type: AWS::KMS::Key
    Properties:
      Description: ${name}
      KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "${account}" }, Action: "kms:*", Resource: "*" }] }
`;
  const { yaml } = await inFolder({ 'a.yaml': `Resources:\n${key('Orders')}${key('Invoices')}` }, 'a.yaml');
  expect(yaml).toContain('accountRoot: { arn: "arn:aws:iam::${account}:root" }');
});

test('a template becomes a project that generates it again', async () => {
  const result = await inFolder(
    { 'template.yaml': template, 'values.json': '[{ "ParameterKey": "Stage", "ParameterValue": "prod" }]' },
    ...['template.yaml', '--account', '111122223333', '--region', 'eu-west-1', '--app', 'shop'],
    ...['--parameters', 'values.json'],
  );
  expect(result.exitCode).toBe(0);
  expect(result.err).toMatch(
    /^warning\[KW8213\]: the generated code lacks resources of `template.yaml`: `Bucket`\nhelp: .*\n\n1 warning\n$/,
  );
  expect(result.out).toBe(`1 resource is left out and stays where it is:
  AWS::S3::Bucket: Bucket
wrote keywright.yaml: 1 key, 1 alias in 1 stack
next: keywright check, then keywright build
`);
  expect(result.yaml).toBe(`keywright: 1
app: shop
environments:
  eu-west-1: { account: "111122223333", region: eu-west-1 }
stacks:
  template:
    environment: eu-west-1
    targets: [cfn]
    keys:
      orders:
        description: orders of prod
        rotation: true
        aliases: [{ name: prod/orders, names: { cfn: OrdersAlias } }]
        policyId: orders-policy
        grants: [{ to: { role: "arn:aws:iam::\${account}:role/app", mutable: false }, can: decrypt, sid: Use }]
`);
  expect(await result.run('build')).toMatchObject({ exitCode: 0 });
  const again = result.read('out/cfn/template.template.yaml');
  for (const text of ['OrdersKey:', 'OrdersAlias:', 'Id: orders-policy', 'Sid: Use', 'alias/prod/orders']) {
    expect(again).toContain(text);
  }
});

test('a parameter can be the output of another stack', async () => {
  const keys = `Resources:
  Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [${root}] } } }
Outputs:
  KeyId: { Value: !Ref Key }
`;
  const aliases = `Parameters:
  Target: { Type: String }
Resources:
  Alias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/orders, TargetKeyId: !Ref Target } }
`;
  const given = async (target: unknown) =>
    await inFolder(
      {
        'in/keys.template.yaml': keys,
        'in/aliases.template.yaml': aliases,
        'values.json': JSON.stringify({ Target: target }),
      },
      ...['in', '--account', '111122223333', '--region', 'eu-west-1', '--parameters', 'values.json'],
    );
  const result = await given({ stack: 'keys', output: 'KeyId' });
  expect(result).toMatchObject({ exitCode: 0, err: '' });
  expect(result.yaml).toContain('key: keys.key');
  expect(await result.run('build')).toMatchObject({ exitCode: 0 });
  const wrong = await given({ stack: 'keys', output: 'Nothing' });
  expect(wrong.err).toContain('keys has no Nothing');
  const other = await given({ stack: 'keys' });
  expect(other).toMatchObject({
    exitCode: 2,
    err: 'error: values.json has neither text nor { "stack", "output" } for the parameter Target\n',
  });
});

test('anything unreadable is left out and reported at its place, and everything else is written', async () => {
  const other = `  Other:\n    Type: AWS::KMS::Key\n    Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [${root}] } }\n`;
  const result = await inFolder({ 'template.yaml': template.replace('  Bucket', `${other}  Bucket`) }, 'template.yaml');
  expect(result.exitCode).toBe(1);
  expect(result.err).toContain('error[KW8001]');
  expect(result.err).toContain('template.yaml:8:20');
  expect(result.out).toContain('wrote keywright.yaml: 1 key in 1 stack');
  expect(result.yaml).toContain('other: { names: { cfn: Other } }');
});

test('a key with a finding that would stop the build is imported unchanged, with a reason', async () => {
  const open = '{ Effect: Allow, Principal: "*", Action: "kms:*", Resource: "*" }';
  const locked =
    '{ Effect: Allow, Principal: { AWS: "arn:aws:iam::111122223333:role/app" }, Action: "kms:Decrypt", Resource: "*" }';
  const text = `Resources:
  Open: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [${open}] } } }
  Locked: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [${locked}] } } }
`;
  const result = await inFolder(
    { 'template.yaml': text },
    'template.yaml',
    '--account',
    '111122223333',
    '--region',
    'eu-west-1',
  );
  expect(result.exitCode).toBe(0);
  expect(result.err.match(/warning\[KW8204\]/g)?.length).toBe(2);
  expect(result.err).toContain('remove the suppression or reason `it was like this when it was imported`');
  expect(result.yaml).toContain('because: it was like this when it was imported');
  expect(await result.run('check')).toMatchObject({ exitCode: 0 });
  expect(await result.run('build')).toMatchObject({ exitCode: 0 });
});

test.each<[string, Readonly<Record<string, string>>, readonly string[], string]>([
  [
    'into an existing project',
    { 'keywright.yaml': 'keywright: 1\n', a: template },
    ['a'],
    'keywright.yaml exists already: name another file with --out',
  ],
  ['a missing file', {}, ['a.json'], 'a.json cannot be read: it does not exist'],
  [
    'a folder with nothing to import',
    { 'a/b': '' },
    ['a'],
    'a cannot be imported: nothing in this folder can be imported',
  ],
  ['a file of a module', { 'main.tf': 'resource "aws_kms_key" "a" {}\n' }, ['main.tf'], 'terraform show -json'],
  ['a Keywright project', { 'a.yaml': 'keywright: 1\napp: a\n' }, ['a.yaml'], 'it is already a Keywright project'],
  [
    'a file of another kind',
    { 'a.json': '{ "a": 1 }' },
    ['a.json'],
    'a.json cannot be imported: it is not a CloudFormation template',
  ],
  [
    'with an account but no region',
    { a: template, 'p.json': '{ "Stage": "prod" }' },
    ['a', '--parameters', 'p.json', '--account', '111122223333'],
    'a does not name the region: add --region',
  ],
  [
    'with a region but no account',
    { a: template, 'p.json': '{ "Stage": "prod" }' },
    ['a', '--parameters', 'p.json', '--region', 'eu-west-1'],
    'a does not name the account: add --account',
  ],
  ['with an invalid account id', { a: template }, ['a', '--account', '1', '--region', 'eu-west-1'], 'twelve digits'],
  ['for an unknown target', { a: template }, ['a', '--target', 'cdk'], 'there is no target "cdk"'],
])('importing %s is wrong usage', async (_, files, argv, message) => {
  const result = await inFolder(files, ...argv);
  expect(result.exitCode).toBe(2);
  expect(result.err).toContain(message);
});

test('parameters apply to a cloud assembly, and its templates without keys get no stack', async () => {
  const policy =
    '{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }] }';
  const stack = (name: string, region: string) => ({
    type: 'aws:cloudformation:stack',
    environment: `aws://111122223333/${region}`,
    properties: { templateFile: `${name}.yaml`, stackName: name },
  });
  const files = {
    'cdk.out/manifest.json': JSON.stringify({
      version: '36.0.0',
      artifacts: {
        Main: stack('Main', 'eu-west-1'),
        Replica: stack('Replica', 'us-east-1'),
        App: stack('App', 'eu-west-1'),
      },
    }),
    'cdk.out/Main.yaml': `Resources:
  Orders: { Type: AWS::KMS::Key, Properties: { MultiRegion: true, KeyPolicy: ${policy} } }
Outputs: { Arn: { Value: !GetAtt Orders.Arn } }
`,
    'cdk.out/Replica.yaml': `Parameters: { Primary: { Type: String } }
Resources:
  Orders: { Type: AWS::KMS::ReplicaKey, Properties: { PrimaryKeyArn: !Ref Primary, KeyPolicy: ${policy} } }
`,
    'cdk.out/App.yaml': 'Resources: { Bucket: { Type: AWS::S3::Bucket } }\n',
    'values.json': '{ "Primary": { "stack": "Main", "output": "Arn" } }',
  };
  const whole = await inFolder(files, 'cdk.out', '--parameters', 'values.json');
  expect(whole.exitCode, whole.err).toBe(0);
  expect(whole.out).toContain('wrote keywright.yaml: 1 key, 1 replica in 1 stack');
  expect(whole.yaml).toContain('replicas: [{ environment: us-east-1');
  expect(whole.yaml).not.toContain('App:');
  expect(await whole.run('build')).toMatchObject({ exitCode: 0 });
  expect(await whole.run('diff', 'cdk.out', '.', '--parameters', 'values.json')).toMatchObject({
    out: 'no difference\n',
  });

  // A stack gets no template if everything in it is left out, since deploying the template would delete the replica.
  const without = await inFolder(files, 'cdk.out');
  expect(without.exitCode).toBe(1);
  expect(without.err).toContain('nothing sets the parameter Primary');
  expect(without.out).toContain('wrote keywright.yaml: 1 key in 1 stack');
  expect(without.yaml).not.toContain('Replica:');
});

test('a region stays literal in a list of several regions, and is a placeholder elsewhere', async () => {
  const through = (hosts: string) =>
    `{ Effect: Allow, Principal: "*", Action: "kms:Decrypt", Resource: "*", Condition: { StringEquals: { "kms:CallerAccount": "111122223333", "kms:ViaService": [${hosts}] } } }`;
  const statements = [
    root,
    through('s3.eu-west-1.amazonaws.com, s3.us-east-1.amazonaws.com, sqs.eu-west-1.amazonaws.com'),
  ];
  const text = `Resources:
  OrdersKey: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [${statements.join(', ')}] } } }
`;
  const result = await inFolder(
    { 'template.yaml': text },
    ...['template.yaml', '--account', '111122223333', '--region', 'eu-west-1'],
  );
  expect(result.exitCode, result.err).toBe(0);
  expect(result.yaml).toContain(
    '[s3.eu-west-1.amazonaws.com, s3.us-east-1.amazonaws.com, "sqs.${region}.amazonaws.com"]',
  );
  expect(result.yaml).toContain('"kms:CallerAccount": "${account}"');
});

test('nothing is written for a source without keys', async () => {
  const result = await inFolder({ 'a.yaml': 'Resources:\n  Bucket: { Type: AWS::S3::Bucket }\n' }, 'a.yaml');
  expect(result).toMatchObject({ exitCode: 1, yaml: undefined });
  expect(result.err).toContain('error[KW8211]');
});

import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { expect, test } from 'vitest';
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

test('a key with its alias, in a place that is known', () => {
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

test('a place that is not known stays a pseudo parameter', () => {
  const [key] = read(orders).program.stacks[0]?.resources ?? [];
  expect(key).toMatchObject({
    description: { kind: 'concat', parts: [{ text: 'Orders in ' }, { kind: 'pseudo', name: 'region' }] },
  });
});

test('a default is not used, and a key that needs it is left out', () => {
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
    'KW8001 5:63 `Description` of Key is not known: nothing says what the parameter Stage is; its default, "dev", may not be what is deployed',
    'KW8001 6:65 `Description` of Other is not known: the parameter Secret is a secret (NoEcho)',
  ]);
  expect(diagnostics[0]?.help).toBe('give its value with `--parameters`, as { "Stage": … }');
  expect(JSON.stringify({ diagnostics, program })).not.toContain('hush');
  const given = readTemplates([{ path: 'a.yaml', text, ...place }], { parameters: { Stage: 'prod', Secret: 'known' } });
  expect(given.program.stacks[0]?.resources).toMatchObject([{ description: { text: 'prod' } }]);
  expect(JSON.stringify([given.diagnostics, given.program])).not.toContain('known"');
});

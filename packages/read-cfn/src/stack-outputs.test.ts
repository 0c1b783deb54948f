import { describe, expect, test } from 'vitest';
import { readTemplates } from './read-templates.ts';

const policy =
  '{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }] }';
const primary = (more = '') => ({
  path: 'keys.yaml',
  stackName: 'keys',
  account: '111122223333',
  region: 'eu-west-1',
  text: `Resources:
  Orders: { Type: AWS::KMS::Key, Properties: { MultiRegion: true } }
${more}Outputs: { OrdersArn: { Value: !GetAtt Orders.Arn } }
`,
});
const replica = (arn: string, more = '', place = {}) => ({
  path: 'replicas.yaml',
  stackName: 'replicas',
  account: '111122223333',
  region: 'us-east-1',
  ...place,
  text: `Resources:
  Replica: { Type: AWS::KMS::ReplicaKey, Properties: { PrimaryKeyArn: ${arn}, KeyPolicy: ${policy} } }
${more}`,
});
const read = (...files: Parameters<typeof readTemplates>[0]) => {
  const { program, diagnostics } = readTemplates(files);
  return {
    replicas: program.stacks.flatMap(({ name, resources }) =>
      resources.flatMap((one) => (one.kind === 'replicaKey' ? [`${one.id} in ${name}`] : [])),
    ),
    problems: diagnostics.map(({ code, message }) => `${code} ${message}`),
  };
};
const joined = { replicas: ['replicaKey/orders@us-east-1 in keys'], problems: [] };

describe('Fn::GetStackOutput', () => {
  test.each([
    '!GetStackOutput { StackName: keys, OutputName: OrdersArn, Region: eu-west-1 }',
    '{ "Fn::GetStackOutput": { StackName: keys, OutputName: !Sub "${Name}Arn", Region: eu-west-1 } }',
    '!GetStackOutput { StackName: keys, OutputName: OrdersArn, Region: eu-west-1, RoleArn: "arn:aws:iam::111122223333:role/Look" }',
  ])('is the output of another stack: %s', (arn) => {
    const file = replica(arn, 'Parameters: { Name: { Type: String } }\n');
    expect(read(primary(), { ...file, parameters: { Name: 'Orders' } })).toEqual(joined);
  });

  test.each([
    ['of a stack that is not read', '{ StackName: other, OutputName: OrdersArn, Region: eu-west-1 }', 'stack other'],
    ['of its own region', '{ StackName: keys, OutputName: OrdersArn }', 'stack keys'],
    [
      'of another account',
      '{ StackName: keys, OutputName: OrdersArn, Region: eu-west-1, RoleArn: "arn:aws:iam::444455556666:role/Look" }',
      'stack keys',
    ],
    ['that does not exist', '{ StackName: keys, OutputName: Nothing, Region: eu-west-1 }', 'keys has no Nothing'],
    ['without a name', '{ StackName: keys, Region: eu-west-1 }', 'is not written as'],
    ['of a role that is no ARN', '{ StackName: keys, OutputName: OrdersArn, RoleArn: Look }', 'is not written as'],
  ])('is not guessed for an output %s', (_, wanted, reason) => {
    const { replicas, problems } = read(primary(), replica(`!GetStackOutput ${wanted}`));
    expect(replicas).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(reason)]);
  });
});

describe('a value that the CDK carries to another region', () => {
  const name = '/cdk/exports/replicas/keysOrdersArn';
  const reader = '  Reader: { Type: Custom::CrossRegionExportReader }\n';
  const writer = (region: string) =>
    `  Writer: { Type: Custom::CrossRegionExportWriter, Properties: { WriterProps: { region: ${region}, exports: { ${name}: !GetAtt Orders.Arn } } } }\n`;
  const arn = `{ "Fn::GetAtt": [Reader, ${name}] }`;

  test('is the value in the stack of that region', () => {
    expect(read(primary(writer('us-east-1')), replica(arn, reader))).toEqual(joined);
  });

  test.each([
    ['writes it to another region', writer('us-west-2'), reader, {}],
    ['is in another account', writer('us-east-1'), reader, { account: '444455556666' }],
    ['writes nothing', '', reader, {}],
  ])('is unknown if the other stack %s', (_, written, looked, otherPlace) => {
    const { replicas, problems } = read(primary(written), replica(arn, looked, otherPlace));
    expect(replicas).toEqual([]);
    expect(problems).toEqual([expect.stringContaining('KW8001 `PrimaryKeyArn` of Replica is not known')]);
  });
});

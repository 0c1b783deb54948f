import { expect, test } from 'vitest';
import { withNestedTemplates } from './nested-templates.ts';
import { readTemplates } from './read-templates.ts';

const root = `
Parameters: { Stage: { Type: String } }
Resources:
  Keys:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ./security/keys.yaml, Parameters: { Stage: !Ref Stage } }
  Serverless:
    Type: AWS::Serverless::Application
    Properties: { Location: serverless.json }
  Bootstrapped:
    Type: AWS::CloudFormation::Stack
    Metadata: { "aws:asset:path": b.nested.template.json, "aws:asset:property": TemplateURL }
    Properties: { TemplateURL: !Sub "https://s3.amazonaws.com/\${Bucket}/b" }
  Remote:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: https://s3.amazonaws.com/templates/keys.yaml }
  Catalogue:
    Type: AWS::Serverless::Application
    Properties: { Location: { ApplicationId: "arn:aws:serverlessrepo:us-east-1:111122223333:applications/x", SemanticVersion: 1.0.0 } }
`;
const key = (description: string, others = '') => `
Parameters: { Stage: { Type: String, Default: none } }
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      Description: ${description}
      KeyPolicy: { Statement: [{ Effect: Allow, Principal: "*", Action: "kms:*", Resource: "*" }] }
${others}`;
const texts: Readonly<Record<string, string>> = {
  'app/security/keys.yaml': key(
    '!Sub "of ${Stage}"',
    '  Itself: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ../root.yaml } }',
  ),
  'app/serverless.json': key('serverless'),
  'app/b.nested.template.json': key('bootstrapped'),
};

test('templates beside the template that nests them are read with it', () => {
  const files = withNestedTemplates([{ path: 'app/root.yaml', text: root }], (path) => texts[path]);
  const { program, diagnostics } = readTemplates(files, { parameters: { Stage: 'prod' } });
  expect(
    program.stacks.flatMap(({ name, resources }) =>
      resources.map((one) => [name, one.kind === 'key' && one.description?.kind === 'literal' && one.description.text]),
    ),
  ).toEqual([
    ['root-Keys', 'of prod'],
    ['root-Serverless', 'serverless'],
    ['root-Bootstrapped', 'bootstrapped'],
  ]);
  expect(diagnostics.map(({ code, message }) => `${code} ${message.split(' ')[0]}`)).toEqual([
    'KW8019 Remote',
    'KW8019 Catalogue',
    'KW8019 Itself',
  ]);
});

test('a template that another one nests is not read a second time', () => {
  const nested = { path: 'app/serverless.json', text: texts['app/serverless.json'] ?? '' };
  const files = withNestedTemplates([{ path: 'app/root.yaml', text: root }, nested], (path) => texts[path]);
  expect(files.map(({ path, nestedIn }) => [path, nestedIn?.logicalId])).toEqual([
    ['app/root.yaml', undefined],
    ['app/security/keys.yaml', 'Keys'],
    ['app/serverless.json', 'Serverless'],
    ['app/b.nested.template.json', 'Bootstrapped'],
  ]);
});

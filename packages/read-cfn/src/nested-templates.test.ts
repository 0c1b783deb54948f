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

test('a nested stack has the tags of its parent, and so do its keys', () => {
  const child = (tags: string) => key('tagged').replace('Properties:', `Properties:\n      Tags: ${tags}`);
  const beside: Readonly<Record<string, string>> = {
    'app/list.yaml': child('[{ Key: owner, Value: the key }]'),
    'app/mapping.yaml': child('[]'),
    'app/unknown.yaml': child('[]'),
  };
  const text = `
Parameters: { Team: { Type: String } }
Resources:
  Topic: { Type: AWS::SNS::Topic }
  List:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: list.yaml, Tags: [{ Key: team, Value: !Ref Team }, { Key: owner, Value: the stack }] }
  Mapping:
    Type: AWS::Serverless::Application
    Properties: { Location: mapping.yaml, Tags: { team: !Sub "\${Team} as well" } }
  Unknown:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: unknown.yaml, Tags: [{ Key: topic, Value: !GetAtt Topic.TopicName }] }
`;
  const parent = { path: 'app/root.yaml', text, stackTags: { app: 'shop', team: 'none' } };
  const files = withNestedTemplates([parent], (path) => beside[path]);
  const { program, diagnostics } = readTemplates(files, { parameters: { Team: 'orders' } });
  const tags = program.stacks.flatMap(({ name, resources }) =>
    resources.map((one) => [
      name,
      ...('tags' in one
        ? one.tags.map((tag) => `${tag.name}: ${tag.value.kind === 'literal' ? tag.value.text : tag.value.kind}`)
        : []),
    ]),
  );
  expect(tags).toEqual([
    ['root-List', 'app: shop', 'owner: the key', 'team: orders'],
    ['root-Mapping', 'app: shop', 'team: orders as well'],
  ]);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'KW8001 `Tags` of Key is not known: Topic (AWS::SNS::Topic) gets its TopicName when it is deployed',
  ]);
});

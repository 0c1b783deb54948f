import { describe, expect, test } from 'vitest';
import { recogniseFile, recogniseFolder } from './recognise-source.ts';

describe('a file', () => {
  test.each([
    ['a.yaml', 'Parameters: {}\nResources:\n  K: { Type: AWS::KMS::Key }\n', 'template'],
    [
      'a.yaml',
      '---\n  # all of it is indented\n  AWSTemplateFormatVersion: "2010-09-09"\n  Resources: {}\n',
      'template',
    ],
    ['a.json', '{"Resources": {}}', 'template'],
    ['terraform.tfstate', '{\n  "version": 4,\n  "terraform_version": "1.11.4"\n}', 'terraform'],
    ['terraform.tfstate', '{"serial":4,"encrypted_data":"…","encryption_version":"v0"}', 'terraform'],
    ['plan.json', '{"format_version":"1.2","planned_values":{}}', 'terraform'],
    ['plan.json', '[{ "address": "aws_kms_key.a", "values": {} }]', 'terraform'],
    ['stack.json', '{"version": 3, "deployment": {"resources": []}}', 'pulumi'],
    ['stack.json', '{"version":3,"checkpoint":{"stack":"organization/shop/prod","latest":{}}}', 'pulumi'],
    ['a.json', '{"Metadata":{"deployment":{"format_version":"\\"}"}},"Resources":{}}', 'template'],
    [
      'terraform.tfstate',
      '{"lineage":"Resources:","check":[{"deployment":1}],"terraform_version":"1.9.0","reso',
      'terraform',
    ],
    ['security-config.yaml', 'homeRegion: us-east-1\nkeyManagementService:\n  keySets: []\n', 'landingZone'],
    ['manifest.json', '{"version":"36.0.0","artifacts":{}}', 'assembly'],
  ])('like %s is recognised by its content', (path, text, kind) => {
    expect(recogniseFile(path, text)).toEqual({ kind });
  });

  test('is recognised even if a text in it is very long', () => {
    const text = `{"x":"${'\\"'.repeat(10_000_000)}","Resources":{}}`;
    expect(recogniseFile('a.json', text)).toEqual({ kind: 'template' });
  });

  test.each([
    ['main.tf', 'resource "aws_kms_key" "a" {}', 'terraform show -json'],
    ['index.ts', 'new aws.kms.Key("a")', 'pulumi stack export'],
    ['keys/Pulumi.yaml', 'name: keys\nruntime: yaml\nresources: {}\n', 'pulumi stack export'],
    ['serverless.yml', 'service: shop\nresources: { Resources: {} }\n', 'serverless package'],
    ['keywright.yaml', 'keywright: 1\n', 'already a Keywright project'],
    ['main.tf.json', '{"resource": {}}', 'terraform show -json'],
    ['terraform.tfstate', '{\n  "version": 4,\n  "terraf', 'cut off'],
    ['values.yaml', 'chart:\n  Resources: {}\n', 'not a CloudFormation template'],
    ['notes.txt', 'Resources are scarce', 'not a CloudFormation template'],
  ])('like %s cannot be imported, and the problem gives advice', (path, text, advice) => {
    expect(recogniseFile(path, text)).toEqual({ problem: expect.stringContaining(advice) });
  });
});

test.each([
  [['manifest.json', 'Stack.template.json'], { kind: 'assembly', main: 'manifest.json' }],
  [['kms.template.yaml'], { kind: 'template' }],
  [['kms/a.json', 'security-config.yaml'], { kind: 'landingZone', main: 'security-config.yaml' }],
  [['main.tf'], { kind: 'terraformModule' }],
  [['main.tofu'], { kind: 'terraformModule' }],
  [['main.tf.json'], { kind: 'terraformModule' }],
  [['modules/kms/main.tf'], { problem: expect.stringContaining('name a file') }],
  [['manifest.json', 'stacks/keys/cdk.tf.json'], { problem: expect.stringContaining('such as `stacks/keys`') }],
  [['cdktf.json', 'main.ts'], { problem: expect.stringContaining('cdktf synth') }],
  [['terragrunt.hcl'], { problem: expect.stringContaining('terragrunt show') }],
  [['serverless.yml', 'src/a.js'], { problem: expect.stringContaining('serverless package') }],
  [['Pulumi.yaml', 'index.ts'], { problem: expect.stringContaining('pulumi stack export') }],
  [['keywright.yaml', 'out/cfn/a.template.yaml'], { problem: expect.stringContaining('already') }],
  [[], { problem: expect.stringContaining('name a file') }],
])('a folder with %j is recognised, or the problem gives advice', (files, expected) => {
  expect(recogniseFolder(files)).toEqual(expected);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSource } from './read-source.ts';

const template = `Parameters:
  Admin: { Type: String }
Resources:
  Orders:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement: { Effect: Allow, Principal: { AWS: !Ref Admin }, Action: "kms:*", Resource: "*" }
`;
const admin = 'arn:aws:iam::111122223333:role/Admin';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-source-'));
  mkdirSync(join(cwd, 'templates'));
  mkdirSync(join(cwd, 'module'));
  writeFileSync(join(cwd, 'module/main.tf'), 'variable "env" {}\nresource "aws_kms_key" "k" { description = var.env }');
  writeFileSync(join(cwd, 'prod.tfvars'), 'env = "prod"');
  writeFileSync(join(cwd, 'templates/kms.template.yaml'), template);
  writeFileSync(join(cwd, 'values.json'), JSON.stringify({ Admin: admin }));
  writeFileSync(join(cwd, 'earlier.json'), JSON.stringify({ Admin: 'overridden' }));
  writeFileSync(join(cwd, 'list.json'), JSON.stringify([{ ParameterKey: 'Admin', ParameterValue: admin }]));
  writeFileSync(join(cwd, 'codepipeline.json'), JSON.stringify({ Parameters: { Admin: admin } }));
  writeFileSync(join(cwd, 'bad.json'), JSON.stringify({ Days: 7, Admin: ['a'] }));
  writeFileSync(join(cwd, 'a.tfstate'), '{"version":4,"terraform_version":"1.9.0"}');
  writeFileSync(join(cwd, 'binary.yaml'), Buffer.from([0xff, 0xfd, 0x00]));
  writeFileSync(join(cwd, 'saved.tfplan'), Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff]));
  writeFileSync(join(cwd, 'powershell.json'), Buffer.from('\ufeff{}', 'utf16le'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test.each([['values.json'], ['list.json'], ['codepipeline.json'], ['earlier.json', 'values.json']])(
  'a folder of templates is read with the parameter values in %s',
  async (...parameters) => {
    const source = await readSource('templates', { parameters, account: '111122223333', region: 'eu-west-1' }, cwd);
    expect(source).toMatchObject({
      target: 'cfn',
      reading: {
        diagnostics: [],
        program: {
          stacks: [
            {
              environment: { account: '111122223333', region: 'eu-west-1' },
              resources: [{ policy: { statements: [{ principals: [{ arn: { kind: 'literal', text: admin } }] }] } }],
            },
          ],
        },
      },
    });
  },
);

test('a Terraform module is read with the values in another file', async () => {
  const source = await readSource(
    'module',
    { parameters: ['prod.tfvars'], account: '111122223333', region: 'eu-west-1' },
    cwd,
  );
  expect(source).toMatchObject({
    target: 'terraform',
    reading: { diagnostics: [], program: { stacks: [{ resources: [{ description: { text: 'prod' } }] }] } },
  });
});

test('a key with an unknown parameter is left out, and reported with the path as given', async () => {
  const source = await readSource('templates/kms.template.yaml', {}, cwd);
  expect(source).toMatchObject({
    reading: {
      program: { stacks: [{ resources: [] }] },
      diagnostics: [{ severity: 'error', span: { file: 'templates/kms.template.yaml' } }],
    },
  });
});

test.each([
  ['nothing.yaml', {}, 'it does not exist'],
  ['binary.yaml', {}, 'not UTF-8'],
  ['saved.tfplan', {}, 'run `terraform show -json FILE > plan.json`'],
  ['powershell.json', {}, 'it is UTF-16 text'],
  ['templates', { parameters: ['bad.json'] }, 'has neither text nor'],
  ['templates', { parameters: ['missing.json'] }, 'missing.json cannot be read: it does not exist'],
  ['a.tfstate', { parameters: ['values.json'] }, '--parameters is for templates'],
])('%s with %j is a problem', async (from, options, problem) => {
  expect(await readSource(from, options, cwd)).toEqual({ problem: expect.stringContaining(problem) });
});

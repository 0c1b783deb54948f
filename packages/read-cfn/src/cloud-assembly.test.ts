import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { templatesOfAssembly } from './cloud-assembly.ts';
import { readTemplates } from './read-templates.ts';

const tower = readFileSync(join(import.meta.dirname, '../cases/control-tower.template.json'), 'utf8');

const stack = (templateFile: string, environment: string, more: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment,
  properties: { templateFile, ...more },
});

const manifest = {
  version: '36.0.0',
  artifacts: {
    'Tower.assets': { type: 'cdk:asset-manifest', properties: { file: 'Tower.assets.json' } },
    Tower: stack('Tower.template.json', 'aws://111122223333/eu-west-1', { parameters: { Stage: 'prod' } }),
    'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
    Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
  },
};

const inner = {
  artifacts: {
    ProdKeys: stack('Keys.template.json', 'aws://unknown-account/unknown-region', { stackName: 'Prod-Keys' }),
  },
};

test('stacks of the app and of its stages are read', () => {
  const texts: Readonly<Record<string, string>> = {
    'cdk.out/Tower.template.json': tower,
    'cdk.out/assembly-Prod/manifest.json': JSON.stringify(inner),
    'cdk.out/assembly-Prod/Keys.template.json': '{"Resources":{"M":{"Type":"AWS::CDK::Metadata"}}}',
  };
  const { value, diagnostics } = templatesOfAssembly(
    { path: 'cdk.out/manifest.json', text: JSON.stringify(manifest) },
    (path) => texts[path],
  );
  expect(diagnostics).toEqual([]);
  expect(value.map(({ text: _, ...file }) => file)).toEqual([
    {
      path: 'cdk.out/Tower.template.json',
      account: '111122223333',
      region: 'eu-west-1',
      stackName: 'Tower',
      parameters: { Stage: 'prod' },
    },
    { path: 'cdk.out/assembly-Prod/Keys.template.json', stackName: 'Prod-Keys' },
  ]);
  const reading = readTemplates(value);
  expect(reading.diagnostics).toEqual([]);
  expect(reading.leftOut).toEqual([]);
  expect(reading.program.stacks.map(({ name, resources }) => [name, resources.map(({ id }) => id)])).toEqual([
    ['Tower', ['key/tower', 'alias/tower/tower', 'key/tokens', 'role/issuer', 'identityPolicy/role/issuer']],
    ['Prod-Keys', []],
  ]);
});

test.each([
  ['a manifest that is not JSON', '{"artifacts": ', /KW00/],
  ['a manifest without artifacts', '{}', /KW8018 1:1 .*`artifacts` is missing/],
  [
    'a stack without a template',
    JSON.stringify({ artifacts: { A: { type: 'aws:cloudformation:stack' } } }),
    /KW8018 1:15 .*A does not say/,
  ],
  ['a missing template', JSON.stringify({ artifacts: { A: stack('A.json', '') } }), /there is no file cdk.out\/A.json/],
  ['a template elsewhere', JSON.stringify({ artifacts: { A: stack('../A.json', '') } }), /there is no file/],
  [
    'a stage that contains its own manifest',
    JSON.stringify({ artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } } }),
    /KW8018/,
  ],
])('%s is reported', (name, text, expected) => {
  const readFile = () => (/elsewhere|its own/.test(name) ? text : undefined);
  const { value, diagnostics } = templatesOfAssembly({ path: 'cdk.out/manifest.json', text }, readFile);
  expect(value).toEqual([]);
  const problems = diagnostics.map(({ code, span, message }) => `${code} ${span?.line}:${span?.column} ${message}`);
  expect(problems.join()).toMatch(expected);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
    Tower: stack('Tower.template.json', 'aws://111122223333/eu-west-1', {
      parameters: { Stage: 'prod' },
      tags: { team: 'platform' },
    }),
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
      stackTags: { team: 'platform' },
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
  const [{ resources } = { resources: [] }] = reading.program.stacks;
  const withTag = resources.filter((one) => 'tags' in one && one.tags.some(({ name }) => name === 'team'));
  expect(withTag.map(({ id }) => id)).toEqual(['key/tower', 'key/tokens', 'role/issuer']);
});

test('an assembly with values that were not looked up is not read', () => {
  const missing = [
    { key: 'ssm:account=111122223333:parameterName=/org/id:region=eu-west-1', provider: 'ssm', props: {} },
  ];
  const { value, diagnostics } = templatesOfAssembly(
    { path: 'cdk.out/manifest.json', text: JSON.stringify({ ...manifest, missing }, undefined, 1) },
    () => '{"Resources":{}}',
  );
  expect(value).toEqual([]);
  expect(diagnostics).toMatchObject([
    {
      code: 'KW8023',
      message:
        'the CDK has not looked up `ssm:account=111122223333:parameterName=/org/id:region=eu-west-1`, so the templates contain a placeholder for this value',
      span: { file: 'cdk.out/manifest.json' },
    },
  ]);
});

describe('a nested stack', () => {
  const [first, second] = ['1'.repeat(64), '2'.repeat(64)];
  const url = (hash: string) => ({
    'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::Region' }, `.amazonaws.com/assets/${hash}.json`]],
  });
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' },
    ],
  };
  const key = (description: unknown) => ({
    Type: 'AWS::KMS::Key',
    Properties: { KeyPolicy: policy, Description: description },
  });
  const nested = (hash: string, parameters?: object, more: object = {}) => ({
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: url(hash), ...(parameters && { Parameters: parameters }) },
    ...more,
  });
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        ...policy,
        Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
  };
  const use = (resource: unknown) => ({
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'use',
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: resource }],
      },
    },
  });
  /** Reads the stack `App` with these resources, and two templates that it may nest. */
  const reading = (resources: object, one: object, other: object = { Resources: {} }) => {
    const file = (path: string) => ({ path, packaging: 'file' });
    const destinations = (hash: string) => ({ here: { bucketName: 'assets', objectKey: `${hash}.json` } });
    const assets = {
      files: {
        [first]: { source: file('one.nested.template.json'), destinations: destinations(first) },
        [second]: { source: file('other.nested.template.json'), destinations: destinations(second) },
        code: { source: { path: '../asset.zip', packaging: 'file' }, destinations: destinations('code') },
      },
    };
    const texts: Readonly<Record<string, object>> = {
      'cdk.out/App.assets.json': assets,
      'cdk.out/App.template.json': {
        Parameters: { Wanted: { Type: 'String' } },
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] }, Maybe: { 'Fn::Equals': [{ Ref: 'Wanted' }, 'yes'] } },
        Resources: resources,
      },
      'cdk.out/one.nested.template.json': one,
      'cdk.out/other.nested.template.json': other,
    };
    const artifacts = {
      'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
      App: stack('App.template.json', 'aws://111122223333/eu-west-1'),
    };
    const { value, diagnostics } = templatesOfAssembly(
      { path: 'cdk.out/manifest.json', text: JSON.stringify({ artifacts }) },
      (path) => (texts[path] === undefined ? undefined : JSON.stringify(texts[path])),
    );
    const { program, ...read } = readTemplates(value);
    const ids = program.stacks.map(({ name, resources: own }) => [name, own.map(({ id }) => id)]);
    const problems = [...diagnostics, ...read.diagnostics].map(({ code, message }) => `${code} ${message}`);
    return { stacks: program.stacks, ids, problems };
  };

  test('becomes a stack with the values that its parent passes, once for each time that it is created', () => {
    const one = {
      Parameters: {
        Name: { Type: 'String', Default: 'by default' },
        Parent: { Type: 'String' },
        Other: { Type: 'String', Default: 'x' },
      },
      Resources: { Inner: key({ 'Fn::Sub': '${Name}${Other}' }), Role: role, Use: use({ Ref: 'Parent' }) },
    };
    const passed = (name: string) => ({ Name: name, Parent: { 'Fn::GetAtt': ['Outer', 'Arn'] } });
    const { stacks, ids, problems } = reading(
      {
        Outer: key('outer'),
        ANestedStackANestedStackResource01234567: nested(first, passed('a')),
        Plain: nested(first, passed('b')),
      },
      one,
    );
    expect(problems).toEqual([]);
    const inner = ['key/inner', 'role/role', 'identityPolicy/role/role'];
    expect(ids).toEqual([
      ['App', ['key/outer']],
      ['App-A', inner],
      ['App-Plain', inner],
    ]);
    expect(stacks[1]).toMatchObject({
      environment: { account: '111122223333', region: 'eu-west-1' },
      imports: [{ stack: 'App', export: 'keys.outer.arn' }],
      resources: [{ description: { text: 'ax' } }, {}, {}],
    });
    expect(stacks[2]?.resources[0]).toMatchObject({ description: { text: 'bx' } });
  });

  test('gives its parent the values of its outputs, at any depth', () => {
    const one = {
      Resources: { Deep: nested(second) },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Deep', 'Outputs.Arn'] } } },
    };
    const other = {
      Resources: { Inner: key('deep') },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Inner', 'Arn'] } } },
    };
    const resources = { N: nested(first), Role: role, Use: use({ 'Fn::GetAtt': ['N', 'Outputs.Arn'] }) };
    const { stacks, ids, problems } = reading(resources, one, other);
    expect(problems).toEqual([]);
    expect(ids).toEqual([
      ['App-N-Deep', ['key/inner']],
      ['App', ['role/role', 'identityPolicy/role/role']],
      ['App-N', []],
    ]);
    expect(stacks[1]?.imports).toMatchObject([{ stack: 'App-N-Deep', export: 'keys.inner.arn' }]);
  });

  test('exists only if the condition of the resource in its parent holds', () => {
    const when = (condition: string) =>
      reading({ N: nested(first, undefined, { Condition: condition }) }, { Resources: { Inner: key('a') } });
    expect(when('Never')).toMatchObject({
      ids: [
        ['App', []],
        ['App-N', []],
      ],
      problems: [],
    });
    const { ids, problems } = when('Maybe');
    expect(ids.flatMap(([, own]) => own)).toEqual([]);
    expect(problems).toEqual([
      expect.stringMatching(/^KW8001 the condition of Inner is not known: nothing sets the parameter Wanted/),
    ]);
  });

  test('that contains itself, or whose template is not in the assembly, is reported', () => {
    const itself = reading({ N: nested(first) }, { Resources: { Inner: key('a'), Again: nested(first) } });
    expect(itself.ids).toEqual([
      ['App', []],
      ['App-N', ['key/inner']],
    ]);
    expect(itself.problems).toEqual([expect.stringMatching(/^KW8019 Again creates a nested stack/)]);
    const elsewhere = reading({ N: nested('3'.repeat(64)) }, { Resources: {} });
    expect(elsewhere.problems).toEqual([expect.stringMatching(/^KW8019 N /)]);
  });
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

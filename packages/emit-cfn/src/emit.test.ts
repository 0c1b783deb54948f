import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { stackProgramsOf } from '@keywright/core/emit/stack-programs';
import { literal } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import { provenance as source } from '@keywright/core/testing/target-stacks';
import { describe, expect, it } from 'vitest';
import { emitter } from './emit.ts';
import { mostBytes } from './may-be-too-long.ts';
import type { CfnOptions } from './options.ts';
import { evaluate, isMissing, readYaml, readYamlWithPython, schemas } from './read-back.test-support.ts';
import { arnOf, everything, key, nasty, nastyTexts, stack } from './stack.test-fixture.ts';
import { templateView } from './view/template-view.ts';

function inputFor(format: CfnOptions['format'], templates = {}) {
  return { generator: 'Keywright 0.1.0', options: { format }, templates };
}

function filesOf(given: Stack, format: CfnOptions['format'] = 'yaml') {
  return emitter.emitStack(given, inputFor(format)).files;
}

function firstOf(given: Stack): string {
  return filesOf(given)[0]?.content ?? '';
}

const platform = stack({
  name: 'platform',
  resources: [key('root'), ...everything.resources.filter(({ kind }) => kind === 'role')],
  exports: [
    { id: 'keys.root.arn', value: arnOf('key/root'), source: source(1) },
    { id: 'principals.deployer.arn', value: arnOf('role/ordersApi'), source: source(1) },
  ],
});

it.each([everything, nasty, platform])('a template is never longer than `check` assumes: $name', (given) => {
  for (const format of ['yaml', 'json'] as const) {
    for (const { content } of filesOf(given, format)) expect(Buffer.byteLength(content)).toBeLessThan(mostBytes(given));
  }
});

describe('the stack with everything', () => {
  it.each(filesOf(everything))('has $path as expected', async ({ path, content }) => {
    await expect(content).toMatchFileSnapshot(`../cases/everything/expected/${basename(path)}`);
  });

  it.each(filesOf(everything, 'json'))('has $path as expected', async ({ path, content }) => {
    await expect(content).toMatchFileSnapshot(`../cases/everything/expected/${basename(path)}`);
  });

  it('has deployments.json as expected', async () => {
    const { files = [] } =
      emitter.emitIndex?.([platform, everything], stackProgramsOf([platform, everything]), inputFor('yaml')) ?? {};
    expect(files.map(({ path }) => path)).toEqual(['cfn/deployments.json']);
    await expect(files[0]?.content).toMatchFileSnapshot('../cases/everything/expected/deployments.json');
  });

  it('fills every parameter of the replica template from an existing output', () => {
    const [, replica = ''] = filesOf(everything).map(({ content }) => content);
    const { files = [] } =
      emitter.emitIndex?.([platform, everything], stackProgramsOf([platform, everything]), inputFor('yaml')) ?? {};
    const { steps } = JSON.parse(files[0]?.content ?? '');
    const { parameters } = steps[2];
    const wanted = (readYaml(replica) as { Parameters: Record<string, unknown> }).Parameters;
    expect(Object.keys(parameters)).toEqual(Object.keys(wanted));
    const outputs = new Map(
      [platform, everything].map((given) => {
        const { Outputs } = readYaml(firstOf(given)) as { Outputs: Record<string, unknown> };
        return [`payments-${given.name}`, Object.keys(Outputs)];
      }),
    );
    for (const { stack: from, output } of Object.values<{ stack: string; output: string }>(parameters)) {
      expect(outputs.get(from)).toContain(output);
    }
    expect(new Set(Object.values<{ stack: string }>(parameters).map(({ stack: from }) => from)).size).toBe(2);
  });

  it('has the same files if it is generated again', () => {
    expect(filesOf(structuredClone(everything))).toEqual(filesOf(everything));
  });
});

describe('a template in YAML', () => {
  it.each([everything, nasty, stack({})])('means the same as the template in JSON (%#)', (given) => {
    const yaml = filesOf(given).map(({ content }) => readYaml(content));
    const json = filesOf(given, 'json').map(({ content }) => {
      const { Metadata: _, ...rest } = JSON.parse(content);
      return rest;
    });
    expect(yaml).toEqual(json);
  });

  it.each(schemas)('is parsed as the same value with %s', (_, schema) => {
    expect(readYaml(firstOf(nasty), schema)).toEqual(readYaml(firstOf(nasty)));
  });

  it.skipIf(isMissing('PyYAML', 'python3', '-c', 'import yaml'))('is parsed as the same value in Python', () => {
    for (const given of [everything, nasty]) {
      for (const { content } of filesOf(given)) expect(readYamlWithPython(content)).toEqual(readYaml(content));
    }
  });
});

it('every text is kept in every place of a template', () => {
  const template = readYaml(firstOf(nasty));
  const { Resources: resources } = evaluate(template, {
    'AWS::Region': 'R',
    'AWS::AccountId': 'A',
    'AWS::Partition': 'aws',
  }) as { Resources: { NastyKey: { Properties: Record<string, unknown> } } };
  const { Description: description, Tags: tags, KeyPolicy: policy } = resources.NastyKey.Properties;
  expect(description).toBe(nastyTexts.map((text) => `${text}R${text}`).join(''));
  expect((tags as { Value: string }[]).map(({ Value: value }) => value)).toEqual(nastyTexts);
  const [, own, long] = (policy as { Statement: Record<string, unknown>[] }).Statement;
  expect(own?.Resource).toEqual(nastyTexts.map((text) => `${text}A${text}`));
  expect(own?.Condition).toEqual({
    StringLike: Object.fromEntries(nastyTexts.map((text) => [`kms:EncryptionContext:${text}`, text])),
  });
  expect(Object.keys((long?.Condition as { Null: object } | undefined)?.Null ?? {})).toEqual([
    `kms:EncryptionContext:${'long'.repeat(400)}`,
  ]);
});

describe('names that YAML would read as something else without quotes', () => {
  const words = [
    'Yes',
    'No',
    'On',
    'Off',
    'Y',
    'N',
    'True',
    'False',
    'Null',
    'yes',
    'null',
    '1e3',
    '123',
    '0x1F',
    '0o7',
  ];
  const given = stack({
    resources: words.map((cfn) => key(`k${cfn}`, { names: { cfn } })),
    outputs: words.map((word) => ({ name: word, value: arnOf(`key/k${word}`), source: source(1) })),
  });
  const names = (template: unknown) => {
    const { Resources: resources, Outputs: outputs } = template as Record<'Resources' | 'Outputs', object>;
    return [Object.keys(resources).sort(), Object.keys(outputs).sort()];
  };
  const expected = names(JSON.parse(filesOf(given, 'json')[0]?.content ?? ''));

  it.each(schemas)('are read as names with %s', (_, schema) => {
    expect(expected[0]).toEqual([...words].sort());
    expect(names(readYaml(firstOf(given), schema))).toEqual(expected);
  });

  it.skipIf(isMissing('PyYAML', 'python3', '-c', 'import yaml'))('are read as names in Python', () => {
    expect(names(readYamlWithPython(firstOf(given)))).toEqual(expected);
  });

  it('are quoted as names of parameters too', () => {
    const parameter = { name: 'Yes', properties: { kind: 'map', entries: [['Type', 'String']] } } as const;
    const { parameters } = templateView({ description: 'x', parameters: [parameter], resources: [], outputs: [] }, 'x');
    expect(parameters.map(({ name }) => name)).toEqual(["'Yes'"]);
  });
});

it('the path of a source file cannot break a template', () => {
  expect(firstOf(nasty)).toContain(' in teams/\\n  Evil: */\\u2028x.yaml, through standard a\\nb\n');
});

it('properties that KMS refuses for a key are left out', () => {
  const properties = (part: Parameters<typeof key>[1]) => {
    const { Resources: resources } = readYaml(firstOf(stack({ resources: [key('k', part)] }))) as {
      Resources: { KKey: { Properties: object } };
    };
    return resources.KKey.Properties;
  };
  expect(properties({})).toHaveProperty('EnableKeyRotation', false);
  expect(properties({ spec: 'RSA_2048' })).not.toHaveProperty('EnableKeyRotation');
  expect(properties({ spec: 'RSA_2048' })).toHaveProperty('KeyUsage', 'ENCRYPT_DECRYPT');
  expect(properties({ origin: 'EXTERNAL' })).not.toHaveProperty('EnableKeyRotation');
  expect(properties({})).not.toHaveProperty('KeyUsage');
});

it('an empty stack becomes a template that CloudFormation accepts', () => {
  expect(readYaml(firstOf(stack({})))).toEqual({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'KMS keys of payments, stack security',
    Resources: { Nothing: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
  });
});

it('the capabilities that IAM resources need are listed', () => {
  const capabilitiesOf = (...kinds: readonly string[]) => {
    const resources = everything.resources.filter(({ kind }) => kinds.includes(kind));
    const { files = [] } = emitter.emitIndex?.([stack({ resources })], [], inputFor('json')) ?? {};
    return JSON.parse(files[0]?.content ?? '').steps[0].capabilities;
  };
  expect(capabilitiesOf('key')).toEqual([]);
  expect(capabilitiesOf('role')).toEqual(['CAPABILITY_IAM']);
  expect(capabilitiesOf('role', 'identityPolicy')).toEqual(['CAPABILITY_IAM']);
  expect(capabilitiesOf('role', 'user')).toEqual(['CAPABILITY_NAMED_IAM']);
});

describe("a team's own templates", () => {
  it('replace the built-in ones of the same name', () => {
    const templates = { '_output.hbs': '  {{name}}: {}\n' };
    const { files, diagnostics } = emitter.emitStack(everything, inputFor('yaml', templates));
    expect(diagnostics).toEqual([]);
    expect(files[0]?.content).toContain('\n  OrdersKeyArn: {}\n\n  OrdersKeyId: {}\n');
  });

  it('are reported if they fail', () => {
    const templates = { 'template.yaml.hbs': '{{nonsense}}' };
    const { diagnostics } = emitter.emitStack(everything, inputFor('yaml', templates));
    expect(diagnostics.map(({ code }) => code)).toContain('KW4001');
  });
});

it('a template that is too long is refused', () => {
  const description = literal('x'.repeat(8000));
  const resources = Array.from({ length: 130 }, (_, index) => key(`k${index}`, { description }));
  const diagnosticsOf = (format: CfnOptions['format'], keys: number) =>
    emitter.emitStack(stack({ resources: resources.slice(0, keys) }), inputFor(format)).diagnostics;
  for (const format of ['yaml', 'json'] as const) {
    expect(diagnosticsOf(format, 110)).toEqual([]);
    expect(diagnosticsOf(format, 130).map(({ code, message }) => [code, message])).toEqual([
      [
        'KW4102',
        expect.stringMatching(
          /^cfn\/security\.template\.\w+ has 1\d{6} bytes, and CloudFormation accepts 1000000 at most$/,
        ),
      ],
    ]);
  }
});

const linter = 'cfn-lint';

it.skipIf(isMissing(linter, linter, '--version'))('cfn-lint has no findings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-cfn-'));
  try {
    const files = [
      ...[everything, platform, stack({ name: 'empty' })].flatMap((given) => [
        ...filesOf(given),
        ...filesOf(given, 'json'),
      ]),
      ...filesOf(nasty),
    ].map(({ path, content }) => {
      const file = join(folder, basename(path));
      writeFileSync(file, content);
      return file;
    });
    const { stdout, stderr } = spawnSync(linter, ['--', ...files], { encoding: 'utf8' });
    expect(stdout + stderr).toBe('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

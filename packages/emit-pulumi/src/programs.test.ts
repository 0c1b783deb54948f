/**
 * Tests the program that the environments of a definition share. With the configuration of a deployment, it does the same as a program for
 * that deployment alone.
 */
import type { Stack } from '@keywright/core/ir/program';
import { dnsSuffixOf } from '@keywright/core/kms/partitions';
import { anyOwns, deploymentsFor, dev, emitPrograms, manyOwns, prod } from '@keywright/core/testing/deployments';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emitter } from './emit.ts';
import type { PulumiOptions } from './options.ts';
import { prettier } from './prettier.test-support.ts';
import { configIn, type ProgramRun, runProgram } from './run-program.test-support.ts';
import { anyText } from './texts.test-support.ts';

const deployment = deploymentsFor('pulumi');

function emit(stacks: readonly Stack[], options: PulumiOptions = {}) {
  return emitPrograms(emitter, stacks, options);
}

function run(stack: Stack, files: ReturnType<typeof emit>['files'], settings: string | undefined): Promise<ProgramRun> {
  const { account = '', region = '', partition = '', name = '' } = stack.environment;
  const values: Readonly<Record<string, string>> = {
    accountId: account,
    region,
    partition,
    dnsSuffix: dnsSuffixOf(partition),
  };
  return runProgram(files.find(({ path }) => path.endsWith('/index.ts'))?.content ?? '', {
    project: `${stack.app}-${stack.definition ?? stack.name}`,
    stack: stack.definition === undefined ? 'dev' : name,
    config: settings === undefined ? {} : configIn(settings),
    propertyOf: (_, property) => values[property] ?? '',
    outputsOf: (path) => ({ keysRootArn: `<${path}>` }),
  });
}

/** Leaves out the parts of a run that only set up the provider. */
function meaning({ resources, outputs, stackReferences }: ProgramRun) {
  const made = [...resources].flatMap(([name, { options, ...resource }]) =>
    name.startsWith('pulumi:') ? [] : [[name, { ...resource, options: { ...options, provider: undefined } }] as const],
  );
  return { resources: Object.fromEntries(made), outputs, stackReferences };
}

test('a program with the configuration of a deployment creates the same resources as a program for that deployment alone', async () => {
  await fc.assert(
    fc.asyncProperty(anyOwns(anyText), async (all) => {
      const stacks = all.map((own) => deployment('core', own));
      const { files, own } = emit(stacks);
      for (const { path, content } of files) expect(await prettier(content, path)).toBe(content);
      for (const stack of stacks) {
        const [settings] = own.get(stack.name) ?? [];
        const { definition: _, ...alone } = stack;
        const separate = emitter.emitStack(alone, { generator: 'Keywright 0.1.0', options: {}, templates: {} }).files;
        const programs = files.filter(({ path }) => path.startsWith(settings?.path.replace(/[^/]*$/, '') ?? '-'));
        expect(meaning(await run(stack, programs, settings?.content))).toEqual(
          meaning(await run(alone, [...separate], undefined)),
        );
      }
    }),
    { numRuns: 25 },
  );
}, 300_000);

describe('the files of a definition', () => {
  const { files, own } = emit(
    [dev, prod].map((one) => deployment('core', one)),
    {
      assumeRole: 'arn:aws:iam::${account}:role/Deploy',
      defaultTags: { env: '${environment}' },
    },
  );

  test('are a project, and a settings file for each environment', async () => {
    expect(files.map(({ path }) => path)).toEqual([
      'pulumi/core/index.ts',
      'pulumi/core/Pulumi.yaml',
      'pulumi/core/package.json',
      'pulumi/core/tsconfig.json',
      'pulumi/core/Pulumi.dev.yaml',
      'pulumi/core/Pulumi.prod.yaml',
    ]);
    for (const { path, content } of files)
      await expect(content).toMatchFileSnapshot(`../cases/definition/${path.replace('pulumi/core/', '')}`);
  });

  test('include settings that Pulumi can parse', () => {
    expect(configIn(own.get('core-prod')?.[0]?.content ?? '')).toMatchObject({
      'aws:region': 'eu-west-1',
      'aws:allowedAccountIds': '["444455556666"]',
      'aws:assumeRoles': '[{"roleArn":"arn:aws:iam::444455556666:role/Deploy"}]',
      'aws:defaultTags': '{"tags":{"env":"prod"}}',
    });
  });
});

test('the role of an environment is in its settings', () => {
  const stack = deployment('core', dev);
  const deployRole = 'arn:aws:iam::111122223333:role/KeywrightDeploy';
  const { own } = emit([{ ...stack, environment: { ...stack.environment, deployRole } }]);
  expect(configIn(own.get('core-dev')?.[0]?.content ?? '')['aws:assumeRoles']).toBe(`[{"roleArn":"${deployRole}"}]`);
});

test('a further environment changes no file of another environment', () => {
  const stage = { environment: 'stage', account: '777788889999', region: 'us-east-1', text: 'three', days: 10 };
  const [before, after] = [
    [dev, prod],
    [stage, dev, prod],
  ].map((all) => emit(all.map((one) => deployment('core', one))));
  for (const name of ['core-dev', 'core-prod']) expect(after?.own.get(name)).toEqual(before?.own.get(name));
  expect(after?.common).toEqual(before?.common);
});

test('600 deployments take less than a kilobyte each', () => {
  const { programs, own } = emit(manyOwns.map((one) => deployment('core', one)));
  expect(programs).toHaveLength(1);
  for (const [file] of own.values()) expect(file?.content.length).toBeLessThan(1024);
});

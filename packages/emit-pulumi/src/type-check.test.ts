import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { literal } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import { key, nastyTexts, provenance, reference } from '@keywright/core/testing/target-stacks';
import { expect, test } from 'vitest';
import { emitter } from './emit.ts';
import { anywhereStack, emptyStack, securityStack } from './stacks.test-fixture.ts';

/** From this folder, Node and TypeScript find the packages of the workspace. */
const folder = fileURLToPath(new URL('../node_modules/.cache/type-check/', import.meta.url));

/** Has a replica with imported material, the options for stack references, and outputs with all kinds of names. */
const everythingStack: Stack = {
  ...securityStack,
  name: 'everything',
  environment: { account: '111122223333' },
  resources: [
    ...securityStack.resources,
    key('texts', {
      description: literal(nastyTexts.join('')),
      tags: nastyTexts.map((text) => ({ name: text, value: literal(text) })),
    }),
    {
      kind: 'replicaKey',
      id: 'replicaKey/imported/prod-us',
      name: 'imported',
      names: {},
      dependsOn: ['key/texts'],
      source: provenance(30),
      region: 'us-east-1',
      environmentName: 'prod-us',
      primary: 'key/imported',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      origin: 'EXTERNAL',
      enabled: true,
      pendingWindowDays: 7,
      removal: 'destroy',
      policy: { statements: [] },
      tags: [{ name: 'account', value: { kind: 'pseudo', name: 'account' } }],
    },
  ],
  outputs: ['orders-key', 'ordersKey', 'class', 'default', 'exports', 'require', 'Object', 'Promise', 'undefined'].map(
    (name) => ({ name, value: reference('key/orders', 'arn'), source: provenance(40) }),
  ),
};

/** A program that no compiler should accept: it shows that the compiler really checks its input. */
const wrong = `import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

new aws.kms.Key("a", { description: 1 });
new aws.kms.Key("b", { desc: "x" });
`;

test('programs compile under their tsconfig.json without unused names', () => {
  rmSync(folder, { recursive: true, force: true });
  const programs = [securityStack, anywhereStack, emptyStack, everythingStack].map((stack) => {
    const options = stack === everythingStack ? { organization: 'acme', stackName: '`${prod}`' } : {};
    const { files } = emitter.emitStack(stack, { generator: 'Keywright', options, templates: {} });
    for (const { path, content } of files) write(path, content);
    return `pulumi/${stack.name}/index.ts`;
  });
  const [eu, us] = ['eu-west-1', 'us-west-2'].map(
    (region, index): Stack => ({
      ...everythingStack,
      definition: 'everything',
      environment: { name: region, account: '111122223333', region, partition: 'aws' },
      resources: everythingStack.resources.map((resource) =>
        resource.kind === 'key' && resource.pendingWindowDays !== undefined
          ? { ...resource, pendingWindowDays: 7 + index, description: literal(`the ${index}th`) }
          : resource,
      ),
    }),
  );
  if (eu === undefined || us === undefined) throw new Error('there are two');
  const input = { generator: 'Keywright', options: {}, templates: {} };
  const program = emitter.emitProgram?.({ name: 'definition', deployments: [eu, us] }, input);
  for (const { path, content } of program?.common ?? []) write(path, content);
  programs.push('pulumi/definition/index.ts');
  write('wrong/index.ts', wrong);
  const project = {
    extends: './pulumi/security/tsconfig.json',
    compilerOptions: { noEmit: true, noUnusedLocals: true },
    files: [...programs, 'wrong/index.ts'],
  };
  write('tsconfig.json', JSON.stringify(project));

  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
    cwd: folder,
  });
  expect(stdout.match(/^\S.*?error TS\d+/gm)).toEqual([
    'wrong/index.ts(1,13): error TS6133',
    'wrong/index.ts(4,24): error TS2322',
    'wrong/index.ts(5,24): error TS2353',
  ]);
});

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

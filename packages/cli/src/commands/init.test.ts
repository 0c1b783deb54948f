import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '@keywright/core/ir/program';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIn } from '../testing/run-in.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-init-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

const written = () => readFileSync(join(cwd, 'keywright.yaml'), 'utf8');

it('init accepts the path of keywright.yaml for its folder, and quotes the folder in the next command', async () => {
  expect(await keywright('init', 'two words/keywright.yaml')).toEqual({
    code: 0,
    out: `wrote two words/keywright.yaml
wrote two words/keywright.schema.json
next: keywright check 'two words', then keywright build 'two words'
`,
    err: '',
  });
});

describe('init', () => {
  const dev = ['111122223333', 'eu-west-1'];
  const prod = ['444455556666', 'eu-west-1'];
  it.each<[string, readonly string[], Readonly<Record<string, readonly string[]>>, readonly string[]]>([
    ['nobody yet', [], { prod: ['111122223333', 'eu-west-1'] }, ['cfn', 'pulumi', 'terraform']],
    ['one target', ['--target', 'terraform'], { prod: ['111122223333', 'eu-west-1'] }, ['terraform']],
    ['two targets', ['-t', 'pulumi', '-t', 'cfn'], { prod: ['111122223333', 'eu-west-1'] }, ['cfn', 'pulumi']],
    [
      'an account',
      ['--account', '444455556666', '--region', 'cn-north-1'],
      { prod: ['444455556666', 'cn-north-1'] },
      ['cfn', 'pulumi', 'terraform'],
    ],
    [
      'two accounts',
      ['--account', 'dev=111122223333,live=444455556666', '--region', 'eu-west-1', '--target', 'cfn'],
      { dev, live: prod },
      ['cfn'],
    ],
    [
      'an account in two regions',
      ['-a', 'live=444455556666', '-r', 'us-east-1,us-gov-west-1', '-t', 'cfn'],
      { 'live-us-east-1': ['444455556666', 'us-east-1'], 'live-us-gov-west-1': ['444455556666', 'us-gov-west-1'] },
      ['cfn'],
    ],
  ])('writes a project for %s', async (_, options, environments, folders) => {
    expect(await keywright('init', ...options)).toMatchObject({ code: 0, err: '' });
    const project = load(written()) as { environments: Record<string, { account: string; region: string }> }; // as written
    expect(
      Object.fromEntries(
        Object.entries(project.environments).map(([name, { account, region }]) => [name, [account, region]]),
      ),
    ).toEqual(environments);
    expect(await keywright('check')).toEqual({ code: 0, out: 'no problems\n', err: '' });
    expect((await keywright('build')).code).toBe(0);
    const out = readdirSync(join(cwd, 'out'), { withFileTypes: true });
    expect(out.filter((entry) => entry.isDirectory()).map(({ name }) => name)).toEqual(folders);
    const { stacks } = JSON.parse((await keywright('ir')).out) as Program;
    expect(stacks.map(({ environment }) => environment.name).sort()).toEqual(Object.keys(environments).sort());
  });
});

it('init lists the outputs', async () => {
  await keywright('init', '--target', 'terraform,cfn');
  expect(written()).toContain('#   keywright build      writes CloudFormation and Terraform below out/\n');
});

it.each<[readonly string[], string]>([
  [['--target', 'terrafrom'], 'there is no target "terrafrom"; did you mean `terraform`?'],
  [['--account', '111122223333'], 'an environment is an account and a region: give both --account and --region'],
  [['--region', 'eu-west-1'], 'an environment is an account and a region: give both --account and --region'],
  [['--account', '1111', '--region', 'eu-west-1'], '"1111": an account id has twelve digits, and this has 4'],
  [['--account', '111122223333', '--region', 'Ireland'], '"Ireland": this is not a region name such as eu-west-1'],
  [
    ['--account', '111122223333,444455556666', '--region', 'eu-west-1'],
    '"111122223333" needs a name, as there are several accounts: --account dev=111122223333',
  ],
  [['--account', 'a=111122223333,a=444455556666', '--region', 'eu-west-1'], 'there are two environments "a"'],
  [
    ['--account', 'a: {}=111122223333', '--region', 'eu-west-1'],
    '"a: {}": the name of an app, stack, environment or group starts with a letter and has only letters, digits and "-", at most 63 characters',
  ],
])('init %j is wrong usage, and writes nothing', async (options, message) => {
  expect(await keywright('init', 'new', ...options)).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
  expect(readdirSync(cwd)).toEqual([]);
});

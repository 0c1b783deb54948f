import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob } from 'node:path';
import type { CreateNodesV2 } from 'nx/src/devkit-exports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNodesV2 } from './create-nodes.ts';
import { readKeysProject } from './keys-project.ts';
import { digestOfOutputs, outputPatterns, recordBuild } from './last-build.ts';
import type { KeywrightPluginOptions } from './options.ts';

createNodesV2 satisfies CreateNodesV2<KeywrightPluginOptions>;

const environments = "environments: { prod: { account: '111122223333', region: eu-west-1 } }\n";
const header = `keywright: 1\napp: demo\n${environments}`;
const oneKey = `${header}stacks: { s: { environment: prod, keys: { orders: { rotation: true } } } }\n`;

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'keywright-nx-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
}

async function projects(options?: KeywrightPluginOptions) {
  const files = readdirSync(workspace, { recursive: true, encoding: 'utf8' });
  const [, create] = createNodesV2;
  const configFiles = files.filter((path) => /(^|\/)keywright\.yaml$/.test(path)).sort();
  const created = create(configFiles, options, { workspaceRoot: workspace });
  return Object.fromEntries(created.flatMap(([, result]) => Object.entries(result.projects)));
}

/** Returns the files of the workspace that the inputs of a target match. */
function inputsAmong(target: { readonly inputs?: readonly unknown[] } | undefined, files: readonly string[]) {
  const patterns = (target?.inputs ?? [])
    .filter((input) => typeof input === 'string')
    .map((input) => input.replace('{workspaceRoot}/', ''));
  const matched = (file: string, of: readonly string[]) => of.some((pattern) => matchesGlob(file, pattern));
  const not = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  return files.filter((file) => matched(file, patterns) && !matched(file, not));
}

describe('a project of Nx', () => {
  it('is created for each keywright.yaml, and named after its folder', async () => {
    write({ 'keys/orders/keywright.yaml': oneKey, 'keys/billing/keywright.yaml': oneKey });
    const { 'keys/orders': orders, ...others } = await projects();
    expect(Object.keys(others)).toEqual(['keys/billing']);
    expect(orders?.name).toBe('keys/orders');
    expect(orders?.tags).toEqual(['keywright']);
    expect(Object.keys(orders?.targets ?? {})).toEqual(['check', 'build', 'verify', 'lookup']);
  });

  it('in the root of the workspace is named after the app', async () => {
    write({ 'keywright.yaml': oneKey });
    expect((await projects())['.']?.name).toBe('demo');
  });

  it('runs the command in the root of the workspace', async () => {
    write({ 'a b/keywright.yaml': oneKey, 'keys/keywright.yaml': oneKey });
    const made = await projects();
    const { check, build, verify, lookup } = made.keys?.targets ?? {};
    expect(check?.command).toBe('keywright check keys');
    expect(build?.command).toMatch(/^keywright-nx keys --sources [0-9a-f]{16} --before none$/);
    expect(verify?.command).toBe('keywright build keys --check');
    expect(lookup?.command).toBe('keywright lookup keys');
    expect([check?.cache, build?.cache, verify?.cache, lookup?.cache]).toEqual([true, true, true, false]);
    expect(made['a b']?.targets.check?.command).toBe('keywright check "a b"');
  });

  it('has targets with the names that the workspace’s options give', async () => {
    write({ 'keywright.yaml': oneKey });
    const targets = (await projects({ buildTargetName: 'build-keys', checkTargetName: 'check-keys' }))['.']?.targets;
    expect(Object.keys(targets ?? {})).toEqual(['check-keys', 'build-keys', 'verify', 'lookup']);
    expect(targets?.['build-keys']?.dependsOn).toEqual(['^build-keys']);
  });

  it('exists even if its keywright.yaml is not valid, and its target check reports why', async () => {
    write({ 'a/keywright.yaml': 'keywright: [', 'b/keywright.yaml': '', 'c/keywright.yaml': `${oneKey}kesy: {}\n` });
    const made = await projects();
    expect(Object.keys(made)).toEqual(['a', 'b', 'c']);
    expect(made.a?.targets.check?.inputs).toContain('{workspaceRoot}/a/keywright.yaml');
  });
});

describe('the inputs', () => {
  const files = {
    'keys/keywright.yaml': `${header}include: ['teams/*/keys.yaml', common.yaml]\ntargets: { terraform: { templates: tpl } }\n`,
    'keys/common.yaml': 'standards: { strict: { rotation: true } }\n',
    'keys/teams/a/keys.yaml':
      'stacks: { a: { environment: prod, keys: { orders: { policy: { file: ../../policies/orders.json } } } } }\n',
    'keys/teams/b/keys.yaml': 'include: [more.yaml]\n',
    'keys/teams/b/more.yaml': 'stacks: { b: { environment: prod, keys: { bills: { standard: strict } } } }\n',
    'keys/policies/orders.json': '{ "Version": "2012-10-17", "Statement": [] }\n',
    'keys/tpl/main.tf.hbs': '',
    'keys/keywright.context.json': '{}',
    'keys/keywright.baseline.json': '{}',
  };
  const others = {
    'keys/README.md': '',
    'keys/policies/other.json': '{}',
    'keys/tpl/notes.md': '',
    'keys/teams/a/other.yaml': '',
    'other/keywright.yaml': oneKey,
  };

  it('are exactly the files that Keywright reads', async () => {
    write({ ...files, ...others });
    const made = await projects();
    const all = [...Object.keys(files), ...Object.keys(others)];
    expect(inputsAmong(made.keys?.targets.check, all).sort()).toEqual(Object.keys(files).sort());
    expect(inputsAmong(made.keys?.targets.build, all).sort()).toEqual(Object.keys(files).sort());
    expect(inputsAmong(made.other?.targets.check, all)).toEqual(['other/keywright.yaml']);
    expect(made.keys?.targets.check?.inputs).toContainEqual({ externalDependencies: ['keywright'] });
  });

  it('include files that will match a pattern once they exist', async () => {
    write(files);
    const check = (await projects()).keys?.targets.check;
    expect(inputsAmong(check, ['keys/teams/new/keys.yaml', 'keys/tpl/_resource.hbs'])).toHaveLength(2);
  });

  it('include no output, however wide a pattern is; only the inputs of verify include all outputs', async () => {
    const out = { 'out/keywright.manifest.json': '', 'out/terraform/s/main.tf': '', 'out/pulumi/s/Pulumi.yaml': '' };
    write({ 'keywright.yaml': `${header}include: ['**/*.{yaml,json,tf}']\n`, ...out });
    const { build, verify } = (await projects())['.']?.targets ?? {};
    expect(inputsAmong(build, Object.keys(out))).toEqual([]);
    expect(inputsAmong(verify, Object.keys(out))).toEqual(Object.keys(out));
  });

  it('name files inside other projects from the root of the workspace', async () => {
    write({
      'keywright.yaml': `${header}include: ['apps/*/keys.yaml']\n`,
      'apps/a/keys.yaml': '',
      'apps/a/keywright.yaml': oneKey,
    });
    const made = await projects();
    expect(made['.']?.targets.check?.inputs).toContain('{workspaceRoot}/apps/a/keys.yaml');
    expect(inputsAmong(made['apps/a']?.targets.check, ['apps/a/keys.yaml'])).toEqual([]);
  });

  it('match a file whose name has the special characters of patterns', async () => {
    write({
      '(old) [1]/keywright.yaml': `${header}include: ['{x}/keys!.yaml', 'keys!.yaml']\n`,
      '(old) [1]/keys!.yaml': '',
    });
    const check = (await projects())['(old) [1]']?.targets.check;
    expect(inputsAmong(check, ['(old) [1]/keys!.yaml'])).toHaveLength(1);
  });

  it('include nothing outside the project', async () => {
    write({
      'a/keywright.yaml': `${header}include: ['../b.yaml', '../*.yaml', '/etc/hostname']\ntargets: { cfn: { templates: ../tpl }, terraform: { templates: /tmp } }\n`,
      'b.yaml': '',
    });
    for (const input of (await projects()).a?.targets.check?.inputs ?? [])
      if (typeof input === 'string') expect(input).toMatch(/^!?\{workspaceRoot\}\/a\//);
  });

  it('turn the cache off if Git or Nx ignores one of them', async () => {
    execFileSync('git', ['init', '-q'], { cwd: workspace });
    write({
      '.gitignore': 'generated\nnode_modules\n',
      '.nxignore': 'unseen\n',
      'a/keywright.yaml': `${header}include: [generated/keys.yaml]\n`,
      'a/generated/keys.yaml': '',
      'b/keywright.yaml': oneKey,
      'c/keywright.yaml': oneKey,
      'c/.gitignore': 'out\n',
      'd/keywright.yaml': `${header}include: [unseen/keys.yaml]\n`,
      'd/unseen/keys.yaml': '',
    });
    const made = await projects();
    const cached = Object.entries(made).map(([folder, { targets }]) => [folder, targets.build?.cache]);
    expect(Object.fromEntries(cached)).toEqual({ a: false, b: true, c: false, d: false });
  });
});

describe('the outputs', () => {
  it('are the files that a build writes, and nothing else beside them', async () => {
    write({ 'keys/keywright.yaml': oneKey });
    const outputs = (await projects()).keys?.targets.build?.outputs ?? [];
    const matched = (file: string) =>
      outputs.some((output) => matchesGlob(file, output.replace('{workspaceRoot}/', '')));
    expect(matched('keys/out/terraform/s/main.tf')).toBe(true);
    for (const file of ['terraform.tfstate', '.terraform.lock.hcl', 'backend.tf', 'prod.auto.tfvars'])
      expect(matched(`keys/out/terraform/s/${file}`), file).toBe(false);
    expect(matched('keys/out/pulumi/s/Pulumi.prod.yaml')).toBe(false);
  });

  it('include all files of the examples', () => {
    const examples = join(import.meta.dirname, '../../../examples');
    const files = readdirSync(examples, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => {
        const { files } = JSON.parse(readFileSync(join(examples, name, 'out/keywright.manifest.json'), 'utf8'));
        const settings = readKeysProject(join(examples, name)).pulumiPrograms.map(
          (one) => `pulumi/${one}/Pulumi.*.yaml`,
        );
        return Object.keys(files).filter((file) => !settings.some((pattern) => matchesGlob(file, pattern)));
      });
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => !outputPatterns.some((pattern) => matchesGlob(file, pattern)))).toEqual([]);
  });
});

describe('the starting point of a build', () => {
  const build = async () => (await projects()).keys?.targets.build?.command ?? '';
  const digests = async () => /--sources (\w+) --before (\w+)$/.exec(await build())?.slice(1) ?? [];
  const out = () => digestOfOutputs(join(workspace, 'keys/out'));

  it('stays the same after the build as long as nothing changes', async () => {
    write({ 'keys/keywright.yaml': oneKey });
    const [sources = '', before = ''] = await digests();
    expect(before).toBe('none');
    write({ 'keys/out/keywright.inventory.json': '1' });
    recordBuild(workspace, 'keys', { sources, before, after: out() });
    expect(await digests()).toEqual([sources, before]);
  });

  it.each([
    ['the sources', 'keys/keywright.yaml', `${oneKey}# more\n`],
    ['the outputs', 'keys/out/keywright.inventory.json', '2'],
  ])('is the current outputs once %s have changed', async (_, path, text) => {
    write({ 'keys/keywright.yaml': oneKey });
    const [sources = '', before = ''] = await digests();
    write({ 'keys/out/keywright.inventory.json': '1' });
    recordBuild(workspace, 'keys', { sources, before, after: out() });
    write({ [path]: text });
    expect((await digests())[1]).toBe(out());
  });

  it('is the current outputs if the record cannot be read', async () => {
    write({
      'keys/keywright.yaml': oneKey,
      'keys/out/keywright.inventory.json': '1',
      'node_modules/.cache/keywright/keys/last.json': '{',
    });
    expect((await digests())[1]).toBe(out());
  });
});

describe('the dependencies between projects', () => {
  const stack = (body: string) => `${header}stacks: { s: { environment: prod, ${body} } }\n`;
  const maker = stack('keys: { shared: { rotation: true, aliases: [shared] } }');
  const needs = async () =>
    Object.fromEntries(Object.entries(await projects()).map(([, one]) => [one.name, one.implicitDependencies]));

  it.each([
    ['a lookup of an alias', stack('imports: { shared: { lookup: { alias: shared } } }')],
    ['an alias by its name', stack('imports: { shared: { alias: shared } }')],
    ['an alias by its ARN', stack("imports: { shared: { alias: 'arn:aws:kms:eu-west-1:111122223333:alias/shared' } }")],
  ])('include %s', async (_, user) => {
    write({ 'a/keywright.yaml': user, 'b/keywright.yaml': maker });
    expect(await needs()).toEqual({ a: ['b'], b: [] });
  });

  it('include the ARN of a role', async () => {
    write({
      'a/keywright.yaml': `${header}principals: { api: { role: 'arn:aws:iam::111122223333:role/Api' } }\n`,
      'b/keywright.yaml': stack('principals: { api: { role: { assumedBy: lambda.amazonaws.com, name: Api } } }'),
    });
    expect(await needs()).toEqual({ a: ['b'], b: [] });
  });

  it('do not include an alias in another account or region, or of the project itself', async () => {
    write({
      'a/keywright.yaml': stack("imports: { shared: { alias: 'arn:aws:kms:eu-west-2:111122223333:alias/shared' } }"),
      'b/keywright.yaml': maker,
      'c/keywright.yaml': stack('imports: { gone: { alias: gone } }'),
    });
    expect(await needs()).toEqual({ a: [], b: [], c: [] });
  });

  it('never contain a cycle', async () => {
    const each = (makes: string, uses: string) =>
      stack(`keys: { k: { rotation: true, aliases: [${makes}] } }, imports: { i: { alias: ${uses} } }`);
    write({ 'a/keywright.yaml': each('one', 'two'), 'b/keywright.yaml': each('two', 'one') });
    expect(await needs()).toEqual({ a: ['b'], b: [] });
  });
});

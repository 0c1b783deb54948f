/** A program for several environments, bound to one of them, equals a program for that environment alone. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { GeneratedFile } from '@keywright/core/emit/emitter';
import { hostOfText } from '@keywright/core/project/host';
import { emitter } from '@keywright/emit-cfn/emit';
import { evaluate, readYaml } from '@keywright/emit-cfn/read-back.test-support';
import { emitter as terraformEmitter } from '@keywright/emit-terraform/emit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiskHost } from './project/disk-host.ts';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { boundTemplates } from './testing/bound-templates.ts';
import { filesOf } from './testing/deploy.ts';
import { type EvaluatedModule, evaluateModule, shareModule } from './testing/deploy-terraform.ts';
import type { Shared } from './testing/deployed.ts';
import { world } from './testing/world.ts';

const cfn = targets.filter(({ name }) => name === 'cfn');
const terraform = targets.filter(({ name }) => name === 'terraform');

function compiled(project: object, only = cfn): Compilation {
  return compileProject(hostOfText(JSON.stringify(project)), { targets: only });
}

/** A template with pseudo parameters filled in. Other references stay as they are. */
function resolved(text: string, pseudos: Readonly<Record<string, string>>): unknown {
  const { Description: _, Parameters = {}, ...rest } = readYaml(text) as Readonly<Record<string, unknown>>; // a template of ours
  const names = new Set<string>();
  for (const [, name = ''] of JSON.stringify(rest).matchAll(/"(?:Ref|Fn::ImportValue)":"([^"]+)"/g)) names.add(name);
  for (const [, name = ''] of JSON.stringify(rest).matchAll(/\$\{([^!}][^}]*)\}/g)) names.add(name);
  for (const [, id, attribute] of JSON.stringify(rest).matchAll(/"Fn::GetAtt":\["([^"]+)","([^"]+)"\]/g))
    names.add(`${id}.${attribute}`);
  const known = Object.fromEntries([...names].map((name) => [name, pseudos[name] ?? `<${name}>`]));
  const parameters = Object.values(Parameters as object).map(({ Type, Default }: Readonly<Record<string, unknown>>) => [
    Type,
    Default,
  ]);
  return { parameters, ...(evaluate(rest, known) as object) };
}

/** Compares every template of stacks that have a list of environments. Returns the number of templates. */
async function agree({ program, diagnostics }: Compilation): Promise<number> {
  if (program === undefined || hasErrors(diagnostics)) return 0;
  const files = boundTemplates(program, await filesOf(program, 'cfn'));
  let compared = 0;
  for (const stack of program.stacks) {
    const { definition, ...alone } = stack;
    if (definition === undefined || !stack.targets.includes('cfn')) continue;
    const input = { generator: 'Keywright', options: { format: 'yaml' as const }, templates: {} };
    const places = [stack.environment, ...stack.replicaEnvironments];
    for (const [index, { path, content }] of emitter.emitStack(alone, input).files.entries()) {
      const place = { environment: { ...stack.environment, region: places[index]?.region ?? '' } };
      const pseudos = {
        'AWS::AccountId': world.pseudo('account', place),
        'AWS::Region': world.pseudo('region', place),
        'AWS::Partition': world.pseudo('partition', place),
        'AWS::URLSuffix': world.pseudo('dnsSuffix', place),
      };
      expect(resolved(files.get(path) ?? '', pseudos), path).toEqual(resolved(content, pseudos));
      compared += 1;
    }
  }
  return compared;
}

/**
 * For every stack with a list of environments, compares the resources of its root module with those that the stack alone would have.
 * Returns the number of modules.
 */
async function modulesAgree({ program, diagnostics }: Compilation): Promise<number> {
  if (program === undefined || hasErrors(diagnostics)) return 0;
  const files = await filesOf(program, 'terraform');
  const shared: Shared = { values: new Map(), parameters: new Map() };
  let compared = 0;
  for (const stack of program.stacks) {
    if (!stack.targets.includes('terraform')) continue;
    const module = await evaluateModule(stack, files, shared);
    const { definition, ...alone } = stack;
    if (definition !== undefined) {
      const input = { generator: 'Keywright', options: { provider: 6 as const }, templates: {} };
      const separate = terraformEmitter
        .emitStack(alone, input)
        .files.map(({ path, content }) => [path, content] as const);
      const own = await evaluateModule(alone, new Map(separate), shared);
      // The prefix of a role's name contains only the name of the definition, as for a stack of that name.
      const prefixes = namePrefixesIn(terraformEmitter.emitStack({ ...alone, name: definition }, input).files);
      expect(pictureOf(module), stack.name).toEqual(pictureOf(own, prefixes));
      compared += 1;
    }
    shareModule(stack, module, shared);
  }
  return compared;
}

/** Maps the address of each role to the prefix of its name. */
function namePrefixesIn(files: readonly GeneratedFile[]): ReadonlyMap<string, string> {
  const roles = files.flatMap(({ content }) => [
    ...content.matchAll(/^resource "aws_iam_role" "(.+?)" \{\n(?: .*\n|\n)*? {2}name_prefix += "(.*)"$/gm),
  ]);
  return new Map(roles.map(([, name = '', prefix = '']) => [`aws_iam_role.${name}`, prefix]));
}

/** The resources and outputs of a module. `prefixes` maps the address of a role to the value that replaces its `name_prefix`. */
function pictureOf({ found, outputs, regionOf }: EvaluatedModule, prefixes: ReadonlyMap<string, string> = new Map()) {
  const resources = [...found].map(([address, own]) => {
    const prefix = prefixes.get(address);
    const named = 'name_prefix' in own && prefix !== undefined ? { ...own, name_prefix: prefix } : own;
    return [address, { ...named, provider: regionOf(own) }] as const;
  });
  return { resources: Object.fromEntries(resources), outputs: Object.fromEntries(outputs) };
}

/** Lists of environments for the stacks of random projects: several environments in one account, several in two accounts, and only one. */
const lists = fc.constantFrom(['eu', 'data'], ['data', 'eu'], ['eu', 'us', 'data'], ['eu']);

test('programs of random projects equal those for each environment alone', { timeout: 600_000 }, async () => {
  let compared = 0;
  let modules = 0;
  await fc.assert(
    fc.asyncProperty(anyProject, lists, lists, async (project, first, second) => {
      const { replicas: _, ...orders } = project.stacks.first.keys.orders as { readonly replicas?: unknown }; // for a single region
      const stacks = {
        first: {
          ...project.stacks.first,
          environment: first,
          keys: { ...project.stacks.first.keys, orders },
          tags: { ...project.stacks.first.tags, where: 'in ${region} of ${account}' },
        },
        second: { ...project.stacks.second, environment: second },
      };
      compared += await agree(compiled({ ...project, stacks }));
      modules += await modulesAgree(compiled({ ...project, stacks }, terraform));
    }),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 300), seed: 20261127, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(100);
  expect(modules).toBeGreaterThan(100);
});

const root = join(import.meta.dirname, '../../..');
let comparedOfFolders = 0;
let comparedModules = 0;

for (const folder of ['examples', 'packages/cli/cases']) {
  test(`programs of ${folder} equal those for each environment alone`, async () => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const compilation = compileProject(createDiskHost(join(root, folder, name)), { targets: cfn });
      comparedOfFolders += await agree(compilation);
      const others = compileProject(createDiskHost(join(root, folder, name)), { targets: terraform });
      comparedModules += await modulesAgree(others);
    }
    expect(comparedOfFolders).toBeGreaterThan(10);
    expect(comparedModules).toBeGreaterThan(10);
  });
}

function fleet(accounts: number): object {
  const regions = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];
  const environments = Array.from({ length: accounts }, (_, index) => String(100000000001 + index)).flatMap((account) =>
    regions.map((region) => [`a${account}-${region}`, { account, region }] as const),
  );
  const keys = Array.from({ length: 8 }, (_, index) => [
    `key${index}`,
    {
      description: `Key ${index} of \${account}`,
      rotation: true,
      aliases: [`lz/key${index}`],
      services: ['logs'],
      grants: [{ to: 'reader', can: 'decrypt' }],
      tags: { owner: 'platform' },
    },
  ]);
  return {
    keywright: 1,
    app: 'fleet',
    environments: Object.fromEntries(environments),
    principals: { reader: { role: 'arn:aws:iam::${account}:role/Reader' } },
    stacks: { core: { environment: environments.map(([name]) => name), keys: Object.fromEntries(keys) } },
  };
}

test('a further environment in Terraform changes no other file, and takes less than a kilobyte', async () => {
  const [few, more] = await Promise.all(
    [3, 4].map(async (accounts) => {
      const { program } = compiled(fleet(accounts), terraform);
      if (program === undefined) throw new Error('the fleet has an error');
      return filesOf(program, 'terraform');
    }),
  );
  for (const [path, content] of few ?? []) expect(more?.get(path), path).toBe(content);
  const sizes = new Map<string, number>();
  for (const [path, content] of more ?? []) {
    const folder = path.replace(/\/[^/]+$/, '');
    sizes.set(folder, (sizes.get(folder) ?? 0) + content.length);
  }
  expect(sizes.size).toBe(13);
  for (const [folder, size] of sizes) if (!folder.includes('/modules/')) expect(size).toBeLessThan(1024);
});

test('a further environment in CloudFormation changes no template, and takes less than a kilobyte', async () => {
  const [few, more] = await Promise.all(
    [3, 4].map(async (accounts) => {
      const { program } = compiled(fleet(accounts));
      if (program === undefined) throw new Error('the fleet has an error');
      return filesOf(program, 'cfn');
    }),
  );
  expect([...(few?.keys() ?? [])]).toEqual(['cfn/core.template.yaml', 'cfn/deployments.json']);
  expect(more?.get('cfn/core.template.yaml')).toBe(few?.get('cfn/core.template.yaml'));
  const lengths = [few, more].map((files) => files?.get('cfn/deployments.json')?.length ?? 0);
  expect(((lengths[1] ?? 0) - (lengths[0] ?? 0)) / 3).toBeLessThan(1000);
  const steps = [few, more].map((files) => JSON.parse(files?.get('cfn/deployments.json') ?? '').steps as object[]);
  expect(steps[1]).toEqual(expect.arrayContaining(steps[0] ?? []));
});

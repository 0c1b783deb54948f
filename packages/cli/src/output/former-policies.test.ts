import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Inventory } from '@keywright/core/changes/inventory';
import { formatInventory, parseInventory } from '@keywright/core/changes/inventory-file';
import { nextInventory } from '@keywright/core/changes/next-inventory';
import { planChanges } from '@keywright/core/changes/plan-changes';
import type { Program } from '@keywright/core/ir/program';
import { inventoryOf } from '@keywright/core/testing/inventory-of';
import { afterEach, expect, test } from 'vitest';
import { formatManifest } from '../disk/manifest.ts';
import { targets } from '../targets.ts';
import { compileFiles } from '../testing/projects.ts';
import { withFormerPolicies } from './former-policies.ts';
import { type BuildTarget, generate, optionsOf } from './generate.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const scope = { targets: new Set(targets.map(({ name }) => name)) };

const project = (policyName = '') => `keywright: 1
app: demo
environments:
  dev: { account: "111122223333", region: eu-west-1, values: { team: blue } }
  prod: { account: "444455556666", region: eu-west-1, values: { team: green } }
stacks:
  core:
    environment: [dev, prod]
    keys:
      orders:
        grants: [{ to: { role: "arn:aws:iam::\${account}:role/app-\${values.team}"${policyName} }, can: decrypt }]
`;

function compiled(text: string) {
  const compilation = compileFiles({ 'keywright.yaml': text });
  if (compilation.program === undefined) throw new Error('the project does not compile');
  return { ...compilation, program: compilation.program };
}

async function filesOf(program: Program, compilation: ReturnType<typeof compiled>) {
  const builds = await Promise.all(
    targets.map(async (target): Promise<BuildTarget> => {
      const input = { generator: 'Keywright', options: optionsOf(target, compilation, {}), templates: {} };
      return { target, emitter: await target.loadEmitter(), input };
    }),
  );
  return generate(program, builds, undefined, () => {}).files;
}

/** Writes the outputs and the inventory of a version that named policies after the role in a single environment. */
async function builtBefore(compilation: ReturnType<typeof compiled>) {
  const program: Program = {
    ...compilation.program,
    stacks: compilation.program.stacks.map((stack) => ({
      ...stack,
      resources: stack.resources.map((resource) => {
        if (resource.kind !== 'identityPolicy') return resource;
        const { resolvedName = resource.name, ...policy } = resource;
        return { ...policy, name: resolvedName, id: `identityPolicy/role/${resolvedName}` };
      }),
    })),
  };
  const out = mkdtempSync(join(tmpdir(), 'keywright-'));
  folders.push(out);
  const files = await filesOf(program, compilation);
  for (const { path, content } of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), content);
  }
  const entries = files.map(
    ({ path, target, stack }) => [path, { target, sha256: '', ...(stack !== undefined && { stack }) }] as const,
  );
  writeFileSync(join(out, 'keywright.manifest.json'), formatManifest(new Map(entries)));
  return { out, files, inventory: inventoryOf(program, targets) };
}

/** Returns the files of the next build, by path, and its inventory. */
async function build(out: string, inventory: Inventory, compilation: ReturnType<typeof compiled>, dropMoves = false) {
  const { program, changes } = compilation;
  const previous = await withFormerPolicies(out, inventory, program);
  const planned = planChanges({ previous, program, changes, targets, scope, dropMoves });
  expect(planned.diagnostics).toEqual([]);
  const files = await filesOf(planned.program, compilation);
  return {
    textOf: (folder: string) =>
      files.flatMap(({ path, content }) => (path.startsWith(folder) ? [content] : [])).join('\n'),
    inventory: nextInventory(planned, { targets, scope, states: changes.states }),
  };
}

const logicalIds = (text: string) => [...text.matchAll(/^ {2}(\w+Policy):$/gm)].map(([, id]) => id).sort();
const resources = (text: string) => [...text.matchAll(/aws_iam_role_policy" "(\w+)"/g)].map(([, name]) => name);

test.each([
  ['Keywright', ''],
  ['the project', ', policyName: Own'],
])('no tool replaces a policy whose name comes from %s', async (_, policyName) => {
  const compilation = compiled(project(policyName));
  const { out, files, inventory } = await builtBefore(compilation);
  const before = files.flatMap(({ path, content }) => (path.startsWith('cfn/') ? [content] : [])).join('\n');
  expect(logicalIds(before)).toEqual(['AppBluePolicy', 'AppGreenPolicy']);

  const first = await build(out, inventory, compilation);
  expect(logicalIds(first.textOf('cfn/'))).toEqual(logicalIds(before));
  expect(resources(first.textOf('terraform/'))).toEqual(['app_values_team']);
  for (const [stack, former] of [['core-dev', 'app_blue'] as const, ['core-prod', 'app_green'] as const]) {
    expect(first.textOf(`terraform/${stack}/`)).toContain(`moved {
  from = module.core.aws_iam_role_policy.${former}
  to   = module.core.aws_iam_role_policy.app_values_team
}`);
  }
  expect(first.textOf('pulumi/').match(/aliases: .*\]/g)).toEqual([
    'aliases: [{ name: "app-blue" }]',
    'aliases: [{ name: "app-green" }]',
  ]);

  // The former names are in the inventory, whatever the outputs contain now.
  const empty = mkdtempSync(join(tmpdir(), 'keywright-'));
  folders.push(empty);
  const read = parseInventory(formatInventory(first.inventory));
  expect(read).toEqual(first.inventory);
  const second = await build(empty, first.inventory, compilation);
  for (const folder of ['cfn/', 'terraform/', 'pulumi/']) expect(second.textOf(folder)).toBe(first.textOf(folder));

  const last = await build(empty, second.inventory, compilation, true);
  expect(logicalIds(last.textOf('cfn/'))).toEqual(logicalIds(before));
  expect(last.textOf('terraform/')).not.toContain('moved {');
  expect(last.textOf('pulumi/').match(/new aws\.iam\.RolePolicy\(.*/g)).toEqual([
    'new aws.iam.RolePolicy("app-values-team", {',
  ]);
});

test('a new policy is named in every tool after the role as the YAML writes it', async () => {
  const compilation = compiled(project());
  const without = compiled(project().replace(/grants: .*/, 'rotation: true'));
  const { out, inventory } = await builtBefore(without);
  const { textOf } = await build(out, inventory, compilation);
  expect(logicalIds(textOf('cfn/'))).toEqual(['AppValuesTeamPolicy']);
  expect(textOf('terraform/')).not.toContain('moved {');
  expect(textOf('pulumi/')).not.toContain('aliases:');
});

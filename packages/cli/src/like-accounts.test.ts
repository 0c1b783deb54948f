/** If accounts are like each other, compiling one deployment has the same result as compiling all deployments. */

import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { LikeStacks } from '@keywright/core/emit/stack-programs';
import type { ProjectHost } from '@keywright/core/project/host';
import type { Mapping } from '@keywright/core/syntax/is-mapping';
import { hasOwnName } from '@keywright/core/synthesise/like-aliases';
import { inventoryOf } from '@keywright/core/testing/inventory-of';
import fc from 'fast-check';
import { CORE_SCHEMA, dump, load, mergeTag } from 'js-yaml';
import { expect, test } from 'vitest';
import { type BuildTarget, generate, optionsOf } from './output/generate.ts';
import { problemsOf } from './project/problems.ts';
import { targets } from './targets.ts';
import { anyFleet } from './testing/any-fleet.ts';
import { anyProject } from './testing/any-project.ts';
import { hostOf, type ProjectFiles, projects } from './testing/projects.ts';

const emitters = await Promise.all(targets.map(async (target) => ({ target, emitter: await target.loadEmitter() })));

async function resultOf(compilation: Compilation) {
  const { program, diagnostics, review, lookups, changes, principals, context, targetOptions, likeStacks } =
    compilation;
  const result = { diagnostics, review, lookups, changes, principals, context, targetOptions };
  const problems = await problemsOf(compilation);
  if (program === undefined || hasErrors(problems)) return { ...result, problems, program: JSON.stringify(program) };
  const builds = emitters.map(({ target, emitter }): BuildTarget => {
    const input = { generator: 'Keywright', options: optionsOf(target, compilation, {}), templates: {} };
    return { target, emitter, input };
  });
  const generated = generate(program, builds, undefined, () => {}, likeStacks);
  const files = generated.files.map(({ shared: _, ...file }) => file);
  return { ...result, problems, program: JSON.stringify(program), files, inventory: inventoryOf(program, targets) };
}

/**
 * Compiles one of several deployments that are like each other, then all deployments, and compares the results. Returns the deployments
 * that were not compiled the first time.
 */
async function compareBoth(host: ProjectHost): Promise<LikeStacks> {
  const once = compileProject(host, { targets, isOnceForLike: true });
  const all = compileProject(host, { targets });
  expect(await resultOf(once)).toEqual(await resultOf(all));
  return once.likeStacks;
}

function compareText(text: string): Promise<LikeStacks> {
  return compareBoth(hostOf({ 'keywright.yaml': text }));
}

const numRuns = Number(process.env.KEYWRIGHT_RUNS ?? 200);

test('a random fleet compiles the same if like accounts are compiled once', { timeout: 900_000 }, async () => {
  let [projects, withOwnAliases, withReplicas] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(anyFleet, async (project) => {
      const likeStacks = await compareText(JSON.stringify(project));
      const resources = [...likeStacks.keys()].flatMap((stack) => stack.resources);
      if (likeStacks.size > 0) projects += 1;
      if (resources.some((one) => one.kind === 'alias' && hasOwnName(one))) withOwnAliases += 1;
      if (resources.some(({ kind }) => kind === 'replicaKey')) withReplicas += 1;
    }),
    { numRuns, seed: 20261128, endOnFailure: true },
  );
  expect(projects).toBeGreaterThan(numRuns / 8);
  expect(withOwnAliases).toBeGreaterThan(numRuns / 20);
  expect(withReplicas).toBeGreaterThan(numRuns / 50);
});

test('a random project compiles the same if like accounts are compiled once', { timeout: 900_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyProject, async (project) => {
      await compareText(JSON.stringify(threeTimes(project)));
    }),
    { numRuns: numRuns / 4, seed: 20261128, endOnFailure: true },
  );
});

/** Returns the project with each of its accounts three times. The stacks with environments are deployed in all of them. */
function threeTimes(project: unknown): unknown {
  if (!isMapping(project)) return project;
  const { environments, accounts, stacks, ...others } = project;
  const more = (section: unknown, idName: string) =>
    isMapping(section) && {
      ...section,
      ...Object.fromEntries(
        ['2', '3'].flatMap((copy) =>
          Object.entries(section).map(([name, value]) => [
            `${name}-${copy}`,
            isMapping(value) ? { ...value, [idName]: `${copy}${String(value[idName]).slice(0, -1)}` } : value,
          ]),
        ),
      ),
    };
  return {
    ...others,
    ...(environments !== undefined && { environments: more(environments, 'account') }),
    ...(accounts !== undefined && { accounts: more(accounts, 'id') }),
    ...(isMapping(stacks) && {
      stacks: Object.fromEntries(
        Object.entries(stacks).map(([name, stack]) => {
          if (!isMapping(stack) || stack.environment === undefined) return [name, stack];
          const named = [stack.environment].flat().map(String);
          const environment = ['', '-2', '-3'].flatMap((copy) =>
            named.map((one) => (one.includes('*') ? one : one + copy)),
          );
          return [name, { ...stack, environment: [...new Set(environment)] }];
        }),
      ),
    }),
  };
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The files of a project. The YAML files have each of their accounts three times. */
function filesThreeTimes(files: ProjectFiles): ProjectFiles {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      if (!/\.ya?ml$/.test(path)) return [path, text];
      try {
        return [path, dump(threeTimes(load(text, { schema: CORE_SCHEMA.withTags(mergeTag) })))];
      } catch {
        return [path, text]; // a case of a file that is not YAML
      }
    }),
  );
}

test('an account whose name is too long for a policy’s name is not treated like other accounts', async () => {
  const names = ['first', 'second', 'third', 'x'.repeat(60)];
  const accounts = names.map((name, index) => [name, { account: `11112222333${index}`, region: 'eu-west-1' }]);
  const orders = { grants: [{ to: { role: 'arn:aws:iam::${account}:role/Reader' }, can: 'decrypt' }] };
  const project = {
    keywright: 1,
    app: 'a'.repeat(40),
    environments: Object.fromEntries(accounts),
    stacks: { core: { environment: '*', keys: { orders } } },
  };
  expect((await compareText(JSON.stringify(project))).size).toBe(3);
});

let deployments = 0;

test.each([...projects])(
  '%s compiles the same if like accounts are compiled once',
  { timeout: 120_000 },
  async (_, files) => {
    await compareBoth(hostOf(files));
    deployments += (await compareBoth(hostOf(filesThreeTimes(files)))).size;
  },
);

test('many of the projects have accounts that are like each other', () => {
  expect(deployments).toBeGreaterThan(60);
});

/**
 * Lifting a program and compiling the result changes nothing: the same policies statement by statement, the same properties, the same
 * names. The comparison here is independent of the one by which the lift decides what to keep.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { ProjectHost } from '@keywright/core/project/host';
import { liftProgram } from '@keywright/migrate/lift/lift-program';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiskHost } from './project/disk-host.ts';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { compileBack } from './testing/compile-back.ts';
import { differencesOf } from './testing/read-back.ts';
import { someDeployments } from './testing/some-deployments.ts';

function hostOf(text: string): ProjectHost {
  return {
    readFile: (path) => (path === 'keywright.yaml' ? { kind: 'text', text } : { kind: 'missing' }),
    glob: () => [],
  };
}

function expectSame({ program, targetOptions }: Compilation): number {
  if (program === undefined) return 0;
  expect(differencesOf(compileBack(someDeployments(program, 2), targetOptions))).toEqual([]);
  return 1;
}

for (const folder of ['../cases', '../../../examples']) {
  const root = join(import.meta.dirname, folder);
  for (const name of readdirSync(root).sort()) {
    const compilation = compileProject(createDiskHost(join(root, name)), { targets });
    if (compilation.program === undefined || hasErrors(compilation.diagnostics)) continue;
    test(`${folder.replace(/^[./]*/, '')}: ${name.replaceAll('-', ' ')}`, () => {
      expect(expectSame(compilation)).toBe(1);
    });
  }
}

test('a lifted random project means the same', { timeout: 300_000 }, () => {
  let compared = 0;
  const numRuns = Number(process.env.KEYWRIGHT_RUNS ?? 150);
  fc.assert(
    fc.property(anyProject, (project) => {
      // JSON is YAML.
      const compilation = compileProject(hostOf(JSON.stringify(project)), { targets });
      if (hasErrors(compilation.diagnostics)) return;
      compared += expectSame(compilation);
    }),
    { numRuns, seed: 20261127, endOnFailure: true },
  );
  console.log({ compared });
  expect(compared).toBeGreaterThan(numRuns / 2);
});

test('a project beyond the limits of a target is written all the same', { timeout: 60_000 }, () => {
  const keys = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`k${index}`, {}]));
  const { program } = compileProject(hostOf(JSON.stringify({ keywright: 1, app: 'many', stacks: { s: { keys } } })), {
    targets,
  });
  const lifted = program && liftProgram(program, { targets });
  expect(lifted?.diagnostics.map(({ code }) => code)).toEqual(['KW8205']);
  expect(lifted?.program.stacks[0]?.resources.length).toBe(501);
  expect(lifted?.text).toContain('k500: {}');
});

test('equal stacks become one definition, unless Terraform has their resources at addresses', () => {
  const text = JSON.stringify({
    keywright: 1,
    app: 'shop',
    environments: {
      dev: { account: '111122223333', region: 'eu-west-1' },
      prod: { account: '444455556666', region: 'eu-west-1' },
    },
    stacks: Object.fromEntries(
      ['dev', 'prod'].map((environment) => [`core-${environment}`, { environment, keys: { orders: {} } }]),
    ),
  });
  const { program } = compileProject(hostOf(text), { targets });
  if (program === undefined) throw new Error('it is valid');
  expect(liftProgram(program, { targets }).text).toContain('environment: [dev, prod]');
  const stacks = program.stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.map((resource) => ({ ...resource, names: { terraform: 'orders' } })),
  }));
  expect(liftProgram({ ...program, stacks }, { targets }).text).toContain('environment: prod');
});

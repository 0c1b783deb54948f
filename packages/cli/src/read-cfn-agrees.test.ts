/**
 * The reader reads back unchanged what is generated for CloudFormation (law 1 of the readers). Tested with random projects, every example
 * and every case.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { hostOfText } from '@keywright/core/project/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiskHost } from './project/disk-host.ts';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { filesOf } from './testing/deploy.ts';
import { differencesOf } from './testing/read-back.ts';
import { readBackCfn } from './testing/read-back-cfn.ts';

const cfn = targets.filter(({ name }) => name === 'cfn');

/**
 * Reads back the outputs of a compilation and compares them with the program. Returns the number of resources and lists of outputs, or
 * `undefined` if nothing is generated.
 */
async function agrees({ program, diagnostics }: Compilation, format: 'yaml' | 'json'): Promise<number | undefined> {
  if (program === undefined || hasErrors(diagnostics)) return undefined;
  const files = await filesOf(program, 'cfn', { cfn: { format, templates: undefined } });
  const back = readBackCfn(program, files);
  expect(differencesOf(back)).toEqual([]);
  return Object.keys(back.expected).length;
}

test('the templates of random projects are read back unchanged', { timeout: 900_000 }, async () => {
  let compared = 0;
  const numRuns = Number(process.env.KEYWRIGHT_RUNS ?? 150);
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(anyProject, fc.constantFrom('yaml' as const, 'json' as const), async (project, format) => {
      const { second, ...others } = project.stacks;
      // CloudFormation takes a value of another tool from an SSM parameter, so the template does not contain it.
      const { targets: _, ...rest } = second;
      const text = JSON.stringify({ ...project, stacks: { ...others, second: rest } });
      const count = await agrees(compileProject(hostOfText(text), { targets: cfn }), format);
      if (count === undefined) refused += 1;
      else compared += count;
    }),
    { numRuns, seed: 20261127, endOnFailure: true },
  );
  console.log({ compared, refused });
  expect(compared).toBeGreaterThan(3 * numRuns);
});

const root = join(import.meta.dirname, '../../..');
let comparedOfFolders = 0;

for (const folder of ['examples', 'packages/cli/cases']) {
  for (const name of readdirSync(join(root, folder)).sort()) {
    test(`the template of ${folder}/${name} is read back unchanged`, async () => {
      const compilation = compileProject(createDiskHost(join(root, folder, name)), { targets: cfn });
      comparedOfFolders += (await agrees(compilation, 'yaml')) ?? 0;
    });
  }
}

test('all examples and cases have been compared', () => {
  expect(comparedOfFolders).toBeGreaterThan(500);
});

/**
 * The reader reads back unchanged what a Pulumi program deploys. Programs run under Pulumi's mocks, the resulting state is written as an
 * export, and the reader of exports turns that into the same program.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program, Stack } from '@keywright/core/ir/program';
import { hostOfText } from '@keywright/core/project/host';
import { comparable } from '@keywright/core/testing/comparable';
import { runProgram } from '@keywright/emit-pulumi/run-program.test-support';
import { readPulumi } from '@keywright/read-pulumi';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { filesOf } from './testing/deploy.ts';
import { runPulumi } from './testing/deploy-pulumi.ts';
import type { Shared } from './testing/deployed.ts';
import { compileFiles, projects } from './testing/projects.ts';
import { providerAdditions, pulumiExport } from './testing/pulumi-export.ts';
import { differencesOf } from './testing/read-back.ts';
import { readBackPulumi, unsaid } from './testing/read-back-pulumi.ts';

/** Deploys the Pulumi stacks of a program, reads them back and compares them with the program. Returns the number of resources. */
async function roundTrip(program: Program): Promise<number> {
  const back = await readBackPulumi(program, await filesOf(program, 'pulumi'));
  expect(differencesOf(back)).toEqual([]);
  return Object.keys(back.expected).length;
}

describe('the export of a project is read back', () => {
  test.each([...projects])('%s', async (_, files) => {
    const { program, diagnostics } = compileFiles(files);
    if (program === undefined || hasErrors(diagnostics)) return;
    await roundTrip(program);
  });
});

const fixtures = join(import.meta.dirname, '../../read-pulumi/fixtures');

/** Expects a fixture of the reader to equal an export. `UPDATE=1` rewrites the fixture; review the difference. */
function expectCommitted(name: string, text: string): void {
  const path = join(fixtures, name);
  if (process.env.UPDATE === '1') writeFileSync(path, text);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
}

test('the committed export is the one that the quickstart’s program leaves', async () => {
  const { program } = compileFiles(projects.get('examples/quickstart') ?? {});
  if (program === undefined) throw new Error('the quickstart does not compile');
  const [stack] = program.stacks;
  if (stack === undefined) throw new Error('the quickstart has no stack');
  const shared: Shared = { values: new Map(), parameters: new Map() };
  const run = await runPulumi(stack, await filesOf(program, 'pulumi'), shared);
  expectCommitted('quickstart.json', pulumiExport(run, providerAdditions(stack)));
});

test('the export of a loop over accounts and regions is read as the project that a person wrote for it', async () => {
  const program = readFileSync(join(fixtures, 'accounts/index.ts'), 'utf8');
  expect(readPulumi({ path: 'index.ts', text: program }).diagnostics).toMatchObject([{ code: 'KW8090' }]);
  const run = await runProgram(program, { project: 'everywhere' });
  const text = pulumiExport(run, {
    project: 'everywhere',
    parameters: '',
    attributeOf({ name, options }, attribute) {
      const { region, allowedAccountIds } =
        run.resources.get(`pulumi:providers:aws::${options.provider}`)?.inputs ?? {};
      const [account] = JSON.parse(String(allowedAccountIds));
      return attribute === 'arn' ? `arn:aws:kms:${region}:${account}:key/id-of-${name}` : `id-of-${name}`;
    },
  });
  expectCommitted('accounts.json', text);
  const reading = readPulumi({ path: 'accounts.json', text });
  expect(reading.diagnostics).toMatchObject([{ code: 'KW8104' }]);
  const byHand = compileFiles({ 'keywright.yaml': readFileSync(join(fixtures, 'accounts/keywright.yaml'), 'utf8') });
  // The project cannot express the owner in the descriptions, the project retains keys, and KMS's default policy has other sids than the
  // project's.
  const withoutNames = ({ resources }: Stack) =>
    resources.map((resource) => {
      if (resource.kind !== 'key') throw new Error(`there is a ${resource.kind}`);
      const { policy, description: _, ...key } = resource;
      return { ...key, policy: { statements: policy.statements.map(({ sid: _, ...rest }) => rest) } };
    });
  const byPlace = (stacks: readonly Stack[]) =>
    Object.fromEntries(
      stacks.map((stack) => [
        `${stack.environment.account} ${stack.environment.region}`,
        comparable({ ...stack, resources: withoutNames(stack) }, ({ kind }) => kind, [...unsaid, 'removal']),
      ]),
    );
  expect(Object.keys(byPlace(reading.program.stacks))).toHaveLength(4);
  expect(byPlace(reading.program.stacks)).toEqual(byPlace(byHand.program?.stacks ?? []));
});

const runs = Number(process.env.KEYWRIGHT_RUNS ?? 150);

test('the exports of random projects are read back unchanged', { timeout: 2_000 * runs }, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyProject, async (project) => {
      const { program, diagnostics } = compileProject(hostOfText(JSON.stringify(project)), { targets });
      if (program !== undefined && !hasErrors(diagnostics)) compared += await roundTrip(program);
    }),
    { numRuns: runs, seed: 20261127, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(3 * runs);
});

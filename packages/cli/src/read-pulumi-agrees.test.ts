/**
 * What a Pulumi program deploys is read back as it was: programs run under Pulumi's mocks, the state that they leave is
 * written as an export, and the reader of exports makes the same program of it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { concatAll, type Expression, literal, type Reference } from '@keywright/core/ir/expression';
import type { Condition, PolicyPrincipal } from '@keywright/core/ir/policy';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import type { ProjectHost } from '@keywright/core/project/host';
import { comparable } from '@keywright/core/testing/comparable';
import { exportOutputName, namesOf, projectName } from '@keywright/emit-pulumi/names';
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
import { addedInWorld, pulumiExport } from './testing/pulumi-export.ts';
import { world } from './testing/world.ts';

/** What a stack is once it is deployed: what only the deployment knew is text, and so is what comes from other stacks. */
function asDeployed(stack: Stack, shared: Shared): Stack {
  const arns = new Map(
    stack.resources.flatMap((resource) =>
      ['key', 'replicaKey', 'role', 'user', 'group'].includes(resource.kind)
        ? [[world.attribute(resource, 'arn', stack), resource.id] as const]
        : [],
    ),
  );
  const deployed = (part: Expression): Expression => {
    switch (part.kind) {
      case 'pseudo':
        return literal(world.pseudo(part.name, stack));
      case 'crossStack':
        return literal(crossStackValue(part.stack, part.export, stack, shared));
      case 'concat': {
        // The compiler writes the ARN of a replica with the id of its primary.
        const whole = part.parts.map((one) => (one.kind === 'reference' ? literal(textOf(one)) : deployed(one)));
        const id = arns.get(whole.map((one) => (one.kind === 'literal' ? one.text : '')).join(''));
        if (id !== undefined) return { kind: 'reference', resource: id, attribute: 'arn' };
        return concatAll(part.parts.map(deployed));
      }
      default:
        return part;
    }
  };
  const textOf = ({ resource: id, attribute }: Reference) => {
    const resource = stack.resources.find((one) => one.id === id);
    return resource === undefined ? '' : world.attribute(resource, attribute, stack);
  };
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    if ('kind' in value && ['pseudo', 'crossStack', 'concat'].includes(String(value.kind))) {
      return deployed(value as Expression); // only expressions are of these kinds
    }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, ordered(name, visit(inner))]));
  };
  return visit(stack) as Stack; // with expressions in the place of expressions
}

/** A policy document lists principals by what they are, and conditions by their operator. */
function ordered(name: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (name === 'conditions') {
    const operators = new Set(value.map(({ operator }: Condition) => operator));
    return [...operators].flatMap((operator) =>
      value.filter((condition: Condition) => condition.operator === operator),
    );
  }
  if (name !== 'principals' && name !== 'notPrincipals') return value;
  const groups = ['aws', 'service', 'federated'];
  const groupOf = ({ kind }: PolicyPrincipal) => groups.indexOf(kind === 'anyone' ? 'aws' : kind);
  return value.toSorted((one: PolicyPrincipal, other: PolicyPrincipal) => groupOf(one) - groupOf(other));
}

function crossStackValue(name: string, exportId: string, stack: Stack, shared: Shared): string {
  const outputs = shared.values.get(`acme/${projectName(stack.app, name)}/dev`);
  const value = (outputs as Readonly<Record<string, unknown>> | undefined)?.[exportOutputName(exportId)];
  const imported = stack.imports.find((entry) => entry.stack === name && entry.export === exportId);
  return String(value ?? shared.parameters.get(imported?.parameterName ?? '') ?? '');
}

/** What a state does not say: names of the YAML, and whether a year was written or meant. */
function normalised(stack: Stack): Stack {
  const resources = stack.resources.map((resource): Resource => {
    if (resource.kind !== 'key') return resource;
    const { enabled, periodDays } = resource.rotation;
    return {
      ...resource,
      rotation: { enabled, ...(periodDays !== 365 && periodDays !== undefined && { periodDays }) },
    };
  });
  return { ...stack, resources };
}

const unsaid = ['name', 'keyName', 'environmentName'];

function shown(stack: Stack) {
  const names = namesOf(stack);
  return comparable(normalised(stack), (resource) => `${names.of(resource).type}::${names.of(resource).name}`, unsaid);
}

/** Deploys the Pulumi stacks of a program and reads them back. Gives how many there were. */
async function roundTrip(program: Program): Promise<number> {
  const files = await filesOf(program, 'pulumi');
  const shared: Shared = { values: new Map(), parameters: new Map() };
  let compared = 0;
  for (const stack of program.stacks) {
    if (!stack.targets.includes('pulumi')) continue;
    const text = pulumiExport(await runPulumi(stack, files, shared), addedInWorld(stack));
    const reading = readPulumi({ path: `${stack.name}.json`, text });
    expect(reading.diagnostics.filter(({ code }) => code !== 'KW8099')).toEqual([]);
    expect(reading.leftOut).toEqual([]);
    expect(reading.program.stacks.length).toBe(stack.resources.length === 0 ? 0 : 1);
    const [read] = reading.program.stacks;
    if (read !== undefined) expect(shown(read)).toEqual(shown(asDeployed(stack, shared)));
    compared += 1;
  }
  return compared;
}

describe('the export of a project is read back', () => {
  test.each([...projects])('%s', async (_, files) => {
    const { program, diagnostics } = compileFiles(files);
    if (program === undefined || hasErrors(diagnostics)) return;
    await roundTrip(program);
  });
});

const fixtures = join(import.meta.dirname, '../../read-pulumi/fixtures');

/** Expects a fixture of the reader to be this export. `UPDATE=1` rewrites it, and the difference is reviewed. */
function expectCommitted(name: string, text: string): void {
  const path = join(fixtures, name);
  if (process.env.UPDATE === '1') writeFileSync(path, text);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
}

test('the committed export is what the program of the quickstart leaves', async () => {
  const { program } = compileFiles(projects.get('examples/quickstart') ?? {});
  if (program === undefined) throw new Error('the quickstart does not compile');
  const [stack] = program.stacks;
  if (stack === undefined) throw new Error('the quickstart has no stack');
  const shared: Shared = { values: new Map(), parameters: new Map() };
  const run = await runPulumi(stack, await filesOf(program, 'pulumi'), shared);
  expectCommitted('quickstart.json', pulumiExport(run, addedInWorld(stack)));
});

test('a program with a loop over accounts and regions is read, by its export, as what was written by hand for it', async () => {
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
  expect(reading.diagnostics).toEqual([]);
  const byHand = compileFiles({ 'keywright.yaml': readFileSync(join(fixtures, 'accounts/keywright.yaml'), 'utf8') });
  // The YAML has no word for the owner in the descriptions, retains keys, and does not give the default policy the names of KMS.
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

test('the export of any project is read back', { timeout: 2_000 * runs }, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyProject, async (project) => {
      const text = JSON.stringify(project);
      const host: ProjectHost = {
        readFile: (path) => (path === 'keywright.yaml' ? { kind: 'text', text } : { kind: 'missing' }),
        glob: () => [],
      };
      const { program, diagnostics } = compileProject(host, { targets });
      if (program !== undefined && !hasErrors(diagnostics)) compared += await roundTrip(program);
    }),
    { numRuns: runs, seed: 20261127, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(runs);
});

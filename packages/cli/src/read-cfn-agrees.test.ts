/** Whatever is generated for CloudFormation and read again is what it was (law 1): random projects, every example and every case. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { resourceIn } from '@keywright/core/emit/references';
import { literal } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import type { ProjectHost } from '@keywright/core/project/host';
import type { Reading } from '@keywright/core/reading/reader';
import { placeOf } from '@keywright/core/resolve/place';
import { comparable } from '@keywright/core/testing/comparable';
import { environmentOf, logicalIdOf, templateName } from '@keywright/emit-cfn/names';
import { type ParameterValues, readTemplates, type TemplateFile } from '@keywright/read-cfn';
import { rewrite } from '@keywright/read-cfn/rewrite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiskHost } from './project/disk-host.ts';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { filesOf } from './testing/deploy.ts';

const cfn = targets.filter(({ name }) => name === 'cfn');

interface Step {
  readonly template: string;
  readonly stack: string;
  readonly parameters: ParameterValues;
}

/** The templates of a program as whoever deploys them would give them. */
async function templatesOf(program: Program, format: 'yaml' | 'json'): Promise<readonly TemplateFile[]> {
  const files = await filesOf(program, 'cfn', { cfn: { format, templates: undefined } });
  const order = JSON.parse(files.get('cfn/deploy-order.json') ?? '{ "steps": [] }') as {
    readonly steps: readonly Step[];
  };
  return order.steps.map(({ template, stack, parameters }) => {
    const environment = program.stacks
      .flatMap((one) =>
        [undefined, ...one.replicaEnvironments].map((replica) => ({
          name: templateName(one, replica),
          place: replica ?? one.environment,
        })),
      )
      .find(({ name }) => template === `${name}.template.${format}`)?.place;
    const { account, region } = environment ?? {};
    return {
      path: `cfn/${template}`,
      text: files.get(`cfn/${template}`) ?? '',
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      stackName: stack,
      parameters,
    };
  });
}

/** What a template does not say: names in the YAML. */
const unsaid = ['name', 'keyName', 'environmentName'];

/** The resources of stacks by the name of their template, values of other stacks by what they lead to there. */
function meaningOf(stacks: readonly Stack[], labelOf: (stack: Stack) => string) {
  const nameOf = (resource: Resource) => `${resource.region ?? ''} ${logicalIdOf(resource)}`;
  const exported = new Map(
    stacks.flatMap((stack) =>
      stack.exports.map(({ id, value }) => {
        const resource =
          value.kind === 'reference' ? stack.resources.find((one) => one.id === value.resource) : undefined;
        const name =
          resource === undefined
            ? JSON.stringify(value)
            : `${nameOf(resource)} ${'attribute' in value ? value.attribute : ''}`;
        return [`${stack.name}/${id}`, `${labelOf(stack)}: ${name}`] as const;
      }),
    ),
  );
  const withoutStacks = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withoutStacks);
    if (typeof value !== 'object' || value === null) return value;
    const { kind, stack, export: id } = value as Readonly<Record<string, unknown>>;
    if (kind === 'crossStack') return exported.get(`${stack}/${id}`) ?? `${stack}/${id} is not exported`;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutStacks(inner)]));
  };
  return Object.fromEntries(
    stacks.map((stack) => [
      labelOf(stack),
      {
        resources: withoutStacks(comparable(placed(stack), nameOf, unsaid)),
        outputs: placed(stack).outputs.map(({ value }) =>
          withoutStacks(
            rewrite(value, (atom) =>
              atom.kind === 'reference'
                ? literal(`<${nameOf(resourceIn(stack, atom.resource))}.${atom.attribute}>`)
                : atom,
            ),
          ),
        ),
      },
    ]),
  );
}

/** A stack that says nothing of its own place by `AWS::AccountId` and the like where the place is known. */
function placed(stack: Stack): Stack {
  return {
    ...stack,
    outputs: rewrite(stack.outputs, (atom) => (atom.kind === 'pseudo' ? placeOf(stack.environment)[atom.name] : atom)),
    resources: stack.resources.map((resource) => {
      const place = placeOf(environmentOf(resource, stack) ?? stack.environment);
      return rewrite(resource, (atom) => (atom.kind === 'pseudo' ? place[atom.name] : atom));
    }),
  };
}

/** Principals that no key, alias or policy refers to stay with their owner, who is not asked. */
function withoutUnneeded(stacks: readonly Stack[]): readonly Stack[] {
  const isPrincipal = ({ kind }: Resource) => kind === 'role' || kind === 'user' || kind === 'group';
  const needed = new Set<Resource>();
  const visit = (piece: unknown, stack: Stack): void => {
    if (typeof piece !== 'object' || piece === null) return;
    const { kind, resource: id, stack: other, export: exportId } = piece as Readonly<Record<string, unknown>>;
    if (kind === 'crossStack') {
      const producer = stacks.find(({ name }) => name === other);
      if (producer !== undefined) visit(producer.exports.find((one) => one.id === exportId)?.value, producer);
    }
    const found = kind === 'reference' ? stack.resources.find((one) => one.id === id) : undefined;
    if (found !== undefined && !needed.has(found)) {
      needed.add(found);
      if (isPrincipal(found)) visit(found, stack);
    }
    for (const inner of Object.values(piece)) visit(inner, stack);
  };
  for (const stack of stacks) for (const one of stack.resources) if (!isPrincipal(one)) visit(one, stack);
  return stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.filter((one) => !isPrincipal(one) || needed.has(one)),
  }));
}

async function readBack(program: Program, format: 'yaml' | 'json'): Promise<Reading> {
  return readTemplates(await templatesOf(program, format));
}

/** Reads what a compilation generates and compares; the number of stacks, or undefined where nothing is generated. */
async function agrees({ program, diagnostics }: Compilation, format: 'yaml' | 'json'): Promise<number | undefined> {
  if (program === undefined || hasErrors(diagnostics)) return undefined;
  const stacks = program.stacks.filter((stack) => stack.targets.includes('cfn'));
  const reading = await readBack(program, format);
  expect(reading.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  const labels = new Map(stacks.map((stack) => [`cfn/${templateName(stack)}.template.${format}`, stack.name]));
  const read = meaningOf(reading.program.stacks, ({ span }) => labels.get(span.file) ?? span.file);
  const expected = meaningOf(withoutUnneeded(stacks), ({ name }) => name);
  // After the outputs that somebody asked for come those by which a template gives those of its replicas what they need.
  const asked = Object.entries(read).map(([name, { resources, outputs }]) => [
    name,
    { resources, outputs: outputs.slice(0, expected[name]?.outputs.length) },
  ]);
  expect(Object.fromEntries(asked)).toEqual(expected);
  return stacks.length;
}

test('any project', { timeout: 900_000 }, async () => {
  let compared = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(anyProject, fc.constantFrom('yaml' as const, 'json' as const), async (project, format) => {
      const { second, ...others } = project.stacks;
      // A value of another tool comes by an SSM parameter, whose value a template does not say.
      const { targets: _, ...rest } = second;
      const text = JSON.stringify({ ...project, stacks: { ...others, second: rest } });
      const host: ProjectHost = {
        readFile: (path) => (path === 'keywright.yaml' ? { kind: 'text', text } : { kind: 'missing' }),
        glob: () => [],
      };
      const stacks = await agrees(compileProject(host, { targets: cfn }), format);
      if (stacks === undefined) refused += 1;
      else compared += stacks;
    }),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 150), seed: 20261127, endOnFailure: true },
  );
  console.log({ compared, refused });
  expect(compared).toBeGreaterThan(100);
});

const root = join(import.meta.dirname, '../../..');
let comparedOfFolders = 0;

for (const folder of ['examples', 'packages/cli/cases']) {
  for (const name of readdirSync(join(root, folder)).sort()) {
    test(`${folder}/${name}`, async () => {
      const compilation = compileProject(createDiskHost(join(root, folder, name)), { targets: cfn });
      comparedOfFolders += (await agrees(compilation, 'yaml')) ?? 0;
    });
  }
}

test('examples and cases have been compared', () => {
  expect(comparedOfFolders).toBeGreaterThan(100);
});

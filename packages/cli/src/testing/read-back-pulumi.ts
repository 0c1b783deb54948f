/** Reads back what `pulumi stack export` would print after running the generated code, for a comparison with the program. */
import { concatAll, type Expression, literal, type Reference } from '@keywright/core/ir/expression';
import type { Condition, PolicyPrincipal } from '@keywright/core/ir/policy';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { exportOutputName, namesOf, projectOf, pulumiStackOf } from '@keywright/emit-pulumi/names';
import { readPulumi } from '@keywright/read-pulumi';
// Imported by path: the oracles run built code, which contains no test support.
import { comparable } from '../../../core/src/testing/comparable.ts';
import { deploymentOf, runPulumi } from './deploy-pulumi.ts';
import type { Shared } from './deployed.ts';
import { providerAdditions, pulumiExport } from './pulumi-export.ts';
import { ofStack, type ReadBack, together } from './read-back.ts';
import { world } from './world.ts';

/** Reads back `files`, the generated files by path below the output folder. */
export async function readBackPulumi(program: Program, files: ReadonlyMap<string, string>): Promise<ReadBack> {
  const shared: Shared = { values: new Map(), parameters: new Map() };
  const all: ReadBack[] = [];
  for (const stack of program.stacks) {
    if (!stack.targets.includes('pulumi')) continue;
    const run = await runPulumi(stack, files, shared);
    const { config } = deploymentOf(stack, files);
    const text = pulumiExport(run, { ...providerAdditions(stack), config });
    const { program: read, diagnostics, leftOut } = readPulumi({ path: `${stack.name}.json`, text });
    const found = read.stacks[0] ?? { ...stack, resources: [] };
    all.push({
      problems: [
        // A stack that contains nothing to deploy is no problem.
        ...diagnostics.filter(({ code }) => code !== 'KW8099').map(({ code, message }) => `${code} ${message}`),
        ...leftOut.map(({ address }) => `${stack.name}: ${address} is left out`),
        ...(read.stacks.length > 1 ? [`${stack.name} is read as ${read.stacks.length} stacks`] : []),
      ],
      read: ofStack(stack.name, shown(found)),
      expected: ofStack(stack.name, shown(asDeployed(stack, shared))),
    });
  }
  return together(all);
}

/** Returns a stack as it is after its deployment, with text for all values of the deployment and of other stacks. */
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
        // The compiler writes the ARN of a replica with the id of the primary.
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
      return deployed(value as Expression); // only expressions have these kinds
    }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, ordered(name, visit(inner))]));
  };
  return visit(stack) as Stack; // only expressions are replaced, by expressions
}

/** Sorts principals and conditions, because policy documents group principals by kind, and conditions by operator. */
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
  const imported = stack.imports.find((entry) => entry.stack === name && entry.export === exportId);
  if (imported === undefined) throw new Error(`${stack.name} does not import ${name}/${exportId}`);
  const project = projectOf({ ...imported, name, app: stack.app });
  const outputs = shared.values.get(`acme/${project}/${pulumiStackOf(imported) ?? 'dev'}`);
  const value = (outputs as Readonly<Record<string, unknown>> | undefined)?.[exportOutputName(exportId)];
  return String(value ?? shared.parameters.get(imported.parameterName ?? '') ?? '');
}

/** In a state, an explicit period of a year looks like the default. */
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

/** Names in the YAML, which a state does not contain. */
export const unsaid = ['name', 'keyName', 'environmentName', 'byRegion'];

function shown(stack: Stack) {
  const names = namesOf(stack);
  return comparable(normalised(stack), (resource) => `${names.of(resource).type}::${names.of(resource).name}`, unsaid);
}

import { boundedName } from '@keywright/core/ir/bounded-name';
import { expressionKey } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { modulesFolder, providerAlias } from '@keywright/emit-terraform/names';
import { providerNeedsOf } from '@keywright/emit-terraform/provider-needs';
import { meaningOf } from '../../kit/accounts/meaning.ts';
import { placeIn } from '../../kit/accounts/places.ts';
import { seedOf } from '../../kit/accounts/seed.ts';
import { moduleOf } from '../../kit/terraform/modules.ts';
import type { Root } from '../../kit/terraform/root.ts';
import type { Subject } from '../../subject.ts';
import type { Step } from './deploy.ts';
import type { ProviderCase } from './faults.ts';

/** A stack that shares nothing with other stacks of its project. */
interface Unit {
  readonly subject: string;
  readonly program: Program;
  readonly stack: Stack;
  readonly files: ReadonlyMap<string, string>;
}

interface Draft {
  readonly place: string;
  /** The names in use, each with the stack or the ARN that uses it. */
  readonly claimed: Map<string, string>;
  readonly units: Unit[];
}

type Major = 5 | 6;

/** Returns the part of a program that a version of the provider can create. The stacks stay in order. */
export function stepOf(whole: Program, provider: Major): Step | undefined {
  const program = withoutWhatIsLacking(whole, provider);
  if (program.stacks.some((stack) => grantsAbroad(stack, program))) return undefined;
  const roots: Root[] = [];
  for (const stack of program.stacks) {
    const files = stack.targets.includes('terraform') ? moduleOf(stack, stack.name, { provider }) : undefined;
    if (files === undefined) return undefined;
    roots.push({ folder: `terraform/${stack.name}`, place: placeIn(program, stack), files: byName(files) });
  }
  return roots.length === 0 ? undefined : { program, roots };
}

/** Whether a stack creates a KMS grant on a key of another account. moto does not find such a key. */
function grantsAbroad(stack: Stack, program: Program): boolean {
  const { account } = placeIn(program, stack);
  return stack.resources.some(
    (resource) =>
      resource.kind === 'kmsGrant' && resource.key.kind === 'literal' && resource.key.text.split(':')[4] !== account,
  );
}

/** Whether the stacks of a project can be applied together with stacks of other projects. */
export function standsAlone({ program }: Subject): boolean {
  return program.stacks.every(({ imports }) => imports.length === 0);
}

/** Removes from a program the keys that this major version of the provider cannot create, and everything that refers to these keys. */
function withoutWhatIsLacking(program: Program, provider: Major): Program {
  const lacking = program.stacks.flatMap(({ name, resources }) =>
    resources
      .filter((resource) => providerNeedsOf(resource).some(({ since }) => since[provider] === undefined))
      .map(({ id }) => ({ stack: name, id })),
  );
  if (lacking.length === 0) return program;
  const stacks = program.stacks.map((stack): Stack => {
    const own = lacking.filter(({ stack: name }) => name === stack.name).map(({ id }) => id);
    const isThere = (thing: unknown) => !own.some((id) => JSON.stringify(thing).includes(`"resource":"${id}"`));
    return {
      ...stack,
      resources: stack.resources.filter((resource) => !own.includes(resource.id) && isThere(resource)),
      outputs: stack.outputs.filter(isThere),
      exports: stack.exports.filter(isThere),
    };
  });
  return { ...program, stacks };
}

/** Groups the stacks of projects by place. No two stacks in a group have a name in common. */
export function groupsOf(subjects: readonly Subject[], provider: Major): readonly ProviderCase[] {
  const groups: Draft[] = [];
  for (const [index, { name, program: original }] of subjects.entries()) {
    const program = withNamesOfItsOwn(original, `p${index}`);
    const step = stepOf(program, provider);
    for (const [number, stack] of (step?.program.stacks ?? []).entries()) {
      const place = JSON.stringify(placeIn(program, stack));
      const claims = claimsOf(name, stack, program);
      const free = groups.find(
        (group) =>
          group.place === place && claims.every(([what, owner]) => (group.claimed.get(what) ?? owner) === owner),
      );
      const group: Draft = free ?? { place, claimed: new Map(), units: [] };
      if (free === undefined) groups.push(group);
      for (const [what, owner] of claims) group.claimed.set(what, owner);
      group.units.push({ subject: name, program, stack, files: step?.roots[number]?.files ?? new Map() });
    }
  }
  return groups.map(({ units }, index) => ({
    name: `together/${index + 1}`,
    subjects: [...new Set(units.map(({ subject }) => subject))],
    steps: [togetherOf(units)],
  }));
}

/**
 * Renames the aliases and the app of a program; the app is part of the names of roles, users, groups and inline policies. Otherwise, many
 * cases could not share a root module, because they have an `alias/orders` and an app `demo`.
 */
function withNamesOfItsOwn(program: Program, prefix: string): Program {
  const renamed = JSON.stringify(program)
    .replaceAll(/\balias\/(?!aws\/)/g, `alias/${prefix}-`)
    .replaceAll(`"keywright-${program.app}-`, `"keywright-${prefix}-${program.app}-`);
  const { stacks, ...rest } = JSON.parse(renamed) as Program;
  const app = `${prefix}-${program.app}`;
  return { ...rest, app, stacks: stacks.map((stack) => ({ ...stack, app })) };
}

/** Returns the names that a stack takes for itself, and the names of principals that have to exist, which other stacks may name too. */
function claimsOf(
  subject: string,
  stack: Stack,
  program: Program,
): readonly (readonly [what: string, owner: string])[] {
  const { account } = placeIn(program, stack);
  const only = { app: program.app, stacks: [stack] };
  const { principals } = seedOf(only, meaningOf(only));
  return [
    ...stack.resources.flatMap((each) =>
      nameOf(each, stack, account).map((name) => [name, `${subject} ${stack.name}`] as const),
    ),
    ...principals.map(
      ({ kind, arn }) => [`${arn.split(':')[4]} ${kind} ${arn.slice(arn.lastIndexOf('/') + 1)}`, arn] as const,
    ),
  ];
}

/** Returns the names that a resource takes in its account. Two stacks that take the same name cannot be in one group. */
function nameOf(resource: Resource, stack: Stack, account: string): readonly string[] {
  switch (resource.kind) {
    case 'alias':
      return [`${resource.region ?? stack.environment.region} ${resource.aliasName}`];
    case 'role':
      return resource.physicalName === undefined ? [] : [`${account} role ${resource.physicalName}`];
    case 'user':
    case 'group': {
      const name = resource.physicalName ?? boundedName(`${stack.app}-${stack.name}-${resource.name}`, 64);
      return [`${account} ${resource.kind} ${name}`];
    }
    case 'identityPolicy':
      return resource.attachTo.name.kind === 'literal'
        ? [`${resource.attachTo.name.text} ${expressionKey(resource.policyName)}`]
        : [];
    case 'sharedParameter':
      return [resource.parameterName];
    default:
      return [];
  }
}

/** Returns one root module that calls the modules of all stacks and passes providers to them. */
function togetherOf(units: readonly Unit[]): Step {
  const [first] = units;
  if (first === undefined) throw new Error('a group has a stack');
  const place = placeIn(first.program, first.stack);
  if (units.length === 1) {
    const { stack, files } = first;
    const root = { folder: `terraform/${stack.name}`, place, files };
    return { program: { app: stack.app, stacks: [stack] }, roots: [root] };
  }
  const regions = new Set<string>();
  const files = new Map<string, string>();
  const modules: string[] = [];
  const stacks: Stack[] = [];
  for (const [index, { stack, files: own }] of units.entries()) {
    const name = `s${index}`;
    const { replicaEnvironments, formerRegions = [] } = stack;
    const others = [...new Set([...replicaEnvironments.flatMap(({ region }) => region ?? []), ...formerRegions])];
    for (const region of others) regions.add(region);
    const aliases = others.map((region) => `aws.${providerAlias(region)}`);
    const given = ['    aws = aws', ...aliases.map((alias) => `    ${alias} = ${alias}`)].join('\n');
    modules.push(`module "${name}" {\n  source = "./${name}"\n  providers = {\n${given}\n  }\n}\n`);
    for (const [file, content] of own)
      if (/^(module\/.*|main\.tf|outputs\.tf)$/.test(file)) files.set(`${name}/${file}`, content);
    files.set(`${name}/versions.tf`, requires(`, configuration_aliases = [${aliases.join(', ')}]`));
    stacks.push({ ...stack, name: `${name}-${stack.name}` });
  }
  const providers = [...regions].filter((region) => region !== place.region);
  files.set('versions.tf', requires(''));
  files.set('main.tf', modules.join(''));
  files.set(
    'providers.tf',
    [
      `provider "aws" {\n  region = "${place.region}"\n}\n`,
      ...providers.map(
        (region) => `provider "aws" {\n  alias = "${providerAlias(region)}"\n  region = "${region}"\n}\n`,
      ),
    ].join(''),
  );
  return { program: { app: 'together', stacks }, roots: [{ folder: 'terraform/together', place, files }] };
}

function requires(more: string): string {
  return `terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws"${more} }\n  }\n}\n`;
}

/** Returns the files of a root module, by name. The module that it calls is in a folder inside it. */
function byName(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...files].map(([path, content]) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return path.startsWith(`terraform/${modulesFolder}/`)
        ? [`module/${name}`, content]
        : [name, content.replace(/^( +source += )"\.\.\/modules\/[^"]+"$/m, '$1"./module"')];
    }),
  );
}

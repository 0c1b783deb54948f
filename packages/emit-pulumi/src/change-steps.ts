import type { LeftResource, Resource, Stack } from '@keywright/core/ir/program';
import { namesOf, projectOf, pulumiStackOf } from './names.ts';
import type { PulumiOptions } from './options.ts';

/**
 * The text of `pulumi/changes.md`: commands for changes that a program cannot express. `undefined` if there are none; a
 * new name in the same stack is expressed by `aliases`. Source: Pulumi CLI reference, `pulumi stack rename`, `pulumi
 * state move` and `pulumi state delete`.
 */
export function changeSteps(stacks: readonly Stack[], options: PulumiOptions, generator: string): string | undefined {
  const all = new Map(stacks.map((stack) => [stack.name, stack]));
  const parts = [
    ...renames(stacks, all, options),
    ...stacks.flatMap((stack) => [...arrivals(stack, all, options), ...departures(stack, options)]),
  ];
  if (parts.length === 0) return undefined;
  return `# Before the next \`pulumi up\`

Made by ${generator}. Each command changes what Pulumi knows and makes no call to AWS. Run them in this order, in the backend that has
the stacks; then \`pulumi preview\` shows no \`delete\` and no \`replace\` of a key. When every deployment is made,
\`keywright build --drop-moves\` removes this file.
${parts.join('')}`;
}

/** The stack of a resource that came from another one. */
function formerPlaceOf(stack: Stack, source: string, { formerStack }: Resource, options: PulumiOptions): Place {
  const { definition, environment = stack.environment.name } = formerStack ?? {};
  const place = { ...stack.environment, ...(environment !== undefined && { name: environment }) };
  return placeOf(
    { app: stack.app, name: source, environment: place, ...(definition !== undefined && { definition }) },
    options,
  );
}

/** A stack in Pulumi's backend. */
interface Place {
  readonly project: string;
  readonly stack: string;
}

type Located = Pick<Stack, 'app' | 'name' | 'definition' | 'environment'>;

function placeOf(stack: Located, { stackName }: PulumiOptions): Place {
  return { project: projectOf(stack), stack: pulumiStackOf(stack) ?? stackName ?? 'STACK' };
}

/**
 * The former place of a stack that is renamed as a whole: it came from another definition, or everything in another
 * stack is in it.
 */
function formerPlace(stack: Stack, all: ReadonlyMap<string, Stack>, options: PulumiOptions): Place | undefined {
  const { app, name, environment, formerly, resources } = stack;
  if (formerly !== undefined) return placeOf({ app, name, environment, ...formerly }, options);
  const [former, another] = [...cameFrom(resources)];
  if (former === undefined || another !== undefined || all.has(former[0])) return undefined;
  const [source, [first]] = former;
  const isWhole = resources.every(({ kind, formerStack }) => formerStack !== undefined || !isKept.has(kind));
  if (!isWhole) return undefined;
  const definition = first.formerStack?.definition;
  // Only the same definition, with or without a list of environments, is still the same stack to its users.
  const before = definition ?? source;
  if (before !== (stack.definition ?? name)) return undefined;
  return formerPlaceOf(stack, source, first, options);
}

/** What an inventory has. */
const isKept: ReadonlySet<Resource['kind']> = new Set(['key', 'replicaKey', 'alias', 'kmsGrant']);

function renames(stacks: readonly Stack[], all: ReadonlyMap<string, Stack>, options: PulumiOptions): readonly string[] {
  const renamed = stacks.flatMap((stack) => {
    const from = formerPlace(stack, all, options);
    const to = placeOf(stack, options);
    if (from === undefined || (from.project === to.project && from.stack === to.stack)) return [];
    const hadOwnProvider = stack.formerly !== undefined || isNewInDefinition(stack);
    return [{ hadOwnProvider, command: `pulumi stack rename --stack ${pathOf(from, options)} ${pathOf(to, options)}` }];
  });
  if (renamed.length === 0) return [];
  const providers = renamed.some(({ hadOwnProvider }) => hadOwnProvider)
    ? ` The resources then change from a provider of the program to the
default one, for the same account and region; Pulumi 3.151 and later do that without replacing any.`
    : '';
  return [
    `
## Stacks with another name

The stacks of all environments of a definition are in one project, each called after its environment. Run this in an empty folder, because
\`pulumi stack rename\` renames a settings file of the current folder too.${providers}

\`\`\`sh
cd "$(mktemp -d)" && printf 'name: rename\\nruntime: nodejs\\n' > Pulumi.yaml
${renamed.map(({ command }) => command).join('\n')}
\`\`\`
`,
  ];
}

/** Whether a stack was the only one of its definition, or is it now. */
function isNewInDefinition({ definition, resources }: Stack): boolean {
  return resources.some(({ formerStack }) => formerStack !== undefined && formerStack.definition !== definition);
}

/** The resources that came from other stacks, by stack name. */
function cameFrom(resources: readonly Resource[]): ReadonlyMap<string, readonly [Resource, ...Resource[]]> {
  const bySource = new Map<string, [Resource, ...Resource[]]>();
  for (const resource of resources) {
    const { name, names } = resource.formerStack ?? {};
    if (name === undefined || names?.pulumi === undefined) continue;
    const fromSource = bySource.get(name);
    if (fromSource === undefined) bySource.set(name, [resource]);
    else fromSource.push(resource);
  }
  return bySource;
}

function arrivals(stack: Stack, all: ReadonlyMap<string, Stack>, options: PulumiOptions): readonly string[] {
  const isRenamed = formerPlace(stack, all, options) !== undefined;
  return [...cameFrom(stack.resources)].map(([source, resources]) => {
    const to = placeOf(stack, options);
    const from = formerPlaceOf(stack, source, resources[0], options);
    const moved = resources.map(({ formerStack }) => `  '${urnOf(from, formerStack?.names.pulumi ?? '')}'`);
    const gone = all.has(source)
      ? ''
      : `\n\nThe stack \`${source}\` is no longer generated. Destroy it only when no key is left in it.`;
    const renamed = resources.flatMap((resource) => {
      const { type, name } = namesOf(stack).of(resource);
      const before = resource.formerStack?.names.pulumi ?? '';
      return before === `${type}::${name}`
        ? []
        : [`pulumi state rename --stack ${pathOf(to, options)} '${urnOf(to, before)}' '${name}' --yes`];
    });
    const move = `pulumi state move --source ${pathOf(from, options)} --dest ${pathOf(to, options)} --yes \\\n${moved.join(' \\\n')}`;
    const commands = [...(isRenamed ? [] : [move]), ...renamed];
    if (commands.length === 0) return '';
    return `
## From \`${source}\` to \`${stack.name}\`

\`\`\`sh
${commands.join('\n')}
\`\`\`${isRenamed ? '' : gone}
`;
  });
}

function departures(stack: Stack, options: PulumiOptions): readonly string[] {
  // Resources that depend on a key go before it.
  const order: readonly LeftResource['kind'][] = ['kmsGrant', 'alias', 'replicaKey', 'key'];
  const removed = (stack.left ?? [])
    .filter(({ toStack, names }) => toStack === undefined && names.pulumi !== undefined)
    .sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  if (removed.length === 0) return [];
  const place = placeOf(stack, options);
  const commands = removed.map(
    ({ names }) =>
      `pulumi state delete --stack ${pathOf(place, options)} --force --yes '${urnOf(place, names.pulumi ?? '')}'`,
  );
  return [
    `
## What \`${stack.name}\` forgets

\`\`\`sh
${commands.join('\n')}
\`\`\`
`,
  ];
}

/** `urn:pulumi:<stack>::<project>::<type>::<name>`. */
function urnOf({ project, stack }: Place, typeAndName: string): string {
  return `urn:pulumi:${stack}::${project}::${typeAndName}`;
}

function pathOf({ project, stack }: Place, { organization }: PulumiOptions): string {
  return `${organization ?? 'ORGANIZATION'}/${project}/${stack}`;
}

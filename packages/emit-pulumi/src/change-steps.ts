import type { StackProgram } from '@keywright/core/emit/stack-programs';
import type { LeftResource, Resource, Stack } from '@keywright/core/ir/program';
import { type Backend, createBackend, type Place, urnOf } from './backend.ts';
import { namesOf } from './names.ts';
import type { PulumiOptions } from './options.ts';

/**
 * Prints `pulumi/changes.md`: commands for changes that a program cannot express; `undefined` if there are none. A new name in the same
 * stack needs no command, since `aliases` express it. Source: Pulumi CLI reference, `pulumi stack rename`, `pulumi stack select`, `pulumi
 * state move` and `pulumi state delete`.
 */
export function changeSteps(
  stacks: readonly Stack[],
  programs: readonly StackProgram[],
  options: PulumiOptions,
  generator: string,
): string | undefined {
  const folders = foldersOf(programs);
  const backend = createBackend(stacks, options);
  const parts = [
    ...renames(stacks, programs, backend),
    // A stack first forgets the resources that nothing manages any more, because these may depend on resources that leave the stack
    // afterwards.
    ...departures(stacks, backend),
    ...stacks.flatMap((stack) => arrivals(stack, folders, backend)),
  ];
  if (parts.length === 0) return undefined;
  const again = stacks.some((stack) => hasMovedTwice(stack, backend))
    ? ` Some stacks or resources have moved more than
once. A command that moves them from a place where a deployment does not have them reports that it finds nothing, and changes nothing.`
    : '';
  const created = stacks.some((stack) => hasArrivals(stack, backend))
    ? `
\`pulumi stack select --create\` creates a stack that is new; add \`--secrets-provider\` if the other stacks have one of their own.
`
    : '';
  return `# Before the next \`pulumi up\`

Made by ${generator}. Each command changes what Pulumi knows and makes no call to AWS. Run them in this order, from the folder
of this file and in the backend that has the stacks; then \`pulumi preview\` shows no \`delete\` and no \`replace\` of a key.${again} When
every deployment is made, \`keywright build --drop-moves\` removes this file.
${created}${parts.join('')}`;
}

function renames(stacks: readonly Stack[], programs: readonly StackProgram[], backend: Backend): readonly string[] {
  const renamed = stacks.flatMap((stack) => {
    const to = backend.placeOf(stack);
    return backend.formerPlacesOf(stack).map((from) => `pulumi stack rename --stack ${from.path} ${to.path}`);
  });
  if (renamed.length === 0) return [];
  const providers = stacks.some(hadOtherProvider)
    ? ` The resources then change from a provider of the program to the
default one, for the same account and region; Pulumi 3.151 and later do that without replacing any.`
    : '';
  const settings = settingsSteps(stacks, programs, backend);
  return [
    `
## Stacks with another name

The stacks of all environments of a definition are in one project, each called after its environment. Run this in an empty folder, because
\`pulumi stack rename\` renames a settings file of the current folder too.${providers}
${settings.length === 0 ? '' : `${settingsIntroduction}${settings.join('\n')}\n`}
\`\`\`sh
cd "$(mktemp -d)" && printf 'name: rename\\nruntime: nodejs\\n' > Pulumi.yaml
${renamed.join('\n')}
cd -
\`\`\`
`,
  ];
}

const settingsIntroduction = `
Before that, move what Keywright does not generate: if a stack has a settings file, the stack's encryption salt and secrets are in it.
Paths are relative to the folder of this file.

`;

/**
 * Returns steps for the settings files of stacks in a single environment, which Keywright does not generate. The generated settings files
 * need no steps, because a build moves them.
 */
function settingsSteps(
  stacks: readonly Stack[],
  programs: readonly StackProgram[],
  backend: Backend,
): readonly string[] {
  const folders = foldersOf(programs);
  return stacks.flatMap((stack) => {
    const to = `${folders.get(stack.name) ?? stack.name}/${settingsFile(backend.placeOf(stack))}`;
    const isGenerated = stack.definition !== undefined;
    const steps = (stack.formerStacks ?? []).flatMap((former) => {
      const file = settingsFile(backend.formerPlaceOf(stack, former));
      const wasGenerated = former.definition !== undefined;
      const from = `${former.name}/${file}`;
      if ((wasGenerated && isGenerated) || from === to) return [];
      if (wasGenerated)
        return [`- \`${file}\` is no longer generated: move whatever others wrote into it to the file \`${to}\`.`];
      return isGenerated
        ? [`- Copy the settings that only \`${from}\` has into \`${to}\`, which is generated; then delete \`${from}\`.`]
        : [`- Move \`${from}\` to \`${to}\`.`];
    });
    return [...new Set(steps)];
  });
}

function foldersOf(programs: readonly StackProgram[]): ReadonlyMap<string, string> {
  return new Map(programs.flatMap(({ name, deployments }) => deployments.map((one) => [one.name, name])));
}

function settingsFile({ stack }: Place): string {
  return `Pulumi.${stack}.yaml`;
}

/** Whether a stack now has a list of environments and did not in an earlier build, or the other way round. */
function hadOtherProvider({ definition, formerStacks = [] }: Stack): boolean {
  return formerStacks.some((former) => (former.definition === undefined) !== (definition === undefined));
}

/** The resources that move to a stack from another stack, by their former URNs. `before` is the type and name in the former URN. */
interface Arrivals {
  /** The stack that the resources come from, under its present name. */
  readonly from: Place;
  readonly urns: ReadonlyMap<string, { readonly resource: Resource; readonly before: string }>;
}

/** Maps the path of a stack to the resources that arrive from it. Leaves out resources of a stack that was only renamed. */
function arrivalsBySource(stack: Stack, backend: Backend): ReadonlyMap<string, Arrivals> {
  const bySource = new Map<string, Arrivals & { readonly urns: Map<string, { resource: Resource; before: string }> }>();
  for (const resource of stack.resources) {
    for (const former of resource.formerStacks ?? []) {
      const before = former.names.pulumi;
      if (before === undefined) continue;
      const from = backend.presentPlaceOf(stack, former);
      const arriving = bySource.get(from.path) ?? { from, urns: new Map() };
      arriving.urns.set(urnOf(from, before), { resource, before });
      bySource.set(from.path, arriving);
    }
  }
  return bySource;
}

function hasMovedTwice(stack: Stack, backend: Backend): boolean {
  const { resources, left = [] } = stack;
  return (
    backend.formerPlacesOf(stack).length > 1 ||
    resources.some(
      ({ formerStacks = [] }) => formerStacks.filter(({ names }) => names.pulumi !== undefined).length > 1,
    ) ||
    left.some((one) => urnsOf(one, stack, backend).size > 1)
  );
}

/**
 * Returns the URNs of a resource that nothing manages any more, each with its stack: the last URN and, because deployments may have skipped
 * builds, all earlier URNs.
 */
function urnsOf(
  { toStack, names, formerStacks = [] }: LeftResource,
  stack: Stack,
  backend: Backend,
): ReadonlyMap<string, Place> {
  if (toStack !== undefined) return new Map();
  const before = formerStacks.map((former) => ({
    place: backend.presentPlaceOf(stack, former),
    names: former.names,
  }));
  const all = [{ place: backend.placeOf(stack), names }, ...before];
  return new Map(
    all.flatMap(({ place, names: { pulumi } }) =>
      pulumi === undefined ? [] : [[urnOf(place, pulumi), place] as const],
    ),
  );
}

function hasArrivals(stack: Stack, backend: Backend): boolean {
  const here = backend.placeOf(stack).path;
  return [...arrivalsBySource(stack, backend).keys()].some((path) => path !== here);
}

function arrivals(stack: Stack, folders: ReadonlyMap<string, string>, backend: Backend): readonly string[] {
  const to = backend.placeOf(stack);
  const folder = folders.get(stack.name) ?? stack.name;
  const bySource = arrivalsBySource(stack, backend);
  return [...bySource].map(([path, { from, urns }]) => {
    const isHere = path === to.path;
    const moved = [...urns.keys()].map((urn) => `  '${urn}'`);
    // A new Pulumi stack has no secrets provider yet. Pulumi finds out which one to use only if it runs in the project's folder.
    const move = [
      `pulumi stack select --cwd ${folder} --create ${to.path}`,
      `pulumi state move --source ${path} --dest ${to.path} --yes --cwd ${folder} \\\n${moved.join(' \\\n')}`,
    ];
    const others = [...urns.values()].flatMap(({ resource, before }) => {
      const { type, name } = namesOf(stack).of(resource);
      // A program contains the former names of a resource in the same stack.
      if (before === `${type}::${name}` || (isHere && resource.formerNames?.pulumi?.includes(before))) return [];
      return [`pulumi state rename --stack ${to.path} '${urnOf(to, before)}' '${name}' --yes`];
    });
    const commands = [...(isHere ? [] : move), ...others];
    if (commands.length === 0) return '';
    const gone =
      isHere || folders.has(from.name)
        ? ''
        : `\n\nThe stack \`${from.name}\` is no longer generated. Destroy it only when no key is left in it.`;
    return `
## ${isHere ? `In \`${stack.name}\`` : `From \`${from.name}\` to \`${stack.name}\``}

\`\`\`sh
${commands.join('\n')}
\`\`\`${gone}
`;
  });
}

function departures(stacks: readonly Stack[], backend: Backend): readonly string[] {
  const places = new Map<string, { readonly place: Place; readonly kinds: Map<string, LeftResource['kind']> }>();
  for (const stack of stacks) {
    for (const one of stack.left ?? []) {
      for (const [urn, place] of urnsOf(one, stack, backend)) {
        const departure = places.get(place.path) ?? { place, kinds: new Map() };
        departure.kinds.set(urn, one.kind);
        places.set(place.path, departure);
      }
    }
  }
  // Resources that depend on a key are deleted before the key.
  const order: readonly LeftResource['kind'][] = ['kmsGrant', 'alias', 'replicaKey', 'key'];
  return [...places].map(([path, { place, kinds }]) => {
    const urns = [...kinds].sort(([, one], [, other]) => order.indexOf(one) - order.indexOf(other));
    const commands = urns.map(([urn]) => `pulumi state delete --stack ${path} --force --yes '${urn}'`);
    return `
## What \`${place.name}\` forgets

\`\`\`sh
${commands.join('\n')}
\`\`\`
`;
  });
}

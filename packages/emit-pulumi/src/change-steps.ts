import type { LeftResource, Resource, Stack } from '@keywright/core/ir/program';
import { namesOf, projectName } from './names.ts';
import type { PulumiOptions } from './options.ts';

/**
 * The text of `pulumi/changes.md`: what a program cannot say to the engine about earlier builds, as commands. Undefined where there is
 * nothing to say; what has another name in the same stack says so itself, with `aliases`.
 * Source: Pulumi CLI reference, `pulumi state move` and `pulumi state delete`.
 */
export function changeSteps(stacks: readonly Stack[], options: PulumiOptions, generator: string): string | undefined {
  const all = new Map(stacks.map((stack) => [stack.name, stack]));
  const parts = stacks.flatMap((stack) => [...arrivals(stack, all, options), ...departures(stack, options)]);
  if (parts.length === 0) return undefined;
  return `# Before the next \`pulumi up\`

Made by ${generator}. Each command changes what Pulumi knows and makes no call to AWS. Run them in this order, in the backend that has
the stacks; then \`pulumi preview\` shows no \`delete\` and no \`replace\` of a key. When every deployment is made,
\`keywright build --drop-moves\` removes this file.
${parts.join('')}`;
}

function arrivals(stack: Stack, all: ReadonlyMap<string, Stack>, options: PulumiOptions): readonly string[] {
  const bySource = new Map<string, Resource[]>();
  for (const resource of stack.resources) {
    const { name, names } = resource.formerStack ?? {};
    if (name === undefined || names?.pulumi === undefined) continue;
    bySource.set(name, [...(bySource.get(name) ?? []), resource]);
  }
  return [...bySource].map(([source, resources]) => {
    const from = projectName(stack.app, source);
    const urns = resources.map(({ formerStack }) => urnOf(from, formerStack?.names.pulumi ?? '', options));
    const to = projectName(stack.app, stack.name);
    const gone = all.has(source)
      ? ''
      : `\n\nThe stack \`${source}\` is no longer generated. Destroy it only when no key is left in it.`;
    const renamed = resources.flatMap((resource) => {
      const { type, name } = namesOf(stack).of(resource);
      const before = resource.formerStack?.names.pulumi ?? '';
      return before === `${type}::${name}`
        ? []
        : [`pulumi state rename --stack ${stackPath(to, options)} '${urnOf(to, before, options)}' '${name}' --yes`];
    });
    return `
## From \`${source}\` to \`${stack.name}\`

\`\`\`sh
pulumi state move --source ${stackPath(from, options)} --dest ${stackPath(to, options)} --yes \\
${urns.map((urn) => `  '${urn}'`).join(' \\\n')}
${renamed.map((line) => `${line}\n`).join('')}\`\`\`${gone}
`;
  });
}

function departures(stack: Stack, options: PulumiOptions): readonly string[] {
  // What leads to a key goes before it.
  const order: readonly LeftResource['kind'][] = ['kmsGrant', 'alias', 'replicaKey', 'key'];
  const gone = (stack.left ?? [])
    .filter(({ toStack, names }) => toStack === undefined && names.pulumi !== undefined)
    .sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  if (gone.length === 0) return [];
  const project = projectName(stack.app, stack.name);
  const commands = gone.map(
    ({ names }) =>
      `pulumi state delete --stack ${stackPath(project, options)} --force --yes '${urnOf(project, names.pulumi ?? '', options)}'`,
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
function urnOf(project: string, typeAndName: string, { stackName }: PulumiOptions): string {
  return `urn:pulumi:${stackName ?? 'STACK'}::${project}::${typeAndName}`;
}

function stackPath(project: string, { organization, stackName }: PulumiOptions): string {
  return `${organization ?? 'ORGANIZATION'}/${project}/${stackName ?? 'STACK'}`;
}

import { inCode } from '@keywright/core/diagnostics/list-of';
import type { LeftResource, Resource, Stack } from '@keywright/core/ir/program';
import { cloudFormationStackName, environmentOf, logicalIdOf, templateName, templateNameOf } from './names.ts';
import { json } from './print/json.ts';
import { map } from './template/value.ts';

interface StepFile {
  readonly name: string;
  readonly content: string;
}

/** Returns the file of a template by the template's name; `undefined` if the template is not generated. */
type FileOf = (templateName: string) => string | undefined;

/**
 * Returns the files for changes since earlier builds that a template cannot express: `changes.md`, and the mappings of a stack refactoring
 * for keys that move to another stack. A refactoring moves resources without changing them. A renamed key needs no step, because it keeps
 * its logical id. Source: CloudFormation User Guide, "Stack refactoring".
 */
export function changeSteps(stacks: readonly Stack[], generator: string, fileOf: FileOf): readonly StepFile[] {
  const moves = stacks.flatMap((stack) => movesTo(stack));
  const kept = leftIn(stacks);
  if (moves.length + kept.size === 0) return [];
  const parts = [
    ...moves.map((move) => moveText(move, fileOf)),
    ...[...kept].map(([template, leftovers]) => leftoversText(template, leftovers, fileOf(template) !== undefined)),
  ];
  const text = `# Before the next deployment

Made by ${generator}. When every deployment is made, \`keywright build --drop-moves\` removes this file.
${haveMovedTwice(moves) ? movedTwice : ''}${stacks.some(haveLeftTwice) ? leftTwice : ''}${parts.join('')}`;
  return [{ name: 'changes.md', content: text }, ...moves.map(refactorMappings)];
}

function moveText({ from, to, resources }: MovesBetween, fileOf: FileOf): string {
  const ids = [...resources].map(([one, before]) => idsText(before, logicalIdOf(one))).join(', ');
  return `
## From \`${from}\` to \`${to}\`

Do this before you deploy anything else. A refactoring changes only which stack has a resource, and leaves the resource alone:

1. Write a template for each of the two stacks: the one that is deployed now, with ${ids} taken out of the first stack
   and put into the second as ${fileOf(to)} has them. CloudFormation refuses a refactoring with any other change.
2. \`aws cloudformation create-stack-refactor --enable-stack-creation --resource-mappings file://cfn/${refactorFile(from, to)} --stack-definitions …\`
   with both stacks and these templates; look at \`list-stack-refactor-actions\`; then \`execute-stack-refactor\`.
3. Deploy ${fileOf(to)}, then ${fileOf(from) ?? `delete the stack \`${from}\` once no key is left in it`}.

Where refactoring is not available: deploy the first template with \`DeletionPolicy: Retain\` on each of these resources, then
deploy it without them, then import them into the second stack, keys by \`KeyId\`, aliases by \`AliasName\`.
`;
}

function leftoversText(template: string, { keys, aliases }: Leftovers, isGenerated: boolean): string {
  const check = isGenerated
    ? 'Look at the change set: `PolicyAction` has to be `Retain`'
    : `No template is generated for \`${template}\` any more: before you delete the stack, look at its template, where each of them has to have \`DeletionPolicy: Retain\``;
  const ofKeys =
    keys.size === 0 ? '' : `${inCode([...keys])}: kept by the \`DeletionPolicy\` that is deployed. ${check}.\n`;
  const ofAliases = aliases.size === 0 ? '' : `${inCode([...aliases])}: deleted by CloudFormation.\n`;
  return `
## What \`${template}\` leaves behind

${ofKeys}${ofAliases}`;
}

function refactorMappings({ from, to, resources, app }: MovesBetween): StepFile {
  const place = (stack: string, logicalId: string) =>
    map([
      ['StackName', cloudFormationStackName(app, stack)],
      ['LogicalResourceId', logicalId],
    ]);
  const mappings = [...resources].map(([resource, before]) =>
    map([
      ['Source', place(from, before)],
      ['Destination', place(to, logicalIdOf(resource))],
    ]),
  );
  return { name: refactorFile(from, to), content: `${json(mappings)}\n` };
}

/** The logical ids of a resource in its former stack and in its present one. */
function idsText(before: string, now: string): string {
  return before === now ? `\`${now}\`` : `\`${before}\` (\`${now}\` in the second)`;
}

const movedTwice = `
Some keys have moved more than once, and several sections name them. Take each out of the stack that still has it, and leave it out of the
mappings from the other stacks.
`;

const leftTwice = `
Some keys had moved before they were removed, and several sections name them. Follow the section about the stack that still has them.
`;

function haveLeftTwice({ left = [] }: Stack): boolean {
  return left.some((one) => placesOf(one).length > 1);
}

/** The resources that stacks leave behind. Keys and replicas are logical ids; aliases are names. */
interface Leftovers {
  readonly keys: Set<string>;
  readonly aliases: Set<string>;
}

/**
 * Maps the name of a template to the resources that stacks leave behind in it. This includes former templates, since deployments that
 * skipped builds may still have a resource in one of these.
 */
function leftIn(stacks: readonly Stack[]): ReadonlyMap<string, Leftovers> {
  const byTemplate = new Map<string, Leftovers>();
  for (const stack of stacks) {
    for (const one of stack.left ?? []) {
      for (const { name = stack.name, replicaEnvironment, id } of placesOf(one)) {
        const replica = replicaEnvironment === undefined ? undefined : { name: replicaEnvironment };
        const template = templateName({ name }, replica);
        const { keys, aliases } = byTemplate.get(template) ?? { keys: new Set(), aliases: new Set() };
        if (one.kind === 'alias') aliases.add(one.label);
        else keys.add(id);
        byTemplate.set(template, { keys, aliases });
      }
    }
  }
  return byTemplate;
}

/**
 * Returns the stacks where deployments may still have a resource that nothing manages any more. An entry without a name is the stack that
 * lost the resource.
 */
function placesOf({
  toStack,
  names,
  replicaEnvironment,
  formerStacks = [],
}: LeftResource): readonly { readonly name?: string; readonly replicaEnvironment?: string; readonly id: string }[] {
  if (toStack !== undefined) return [];
  const last = { ...(replicaEnvironment !== undefined && { replicaEnvironment }), names };
  return [...formerStacks, last].flatMap(({ names: { cfn: id }, ...place }) =>
    id === undefined ? [] : [{ ...place, id }],
  );
}

function haveMovedTwice(moves: readonly MovesBetween[]): boolean {
  const all = moves.flatMap(({ resources }) => [...resources.keys()]);
  return new Set(all).size < all.length;
}

interface MovesBetween {
  readonly app: string;
  /** The names of the former and the present template. */
  readonly from: string;
  readonly to: string;
  /** The resources that move, with their logical ids in the former stack. */
  readonly resources: ReadonlyMap<Resource, string>;
}

function movesTo(stack: Stack): readonly MovesBetween[] {
  const movesBetween = new Map<string, MovesBetween & { readonly resources: Map<Resource, string> }>();
  for (const resource of stack.resources) {
    const to = templateNameOf(resource, stack);
    const replica = environmentOf(resource, stack);
    for (const { name, names, replicaEnvironment } of resource.formerStacks ?? []) {
      const before = replica && { ...replica, ...(replicaEnvironment !== undefined && { name: replicaEnvironment }) };
      const from = templateName({ ...stack, name }, before);
      if (names.cfn === undefined || from === to) continue;
      const between = movesBetween.get(`${from} ${to}`) ?? { app: stack.app, from, to, resources: new Map() };
      between.resources.set(resource, names.cfn);
      movesBetween.set(`${from} ${to}`, between);
    }
  }
  return [...movesBetween.values()];
}

function refactorFile(from: string, to: string): string {
  return `refactor-${from}-to-${to}.json`;
}

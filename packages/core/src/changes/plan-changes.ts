/**
 * Compares a program with the last build. Takes that build's inventory, the program, and the changes declared in the YAML. Returns errors
 * for what would be lost, and the program with what the tools need to know: former names, former stacks, and the resources that live on
 * without their stacks.
 */

import { arrange } from '../diagnostics/arrange.ts';
import { halfOfAChange, stackElsewhere } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { eachOnce } from '../diagnostics/each-once.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { createCollector } from '../diagnostics/result.ts';
import type { Target } from '../emit/emitter.ts';
import { targetsOf } from '../emit/targets-of.ts';
import type { LeftResource, Program, Resource, Stack } from '../ir/program.ts';
import { accessIsKept } from './access-is-kept.ts';
import { reportMovedAliases } from './aliases-that-moved.ts';
import { compareStack } from './compare-stack.ts';
import { type ChangeInput, type Context, covers, isWhole, type Update } from './comparison.ts';
import { createContradictions } from './contradictions.ts';
import { createFind } from './find-resource.ts';
import { createFollow } from './follow.ts';
import { formerStacksOf, identityOf } from './former-stacks.ts';
import type { Inventory, KnownStack } from './inventory.ts';
import { leftInFormerStacks } from './left-in-former-stacks.ts';
import { createMovedOn } from './moved-on.ts';
import { namesAreFree } from './names-are-free.ts';
import { namesAreNotTaken } from './names-are-not-taken.ts';
import { concerns, hasMoves, withoutMoves } from './next-inventory.ts';
import { createPoliciesThatMoved } from './policies-that-moved.ts';
import { principalsAreKept } from './principals-are-kept.ts';
import { renamedStacks } from './renamed-stacks.ts';
import { reportLost } from './report-lost.ts';
import { stackNamesAreFree } from './stack-names-are-free.ts';
import { statesAreInPlace } from './states-are-in-place.ts';
import { takenFrom } from './taken-from.ts';
import { reportTakenNames } from './taken-names.ts';

export interface PlannedChanges {
  readonly program: Program;
  /** The last build as it was compared with the program: without its history if `dropMoves` is set. Input for `nextInventory`. */
  readonly previous: Inventory | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function planChanges(input: ChangeInput): PlannedChanges {
  const { program, targets } = input;
  const last = input.previous;
  if (last === undefined) return { program, previous: last, diagnostics: [] };
  const leftOut = [...last.stacks, ...program.stacks].filter((stack) => !covers(input.scope, stack));
  const partlyBuilt = new Set(leftOut.flatMap(({ definition = [] }) => definition));
  const previous = input.dropMoves ? withoutMoves(last, (known) => isWhole(known, { ...input, partlyBuilt })) : last;
  const collector = createCollector();
  const updates = new Map<Resource, Update>();
  const left = new Map<string, LeftResource[]>();
  const context: Context = {
    ...input,
    previous,
    partlyBuilt,
    say: (...problem) => collector.add(report(...problem)),
    updates,
    left,
    deleted: new Map(),
    movedOn: createMovedOn(),
    contradictions: createContradictions(),
    lost: [],
    movedAliases: [],
    follow: createFollow(input.changes, program),
    find: createFind(),
    stacks: new Map(program.stacks.map((stack) => [stack.name, stack])),
    deployments: new Map(input.changes.deployments.map((one) => [one.stack, one])),
  };
  const isChanged = createIsChanged(context);
  collector.add(...checkApp(context), ...statesAreInPlace(context), ...compareStacks(context, isChanged));
  const lost = reportLost(context);
  collector.add(...context.contradictions.report(), ...lost);
  const before = new Map(previous.stacks.map((known) => [known.name, known]));
  const renamed = renamedStacks(context);
  const stacks = leftInFormerStacks(
    program.stacks.map((stack) => updated(stack, before.get(stack.name), renamed.get(stack.name), context)),
  );
  const changed = stacks.filter(isChanged);
  const taken = [
    ...namesAreFree(changed, targets),
    ...changed.flatMap((stack) => namesAreNotTaken(stack, before.get(stack.name), context)),
  ];
  const policiesThatMoved = createPoliciesThatMoved(context);
  const replaced = changed.flatMap((stack) => {
    const known = before.get(stack.name) ?? renamed.get(stack.name);
    return [
      ...principalsAreKept(stack, known),
      ...accessIsKept(stack, known, context),
      ...policiesThatMoved(stack, renamed.get(stack.name)),
    ];
  });
  collector.add(
    ...reportTakenNames(taken, lost),
    ...stackNamesAreFree(stacks, context),
    ...replaced,
    ...reportMovedAliases(context),
  );
  return { program: { ...program, stacks }, previous, diagnostics: arrange(collector.diagnostics) };
}

/** Compares all stacks of the last build with the program. Losses are only collected here, and reported later. */
function compareStacks(context: Context, isChanged: IsChanged): readonly Diagnostic[] {
  const { previous, program, changes, scope, dropMoves, stacks } = context;
  const collector = createCollector();
  const ofPlaces = changes.moves.filter(({ isOfPlace }) => isOfPlace);
  const present = new Map(ofPlaces.map(({ fromStack, toStack }) => [fromStack, toStack]));
  const changed = new Set(program.stacks.filter((stack) => isChanged(stack) && concerns(scope, stack)));
  for (const known of previous.stacks) {
    // An inventory can have stacks that have not been generated yet.
    if (known.targets.length === 0) continue;
    const isConcerned = concerns(scope, known, stacks.get(known.name));
    if (!isConcerned || !isChanged(known)) {
      if (isConcerned) compareStack(known, { ...context, ...apart() });
      collector.add(...takenFrom(known, changed, context));
      continue;
    }
    const name = present.get(known.name) ?? known.name;
    const say: Context['say'] = (...problem) => collector.add(...inStack({ name }, [report(...problem)]));
    if (dropMoves && covers(scope, known) && hasMoves(known) && !isWhole(known, context)) {
      say(halfOfAChange, undefined, {});
    }
    compareStack(known, { ...context, say });
  }
  return collector.diagnostics;
}

/** Whether the build changes what a stack deploys. */
type IsChanged = (stack: Pick<Stack, 'name' | 'definition'>) => boolean;

/**
 * Returns a function that is also `true` for stacks that the build leaves out, if they share a module or template with a stack of the
 * build, since the build replaces it.
 */
function createIsChanged({ program, scope }: Pick<Context, 'program' | 'scope'>): IsChanged {
  const programOf = ({ name, definition = name }: Pick<Stack, 'name' | 'definition'>) => definition;
  const built = program.stacks.filter((stack) => covers(scope, stack) && concerns(scope, stack));
  const programs = new Set(built.map(programOf));
  return (stack) => covers(scope, stack) || programs.has(programOf(stack));
}

/**
 * Collectors for a stack that the build leaves out; nobody reads them. Only the history of its resources is used, since the files about all
 * stacks of a target contain it.
 */
function apart(): Pick<Context, 'say' | 'left' | 'deleted' | 'movedOn' | 'contradictions' | 'lost' | 'movedAliases'> {
  return {
    say: () => {},
    left: new Map(),
    deleted: new Map(),
    movedOn: createMovedOn(),
    contradictions: createContradictions(),
    lost: [],
    movedAliases: [],
  };
}

/**
 * Reports a new name of the app if a stack is deployed with CloudFormation or Pulumi. The app's name is part of their stack names, so these
 * tools would see only new stacks.
 */
function checkApp({ previous, program, targets, changes, follow }: Context): readonly Diagnostic[] {
  if (previous.app === program.app) return [];
  const named = previous.stacks.find(
    (stack) =>
      // The stack may have another name now.
      stack.resources.some(({ kind, key }) => kind === 'key' && follow(stack, key).kind === 'there') &&
      // Even a build that leaves these tools out records the new name, so that a later build would not notice the change.
      targetsOf(stack, targets).some(({ removesAsDeployed }) => removesAsDeployed),
  );
  if (named === undefined) return [];
  const deployment = changes.deployments.find(({ stack }) => stack === named.name);
  const { definition = named.definition ?? named.name, span } = deployment ?? {};
  const [before, after] = [`app \`${previous.app}\``, `app \`${program.app}\``];
  return [report(stackElsewhere, span, { stack: named.name, definition, before, after })];
}

/**
 * A stack with its history. `known`: the stack of this name in the last build. `renamed`: the stack of the last build that has this name
 * now.
 */
function updated(
  stack: Stack,
  known: KnownStack | undefined,
  renamed: KnownStack | undefined,
  { updates, left, deleted, movedOn, targets, scope }: Context,
): Stack {
  const leaving = left.get((known ?? renamed)?.name ?? '') ?? [];
  const past =
    known === undefined && renamed !== undefined
      ? leftBehind(renamed, leaving, targets)
      : [...movedOn.corrected(stack.name, known?.left ?? []), ...leaving];
  const gone = [...(stack.left ?? []), ...past];
  const deployed = known ?? renamed;
  const formerStacks = deployed === undefined ? [] : formerStacksOf(stack, deployed);
  const isTouched = stack.resources.some((resource) => updates.has(resource));
  const its = targetsOf(stack, targets).filter(({ name }) => scope.targets.has(name));
  const before = {
    ...prefixesBefore(stack, known, its),
    ...regionsBefore(stack, known),
    ...deletedUntilNow(deployed, deleted.get(deployed?.name ?? '')),
  };
  if (!isTouched && gone.length === 0 && formerStacks.length === 0 && Object.keys(before).length === 0) return stack;
  const resources = stack.resources.map((resource) => ({ ...resource, ...updates.get(resource) }));
  const all = eachOnce(gone);
  return {
    ...stack,
    resources,
    ...before,
    ...(formerStacks.length > 0 && { formerStacks }),
    ...(all.length > 0 && { left: all }),
  };
}

/**
 * The resources that have left a stack, if the stack has another name now. A deployment may still have these resources in the stack of the
 * former name or, with a tool that can rename resources, in the renamed stack. `leaving`: what leaves the stack in this build.
 */
function leftBehind(
  known: KnownStack,
  leaving: readonly LeftResource[],
  targets: readonly Target<unknown>[],
): readonly LeftResource[] {
  const renaming = new Set(targets.filter(({ renames }) => renames).map(({ name }) => name));
  return [...known.left, ...leaving].flatMap((one) => {
    if (one.toStack !== undefined) return [];
    const names = Object.fromEntries(Object.entries(one.names).filter(([target]) => renaming.has(target)));
    const { replicaEnvironment } = one;
    const there = {
      ...identityOf(known),
      ...(replicaEnvironment !== undefined && { replicaEnvironment }),
      names: one.names,
    };
    return [{ ...one, names, formerStacks: [...(one.formerStacks ?? []), there] }];
  });
}

/** By target, former prefixes that names in the deployed stack may still have. */
function prefixesBefore(
  stack: Stack,
  known: KnownStack | undefined,
  targets: readonly Target<unknown>[],
): Pick<Stack, 'formerPrefixes'> {
  if (known === undefined) return {};
  const all = targets
    .filter(({ name }) => known.targets.includes(name))
    .map((target) => {
      const { prefixes, formerPrefixes } = known;
      const before = new Set([...(formerPrefixes?.[target.name] ?? []), prefixes?.[target.name] ?? '']);
      before.delete(target.prefixOf?.(stack) ?? '');
      return [target.name, [...before]] as const;
    })
    .filter(([, before]) => before.length > 0);
  return all.length === 0 ? {} : { formerPrefixes: Object.fromEntries(all) };
}

/** The regions where the deployed stack may still have replicas that are gone. */
function regionsBefore(stack: Stack, known: KnownStack | undefined): Pick<Stack, 'formerRegions'> {
  const regions = new Set(known?.formerRegions);
  for (const { kind, region } of known?.resources ?? [])
    if (kind === 'replicaKey' && region !== undefined) regions.add(region);
  for (const { region } of stack.replicaEnvironments) regions.delete(region ?? '');
  return regions.size === 0 ? {} : { formerRegions: [...regions].sort() };
}

/** By target, the names of keys and replicas that the tool is to delete, since this build or an earlier one. */
function deletedUntilNow(
  known: KnownStack | undefined,
  now: readonly LeftResource['names'][] = [],
): Pick<Stack, 'deletedNames'> {
  const all = new Map(Object.entries(known?.deletedNames ?? {}).map(([target, names]) => [target, new Set(names)]));
  for (const [target, name] of now.flatMap(Object.entries<string>)) {
    all.set(target, (all.get(target) ?? new Set()).add(name));
  }
  if (all.size === 0) return {};
  return {
    deletedNames: Object.fromEntries([...all].map(([target, names]) => [target, [...names].sort()] as const).sort()),
  };
}

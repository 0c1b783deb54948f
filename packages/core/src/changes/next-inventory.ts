import { byName } from '../collections/by-name.ts';
import type { Target } from '../emit/emitter.ts';
import type { LikeStacks } from '../emit/stack-programs.ts';
import type { Stack } from '../ir/program.ts';
import { type ChangeInput, covers } from './comparison.ts';
import type { Changes } from './declared.ts';
import {
  type Inventory,
  type KnownResource,
  type KnownStack,
  knownResources,
  knownStack,
  labelOf,
} from './inventory.ts';
import { type ProgramNames, replacedPrograms } from './program-names.ts';
import { digestOfPlace } from './states-are-in-place.ts';

/**
 * The inventory after a build. The stacks and targets in `scope` are as in the program; everything else is as in `previous`. A stack outside
 * `scope` is as in the program too if the build has replaced its program, which it shares with a stack in `scope`. `likeStacks`:
 * for each stack that is like another stack, that other stack. `programs`: by target and stack, the program generated.
 */
export function nextInventory(
  { program, previous }: Pick<ChangeInput, 'program' | 'previous'>,
  { targets, scope, states }: Pick<ChangeInput, 'targets' | 'scope'> & Pick<Changes, 'states'>,
  likeStacks: LikeStacks = new Map(),
  programs: ProgramNames = new Map(),
): Inventory {
  const resourcesOf = createKnownResources(targets, likeStacks);
  const before = new Map(previous?.stacks.map((stack) => [stack.name, stack]));
  const builtTargetsOf = createBuiltTargets(scope, programs);
  const now = program.stacks.flatMap((stack): readonly KnownStack[] => {
    const old = before.get(stack.name);
    const built = builtTargetsOf(stack);
    const isBuilt = concerns({ targets: built }, old, stack) && (old !== undefined || covers(scope, stack));
    if (!isBuilt) return old === undefined ? [] : [old];
    const next = { ...knownStack(stack, targets, resourcesOf(stack)), ...variantsOf(stack, programs) };
    return [old === undefined ? next : withOtherTargets(next, old, built)];
  });
  const built = new Set(program.stacks.map(({ name }) => name));
  const others = [...before.values()].filter(
    (stack) => !built.has(stack.name) && (!covers(scope, stack) || !concerns(scope, stack)),
  );
  const stacks = [...now, ...others].sort(byName);
  const goneStacks = goneSince(previous, stacks);
  const digests = statesAfter(previous, states, scope);
  return {
    app: program.app,
    ...(goneStacks.length > 0 && { goneStacks }),
    ...(Object.keys(digests).length > 0 && { states: digests }),
    stacks,
  };
}

/**
 * Returns a function from a stack to the targets for which this build generates the stack's resources anew. For a stack that the build
 * leaves out, these are the targets in which the stack shares its program with a stack of the build.
 */
function createBuiltTargets(
  { targets, stacks }: ChangeInput['scope'],
  programs: ProgramNames,
): (stack: Stack) => ReadonlySet<string> {
  if (stacks === undefined) return () => targets;
  const replaced = replacedPrograms(programs, stacks);
  return ({ name }) => {
    if (stacks.has(name)) return targets;
    const shares = (target: string) => replaced.get(target)?.has(programs.get(target)?.get(name) ?? '') === true;
    return new Set([...targets].filter(shares));
  };
}

/**
 * Whether a build is for a target that a stack had in the last build, or has now. Only then does the build replace what the inventory says
 * about the stack.
 */
export function concerns(
  { targets }: ChangeInput['scope'],
  ...stacks: readonly (Pick<KnownStack, 'targets'> | undefined)[]
): boolean {
  return stacks.some((stack) => stack?.targets.some((target) => targets.has(target)));
}

/**
 * The places where the tools keep states: for the targets of this build, the place that their options name; for other targets, the place in
 * the last build.
 */
function statesAfter(
  previous: Inventory | undefined,
  states: Changes['states'],
  scope: ChangeInput['scope'],
): Readonly<Record<string, string>> {
  const others = Object.entries(previous?.states ?? {}).filter(([target]) => !scope.targets.has(target));
  const built = [...states].flatMap(([target, { place }]) =>
    scope.targets.has(target) ? [[target, digestOfPlace(place)]] : [],
  );
  return Object.fromEntries([...others, ...built].sort());
}

function goneSince(previous: Inventory | undefined, stacks: readonly KnownStack[]): readonly string[] {
  const now = new Set(stacks.map(({ name }) => name));
  const withKeys = previous?.stacks.filter(({ resources }) => resources.some(({ kind }) => kind === 'key')) ?? [];
  const names = new Set([...(previous?.goneStacks ?? []), ...withKeys.map(({ name }) => name)]);
  return [...names].filter((name) => !now.has(name)).sort();
}

function variantsOf({ name, definition }: Stack, programs: ProgramNames): Pick<KnownStack, 'programs'> {
  if (definition === undefined) return {};
  const variants = [...programs].flatMap(([target, names]) => {
    const program = names.get(name);
    return program === undefined || program === definition ? [] : [[target, program] as const];
  });
  return variants.length === 0 ? {} : { programs: Object.fromEntries(variants.sort()) };
}

/**
 * Returns a function that lists the known resources of a stack. Stacks that are like each other get the same list, unless the list contains
 * their accounts.
 */
function createKnownResources(
  targets: readonly Target<unknown>[],
  likeStacks: LikeStacks,
): (stack: Stack) => readonly KnownResource[] {
  const byStack = new Map<Stack, { readonly resources: readonly KnownResource[]; areShared?: boolean }>();
  return (stack) => {
    const like = likeStacks.get(stack) ?? stack;
    const ofLike = byStack.get(like);
    if (ofLike?.areShared) return ofLike.resources;
    const resources = knownResources(stack, targets);
    if (ofLike === undefined) byStack.set(like, { resources });
    // Comparing two stacks that are like each other is enough: the result is the same for all stacks like them.
    else if (ofLike.areShared === undefined) {
      ofLike.areShared = JSON.stringify(resources) === JSON.stringify(ofLike.resources);
    }
    return resources;
  };
}

/** The entry of a stack after a build for only the targets in `built`. Other targets keep what they had in the last build. */
function withOtherTargets(known: KnownStack, old: KnownStack, built: ReadonlySet<string>): KnownStack {
  const its = known.targets.filter((target) => built.has(target));
  const others = old.targets.filter((target) => !built.has(target));
  if (others.length === 0 && its.length === known.targets.length) return known;
  const before = new Map(old.resources.map((resource) => [identityOf(resource), resource]));
  const isGone = (target: string) => !known.targets.includes(target) && !others.includes(target);
  const withOthers = <Value>(now: Readonly<Record<string, Value>> = {}, then: Readonly<Record<string, Value>> = {}) =>
    Object.fromEntries(
      [
        ...Object.entries(now).filter(([target]) => its.includes(target) || isGone(target)),
        ...Object.entries(then).filter(([target]) => others.includes(target)),
      ].sort(),
    );
  const prefixes = withOthers(known.prefixes, old.prefixes);
  const formerPrefixes = withOthers(known.formerPrefixes, old.formerPrefixes);
  const programs = withOthers(known.programs, old.programs);
  return {
    ...known,
    ...(Object.keys(programs).length > 0 && { programs }),
    ...(Object.keys(prefixes).length > 0 && { prefixes }),
    ...(Object.keys(formerPrefixes).length > 0 && { formerPrefixes }),
    targets: [...its, ...others].sort(),
    resources: known.resources.map((resource) => {
      const then = before.get(identityOf(resource));
      const formerNames = withOthers(resource.formerNames, then?.formerNames);
      return {
        ...withRemoval(resource, then),
        names: withOthers(resource.names, then?.names),
        ...(Object.keys(formerNames).length > 0 && { formerNames }),
      };
    }),
  };
}

/**
 * Marks a key with `removal: destroy` if it was so in the last build, since another target still deletes the key when it leaves the stack.
 */
function withRemoval(resource: KnownResource, then: KnownResource | undefined): KnownResource {
  if (resource.kind !== 'key' && resource.kind !== 'replicaKey') return resource;
  return then?.kind === resource.kind && then.removal === 'destroy' ? { ...resource, removal: 'destroy' } : resource;
}

/**
 * An identity that a resource keeps if its name in the YAML changes. The id is not enough: the id of a policy changes with the name of its
 * principal, the id of an alias with the text of its name, and the id of a replica, of its aliases and of its KMS grants with the name of
 * its environment.
 */
function identityOf(resource: KnownResource): string {
  const { kind, key, region } = resource;
  if (kind === 'identityPolicy') return resource.policy ?? resource.id;
  return JSON.stringify([kind, kind === 'alias' ? '' : key, labelOf(resource), region]);
}

/**
 * The inventory without its history, which is not needed once every deployment has followed it. A stack for which `isWhole` is false keeps
 * its history.
 */
export function withoutMoves(
  { app, goneStacks, states, stacks }: Inventory,
  isWhole: (stack: KnownStack) => boolean,
): Inventory {
  return {
    app,
    ...(goneStacks !== undefined && !stacks.every(isWhole) && { goneStacks }),
    ...(states !== undefined && { states }),
    stacks: stacks.map((known) => {
      if (!isWhole(known)) return known;
      const { formerStacks, formerPrefixes, formerRegions, deletedNames, ...stack } = known;
      return { ...stack, left: [], resources: stack.resources.map(withoutPast) };
    }),
  };
}

/** Whether the inventory has a history of a stack. */
export function hasMoves({
  left,
  resources,
  formerStacks,
  formerPrefixes,
  formerRegions,
  deletedNames,
}: KnownStack): boolean {
  return (
    left.length > 0 ||
    [formerStacks, formerPrefixes, formerRegions, deletedNames].some((one) => one !== undefined) ||
    resources.some((one) => Object.keys(withoutPast(one)).length < Object.keys(one).length)
  );
}

function withoutPast({ formerNames, formerStacks, formerStack, ...present }: KnownResource): KnownResource {
  if (present.kind !== 'alias') return present;
  const { isRepointed, ...alias } = present;
  return alias;
}

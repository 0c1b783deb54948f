import { groupBy } from '../collections/group-by.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { inWords } from '../diagnostics/list-of.ts';
import { badTargetName, folderOfPrograms, sameAddress } from '../diagnostics/target.ts';
import type { Program, Resource, Stack } from '../ir/program.ts';
import { unknownTargetAt } from '../language/unknown-target.ts';
import type { Target } from './emitter.ts';
import { targetsOf } from './targets-of.ts';

/** Reports names in the generated code that clash or that a target refuses. */
export function checkNames(program: Program, targets: readonly Target<unknown>[]): readonly Diagnostic[] {
  const names = program.stacks.flatMap((stack) =>
    inStack(stack, [
      ...stack.resources.flatMap((resource) => checkPinnedTargets(resource, targets)),
      ...targetsOf(stack, targets).flatMap((target) =>
        stack.resources.flatMap((resource) => checkPinnedName(resource, target)),
      ),
      ...checkAddresses(stack, targetsOf(stack, targets)),
    ]),
  );
  return [...checkFolders(program, targets), ...names];
}

/** Reports stacks that have the name of a target's `programFolder`, where the stack's files would mix with the programs. */
export function checkFolders(program: Program, targets: readonly Target<unknown>[]): readonly Diagnostic[] {
  return targets.flatMap((target) => checkFolderOf(program, target));
}

function checkFolderOf({ stacks }: Program, target: Target<unknown>): readonly Diagnostic[] {
  const stacksOfTarget = stacks.filter((stack) => stack.targets.includes(target.name));
  if (!stacksOfTarget.some(({ definition }) => definition !== undefined)) return [];
  return stacksOfTarget
    .filter(({ name }) => name.toLowerCase() === target.programFolder)
    .map(({ name, span }) => report(folderOfPrograms, span, { target: target.title, stack: name }));
}

/** Reports names pinned for an unknown target, which nothing would use. */
function checkPinnedTargets(resource: Resource, targets: readonly Target<unknown>[]): readonly Diagnostic[] {
  const pinnedFor = Object.keys(resource.names);
  if (pinnedFor.length === 0) return [];
  const candidates = targets.map((target) => target.name);
  return pinnedFor
    .filter((name) => !candidates.includes(name))
    .map((name) => unknownTargetAt(resource.source.span, name, candidates));
}

function checkPinnedName(resource: Resource, target: Target<unknown>): readonly Diagnostic[] {
  const pinned = resource.names[target.name];
  if (pinned === undefined || target.pinnedName.pattern.test(pinned)) return [];
  const { rule } = target.pinnedName;
  return [report(badTargetName, resource.source.span, { target: target.title, name: pinned, rule })];
}

/** Reports each pair of clashing resources in a stack once, with every target that would give both the same name. */
function checkAddresses(stack: Stack, targets: readonly Target<unknown>[]): readonly Diagnostic[] {
  const clashes = targets.flatMap((target) => clashesIn(stack, target));
  return [...groupBy(clashes, ({ resource, owner }) => `${resource.id} ${owner.id}`).values()].map((ofPair) => {
    const [{ resource, owner }] = ofPair;
    const names = inWords(ofPair.map(({ target, address }) => `\`${address}\` in ${target}`));
    const related = [{ message: 'the other one', span: owner.source.span }];
    return report(sameAddress, resource.source.span, { names }, related);
  });
}

interface Clash {
  readonly resource: Resource;
  /** The earlier resource with this address. */
  readonly owner: Resource;
  readonly target: string;
  readonly address: string;
}

function clashesIn(stack: Stack, target: Target<unknown>): readonly Clash[] {
  const owners = new Map<string, Resource>();
  const clashes: Clash[] = [];
  for (const resource of stack.resources) {
    for (const address of target.addressesOf(resource, stack)) {
      const owner = owners.get(address);
      if (owner === undefined) owners.set(address, resource);
      else if (owner !== resource && !isReported(owner, resource, stack)) {
        clashes.push({ resource, owner, target: target.title, address });
      }
    }
  }
  return clashes;
}

/**
 * Whether another check reports the clash of two resources. Policies with equal ids are on different principals that have the same label by
 * chance, so no other check reports them.
 */
function isReported(one: Resource, other: Resource, stack: Stack): boolean {
  return (
    (one.id === other.id && one.kind !== 'identityPolicy') ||
    isSameAlias(one, other, stack) ||
    isSameReplica(one, other)
  );
}

/**
 * Whether two aliases have the same name in the same region. Another check reports this once for all targets: as KW3009, or as KW3015 for a
 * replica in the region of its primary key or of another replica.
 */
function isSameAlias(one: Resource, other: Resource, { environment }: Stack): boolean {
  if (one.kind !== 'alias' || other.kind !== 'alias') return false;
  const regionOf = ({ region = environment.region }: Resource) => region;
  return one.aliasName === other.aliasName && regionOf(one) === regionOf(other);
}

/** Whether two resources are replicas of one key in one region, which KW3015 reports. */
function isSameReplica(one: Resource, other: Resource): boolean {
  return (
    one.kind === 'replicaKey' &&
    other.kind === 'replicaKey' &&
    one.primary === other.primary &&
    one.region === other.region
  );
}

import { groupBy } from '../collections/group-by.ts';
import {
  aliasGoesToo,
  halfOfAChange,
  movedOntoExisting,
  oldEntryApplies,
  saidTwice,
  stackElsewhere,
  targetGone,
} from '../diagnostics/changes.ts';
import { targetsOf } from '../emit/targets-of.ts';
import type { Stack } from '../ir/program.ts';
import { samePlace } from '../resolve/place.ts';
import { compareResource, stillHasAlias } from './compare-resource.ts';
import { type Context, isWhole, setFate } from './comparison.ts';
import { type Deployment, type Move, namesEnvironment, type Removal } from './declared.ts';
import { movesFrom, movesNear, type Whereabouts } from './follow.ts';
import { guessRename } from './guess-rename.ts';
import type { KnownKey, KnownResource, KnownStack } from './inventory.ts';
import { keysIn } from './lost.ts';
import { checkThen, isRetained, type Outcomes, outcomesIn, remove } from './outcomes.ts';
import { outcomesOfPlace, outcomesOfStack } from './places-gone.ts';

interface StackOutcomes {
  /** Entries of the project's `removed`, about the stack or its place. */
  readonly ofProject: Outcomes | undefined;
  /** Entries about the stack as a whole: those in the `removed` of a stack or, if there are none, `ofProject`. */
  readonly whole: Outcomes | undefined;
}

/** Compares a stack of the last build, and everything in it, with the program. */
export function compareStack(known: KnownStack, context: Context): void {
  const { changes, stacks, deployments } = context;
  const stack = stacks.get(known.name);
  const deployment = deployments.get(known.name);
  const isElsewhere = stack === undefined || !samePlace(known.environment, stack.environment);
  const ofProject =
    outcomesOfStack(known, changes) ?? (isElsewhere ? outcomesOfPlace(known.environment, changes) : undefined);
  const whole = outcomesIn(changes.removals.filter((removal) => isAboutStack(removal, known, context))) ?? ofProject;
  if (stack !== undefined && deployment !== undefined) {
    if (isElsewhere) {
      if (whole === undefined) reportElsewhere(known, stack, deployment, context);
      else leaveAll(known, whole, context);
      return;
    }
    compareTargets(known, stack, context);
  }
  const owned = groupBy(known.resources, ({ key }) => key);
  const lost = known.resources.filter(
    (one): one is KnownKey =>
      one.kind === 'key' && followKey(known, one, owned.get(one.key) ?? [], { ofProject, whole }, context) === 'lost',
  );
  if (stack !== undefined) compareOthers(known, stack, context);
  else if (whole === undefined) followAliasesOfImports(known, context);
  noteLostKeys(known, lost, context);
}

function reportElsewhere(
  known: KnownStack,
  { environment }: Stack,
  { definition, span }: Deployment,
  { say }: Context,
): void {
  const { name } = known.environment;
  say(stackElsewhere, span, {
    stack: known.name,
    definition,
    before: placeText(known.environment),
    after: placeText(environment),
    ...(name !== undefined && { environment: name }),
    ...(name === environment.name && { place: differenceIn(environment, known.environment) }),
  });
}

function leaveAll(known: KnownStack, entries: Outcomes, context: Context): void {
  // A tool that still has the keys in its state deletes them as they were deployed, and creates others in the new place.
  checkThen(known.resources, entries, known, [{ removesAsDeployed: true }], context);
  for (const [, owned] of groupBy(known.resources, ({ key }) => key)) {
    for (const resource of owned) {
      setFate(known, resource, context, isRetained(resource, owned, entries) ? 'retain' : 'destroy');
    }
  }
}

function compareTargets(known: KnownStack, stack: Stack, context: Context): void {
  const { changes, targets, scope } = context;
  for (const name of known.targets) {
    const target = targets.find((one) => one.name === name);
    if (target === undefined || stack.targets.includes(name) || !scope.targets.has(name)) continue;
    const entries = outcomesIn(changes.removals.filter((one) => one.stack === known.name && one.what.target === name));
    if (entries === undefined) context.lost.push({ kind: 'target', known, target });
    else checkThen(known.resources, entries, known, [target], context);
  }
}

/**
 * Compares a key of the last build with its present form, or removes it if entries say so. Returns `lost` if the program no longer has the
 * key and no entry says why.
 */
function followKey(
  known: KnownStack,
  key: KnownKey,
  owned: readonly KnownResource[],
  { ofProject, whole }: StackOutcomes,
  context: Context,
): 'lost' | undefined {
  const { say, changes, contradictions } = context;
  const where = context.follow(known, key.key);
  const label = `${known.name}.${key.key}`;
  const aboutKey = changes.removals.filter((one) => isAboutKey(one, known, key.key, context));
  switch (where.kind) {
    case 'there': {
      // An untrusted file may not take over a key that the project's `removed` removes.
      const taking = where.through.find(({ isTrusted }) => !isTrusted);
      if (taking !== undefined && ofProject !== undefined) {
        const removed = [{ message: 'the other entry', span: ofProject[0].span }];
        say(saidTwice, taking.span, { what: key.key }, removed);
      }
      const ofThisName = aboutKey.filter((one) => one.stack === known.name);
      contradictions.add(label, where.through, [...(whole ?? []), ...ofThisName]);
      compareKey(known, owned, where, context);
      return undefined;
    }
    case 'several': {
      const [one, { span }] = where.moves;
      say(saidTwice, span, { what: label }, [{ message: 'the other entry', span: one.span }]);
      return undefined;
    }
    case 'elsewhere':
    case 'nowhere': {
      const entries = whole ?? outcomesIn(aboutKey);
      if (entries !== undefined) {
        if (whole === undefined) warnOfOldEntry(known, key, entries, context);
        letKeyGo(known, owned, { whole, entries, aboutKey }, context);
        return undefined;
      }
      if (where.kind === 'nowhere') return 'lost';
      context.lost.push({ kind: 'key', known, key, move: where.move });
      return undefined;
    }
  }
}

/** Removes a key as entries of `removed` say. `entries`: the entries about its stack as a whole or, if there are none, about the key. */
function letKeyGo(
  known: KnownStack,
  owned: readonly KnownResource[],
  {
    whole,
    entries,
    aboutKey,
  }: Pick<StackOutcomes, 'whole'> & { readonly entries: Outcomes; readonly aboutKey: readonly Removal[] },
  context: Context,
): void {
  const { changes, stacks, contradictions } = context;
  const [{ key = '' } = {}] = owned;
  // An entry under the new name of a renamed stack is no contradiction: it can mean a key that did not move with the stack.
  const isContradicted = whole !== undefined || aboutKey.some((one) => one.stack === known.name);
  const named = movesNear(known, key, changes.moves, stacks).map(({ move }) => move);
  contradictions.add(`${known.name}.${key}`, entries, isContradicted ? named : []);
  removeKey(known, owned, entries, context);
  // A stack that is gone entirely stays deployed, unchanged, and so do its aliases.
  if (whole === undefined || stacks.has(known.name)) warnOfAliases(known, owned, entries, context);
}

/** Warns of an entry that has removed the key from another deployment before, and that may now hide a renamed key. */
function warnOfOldEntry(known: KnownStack, key: KnownKey, [{ span }]: Outcomes, context: Context): void {
  const { definition, name: stack } = known;
  if (definition === undefined) return;
  const elsewhere = context.previous.stacks.find((one) => one.definition === definition && hasLeft(key, one));
  if (elsewhere === undefined) return;
  const guess = guessRename(key, known, context, new Set());
  if (guess === undefined) return;
  const { from, to, stack: under } = guess;
  const moved = `{ from: ${from}, to: ${to} }`;
  const related = [{ message: 'the new key', span: guess.span }];
  context.say(oldEntryApplies, span, { stack, key: key.key, elsewhere: elsewhere.name, to, under, moved }, related);
}

/** Whether a key is gone from another deployment of its definition since an earlier build. */
function hasLeft({ key, names }: KnownKey, { left, deletedNames = {} }: KnownStack): boolean {
  return (
    left.some((one) => one.kind === 'key' && one.key === key && one.toStack === undefined) ||
    Object.entries(names).some(([target, name]) => deletedNames[target]?.includes(name))
  );
}

/** Compares what belongs to no key of the stack: aliases and KMS grants of imported keys, roles, users, groups and policies. */
function compareOthers(known: KnownStack, stack: Stack, context: Context): void {
  for (const resource of withoutKey(known)) compareResource(known, resource, stack, resource.key, context);
}

/** Compares the aliases of imported keys of a stack that has another name now. */
function followAliasesOfImports(known: KnownStack, context: Context): void {
  const { say, changes, stacks } = context;
  const [near] = movesNear(known, undefined, changes.moves, stacks);
  if (near === undefined) return;
  const { move, stack } = near;
  for (const resource of withoutKey(known)) {
    if (resource.kind !== 'alias') continue;
    if (isWhole(known, context) && isWhole(stack, context)) {
      compareResource(known, resource, stack, resource.key, context);
    } else say(halfOfAChange, move.span, { what: resource.alias });
  }
}

function withoutKey({ resources }: KnownStack): readonly KnownResource[] {
  const keys = new Set(resources.flatMap(({ kind, key }) => (kind === 'key' ? [key] : [])));
  return resources.filter(({ key }) => !keys.has(key));
}

/**
 * Records the lost keys of a stack. If the stack is gone without a successor, they are recorded as a lost stack, together with their
 * replicas.
 */
function noteLostKeys(known: KnownStack, lost: readonly KnownKey[], context: Context): void {
  const { changes, stacks, deployments } = context;
  if (lost.length === 0) return;
  const [{ stack: successor = undefined } = {}] = stacks.has(known.name)
    ? []
    : movesNear(known, undefined, changes.moves, stacks);
  const deployment = deployments.get(known.name) ?? deployments.get(successor?.name ?? '');
  if (deployment !== undefined) {
    context.lost.push({ kind: 'keys', known, keys: lost, deployment });
    return;
  }
  const names = new Set(lost.map(({ key }) => key));
  const keys = keysIn(known.resources).filter(({ key }) => names.has(key));
  if (keys.length > 0) context.lost.push({ kind: 'stack', known, keys });
}

function compareKey(
  known: KnownStack,
  owned: readonly KnownResource[],
  { stack, key, through }: Extract<Whereabouts, { kind: 'there' }>,
  context: Context,
): void {
  const { previous, say } = context;
  const move = through.find(({ isOfPlace }) => !isOfPlace) ?? through[0];
  const old = owned.find(({ kind }) => kind === 'key');
  if (move !== undefined && old !== undefined) {
    const taken = previous.stacks.some(
      (one) =>
        samePlace(one.environment, stack.environment) &&
        one.resources.some((other) => other.kind === 'key' && other.key === key && other !== old) &&
        // The key that had this name in the last build may be elsewhere now.
        isAt(context.follow(one, key), stack, key),
    );
    if (taken) {
      say(movedOntoExisting, move.span, { from: old.key, to: key, stack: stack.name });
      return;
    }
    if (!isWhole(known, context) || !isWhole(stack, context)) {
      say(halfOfAChange, move.span, { what: old.key });
      return;
    }
    reportTargetsLeft(known, stack, move, context);
  }
  for (const resource of owned) compareResource(known, resource, stack, key, context);
}

/**
 * Reports targets that a stack had in the last build, but the stack that takes over its keys does not have. Their tools would delete the
 * keys.
 */
function reportTargetsLeft(
  known: KnownStack,
  { name: to, targets: its }: Stack,
  { span }: Move,
  context: Context,
): void {
  const { say, targets, deployments } = context;
  for (const { name: target, title } of targetsOf(known, targets)) {
    if (its.includes(target)) continue;
    const { definition = to } = deployments.get(to) ?? {};
    say(targetGone, span, { stack: known.name, definition, target, title, to });
  }
}

function isAt(where: Whereabouts, stack: Stack, key: string): boolean {
  return where.kind === 'there' && where.stack === stack && where.key === key;
}

function removeKey(known: KnownStack, owned: readonly KnownResource[], entries: Outcomes, context: Context): void {
  const { say, targets } = context;
  const its = targetsOf(known, targets);
  const [{ key = '' } = {}] = owned;
  checkThen(owned, entries, known, its, context);
  const [{ span }] = entries;
  if (!isWhole(known, context)) {
    say(halfOfAChange, span, { what: key });
    return;
  }
  const stack = presentStack(known, context);
  for (const resource of owned) {
    if (stack !== undefined && stillHasAlias(stack, resource, context)) {
      compareResource(known, resource, stack, key, context);
    } else remove(known, resource, owned, entries, context);
  }
}

/** The present stack for a stack of the last build: the one with the same name or, after a renaming, the one with the new name. */
function presentStack(known: KnownStack, { changes, stacks }: Context): Stack | undefined {
  return stacks.get(known.name) ?? movesNear(known, undefined, changes.moves, stacks)[0]?.stack;
}

function warnOfAliases(known: KnownStack, owned: readonly KnownResource[], entries: Outcomes, context: Context): void {
  const { say, targets } = context;
  const deleting = targetsOf(known, targets).find(({ renames }) => !renames);
  const stack = presentStack(known, context);
  const aliases = owned.flatMap((resource) => {
    const goes = stack === undefined || !stillHasAlias(stack, resource, context);
    return resource.kind === 'alias' && goes && isRetained(resource, owned, entries) ? [resource.alias] : [];
  });
  const [{ key = '' } = {}] = owned;
  if (deleting !== undefined && aliases.length > 0) {
    say(aliasGoesToo, entries[0].span, { key, aliases, title: deleting.title });
  }
}

function isAboutStack(
  removal: Removal,
  known: KnownStack,
  { changes, stacks }: Pick<Context, 'changes' | 'stacks'>,
): boolean {
  const { what, definition } = removal;
  const { name, environment } = known;
  if (what.stack !== undefined) return what.stack === name || what.stack === known.definition;
  if (environment.name === undefined || !namesEnvironment(removal, environment.name, changes)) return false;
  if (name === definition || name === `${definition}-${environment.name}`) return true;
  // Otherwise the entry is about this stack only if the stack has been renamed and has left this environment.
  if (stacks.has(name)) return false;
  return movesFrom(known, undefined, changes.moves).some(({ toStack }) => toStack === removal.stack);
}

function isAboutKey(
  { stack, what }: Removal,
  known: KnownStack,
  key: string,
  { changes, stacks }: Pick<Context, 'changes' | 'stacks'>,
): boolean {
  if (what.key !== key || what.replica !== undefined) return false;
  return (
    stack === known.name ||
    movesNear(known, undefined, changes.moves, stacks).some(({ move }) => move.toStack === stack)
  );
}

function differenceIn({ account, region }: KnownStack['environment'], before: KnownStack['environment']): string {
  const parts = [
    ...(account === before.account ? [] : [account === undefined ? 'the other account' : `account ${account}`]),
    ...(region === before.region ? [] : [region === undefined ? 'the other region' : `region ${region}`]),
  ];
  return parts.join(', ');
}

function placeText({ name, account, region }: KnownStack['environment']): string {
  return `${name ?? 'no environment'} (${account ?? 'any account'}, ${region ?? 'any region'})`;
}

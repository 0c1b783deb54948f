import { groupBy } from '../collections/group-by.ts';
import {
  aliasGoesToo,
  halfOfAChange,
  movedOntoExisting,
  movedToAnotherPlace,
  saidTwice,
  stackElsewhere,
} from '../diagnostics/changes.ts';
import { targetsOf } from '../emit/targets-of.ts';
import type { Stack } from '../ir/program.ts';
import { samePlace } from '../resolve/place.ts';
import { compareResource, stillHasAlias } from './compare-resource.ts';
import { type Context, isWhole, leave } from './comparison.ts';
import { type Changes, namesEnvironment, type Removal } from './declared.ts';
import type { Whereabouts } from './follow.ts';
import type { KnownKey, KnownResource, KnownStack } from './inventory.ts';
import { keysIn } from './lost.ts';
import { checkThen, isRetained, type Outcomes, outcomesIn } from './outcomes.ts';
import { outcomesOfPlace, outcomesOfStack } from './places-gone.ts';

/** Compares a stack of the last build, with everything in it, with the program. */
export function compareStack(known: KnownStack, context: Context): void {
  const { say, changes, stacks, deployments, targets } = context;
  const stack = stacks.get(known.name);
  const deployment = deployments.get(known.name);
  const isElsewhere = stack === undefined || !samePlace(known.environment, stack.environment);
  const ofProject =
    outcomesOfStack(known, changes) ?? (isElsewhere ? outcomesOfPlace(known.environment, changes) : undefined);
  const whole = outcomesIn(changes.removals.filter((removal) => isAboutStack(removal, known, changes))) ?? ofProject;
  if (stack !== undefined && deployment !== undefined) {
    if (!samePlace(known.environment, stack.environment)) {
      if (whole === undefined) {
        const { name } = known.environment;
        const { definition, span } = deployment;
        say(stackElsewhere, span, {
          stack: known.name,
          definition,
          before: placeText(known.environment),
          after: placeText(stack.environment),
          ...(name !== undefined && { environment: name, isSameName: name === stack.environment.name }),
        });
      } else checkThen(known.resources, whole, known, targetsOf(known, targets), context);
      return;
    }
    for (const name of known.targets) {
      const target = targets.find((one) => one.name === name);
      if (target === undefined || stack.targets.includes(name) || !context.scope.targets.has(name)) continue;
      const entries = outcomesIn(
        changes.removals.filter((one) => one.stack === known.name && one.what.target === name),
      );
      if (entries === undefined) context.lost.push({ kind: 'target', known, target });
      else checkThen(known.resources, entries, known, [target], context);
    }
  }

  const lost: KnownKey[] = [];
  const byKey = groupBy(known.resources, ({ key }) => key);
  for (const key of known.resources) {
    if (key.kind !== 'key') continue;
    const where = context.follow(known, key.key);
    const owned = byKey.get(key.key) ?? [];
    switch (where.kind) {
      case 'there': {
        // A file of a team does not take what `keywright.yaml` lets go.
        const taking = where.through.find(({ isTrusted }) => !isTrusted);
        if (taking !== undefined && ofProject !== undefined) {
          const removed = [{ message: 'the other entry', span: ofProject[0].span }];
          say(saidTwice, taking.span, { what: key.key }, removed);
        }
        compareKey(known, owned, where, context);
        break;
      }
      case 'elsewhere':
      case 'nowhere': {
        const entries = whole ?? outcomesIn(changes.removals.filter((one) => isAboutKey(one, known, key.key)));
        if (entries !== undefined) removeKey(known, owned, entries, context);
        else if (where.kind === 'nowhere') lost.push(key);
        else say(movedToAnotherPlace, where.move.span, { from: key.key, stack: where.move.toStack });
      }
    }
  }
  if (stack !== undefined) {
    const keys = new Set(known.resources.flatMap(({ kind, key }) => (kind === 'key' ? [key] : [])));
    for (const resource of known.resources) {
      // An alias of an imported key.
      if (!keys.has(resource.key)) compareResource(known, resource, stack, resource.key, context);
    }
  }
  if (deployment === undefined) {
    const names = new Set(lost.map(({ key }) => key));
    const keys = keysIn(known.resources).filter(({ key }) => names.has(key));
    if (keys.length > 0) context.lost.push({ kind: 'stack', known, keys });
  } else if (lost.length > 0) context.lost.push({ kind: 'keys', known, keys: lost });
}

function compareKey(
  known: KnownStack,
  owned: readonly KnownResource[],
  { stack, key, through }: Extract<Whereabouts, { kind: 'there' }>,
  context: Context,
): void {
  const { previous, say } = context;
  const [move] = through;
  const old = owned.find(({ kind }) => kind === 'key');
  if (move !== undefined && old !== undefined) {
    const taken = previous.stacks.some(
      (one) =>
        one.name === stack.name &&
        one.resources.some((other) => other.kind === 'key' && other.key === key && other !== old) &&
        // It may have moved on itself.
        isAt(context.follow(one, key), stack, key),
    );
    if (taken) {
      say(movedOntoExisting, move.span, { from: old.key, to: key, stack: stack.name });
      return;
    }
    if (!isWhole(known, context) || !isWhole({ name: stack.name, targets: stack.targets }, context)) {
      say(halfOfAChange, move.span, { what: old.key });
      return;
    }
  }
  for (const resource of owned) compareResource(known, resource, stack, key, context);
}

function isAt(where: Whereabouts, stack: Stack, key: string): boolean {
  return where.kind === 'there' && where.stack === stack && where.key === key;
}

function removeKey(known: KnownStack, owned: readonly KnownResource[], entries: Outcomes, context: Context): void {
  const { say, targets, stacks } = context;
  const its = targetsOf(known, targets);
  const [{ key = '' } = {}] = owned;
  checkThen(owned, entries, known, its, context);
  const [{ span }] = entries;
  if (!isWhole(known, context)) {
    say(halfOfAChange, span, { what: key });
    return;
  }
  const stack = stacks.get(known.name);
  if (stack === undefined) return;
  const stays = owned.filter((resource) => stillHasAlias(stack, resource, context));
  for (const resource of stays) compareResource(known, resource, stack, key, context);
  const retained = owned.filter((resource) => !stays.includes(resource) && isRetained(resource, owned, entries));
  const deleting = its.find(({ renames }) => !renames);
  const aliases = retained.flatMap((resource) => (resource.kind === 'alias' ? [resource.alias] : []));
  if (deleting !== undefined && aliases.length > 0) {
    say(aliasGoesToo, span, { key, aliases, title: deleting.title });
  }
  for (const resource of retained) leave(known, resource, context);
}

function isAboutStack(removal: Removal, known: KnownStack, changes: Changes): boolean {
  const { what, definition } = removal;
  const { name, environment } = known;
  if (what.stack !== undefined) return what.stack === name || what.stack === known.definition;
  if (environment.name === undefined || !namesEnvironment(removal, environment.name, changes)) return false;
  return name === definition || name === `${definition}-${environment.name}`;
}

function isAboutKey({ stack, what }: Removal, known: KnownStack, key: string): boolean {
  return stack === known.name && what.key === key && what.replica === undefined;
}

function placeText({ name, account, region }: KnownStack['environment']): string {
  return `${name ?? 'no environment'} (${account ?? 'any account'}, ${region ?? 'any region'})`;
}

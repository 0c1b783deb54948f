import { groupBy } from '../collections/group-by.ts';
import {
  aliasGoesToo,
  halfOfAChange,
  keyGone,
  movedOntoExisting,
  movedToAnotherPlace,
  stackElsewhere,
  stackGone,
  targetGone,
} from '../diagnostics/changes.ts';
import type { Stack } from '../ir/program.ts';
import { samePlace } from '../resolve/place.ts';
import { compareResource, stillHasAlias } from './compare-resource.ts';
import { type Context, checkThen, isWhole, leave, targetsOf } from './comparison.ts';
import type { Outcome, Removal } from './declared.ts';
import type { Whereabouts } from './follow.ts';
import { guessRename } from './guess-rename.ts';
import type { KnownResource, KnownStack } from './inventory.ts';
import { isGone, outcomeOfPlace } from './places-gone.ts';

/** Compares a stack of the last build, with everything in it, with the program. */
export function compareStack(known: KnownStack, context: Context): void {
  const { say, changes, stacks, deployments, targets } = context;
  const stack = stacks.get(known.name);
  const deployment = deployments.get(known.name);
  const isElsewhere = stack === undefined || !samePlace(known.environment, stack.environment);
  const whole =
    changes.removals.find((removal) => isAboutStack(removal, known)) ??
    (isElsewhere ? outcomeOfPlace(known.environment, changes) : undefined);
  if (stack !== undefined && deployment !== undefined) {
    if (!samePlace(known.environment, stack.environment)) {
      if (whole === undefined) {
        const { name } = known.environment;
        const environment = name === stack.environment.name ? undefined : name;
        const { definition, span } = deployment;
        say(stackElsewhere, span, {
          stack: known.name,
          definition,
          before: placeText(known.environment),
          after: placeText(stack.environment),
          ...(environment !== undefined && { environment }),
        });
      } else removeAll(known, whole, context);
      return;
    }
    for (const name of known.targets) {
      const target = targets.find((one) => one.name === name);
      if (target === undefined || stack.targets.includes(name) || !context.scope.targets.has(name)) continue;
      const removal = changes.removals.find((one) => one.stack === known.name && one.what.target === name);
      if (removal === undefined) {
        const { definition, span } = deployment;
        say(targetGone, span, { stack: known.name, definition, target: name, title: target.title });
      } else checkThen(known.resources, removal, [target], context);
    }
  }

  const lost: KnownResource[] = [];
  const byKey = groupBy(known.resources, ({ key }) => key);
  for (const key of known.resources.filter(({ kind }) => kind === 'key')) {
    const where = context.follow(known, key.key);
    const owned = byKey.get(key.key) ?? [];
    switch (where.kind) {
      case 'there':
        compareKey(known, owned, where, context);
        break;
      case 'elsewhere':
        say(movedToAnotherPlace, where.move.span, { from: key.key, stack: where.move.toStack });
        break;
      case 'nowhere': {
        const removal = whole ?? changes.removals.find((one) => isAboutKey(one, known, key.key));
        if (removal === undefined) lost.push(key);
        else removeKey(known, owned, removal, context);
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
  reportLost(known, lost, context);
}

function reportLost(known: KnownStack, lost: readonly KnownResource[], context: Context): void {
  const { say, deployments, changes, previous, program } = context;
  const deployment = deployments.get(known.name);
  const [first] = lost;
  if (first === undefined) return;
  if (deployment === undefined) {
    const { environment } = known;
    const definition = changes.deployments.find(
      (one) => known.name === `${one.definition}-${environment.name}` || known.name === one.definition,
    );
    const isNew = (name: string) => !previous.stacks.some((stack) => stack.name === name);
    const names = new Set(lost.map(({ key }) => key));
    const renamed = program.stacks.find(
      (stack) =>
        isNew(stack.name) &&
        samePlace(stack.environment, environment) &&
        stack.resources.some((resource) => resource.kind === 'key' && names.has(resource.name)),
    );
    if (renamed === undefined && isGone(environment, changes)) {
      context.lostPlaces.push({
        place: environment,
        stack: known.name,
        keys: known.resources.flatMap((one) =>
          (one.kind === 'key' || one.kind === 'replicaKey') && names.has(one.key) ? [one] : [],
        ),
      });
      return;
    }
    const under = definition?.definition ?? changes.deployments[0]?.definition ?? known.name;
    // A stack that is gone from all of its environments is reported under the name it has in the YAML, so that one entry is enough.
    const stack = definition === undefined ? (known.definition ?? known.name) : known.name;
    const entry =
      definition === undefined || environment.name === undefined
        ? `{ stack: ${stack}, then: retain }`
        : `{ environment: ${environment.name}, then: retain }`;
    const to = renamed && (deployments.get(renamed.name)?.definition ?? renamed.name);
    say(stackGone, definition?.span ?? deployments.get(renamed?.name ?? '')?.span, {
      stack,
      keys: [...names],
      under,
      entry,
      ...(to !== undefined && { renamed: to }),
    });
    return;
  }
  const guessed = new Set<string>();
  for (const key of lost) {
    if (key.kind !== 'key') continue;
    const guess = guessRename(key, known, context, guessed);
    if (guess !== undefined) guessed.add(`${guess.stack}.${guess.to}`);
    const { definition, span } = deployment;
    const place = guess?.span ?? span;
    say(keyGone, place, {
      stack: known.name,
      definition,
      key: key.key,
      outcome: key.removal,
      ...(guess !== undefined && { from: guess.from, to: guess.to, under: guess.stack }),
    });
  }
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

function removeAll(known: KnownStack, removal: Outcome, context: Context): void {
  checkThen(known.resources, removal, targetsOf(known, context.targets), context);
}

function removeKey(known: KnownStack, owned: readonly KnownResource[], removal: Outcome, context: Context): void {
  const { say, targets, stacks } = context;
  const its = targetsOf(known, targets);
  const [{ key = '' } = {}] = owned;
  checkThen(owned, removal, its, context);
  if (!isWhole(known, context)) {
    say(halfOfAChange, removal.span, { what: key });
    return;
  }
  const stack = stacks.get(known.name);
  if (stack === undefined) return;
  const stays = owned.filter((resource) => stillHasAlias(stack, resource, context));
  for (const resource of stays) compareResource(known, resource, stack, key, context);
  if (removal.outcome !== 'retain') return;
  const gone = owned.filter((resource) => !stays.includes(resource));
  const deleting = its.find(({ renames }) => !renames);
  const aliases = gone.flatMap((resource) => (resource.kind === 'alias' ? [resource.alias] : []));
  if (deleting !== undefined && aliases.length > 0) {
    say(aliasGoesToo, removal.span, { key, aliases, title: deleting.title });
  }
  for (const resource of gone) leave(known, resource, context);
}

function isAboutStack({ what, definition }: Removal, { name, environment, definition: former }: KnownStack): boolean {
  if (what.stack !== undefined) return what.stack === name || what.stack === former;
  if (what.environment === undefined || what.environment !== environment.name) return false;
  return name === definition || name === `${definition}-${what.environment}`;
}

function isAboutKey({ stack, what }: Removal, known: KnownStack, key: string): boolean {
  return stack === known.name && what.key === key && what.replica === undefined;
}

function placeText({ name, account, region }: KnownStack['environment']): string {
  return `${name ?? 'no environment'} (${account ?? 'any account'}, ${region ?? 'any region'})`;
}

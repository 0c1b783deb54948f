import {
  aliasCannotStay,
  halfOfAChange,
  keyReplaced,
  nameCannotChange,
  principalGone,
} from '../diagnostics/changes.ts';
import { targetsOf } from '../emit/targets-of.ts';
import { isPrincipal } from '../ir/is-principal.ts';
import { nameInId } from '../ir/name-in-id.ts';
import type { FormerStackOfResource, Key, Resource, Stack } from '../ir/program.ts';
import { writtenAliasName } from '../resolve/alias-names.ts';
import { type Context, isWhole, leave, leavesOutPart, setFate, type Update } from './comparison.ts';
import { type Changes, namesAlias, type Removal } from './declared.ts';
import { formerStacksOfResource, stacksUntilLastBuild } from './former-stacks.ts';
import {
  type KnownAlias,
  type KnownKey,
  type KnownReplica,
  type KnownResource,
  type KnownStack,
  namesOf,
} from './inventory.ts';
import { checkThen, type Outcomes, outcomesIn, remove } from './outcomes.ts';
import { outcomesOfPlace } from './places-gone.ts';
import { presentForm } from './present-form.ts';

/** Compares a resource of the last build with its present form, in its present stack and under its present key. */
export function compareResource(
  known: KnownStack,
  old: KnownResource,
  stack: Stack,
  key: string,
  context: Context,
): void {
  const { say, updates, targets } = context;
  const now = presentForm(known, old, stack, key, context);
  const source = context.stacks.get(known.name);
  if (now === undefined && source !== undefined && source !== stack && stillHasAlias(source, old, context)) {
    compareResource(known, old, source, key, context);
    return;
  }
  if (now === undefined) {
    reportMissing(known, old, stack, key, context);
    return;
  }
  if (old.kind === 'key' && now.kind === 'key') reportReplaced(old, now, stack, context);
  const isRenamed = isPrincipal(old) && now.id !== old.id && !isWhole(known, context);
  if (isRenamed || (leavesOutPart(known, context) && hasOtherName(known, old, now, stack, context))) {
    say(halfOfAChange, now.source.span, { what: nameInId(old.id) });
    return;
  }
  const isMoved = now.kind === 'alias' && now.keyName !== key;
  if (isMoved) context.movedAliases.push({ stack, from: key, alias: now });
  const until = stacksUntilLastBuild(known, old);
  if (stack.name !== known.name) {
    if (context.stacks.has(known.name)) leave(known, old, context, stack.name);
    setFate(known, old, context, { stack: stack.name });
  }
  const formerStacks = formerStacksOfResource(until, stack, old.region, targets);
  const update: Update = {
    ...namesSince(known, until, now, stack, context),
    ...(formerStacks.length > 0 && { formerStacks }),
    ...((isMoved || wasRepointed(old)) && { isRepointed: true }),
  };
  if (Object.keys(update).length > 0) updates.set(now, update);
}

/** Whether a tool that can rename resources knows the resource by another name, apart from the prefix of the stack. */
function hasOtherName(
  { prefixes = {} }: KnownStack,
  old: KnownResource,
  now: Resource,
  stack: Stack,
  { targets }: Context,
): boolean {
  const its = targetsOf(stack, targets).filter(
    ({ name, renames, prefixOf }) => renames && (prefixes[name] ?? '') === (prefixOf?.(stack) ?? ''),
  );
  return Object.entries(namesOf(now, stack, its)).some(([target, name]) => (old.names[target] ?? name) !== name);
}

/** Reports the first changed property that KMS cannot change in an existing key. */
function reportReplaced(old: KnownKey, now: Key, stack: Stack, { say }: Context): void {
  const { customKeyStoreId: customKeyStore, xksKeyId: xksKey } = now;
  const fixed = { ...now, customKeyStore, xksKey };
  for (const property of ['spec', 'usage', 'origin', 'multiRegion', 'customKeyStore', 'xksKey'] as const) {
    if (old[property] === undefined || old[property] === fixed[property]) continue;
    const [before, after] = [String(old[property]), String(fixed[property])];
    say(keyReplaced, now.source.span, { key: now.name, stack: stack.name, property, before, after });
    // Only the first is reported: the spec implies the usage, and the origin implies whether the key is in a custom key store.
    return;
  }
}

/**
 * The names that a resource has had in its stack. Targets that can rename it get all of them; for other targets, the last name is pinned.
 * `until`: the stacks that have had the resource, in order.
 */
function namesSince(
  known: KnownStack,
  until: readonly FormerStackOfResource[],
  now: Resource,
  stack: Stack,
  { say, targets, scope }: Context,
): Pick<Update, 'names' | 'formerNames'> {
  const its = targetsOf(stack, targets);
  const formerNames: Record<string, readonly string[]> = {};
  const pinned: Record<string, string> = {};
  const here = until.filter((one) => one.name === stack.name);
  // A stack can get a target back. Its tool may still have the resource.
  for (const { name } of targets) {
    const isLeftOut = known.targets.includes(name) && !scope.targets.has(name);
    if (stack.targets.includes(name) || isLeftOut) continue;
    const earlier = new Set(here.flatMap(({ names }) => names[name] ?? []));
    if (earlier.size > 0) formerNames[name] = [...earlier];
  }
  for (const [target, name] of Object.entries(namesOf(now, stack, its))) {
    const earlier = here.flatMap(({ names }) => names[target] ?? []);
    const before = earlier.at(-1);
    const { title = target, renames = true } = its.find((one) => one.name === target) ?? {};
    if (before === undefined) continue;
    if (renames) {
      const all = new Set([...(now.formerNames?.[target] ?? []), ...earlier]);
      all.delete(name);
      if (all.size > 0) formerNames[target] = [...all];
    } else if (name !== before) {
      if (now.names[target] === undefined) pinned[target] = before;
      else say(nameCannotChange, now.source.span, { title, target, before, after: name });
    }
  }
  return {
    ...(Object.keys(pinned).length > 0 && { names: { ...now.names, ...pinned } }),
    ...(Object.keys(formerNames).length > 0 && { formerNames }),
  };
}

function wasRepointed(old: KnownResource): boolean {
  return old.kind === 'alias' && old.isRepointed === true;
}

/** Whether a stack still has an alias of the last build, whatever key the alias points to now. */
export function stillHasAlias(stack: Stack, old: KnownResource, { find }: Context): boolean {
  return old.kind === 'alias' && find(stack, old, old.key) !== undefined;
}

/**
 * Handles a resource that is gone although its key or stack still exists. Removes a replica or alias, or records it as lost if no entry
 * removes it. Removes a KMS grant that is gone with its replica. Reports a role, user or group.
 */
function reportMissing(known: KnownStack, old: KnownResource, stack: Stack, key: string, context: Context): void {
  const { say, changes, deployments } = context;
  const { span = stack.span } = deployments.get(stack.name) ?? {};
  if (isPrincipal(old)) {
    say(principalGone, span, { kind: old.kind, principal: nameInId(old.id), stack: stack.name });
    return;
  }
  const holder = stack.resources.find((resource) => resource.kind === 'key' && resource.name === key);
  const at = { stack: stack.name, key, span: holder?.source.span ?? span };
  const removals = changes.removals.filter((removal) => removal.stack === stack.name);
  if (old.kind === 'replicaKey') {
    const entries = outcomesOfReplica(known, old, key, removals, changes);
    if (entries === undefined) context.lost.push({ kind: 'replica', known, replica: old, ...at });
    else removeReplica(known, old, entries, context);
    return;
  }
  const removal = old.kind === 'alias' ? removals.find((one) => isAboutAlias(one, old)) : undefined;
  const replica = known.resources.find(
    (one) => one.kind === 'replicaKey' && one.key === old.key && one.region === old.region,
  );
  if (removal === undefined && replica?.kind === 'replicaKey' && context.find(stack, replica, key) === undefined) {
    // The aliases and KMS grants of a replica are removed with it.
    const entries = outcomesOfReplica(known, replica, key, removals, changes);
    if (entries !== undefined) remove(known, old, [replica], entries, context);
    return;
  }
  if (old.kind !== 'alias') return;
  if (removal === undefined)
    context.lost.push({ kind: 'alias', alias: old, now: aliasWrittenAs(old, stack, key), ...at });
  else removeAlias(known, old, removal, context);
}

function removeReplica(known: KnownStack, old: KnownReplica, entries: Outcomes, context: Context): void {
  checkThen([old], entries, known, targetsOf(known, context.targets), context);
  if (leavesOutPart(known, context)) context.say(halfOfAChange, entries[0].span, { what: nameInId(old.id) });
  remove(known, old, [old], entries, context);
}

function removeAlias(known: KnownStack, old: KnownAlias, removal: Removal, context: Context): void {
  const { say, targets } = context;
  const deleting = targetsOf(known, targets).find(({ renames }) => !renames);
  if (removal.outcome === 'retain' && deleting !== undefined) {
    say(aliasCannotStay, removal.span, { alias: removal.what.alias ?? '', title: deleting.title });
  }
  if (leavesOutPart(known, context)) say(halfOfAChange, removal.span, { what: old.alias });
  remove(known, old, [], [removal], context);
}

function isAboutAlias(removal: Removal, { id, alias, key }: KnownAlias): boolean {
  return removal.aliasName === alias || namesAlias(removal, writtenAliasName(id), key);
}

/** The present name of an alias whose written text is unchanged; only the values in the text have changed. */
function aliasWrittenAs({ id, region }: KnownAlias, { resources }: Stack, key: string): string | undefined {
  const now = resources.find(
    (one) =>
      one.kind === 'alias' &&
      one.keyName === key &&
      one.region === region &&
      writtenAliasName(one.id) === writtenAliasName(id),
  );
  return now?.kind === 'alias' ? now.aliasName : undefined;
}

/**
 * Finds the entries of `removed` for a replica that is gone. Entries about the replica's place apply only if no entry has the present name
 * of the replica's key.
 */
function outcomesOfReplica(
  { environment: { account } }: KnownStack,
  { environment: name, region }: KnownReplica,
  key: string,
  removals: readonly Removal[],
  changes: Changes,
): Outcomes | undefined {
  const ofReplica = removals.filter(
    ({ what }) => what.key === key && (what.replica === name || what.replica === region),
  );
  return outcomesIn(ofReplica) ?? outcomesOfPlace({ name, region, ...(account !== undefined && { account }) }, changes);
}

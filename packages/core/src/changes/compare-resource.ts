import { aliasCannotStay, aliasGone, keyReplaced, nameCannotChange, replicaGone } from '../diagnostics/changes.ts';
import type { Stack } from '../ir/program.ts';
import { withAliasPrefix } from '../resolve/alias-names.ts';
import { type Context, checkThen, leave, targetsOf, type Update } from './comparison.ts';
import { type KnownResource, type KnownStack, namesOf } from './inventory.ts';
import { isGone, outcomeOfPlace } from './places-gone.ts';

/** Compares a resource of the last build with its present form, in its present stack and under its present key. */
export function compareResource(
  known: KnownStack,
  old: KnownResource,
  stack: Stack,
  key: string,
  context: Context,
): void {
  const { say, updates, targets } = context;
  const now = context.find(stack, old, key);
  const source = context.stacks.get(known.name);
  if (now === undefined && source !== undefined && source !== stack && stillHasAlias(source, old, context)) {
    compareResource(known, old, source, key, context);
    return;
  }
  if (now === undefined) {
    reportMissing(known, old, stack, key, context);
    return;
  }
  if (old.kind === 'key' && now.kind === 'key') {
    for (const property of ['spec', 'usage', 'origin', 'multiRegion'] as const) {
      if (old[property] === now[property]) continue;
      const [before, after] = [String(old[property]), String(now[property])];
      say(keyReplaced, now.source.span, { key: now.name, stack: stack.name, property, before, after });
      // The spec implies the usage.
      break;
    }
  }
  if (stack.name !== known.name) {
    const { name, definition } = known;
    updates.set(now, { formerStack: { name, ...(definition !== undefined && { definition }), names: old.names } });
    if (context.stacks.has(known.name)) leave(known, old, context, stack.name);
    return;
  }
  const its = targets.filter(({ name }) => stack.targets.includes(name));
  const formerNames: Record<string, readonly string[]> = {};
  const pinned: Record<string, string> = {};
  for (const [target, name] of Object.entries(namesOf(now, stack, its))) {
    const before = old.names[target];
    const { title = target, renames = true } = its.find((one) => one.name === target) ?? {};
    if (before === undefined) continue;
    if (renames) {
      const declared = now.formerNames?.[target] ?? [];
      const all = new Set([...declared, ...(old.formerNames?.[target] ?? []), before]);
      all.delete(name);
      if (all.size > 0) formerNames[target] = [...all];
    } else if (name !== before) {
      if (now.names[target] === undefined) pinned[target] = before;
      else say(nameCannotChange, now.source.span, { title, target, before, after: name });
    }
  }
  const update: Update = {
    ...(Object.keys(pinned).length > 0 && { names: { ...now.names, ...pinned } }),
    ...(Object.keys(formerNames).length > 0 && { formerNames }),
    ...(old.formerStack !== undefined && { formerStack: old.formerStack }),
  };
  if (Object.keys(update).length > 0) updates.set(now, update);
}

/** Whether a stack has an alias, whatever key it points to now. */
export function stillHasAlias(stack: Stack, old: KnownResource, { find }: Context): boolean {
  return old.kind === 'alias' && find(stack, old, old.key) !== undefined;
}

/** A replica, an alias or a grant whose key still exists. */
function reportMissing(known: KnownStack, old: KnownResource, stack: Stack, key: string, context: Context): void {
  const { say, changes, deployments, targets } = context;
  const { definition = stack.name, span = stack.span } = deployments.get(stack.name) ?? {};
  const holder = stack.resources.find((resource) => resource.kind === 'key' && resource.name === key);
  const at = holder?.source.span ?? span;
  const removals = changes.removals.filter((removal) => removal.stack === stack.name);
  if (old.kind === 'replicaKey') {
    const { environment, removal: outcome } = old;
    const place = placeOfReplica(known, old);
    const removal =
      removals.find(({ what }) => what.key === key && what.replica === environment) ?? outcomeOfPlace(place, changes);
    if (removal === undefined && isGone(place, changes)) {
      context.lostPlaces.push({ place, stack: stack.name, keys: [old] });
      return;
    }
    if (removal === undefined) {
      say(replicaGone, at, { stack: stack.name, definition, key, environment, outcome });
      return;
    }
    checkThen([old], removal, targetsOf(known, targets), context);
    if (removal.outcome === 'retain') leave(known, old, context);
    return;
  }
  if (old.kind !== 'alias') return;
  const removal = removals.find(({ what }) => what.alias !== undefined && withAliasPrefix(what.alias) === old.alias);
  // A replica's aliases go with it.
  const replica = known.resources.find(
    (one) => one.kind === 'replicaKey' && one.key === old.key && one.region === old.region,
  );
  const ofReplica =
    replica?.kind === 'replicaKey'
      ? (removals.find(({ what }) => what.key === key && what.replica === replica.environment) ??
        outcomeOfPlace(placeOfReplica(known, replica), changes))
      : undefined;
  const reason = removal ?? ofReplica;
  if (reason === undefined) {
    if (replica?.kind === 'replicaKey' && isGone(placeOfReplica(known, replica), changes)) return;
    const alias = old.alias.replace(/^alias\//, '');
    say(aliasGone, at, { stack: stack.name, definition, alias, key });
    return;
  }
  if (reason.outcome !== 'retain') return;
  const deleting = targetsOf(known, targets).find(({ renames }) => !renames);
  if (removal !== undefined && deleting !== undefined) {
    say(aliasCannotStay, removal.span, { alias: removal.what.alias ?? '', title: deleting.title });
  }
  leave(known, old, context);
}

function placeOfReplica(
  { environment: { account } }: KnownStack,
  { environment, region }: Extract<KnownResource, { kind: 'replicaKey' }>,
): KnownStack['environment'] {
  return { name: environment, region, ...(account !== undefined && { account }) };
}

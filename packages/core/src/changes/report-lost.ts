/**
 * Reports what the last build had and nothing in the YAML accounts for: each key, stack or place once, however many deployments it had, with
 * the fewest entries that account for all of them.
 */

import { groupBy } from '../collections/group-by.ts';
import {
  aliasGone,
  keyGone,
  movedToAnotherPlace,
  placeGone,
  replicaGone,
  stackGone,
  targetGone,
} from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Stack } from '../ir/program.ts';
import { withoutAliasPrefix } from '../kms/alias-prefix.ts';
import { writtenAliasName } from '../resolve/alias-names.ts';
import { samePlace } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';
import type { Context } from './comparison.ts';
import type { Deployment } from './declared.ts';
import { type Guessed, guessRename } from './guess-rename.ts';
import type { KnownKey, KnownReplica, KnownStack } from './inventory.ts';
import {
  keysIn,
  type LostAlias,
  type LostKey,
  type LostKeys,
  type LostReplica,
  type LostStack,
  type LostTarget,
} from './lost.ts';
import { isGone } from './places-gone.ts';

/** The inputs of the report: the comparison, and what the last build did not have. */
interface Situation extends Context {
  readonly newStacks: readonly Stack[];
  /** By account and region. */
  readonly newEnvironments: ReadonlyMap<string, string>;
}

function situationOf(context: Context): Situation {
  const { previous, program, changes } = context;
  const stacks = new Set(previous.stacks.map(({ name }) => name));
  const environments = new Set(previous.stacks.map(({ environment }) => environment.name));
  const added = [...changes.environments].filter(([name]) => !environments.has(name));
  return {
    ...context,
    newStacks: program.stacks.filter(({ name }) => !stacks.has(name)),
    newEnvironments: new Map(added.map(([name, environment]) => [placeIdentity(environment), name])),
  };
}

const placeIdentity = ({ account, region }: KnownStack['environment']) => JSON.stringify([account, region]);

export function reportLost(comparison: Context): readonly Diagnostic[] {
  if (comparison.lost.length === 0) return [];
  const context = situationOf(comparison);
  const stacks: LostStack[] = [];
  const places: LostWithPlace[] = [];
  const keys: LostKeys[] = [];
  const elsewhere: LostKey[] = [];
  const replicas: LostReplica[] = [];
  const ofTargets: LostTarget[] = [];
  const aliases: LostAlias[] = [];
  for (const one of context.lost) {
    switch (one.kind) {
      case 'stack':
        if (isLostWithPlace(one, context)) {
          places.push({ place: one.known.environment, stack: one.known.name, keys: one.keys });
        } else stacks.push(one);
        break;
      case 'keys':
        keys.push(one);
        break;
      case 'key':
        elsewhere.push(one);
        break;
      case 'target':
        ofTargets.push(one);
        break;
      case 'alias':
        aliases.push(one);
        break;
      case 'replica': {
        const place = placeOfReplica(one);
        if (isGone(place, context.changes)) places.push({ place, stack: one.stack, keys: [one.replica] });
        else replicas.push(one);
      }
    }
  }
  return [
    ...placesGone(places, context),
    ...targetsGone(ofTargets, context),
    ...stacksGone(stacks, context),
    ...keysGone(keys, context),
    ...keysElsewhere(elsewhere, context),
    ...replicasGone(replicas, context),
    ...aliasesGone(aliases, context),
  ];
}

/** Entries about the same keys: one for each `removal` that these had. */
function entriesFor(what: string, keys: Iterable<Pick<KnownKey, 'removal'>>): string {
  const removals = new Set([...keys].map(({ removal }) => removal));
  const entries = (['retain', 'destroy'] as const)
    .filter((one) => removals.has(one))
    .map((one) => `{ ${what}, then: ${one} }`);
  return entries.join(', ');
}

/** Keys and replicas that are gone because their place is. */
interface LostWithPlace {
  readonly place: KnownStack['environment'];
  readonly stack: string;
  readonly keys: readonly (KnownKey | KnownReplica)[];
}

/** Whether a stack is gone because its environment is, or has another name. */
function isLostWithPlace(lost: LostStack, context: Situation): boolean {
  const { known } = lost;
  if (!isGone(known.environment, context.changes)) return false;
  const now = renamed(lost, context);
  if (now === undefined) return true;
  const isOfDefinition = known.definition !== undefined && now.definition === known.definition;
  return isOfDefinition && placeMove(known.environment, context) !== undefined;
}

function placeOfReplica({ known, replica: { environment: name, region } }: LostReplica): KnownStack['environment'] {
  const { account } = known.environment;
  return { name, region, ...(account !== undefined && { account }) };
}

/** Reports places with another name, accounts and regions of which no environment is left, and all other environments by region. */
function placesGone(lost: readonly LostWithPlace[], context: Situation): readonly Diagnostic[] {
  const environments = [...context.changes.environments.values()];
  const accounts = new Set(environments.map(({ account }) => account));
  const regions = new Set(environments.map(({ region }) => region));
  const moves = new Map(lost.map((one) => [one, placeMove(one.place, context)]));
  const still = lost.filter((one) => moves.get(one) === undefined);
  const ofAccounts = groupBy(
    still.filter(({ place }) => !accounts.has(place.account)),
    ({ place: { account = '' } }) => account,
  );
  const ofRegions = groupBy(
    still.filter(({ place }) => accounts.has(place.account)),
    ({ place: { region = '' } }) => region,
  );
  const moved = groupBy(
    lost.filter((one) => moves.get(one) !== undefined),
    (one) => JSON.stringify(moves.get(one)),
  );
  return [
    ...[...moved.values()].map((all) => {
      const [first] = all;
      const move = moves.get(first);
      return placeWasLost(move?.kind ?? 'environment', [move?.from ?? ''], all, eachEnvironment(all), move?.to);
    }),
    ...[...ofAccounts.values()].map((all) => {
      if (environmentsOf(all).length === 1) return environmentsWereLost(all);
      const name = accountOf(all);
      const entry = /^\d+$/.test(name) ? `account: "${name}"` : `account: ${name}`;
      return placeWasLost('account', [name], all, entriesFor(entry, keysOf(all)));
    }),
    ...[...ofRegions].map(([region, all]) => {
      if (environmentsOf(all).length === 1 || regions.has(region)) return environmentsWereLost(all);
      return placeWasLost('region', [region], all, entriesFor(`region: ${region}`, keysOf(all)));
    }),
  ];
}

const environmentsOf = (lost: readonly LostWithPlace[]) => [...new Set(lost.map(({ place: { name = '' } }) => name))];
const keysOf = (lost: readonly LostWithPlace[]) => lost.flatMap(({ keys }) => keys);

function eachEnvironment(lost: readonly LostWithPlace[]): string {
  const groups = groupBy(lost, ({ place: { name = '' } }) => name);
  return [...groups].map(([name, all]) => entriesFor(`environment: ${name}`, keysOf(all))).join(', ');
}

function environmentsWereLost(lost: readonly LostWithPlace[]): Diagnostic {
  return placeWasLost('environment', environmentsOf(lost), lost, eachEnvironment(lost));
}

function placeWasLost(
  kind: 'account' | 'region' | 'environment',
  [name = '', ...others]: readonly string[],
  lost: readonly LostWithPlace[],
  removed: string,
  to?: string,
): Diagnostic {
  const stacks = [...new Set(lost.map(({ stack }) => stack))];
  const parameters = { kind, name, others, count: keysOf(lost).length, stacks, removed };
  return report(placeGone, undefined, { ...parameters, ...(to !== undefined && { to }) });
}

interface PlaceMove {
  readonly kind: 'account' | 'environment';
  readonly from: string;
  readonly to: string;
}

/** What to say of an environment whose account and region a new one has: that it or its account has another name. */
function placeMove(place: KnownStack['environment'], context: Situation): PlaceMove | undefined {
  const { name = '', region } = place;
  const to = context.newEnvironments.get(placeIdentity(place));
  if (to === undefined) return undefined;
  const suffix = `-${region}`;
  const account = to.slice(0, -suffix.length);
  if (!name.endsWith(suffix) || !to.endsWith(suffix) || !context.changes.accounts.has(account)) {
    return { kind: 'environment', from: name, to };
  }
  return { kind: 'account', from: name.slice(0, -suffix.length), to: account };
}

/** The name that an account had under `accounts`, if its environments are named after it; otherwise its id. */
function accountOf(lost: readonly LostWithPlace[]): string {
  const names = lost.map(({ place: { name = '', region } }) =>
    name.endsWith(`-${region}`) ? name.slice(0, -`-${region}`.length) : '',
  );
  const [first = ''] = names;
  return first !== '' && names.every((name) => name === first) ? first : (lost[0]?.place.account ?? '');
}

function targetsGone(lost: readonly LostTarget[], { deployments }: Situation): readonly Diagnostic[] {
  const identity = ({ known, target }: LostTarget) =>
    JSON.stringify([deployments.get(known.name)?.definition, target.name]);
  const all = groupBy(lost, identity);
  return lost.flatMap((one) => {
    const { known, target } = one;
    const { definition = known.name, span } = deployments.get(known.name) ?? {};
    const keys = (all.get(identity(one)) ?? []).flatMap((other) => keysIn(other.known.resources));
    // Other tools do what the outputs say, not what is deployed.
    const which = keys.length > 0 && target.removesAsDeployed ? keys : [{ removal: 'retain' as const }];
    const removed = entriesFor(`target: ${target.name}`, which);
    const parameters = { stack: known.name, definition, target: target.name, title: target.title, removed };
    return inStack(known, [report(targetGone, span, parameters)]);
  });
}

/** Reports stacks with another name, and all others once for their definition. */
function stacksGone(lost: readonly LostStack[], context: Situation): readonly Diagnostic[] {
  const groups = groupBy(lost, (one) => {
    const now = renamed(one, context);
    return JSON.stringify([one.known.definition ?? one.known.name, now && definitionOf(now.name, context)]);
  });
  return [...groups.values()].flatMap((group) => stackWasLost(group, context));
}

/** Reports the deployments of one definition that are gone, or are those of one other definition now. */
function stackWasLost(
  lost: readonly [LostStack, ...(readonly LostStack[])],
  context: Situation,
): readonly Diagnostic[] {
  const [first] = lost;
  const { known } = first;
  const now = renamed(first, context);
  const to = now && context.deployments.get(now.name);
  const guess = guessedMoves(lost, now, context);
  const definition = definitionNow(known, context);
  const environments = lost.flatMap((one) => one.known.environment.name ?? []);
  const isInOthers = definition !== undefined && lost.length > 1;
  const stack = (definition === undefined || isInOthers ? known.definition : undefined) ?? known.name;
  const keys = lost.flatMap((one) => one.keys);
  const whole = now === undefined ? [] : lost.map((one) => `{ from: ${nameForMove(one.known, now)}.* }`);
  const moved = [...new Set([...whole, ...(guess?.entries ?? [])])];
  const under = to?.definition ?? guess?.under;
  const removed = (): { readonly removed?: string; readonly under?: string } => {
    if (definition === undefined) return { removed: entriesFor(`stack: ${stack}`, keys) };
    // The new stack is in its place.
    if (to?.definition === definition.definition || environments.length < lost.length) return {};
    const under = definition.definition;
    return { under, removed: leftEnvironments(lost, under, context) };
  };
  const diagnostic = report(stackGone, definition?.span ?? to?.span ?? guess?.span, {
    stack,
    environments: isInOthers ? environments : [],
    keys: [...new Set(keys.map(({ key }) => key))],
    ...(under !== undefined && { moved: moved.join(', '), to: under }),
    ...removed(),
  });
  return lost.length > 1 ? [diagnostic] : inStack(known, [diagnostic]);
}

/**
 * Entries of `moved` for lost keys that may have other names in another stack now. `whole`: the stack that has keys of the same names, if
 * there is one. All entries are for one stack; if the keys may be in several, there are none.
 */
function guessedMoves(
  lost: readonly LostStack[],
  whole: Stack | undefined,
  context: Situation,
): { readonly under: string; readonly entries: readonly string[]; readonly span: Span } | undefined {
  const same = new Set(whole?.resources.flatMap((one) => (one.kind === 'key' ? [one.name] : [])));
  const renamedKeys = lost.map(({ known, keys }) => ({
    known,
    keys: keys.filter((one): one is KnownKey => one.kind === 'key' && !same.has(one.key)),
  }));
  const under = whole && definitionOf(whole.name, context);
  const guesses = [...guessedIn(renamedKeys, context).values()].filter(({ stack }) => stack === (under ?? stack));
  const [first] = guesses;
  if (first === undefined || guesses.some(({ stack }) => stack !== first.stack)) return undefined;
  const entries = guesses.map(({ from, to }) => `{ from: ${from}, to: ${to} }`);
  return { under: first.stack, entries, span: first.span };
}

/** The name of the definition of the stack `name`, under which the YAML has entries about it. */
function definitionOf(name: string, { deployments }: Situation): string {
  return deployments.get(name)?.definition ?? name;
}

/** The first new stack in the place of one that is gone that has a key of the same name. */
function renamed({ known, keys }: LostStack, { newStacks }: Situation): Stack | undefined {
  const names = new Set(keys.map(({ key }) => key));
  return newStacks.find(
    (stack) =>
      samePlace(stack.environment, known.environment) &&
      stack.resources.some((resource) => resource.kind === 'key' && names.has(resource.name)),
  );
}

/** The definition of a stack in all of its environments, if that of the stack which it is now has one too. */
function nameForMove(known: KnownStack, now: Stack | undefined): string {
  const isOfList = now?.definition !== undefined && known.definition !== undefined;
  return isOfList && now.definition !== known.definition ? known.definition : known.name;
}

/** The definition that a stack was a deployment of, if the project still has it. */
function definitionNow(known: KnownStack, { changes }: Situation): Deployment | undefined {
  const { name, definition = name, environment } = known;
  return changes.deployments.find(
    (one) => one.definition === definition || name === `${one.definition}-${environment.name}`,
  );
}

/**
 * Entries for environments that a definition is no longer in: groups and accounts that it has left, which leave the fewest environments to be
 * named one by one.
 */
function leftEnvironments(lost: readonly LostStack[], definition: string, { changes, program }: Situation): string {
  const stays = new Set(
    program.stacks.flatMap(({ name, environment }) =>
      environment.name !== undefined && name === `${definition}-${environment.name}` ? [environment.name] : [],
    ),
  );
  const sets = [...changes.environmentSets].filter(([, members]) => ![...members.keys()].some((one) => stays.has(one)));
  const entries: string[] = [];
  let rest = lost;
  const take = (reference: string, isIn: (environment: string) => boolean) => {
    const [taken, others] = [true, false].map((is) =>
      rest.filter(({ known }) => isIn(known.environment.name ?? '') === is),
    );
    rest = others ?? [];
    entries.push(
      entriesFor(
        `environment: ${reference}`,
        (taken ?? []).flatMap(({ keys }) => keys),
      ),
    );
  };
  const countOf = (members: ReadonlyMap<string, unknown>) =>
    rest.filter(({ known }) => members.has(known.environment.name ?? '')).length;
  for (;;) {
    const [largest] = sets.toSorted(([, one], [, other]) => countOf(other) - countOf(one) || one.size - other.size);
    if (largest === undefined || countOf(largest[1]) < 2) break;
    take(largest[0], (environment) => largest[1].has(environment));
  }
  for (const { known } of rest)
    take(known.environment.name ?? '', (environment) => environment === known.environment.name);
  return entries.join(', ');
}

function keysGone(lost: readonly LostKeys[], context: Situation): readonly Diagnostic[] {
  const all = groupBy(
    lost.flatMap(({ known, keys, deployment }) => keys.map((key) => ({ known, key, deployment }))),
    ({ deployment: { definition }, key }) => JSON.stringify([definition, key.key]),
  );
  const guesses = guessedIn(lost, context);
  return lost.flatMap(({ known, keys, deployment: { stack: name, definition, span } }) => {
    const isRenamed = name !== known.name && definition !== known.definition;
    const stack = isRenamed ? (known.definition ?? known.name) : name;
    return keys.flatMap((key) => {
      const everywhere = all.get(JSON.stringify([definition, key.key])) ?? [];
      // Where the key that it may be now does not exist, the same entry is about it.
      const guess = guesses.get(key) ?? everywhere.flatMap((one) => guesses.get(one.key) ?? [])[0];
      const removed = entriesFor(
        `key: ${key.key}`,
        everywhere.map((one) => one.key),
      );
      const parameters = { stack, definition, key: key.key, removed };
      const without = everywhere.flatMap((one) => (guesses.has(one.key) ? [] : (one.known.environment.name ?? [])));
      const renaming = guess !== undefined && { from: guess.from, to: guess.to, under: guess.stack, without };
      return inStack({ name }, [report(keyGone, guess?.span ?? span, { ...parameters, ...renaming })]);
    });
  });
}

/** Reports keys that would leave their account or region, once for each definition that they were in and each entry. */
function keysElsewhere(lost: readonly LostKey[], context: Situation): readonly Diagnostic[] {
  const groups = groupBy(lost, ({ known, move: { toStack, span } }) =>
    JSON.stringify([known.definition ?? known.name, definitionOf(toStack, context), span]),
  );
  return [...groups.values()].map((group) => {
    const [{ known, move }] = group;
    const { definition: stack = known.name } = known;
    const to = definitionOf(move.toStack, context);
    const others = context.previous.stacks.flatMap((one) => {
      const name = one.definition === known.definition ? one.environment.name : undefined;
      const moves = group.some(({ key }) => {
        const where = context.follow(one, key.key);
        return where.kind === 'there' && where.through.some(({ span }) => span === move.span);
      });
      return name !== undefined && known.definition !== undefined && moves ? [name] : [];
    });
    return report(movedToAnotherPlace, move.span, {
      keys: [...new Set(group.map(({ key }) => key.key))],
      stack,
      environments: [...new Set(group.flatMap((one) => one.known.environment.name ?? []))],
      to,
      others,
      ...removalsElsewhere(group, to, context),
    });
  });
}

/** The entries of `removed` for keys that cannot move to the definition `to`, and the definition under which to write them. */
function removalsElsewhere(
  group: readonly [LostKey, ...(readonly LostKey[])],
  to: string,
  context: Situation,
): { readonly removed: string; readonly under?: string } {
  const [{ known, move }] = group;
  const here = context.deployments.get(known.name)?.definition;
  const by = (what: (one: LostKey) => string) =>
    [...groupBy(group, what)]
      .map(([entry, all]) =>
        entriesFor(
          entry,
          all.map(({ key }) => key),
        ),
      )
      .join(', ');
  if (here !== undefined) return { removed: by(({ key }) => `key: ${key.key}`), under: here };
  const under = move.from === undefined ? to : definitionNow(known, context)?.definition;
  return under === undefined || known.environment.name === undefined
    ? { removed: by((one) => `stack: ${one.known.name}`) }
    : { removed: by((one) => `environment: ${one.known.environment.name}`), under };
}

/** What lost keys may be called now. */
function guessedIn(
  lost: readonly Pick<LostKeys, 'known' | 'keys'>[],
  context: Situation,
): ReadonlyMap<KnownKey, Guessed> {
  const guesses = new Map<KnownKey, Guessed>();
  for (const { known, keys } of lost) {
    const taken = new Set<string>();
    for (const key of keys) {
      const guess = guessRename(key, known, context, taken);
      if (guess === undefined) continue;
      taken.add(`${guess.stack}.${guess.to}`);
      guesses.set(key, guess);
    }
  }
  return guesses;
}

function replicasGone(lost: readonly LostReplica[], { deployments, stacks }: Situation): readonly Diagnostic[] {
  // Stacks in several environments have a replica of their own in each, which the region names for all of them.
  const placeOf = ({ stack, replica: { environment, region } }: LostReplica) =>
    stacks.get(stack)?.definition === undefined ? environment : region;
  const identity = (one: LostReplica) =>
    JSON.stringify([deployments.get(one.stack)?.definition, one.key, placeOf(one)]);
  const all = groupBy(lost, identity);
  return lost.flatMap((one) => {
    const { stack, key, span } = one;
    const { definition = stack } = deployments.get(stack) ?? {};
    const place = placeOf(one);
    const everywhere = all.get(identity(one)) ?? [];
    const removed = entriesFor(
      `key: ${key}, replica: ${place}`,
      everywhere.map(({ replica }) => replica),
    );
    return inStack({ name: stack }, [report(replicaGone, span, { stack, definition, key, place, removed })]);
  });
}

/** Reports aliases that are gone, and once for each stack in all of its environments those whose text stands for another name now. */
function aliasesGone(lost: readonly LostAlias[], context: Situation): readonly Diagnostic[] {
  const definitionFor = ({ stack }: LostAlias) => definitionOf(stack, context);
  const entriesOf = (aliases: readonly LostAlias[]) => {
    const written = new Set(aliases.map(({ alias }) => withoutAliasPrefix(writtenAliasName(alias.id))));
    // In YAML, braces begin a mapping.
    const texts = [...written].sort().map((text) => (text.includes('{') ? `"${text}"` : text));
    return texts.map((text) => `{ alias: ${text}, then: destroy }`).join(', ');
  };
  const gone = lost.filter(({ now }) => now === undefined);
  const renamed = groupBy(
    lost.filter(({ now }) => now !== undefined),
    definitionFor,
  );
  return [
    ...gone.flatMap((one) => {
      const { stack, alias, key, span } = one;
      const written = withoutAliasPrefix(writtenAliasName(alias.id));
      const parameters = { stack, definition: definitionFor(one), alias: written, key, removed: entriesOf([one]) };
      return inStack({ name: stack }, [report(aliasGone, span, parameters)]);
    }),
    ...[...renamed].map(([definition, all]) => {
      const [{ alias, now = '', stack, key, span }] = all;
      const names = { alias: withoutAliasPrefix(alias.alias), now: withoutAliasPrefix(now), count: all.length };
      const parameters = { stack, definition, key, ...names, removed: entriesOf(all) };
      return { ...report(aliasGone, span, parameters), stacks: [...new Set(all.map((one) => one.stack))] };
    }),
  ];
}

/**
 * Compares a program with what the last build made. In: the inventory of that build, the program, what the YAML says about changes.
 * Out: what would be lost (errors), and the program and the inventory with what the tools need to know: former names, former
 * stacks, and what lives on without its stack.
 */
import {
  aliasCannotStay,
  aliasGoesToo,
  aliasGone,
  deployRemovalFirst,
  halfOfAChange,
  keyGone,
  keyReplaced,
  movedOntoExisting,
  movedToAnotherPlace,
  nameCannotChange,
  replicaGone,
  stackElsewhere,
  stackGone,
  targetGone,
} from '../diagnostics/changes.ts';
import { type Diagnostic, type DiagnosticDefinition, report } from '../diagnostics/diagnostic.ts';
import { createCollector } from '../diagnostics/result.ts';
import type { Target } from '../emit/emitter.ts';
import type { LeftResource, Program, Resource, Stack } from '../ir/program.ts';
import { withAliasPrefix } from '../resolve/alias-names.ts';
import { samePlace } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';
import type { Changes, Deployment, Removal } from './declared.ts';
import { createFollow, type Follow, type Whereabouts } from './follow.ts';
import { guessRename } from './guess-rename.ts';
import {
  byName,
  type Inventory,
  type KnownResource,
  type KnownStack,
  knownStack,
  labelOf,
  namesOf,
} from './inventory.ts';
import { namesAreFree } from './names-are-free.ts';

export interface ChangeInput {
  /** Absent: nothing has been built yet, so that nothing can be lost. */
  readonly previous: Inventory | undefined;
  readonly program: Program;
  readonly changes: Changes;
  /** Every target there is. */
  readonly targets: readonly Target<unknown>[];
  /** What the build is about. */
  readonly scope: { readonly targets: ReadonlySet<string>; readonly stacks?: ReadonlySet<string> };
  /** Whether every deployment knows what earlier builds said about moved and removed keys. */
  readonly dropMoves: boolean;
}

export interface PlannedChanges {
  readonly program: Program;
  readonly inventory: Inventory;
  readonly diagnostics: readonly Diagnostic[];
}

/** What becomes of a resource of the program because of what it was. */
interface Update {
  readonly names?: Readonly<Record<string, string>>;
  readonly formerNames?: Readonly<Record<string, readonly string[]>>;
  readonly formerStack?: NonNullable<Resource['formerStack']>;
}

export function planChanges(input: ChangeInput): PlannedChanges {
  const { program, targets, scope } = input;
  const previous = input.dropMoves && input.previous !== undefined ? withoutMoves(input.previous) : input.previous;
  if (previous === undefined) {
    return { program, inventory: inScope(undefined, program, input), diagnostics: [] };
  }
  const collector = createCollector();
  const updates = new Map<Resource, Update>();
  const left = new Map<string, LeftResource[]>();
  const context: Context = {
    ...input,
    previous,
    say: (...problem) => collector.add(report(...problem)),
    updates,
    left,
    follow: createFollow(input.changes, program),
    find: createFind(),
    stacks: new Map(program.stacks.map((stack) => [stack.name, stack])),
    deployments: new Map(input.changes.deployments.map((one) => [one.stack, one])),
  };
  collector.add(...checkApp(context));
  for (const known of previous.stacks) {
    const isAbout = scope.stacks === undefined || scope.stacks.has(known.name);
    if (isAbout && known.targets.some((target) => scope.targets.has(target))) compareStack(known, context);
  }
  const stacks = program.stacks.map((stack) => updated(stack, context));
  collector.add(...namesAreFree(stacks, targets, scope.stacks));
  const planned = { ...program, stacks };
  return { program: planned, inventory: inScope(previous, planned, input), diagnostics: collector.diagnostics };
}

/** The name of the app is part of what CloudFormation and Pulumi call a stack: to them all of it would be new. */
function checkApp({ previous, program, targets, changes, scope }: Context): readonly Diagnostic[] {
  if (previous.app === program.app) return [];
  const named = previous.stacks.find(
    (stack) =>
      stack.resources.some(({ kind }) => kind === 'key') &&
      targetsOf(stack, targets).some(({ name, removesAsDeployed }) => removesAsDeployed && scope.targets.has(name)),
  );
  const deployment = changes.deployments.find(({ stack }) => stack === named?.name);
  if (named === undefined || deployment === undefined) return [];
  const { definition, span } = deployment;
  const [before, after] = [`app \`${previous.app}\``, `app \`${program.app}\``];
  return [report(stackElsewhere, span, { stack: named.name, definition, before, after })];
}

interface Context extends ChangeInput {
  readonly previous: Inventory;
  readonly say: <Parameters>(
    ...problem: [definition: DiagnosticDefinition<Parameters>, span: Span | undefined, parameters: Parameters]
  ) => void;
  readonly updates: Map<Resource, Update>;
  /** By stack, what leaves it. */
  readonly left: Map<string, LeftResource[]>;
  readonly follow: Follow;
  readonly find: (stack: Stack, old: KnownResource, key: string) => Resource | undefined;
  readonly stacks: ReadonlyMap<string, Stack>;
  readonly deployments: ReadonlyMap<string, Deployment>;
}

function compareStack(known: KnownStack, context: Context): void {
  const { say, changes, stacks, deployments, targets } = context;
  const stack = stacks.get(known.name);
  const deployment = deployments.get(known.name);
  const whole = changes.removals.find((removal) => isAboutStack(removal, known));
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
  const byKey = new Map<string, KnownResource[]>();
  for (const resource of known.resources) {
    const owned = byKey.get(resource.key);
    if (owned === undefined) byKey.set(resource.key, [resource]);
    else owned.push(resource);
  }
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
      // An alias of a key that the stack imports.
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
    const under = definition?.definition ?? changes.deployments[0]?.definition ?? known.name;
    const entry =
      definition === undefined || environment.name === undefined
        ? `{ stack: ${known.name}, then: retain }`
        : `{ environment: ${environment.name}, then: retain }`;
    const to = renamed && (deployments.get(renamed.name)?.definition ?? renamed.name);
    say(stackGone, definition?.span ?? deployments.get(renamed?.name ?? '')?.span, {
      stack: known.name,
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

/** Compares a resource of the last build with what it is now, in the stack and under the key where it is now. */
function compareResource(known: KnownStack, old: KnownResource, stack: Stack, key: string, context: Context): void {
  const { say, updates, left, targets } = context;
  const now = context.find(stack, old, key);
  const source = context.stacks.get(known.name);
  if (now === undefined && source !== undefined && source !== stack && isStillIn(source, old, context)) {
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
      // A usage follows from the spec.
      break;
    }
  }
  if (stack.name !== known.name) {
    const { name, definition } = known;
    updates.set(now, { formerStack: { name, ...(definition !== undefined && { definition }), names: old.names } });
    if (context.stacks.has(known.name)) push(left, known.name, leaving(old, stack.name));
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

/** Whether an alias is in a stack, whatever key it leads to now. */
function isStillIn(stack: Stack, old: KnownResource, { find }: Context): boolean {
  return old.kind === 'alias' && find(stack, old, old.key) !== undefined;
}

/** Finds what a resource of the last build is now, in a stack and under the name that its key has there. */
function createFind(): (stack: Stack, old: KnownResource, key: string) => Resource | undefined {
  const indexes = new Map<Stack, ReadonlyMap<string, Resource>>();
  return (stack, old, key) => {
    const index =
      indexes.get(stack) ??
      new Map(stack.resources.map((resource) => [identity(resource, keyNameOf(resource)), resource] as const));
    indexes.set(stack, index);
    return index.get(identity(old, key));
  };
}

function identity(resource: KnownResource | Resource, key: string): string {
  const { kind, region } = resource;
  // A key is what it is called, and an alias may lead to another key now.
  const label = kind === 'key' ? '' : labelOf(resource);
  return JSON.stringify([kind, kind === 'alias' ? '' : key, label, region]);
}

function keyNameOf(resource: Resource): string {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return resource.name;
    case 'kmsGrant':
      return resource.keyName;
    default:
      return '';
  }
}

/** A replica, an alias or a grant whose key is still there. */
function reportMissing(known: KnownStack, old: KnownResource, stack: Stack, key: string, context: Context): void {
  const { say, changes, deployments, left, targets } = context;
  const { definition = stack.name, span = stack.span } = deployments.get(stack.name) ?? {};
  const holder = stack.resources.find((resource) => resource.kind === 'key' && resource.name === key);
  const place = holder?.source.span ?? span;
  const removals = changes.removals.filter((removal) => removal.stack === stack.name);
  if (old.kind === 'replicaKey') {
    const { environment, removal: outcome } = old;
    const removal = removals.find(({ what }) => what.key === key && what.replica === environment);
    if (removal === undefined) {
      say(replicaGone, place, { stack: stack.name, definition, key, environment, outcome });
      return;
    }
    checkThen([old], removal, targetsOf(known, targets), context);
    if (removal.outcome === 'retain') push(left, known.name, leaving(old));
    return;
  }
  if (old.kind !== 'alias') return;
  const removal = removals.find(({ what }) => what.alias !== undefined && withAliasPrefix(what.alias) === old.alias);
  // An alias of a replica goes with it.
  const replica = changes.removals.find(
    ({ stack: of, what }) =>
      of === stack.name &&
      what.key === key &&
      known.resources.some(
        (one) => one.kind === 'replicaKey' && one.environment === what.replica && one.region === old.region,
      ),
  );
  const reason = removal ?? replica;
  if (reason === undefined) {
    const alias = old.alias.replace(/^alias\//, '');
    say(aliasGone, place, { stack: stack.name, definition, alias, key });
    return;
  }
  if (reason.outcome !== 'retain') return;
  const deleting = targetsOf(known, targets).find(({ renames }) => !renames);
  if (removal !== undefined && deleting !== undefined) {
    say(aliasCannotStay, removal.span, { alias: removal.what.alias ?? '', title: deleting.title });
  }
  push(left, known.name, leaving(old));
}

function removeAll(known: KnownStack, removal: Removal, context: Context): void {
  checkThen(known.resources, removal, targetsOf(known, context.targets), context);
}

function removeKey(known: KnownStack, owned: readonly KnownResource[], removal: Removal, context: Context): void {
  const { say, left, targets, stacks } = context;
  const its = targetsOf(known, targets);
  const [{ key = '' } = {}] = owned;
  checkThen(owned, removal, its, context);
  if (!isWhole(known, context)) {
    say(halfOfAChange, removal.span, { what: key });
    return;
  }
  const stack = stacks.get(known.name);
  if (stack === undefined) return;
  const stays = owned.filter((resource) => isStillIn(stack, resource, context));
  for (const resource of stays) compareResource(known, resource, stack, key, context);
  if (removal.outcome !== 'retain') return;
  const gone = owned.filter((resource) => !stays.includes(resource));
  const deleting = its.find(({ renames }) => !renames);
  const aliases = gone.flatMap((resource) => (resource.kind === 'alias' ? [resource.alias] : []));
  if (deleting !== undefined && aliases.length > 0) {
    say(aliasGoesToo, removal.span, { key, aliases, title: deleting.title });
  }
  for (const resource of gone) push(left, known.name, leaving(resource));
}

/** A tool does with keys what their last deployment said, which has to be what is meant. */
function checkThen(
  gone: readonly KnownResource[],
  removal: Removal,
  targets: readonly Target<unknown>[],
  { say }: Context,
): void {
  const { outcome, span } = removal;
  for (const resource of gone) {
    if (resource.kind !== 'key' && resource.kind !== 'replicaKey') continue;
    if (resource.removal === outcome) continue;
    if (outcome === 'retain' && !targets.some(({ removesAsDeployed }) => removesAsDeployed)) continue;
    const what =
      resource.kind === 'key'
        ? `\`${resource.key}\``
        : `the replica of \`${resource.key}\` in \`${resource.environment}\``;
    say(deployRemovalFirst, span, { what, removal: resource.removal, outcome });
  }
}

function leaving(old: KnownResource, toStack?: string): LeftResource {
  const { kind, key, names } = old;
  return { kind, key, label: labelOf(old), names, ...(toStack !== undefined && { toStack }) };
}

function isAboutStack({ what, definition }: Removal, { name, environment }: KnownStack): boolean {
  if (what.stack !== undefined) return what.stack === name;
  if (what.environment === undefined || what.environment !== environment.name) return false;
  return name === definition || name === `${definition}-${what.environment}`;
}

function isAboutKey({ stack, what }: Removal, known: KnownStack, key: string): boolean {
  return stack === known.name && what.key === key && what.replica === undefined;
}

/** Whether the build is about all of a stack, with every target that it had. */
function isWhole({ name, targets }: Pick<KnownStack, 'name' | 'targets'>, { scope }: Context): boolean {
  if (scope.stacks !== undefined && !scope.stacks.has(name)) return false;
  return targets.every((target) => scope.targets.has(target));
}

function targetsOf(known: KnownStack, targets: readonly Target<unknown>[]): readonly Target<unknown>[] {
  return targets.filter(({ name }) => known.targets.includes(name));
}

function placeText({ name, account, region }: KnownStack['environment']): string {
  return `${name ?? 'no environment'} (${account ?? 'any account'}, ${region ?? 'any region'})`;
}

function push(left: Map<string, LeftResource[]>, stack: string, one: LeftResource): void {
  left.set(stack, [...(left.get(stack) ?? []), one]);
}

function updated(stack: Stack, { updates, left, previous }: Context): Stack {
  const known = previous.stacks.find(({ name }) => name === stack.name);
  const gone = [...(stack.left ?? []), ...(known?.left ?? []), ...(left.get(stack.name) ?? [])];
  const formerly = formerlyOf(stack, known);
  const isTouched = stack.resources.some((resource) => updates.has(resource));
  if (!isTouched && gone.length === 0 && formerly === undefined) return stack;
  const resources = stack.resources.map((resource) => ({ ...resource, ...updates.get(resource) }));
  const all = new Map(gone.map((one) => [JSON.stringify(one), one]));
  return { ...stack, resources, ...(formerly && { formerly }), ...(all.size > 0 && { left: [...all.values()] }) };
}

/** What the deployed stack was made from, where that is not what makes it now. */
function formerlyOf({ definition }: Stack, known: KnownStack | undefined): Stack['formerly'] {
  if (known === undefined) return undefined;
  const deployed = known.formerly ?? known;
  if (deployed.definition === definition) return undefined;
  return deployed.definition === undefined ? {} : { definition: deployed.definition };
}

function withoutMoves({ app, stacks }: Inventory): Inventory {
  return {
    app,
    stacks: stacks.map(({ formerly, ...stack }) => ({
      ...stack,
      left: [],
      resources: stack.resources.map(({ formerNames, formerStack, ...known }) => known),
    })),
  };
}

/** The inventory after a build: what it is about as the program has it, the rest as it was. */
function inScope(previous: Inventory | undefined, program: Program, { targets, scope }: ChangeInput): Inventory {
  const before = new Map(previous?.stacks.map((stack) => [stack.name, stack]));
  const isAbout = (name: string) => scope.stacks === undefined || scope.stacks.has(name);
  const now = program.stacks.flatMap((stack): readonly KnownStack[] => {
    const old = before.get(stack.name);
    if (!isAbout(stack.name)) return old === undefined ? [] : [old];
    const known = knownStack(stack, targets);
    return [old === undefined ? known : withOtherTargets(known, old, scope.targets)];
  });
  const built = new Set(program.stacks.map(({ name }) => name));
  const others = [...before.values()].filter(
    (stack) => !built.has(stack.name) && (!isAbout(stack.name) || !stack.targets.some((one) => scope.targets.has(one))),
  );
  return { app: program.app, stacks: byName([...now, ...others]) };
}

/** With what targets that are not built call the resources. */
function withOtherTargets(known: KnownStack, old: KnownStack, built: ReadonlySet<string>): KnownStack {
  const others = old.targets.filter((target) => !built.has(target));
  if (others.length === 0) return known;
  const before = new Map(old.resources.map((resource) => [resource.id, resource]));
  const namesFor = (id: string) =>
    Object.entries(before.get(id)?.names ?? {}).filter(([target]) => others.includes(target));
  return {
    ...known,
    targets: [...known.targets, ...others].sort(),
    resources: known.resources.map((resource) => ({
      ...resource,
      names: Object.fromEntries([...Object.entries(resource.names), ...namesFor(resource.id)].sort()),
    })),
  };
}

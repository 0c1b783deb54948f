/** The state of a comparison between a program and the last build: its inputs, and what it collects. */
import type { DiagnosticDefinition, RelatedSpan } from '../diagnostics/diagnostic.ts';
import type { Target } from '../emit/emitter.ts';
import { isPrincipal } from '../ir/is-principal.ts';
import type { LeftResource, Program, Resource, Stack } from '../ir/program.ts';
import type { Span } from '../source/span.ts';
import type { Contradictions } from './contradictions.ts';
import type { Changes, Deployment } from './declared.ts';
import type { Follow } from './follow.ts';
import { formerStacksApart, stacksUntilLastBuild } from './former-stacks.ts';
import { type Inventory, type KnownResource, type KnownStack, labelOf } from './inventory.ts';
import type { Lost } from './lost.ts';
import type { Fate, MovedOn } from './moved-on.ts';

export interface ChangeInput {
  /** Absent before the first build: nothing can be lost yet. */
  readonly previous: Inventory | undefined;
  readonly program: Program;
  readonly changes: Changes;
  readonly targets: readonly Target<unknown>[];
  readonly scope: { readonly targets: ReadonlySet<string>; readonly stacks?: ReadonlySet<string> };
  /** Whether every deployment has followed the moves and removals of earlier builds. */
  readonly dropMoves: boolean;
}

/** An alias that pointed to a different key in the last build. `from`: the present name of that key. */
interface MovedAlias {
  readonly stack: Stack;
  readonly from: string;
  readonly alias: Extract<Resource, { kind: 'alias' }>;
}

/** The parts of a resource's history that are added to the resource. */
export interface Update {
  readonly names?: Readonly<Record<string, string>>;
  readonly formerNames?: Readonly<Record<string, readonly string[]>>;
  readonly formerStacks?: NonNullable<Resource['formerStacks']>;
  /** Set for an alias that pointed to a different key in an earlier build. */
  readonly isRepointed?: true;
}

/** The inputs of the comparison, answers to questions about these inputs, and the results: diagnostics, updates and departures. */
export interface Context extends ChangeInput {
  readonly previous: Inventory;
  /** The definitions with a deployment that the build leaves out. */
  readonly partlyBuilt: ReadonlySet<string>;
  readonly say: <Parameters>(
    ...problem: [
      definition: DiagnosticDefinition<Parameters>,
      span: Span | undefined,
      parameters: Parameters,
      related?: readonly RelatedSpan[],
    ]
  ) => void;
  readonly updates: Map<Resource, Update>;
  /** Maps a stack to the resources that leave it. */
  readonly left: Map<string, LeftResource[]>;
  /** Maps a stack to the names under which tools may have keys and replicas that they are to delete: one mapping for each build. */
  readonly deleted: Map<string, LeftResource['names'][]>;
  readonly movedOn: MovedOn;
  readonly contradictions: Contradictions;
  /** Everything that the last build had and that nothing in the YAML accounts for. It is reported at the end, once for all stacks. */
  readonly lost: Lost[];
  /** The aliases that pointed to a different key in the last build. */
  readonly movedAliases: MovedAlias[];
  readonly follow: Follow;
  readonly find: (stack: Stack, old: KnownResource, key: string) => Resource | undefined;
  readonly stacks: ReadonlyMap<string, Stack>;
  readonly deployments: ReadonlyMap<string, Deployment>;
}

/** Whether a build covers a stack: it is for all stacks, or for some that include this one. */
export function covers({ stacks }: Pick<ChangeInput['scope'], 'stacks'>, { name }: Pick<Stack, 'name'>): boolean {
  return stacks === undefined || stacks.has(name);
}

/**
 * Records that a resource leaves its stack: it moves to `toStack` or, if that is absent, lives on without a stack. Tools have to forget the
 * resource under its former names and in its former stacks too. Otherwise, if a deployment has skipped the build that renamed or moved the
 * resource, the tool would delete the resource, because no file mentions it any more.
 */
export function leave(
  known: KnownStack,
  old: KnownResource,
  { left, movedOn }: Pick<Context, 'left' | 'movedOn'>,
  toStack?: string,
): void {
  // Policies and principals hold no data: they stay as they are, or are created again.
  if (old.kind === 'identityPolicy' || isPrincipal(old)) return;
  const { kind, key, region, names, formerNames = {} } = old;
  const until = stacksUntilLastBuild(known, old);
  const { replicaEnvironment } = until[until.length - 1] ?? {};
  const formerStacks = toStack === undefined ? formerStacksApart(until) : [];
  const one: LeftResource = {
    kind,
    key,
    label: labelOf(old),
    ...(region !== undefined && { region }),
    ...(replicaEnvironment !== undefined && { replicaEnvironment }),
    names,
    ...(toStack !== undefined && { toStack }),
  };
  const former = Object.entries(formerNames).flatMap(([target, all]) =>
    all.map((before) => ({ ...one, names: { [target]: before } })),
  );
  const last = { ...one, ...(formerStacks.length > 0 && { formerStacks }) };
  left.set(known.name, [...(left.get(known.name) ?? []), last, ...former]);
  setFate(known, old, { movedOn }, toStack === undefined ? 'retain' : { stack: toStack });
}

/** Records the fate of a resource, to correct what earlier builds recorded about its former stacks. */
export function setFate(
  known: KnownStack,
  old: KnownResource,
  { movedOn }: Pick<Context, 'movedOn'>,
  fate: Fate,
): void {
  for (const { name, names } of stacksUntilLastBuild(known, old)) movedOn.add(old.kind, name, names, fate);
}

/** Records that the tools of a stack are to delete a resource, under each name and in each stack where they may have it. */
export function letDelete(
  known: KnownStack,
  old: KnownResource,
  { deleted, movedOn }: Pick<Context, 'deleted' | 'movedOn'>,
): void {
  setFate(known, old, { movedOn }, 'destroy');
  if (old.kind !== 'key' && old.kind !== 'replicaKey') return;
  for (const { name, names } of stacksUntilLastBuild(known, old)) {
    deleted.set(name, [...(deleted.get(name) ?? []), names]);
  }
}

/** Whether the build covers a stack completely, with every target it had and every stack that shares its programs. */
export function isWhole(
  stack: Pick<KnownStack, 'name' | 'targets' | 'definition'>,
  context: Pick<Context, 'scope' | 'partlyBuilt'>,
): boolean {
  if (!covers(context.scope, stack) || leavesOutPart(stack, context)) return false;
  return stack.targets.every((target) => context.scope.targets.has(target));
}

/**
 * Whether the build leaves out another deployment of the stack's definition. Deployments share a module or a template. If a resource is
 * renamed in the shared file or missing from it, the tool deletes the resource in every deployment, except those with files of their own
 * that say what happened to it.
 */
export function leavesOutPart(
  { definition }: Pick<KnownStack, 'definition'>,
  { partlyBuilt }: Pick<Context, 'partlyBuilt'>,
): boolean {
  return definition !== undefined && partlyBuilt.has(definition);
}

/** The state of a comparison between a program and the last build: its inputs, and what it collects. */
import { deployRemovalFirst } from '../diagnostics/changes.ts';
import type { DiagnosticDefinition } from '../diagnostics/diagnostic.ts';
import type { Target } from '../emit/emitter.ts';
import type { LeftResource, Program, Resource, Stack } from '../ir/program.ts';
import type { Span } from '../source/span.ts';
import type { Changes, Deployment, Outcome } from './declared.ts';
import type { Follow } from './follow.ts';
import { type Inventory, type KnownResource, type KnownStack, labelOf } from './inventory.ts';
import type { LostWithPlace } from './places-gone.ts';

export interface ChangeInput {
  /** Absent before the first build: nothing can be lost yet. */
  readonly previous: Inventory | undefined;
  readonly program: Program;
  readonly changes: Changes;
  /** Every target there is. */
  readonly targets: readonly Target<unknown>[];
  /** The stacks and targets of this build. */
  readonly scope: { readonly targets: ReadonlySet<string>; readonly stacks?: ReadonlySet<string> };
  /** Whether every deployment has seen what earlier builds said about moved and removed keys. */
  readonly dropMoves: boolean;
}

/** What a resource's history adds to it. */
export interface Update {
  readonly names?: Readonly<Record<string, string>>;
  readonly formerNames?: Readonly<Record<string, readonly string[]>>;
  readonly formerStack?: NonNullable<Resource['formerStack']>;
}

/**
 * The inputs of the comparison, answers to questions about them, and its results: diagnostics, updates and departures.
 */
export interface Context extends ChangeInput {
  readonly previous: Inventory;
  readonly say: <Parameters>(
    ...problem: [definition: DiagnosticDefinition<Parameters>, span: Span | undefined, parameters: Parameters]
  ) => void;
  readonly updates: Map<Resource, Update>;
  /** By stack, the resources that leave it. */
  readonly left: Map<string, LeftResource[]>;
  /** What is lost because its place is gone; reported in the end, once for each place. */
  readonly lostPlaces: LostWithPlace[];
  readonly follow: Follow;
  readonly find: (stack: Stack, old: KnownResource, key: string) => Resource | undefined;
  readonly stacks: ReadonlyMap<string, Stack>;
  readonly deployments: ReadonlyMap<string, Deployment>;
}

/**
 * A resource that leaves its stack, for another one or to live on without any. A tool that does not follow what was
 * deployed has to forget it under its former names too: a deployment may have skipped the build that renamed it, and the tool would
 * delete what no file mentions.
 */
export function leave(
  known: KnownStack,
  old: KnownResource,
  { left, targets }: Pick<Context, 'left' | 'targets'>,
  toStack?: string,
): void {
  const { kind, key, region, names, formerNames = {} } = old;
  // It stays, or is created again.
  if (kind === 'identityPolicy') return;
  const one: LeftResource = {
    kind,
    key,
    label: labelOf(old),
    ...(region !== undefined && { region }),
    names,
    ...(toStack !== undefined && { toStack }),
  };
  const former = targets
    .filter(({ removesAsDeployed }) => !removesAsDeployed)
    .flatMap(({ name }) => (formerNames[name] ?? []).map((before) => ({ ...one, names: { [name]: before } })));
  left.set(known.name, [...(left.get(known.name) ?? []), one, ...former]);
}

/** The targets that a stack was built for. */
export function targetsOf(known: KnownStack, targets: readonly Target<unknown>[]): readonly Target<unknown>[] {
  return targets.filter(({ name }) => known.targets.includes(name));
}

/** Whether the build covers a stack completely, with every target it had. */
export function isWhole({ name, targets }: Pick<KnownStack, 'name' | 'targets'>, { scope }: Context): boolean {
  if (scope.stacks !== undefined && !scope.stacks.has(name)) return false;
  return targets.every((target) => scope.targets.has(target));
}

/** A tool treats keys as their last deployment said, which must match what is wanted now. */
export function checkThen(
  gone: readonly KnownResource[],
  { outcome, span }: Outcome,
  targets: readonly Target<unknown>[],
  { say }: Context,
): void {
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

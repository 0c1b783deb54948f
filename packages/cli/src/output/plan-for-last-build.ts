import { withFormerPrograms } from '@keywright/core/changes/former-programs';
import { type PlannedChanges, planChanges } from '@keywright/core/changes/plan-changes';
import type { Compilation } from '@keywright/core/compile';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { LikeStacks } from '@keywright/core/emit/stack-programs';
import type { Program, Stack } from '@keywright/core/ir/program';
import { shownPath } from '../project/locate.ts';
import { targets } from '../targets.ts';
import { assumedInventory } from './assumed-inventory.ts';
import { withFormerPolicies } from './former-policies.ts';
import { readInventory } from './inventory.ts';
import { leftOutWithoutInventory, lostWithoutInventory } from './lost-without-inventory.ts';

export interface PlannedForLastBuild extends PlannedChanges {
  /** The deployments of the changed program that are like each other. */
  readonly likeStacks: LikeStacks;
}

/** Compares a program with the last build in an output folder. If that build cannot be read, returns problems instead. */
export async function planForLastBuild(input: {
  readonly out: string;
  readonly cwd: string;
  readonly program: Program;
  readonly compilation: Compilation;
  readonly scope: { readonly targets: ReadonlySet<string>; readonly stacks?: ReadonlySet<string> };
  readonly dropMoves: boolean;
}): Promise<PlannedForLastBuild | { readonly problems: readonly Diagnostic[] }> {
  const { out, cwd, program, compilation, scope, dropMoves } = input;
  const read = readInventory(out, cwd);
  if ('severity' in read) return { problems: [read] };
  let previous = read.inventory;
  if (previous === undefined) {
    const leftOut = leftOutWithoutInventory(out, shownPath(cwd, out), program, scope);
    if (leftOut !== undefined) return { problems: [leftOut] };
    const problems = await lostWithoutInventory(out, shownPath(cwd, out), program, scope);
    if (problems.length > 0) return { problems };
    previous = await assumedInventory(out, program, scope);
  }
  if (previous !== undefined) previous = await withFormerPolicies(out, previous, program);
  const stacks = withFormerPrograms(program.stacks, previous);
  const { changes } = compilation;
  const planned = planChanges({ previous, program: { ...program, stacks }, changes, targets, scope, dropMoves });
  // A stack that has changes of its own is like no other stack.
  return { ...planned, likeStacks: amongStacks(compilation.likeStacks, stacks) };
}

/** Returns the same pairs, but with the stacks in `stacks`, which are found by name. */
function amongStacks(likeStacks: LikeStacks, stacks: readonly Stack[]): LikeStacks {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  return new Map(
    [...likeStacks].map(([stack, like]) => [byName.get(stack.name) ?? stack, byName.get(like.name) ?? like]),
  );
}

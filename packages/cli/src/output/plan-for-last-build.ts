import { type PlannedChanges, planChanges } from '@keywright/core/changes/plan-changes';
import type { Compilation } from '@keywright/core/compile';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Program } from '@keywright/core/ir/program';
import { shownPath } from '../project/locate.ts';
import { targets } from '../targets.ts';
import { assumedInventory } from './assumed-inventory.ts';
import { withFormerPolicies } from './former-policies.ts';
import { readInventory } from './inventory.ts';
import { lostWithoutInventory } from './lost-without-inventory.ts';

/** Compares a program with the last build of an output folder; returns problems instead if that build cannot be known. */
export async function planForLastBuild(input: {
  readonly out: string;
  readonly cwd: string;
  readonly program: Program;
  readonly compilation: Compilation;
  readonly scope: { readonly targets: ReadonlySet<string>; readonly stacks?: ReadonlySet<string> };
  readonly dropMoves: boolean;
}): Promise<PlannedChanges | { readonly problems: readonly Diagnostic[] }> {
  const { out, cwd, program, compilation, scope, dropMoves } = input;
  const read = readInventory(out, cwd);
  if ('severity' in read) return { problems: [read] };
  let previous = read.inventory;
  if (previous === undefined) {
    const problems = await lostWithoutInventory(out, shownPath(cwd, out), program, scope);
    if (problems.length > 0) return { problems };
    previous = await assumedInventory(out, program, scope);
  }
  if (previous !== undefined) previous = await withFormerPolicies(out, previous, program);
  return planChanges({ previous, program, changes: compilation.changes, targets, scope, dropMoves });
}

import type { Stack } from '@keywright/core/ir/program';
import { address as addressOf } from '@keywright/emit-terraform/names';
import { getModules, terraform } from '../../kit/terraform/run-terraform.ts';
import { refusals, type ShownState, shownState } from './shown.ts';

export interface AppliedModule {
  readonly state: ShownState;
  /** The addresses that Terraform refuses to destroy. */
  readonly kept: ReadonlySet<string>;
}

const plan = ['plan', '-refresh=false', '-lock=false', '-json'];

/** Applies a module. Throws Terraform's message if that fails. */
export async function applyModule(module: string, stack: Stack, reattach: string): Promise<AppliedModule> {
  await getModules(module);
  const applied = await terraform(module, ['apply', '-auto-approve', '-lock=false', '-no-color'], reattach);
  if (applied.status !== 0) throw new Error(applied.problem);
  const [shown, kept] = await Promise.all([
    terraform(module, ['show', '-json', '-no-color'], reattach),
    keptIn(module, stack, reattach),
  ]);
  if (shown.status !== 0) throw new Error(shown.problem);
  return { state: shownState(shown), kept };
}

/**
 * Returns the addresses that Terraform refuses to destroy. `prevent_destroy` is not in any state or plan, but a plan to destroy everything
 * shows it.
 */
async function keptIn(module: string, stack: Stack, reattach: string): Promise<ReadonlySet<string>> {
  const destroyed = refusals(await terraform(module, [...plan, '-destroy'], reattach));
  const kept = new Set(destroyed.kept);
  const problems = [...destroyed.problems];
  for (const primary of primariesIn(stack)) {
    // If Terraform refuses to destroy a replica, the error keeps it from planning the primary.
    const replaced = refusals(await terraform(module, [...plan, `-replace=${primary}`], reattach));
    for (const address of replaced.kept) kept.add(address);
    problems.push(...replaced.problems);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return kept;
}

function primariesIn(stack: Stack): readonly string[] {
  const replicated = new Set(stack.resources.flatMap((each) => (each.kind === 'replicaKey' ? [each.primary] : [])));
  return stack.resources.filter(({ id }) => replicated.has(id)).map((primary) => addressOf(primary, stack));
}

import { insteadOf } from '@keywright/core/diagnostics/suggestion';
import type { Program, Stack } from '@keywright/core/ir/program';
import { isStack } from '@keywright/core/ir/stack-name';

/** Returns the stacks that `--stack` names. A definition means all of its stacks. Without the option: all stacks. */
export function stacksNamed(
  { stacks }: Program,
  names: readonly string[] | undefined,
): readonly Stack[] | { readonly problem: string } {
  if (names === undefined) return stacks;
  const unknown = names.find((name) => !stacks.some((stack) => isStack(stack, name)));
  if (unknown === undefined) return stacks.filter((stack) => names.some((name) => isStack(stack, name)));
  const all = new Set(
    stacks.flatMap(({ definition, name }) => (definition === undefined ? [name] : [definition, name])),
  );
  return { problem: `there is no stack ${JSON.stringify(unknown)}; ${insteadOf(unknown, all, 'stack')}` };
}

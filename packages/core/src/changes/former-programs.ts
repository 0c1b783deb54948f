import type { Stack } from '../ir/program.ts';
import type { Inventory } from './inventory.ts';

/**
 * Adds to each stack the name of its program in the last build, so that programs keep their names when an environment is added. Skips
 * definitions whose names cannot depend on this: those with one program and no new stack.
 */
export function withFormerPrograms(stacks: readonly Stack[], previous: Inventory | undefined): readonly Stack[] {
  if (previous === undefined) return stacks;
  const byName = new Map(previous.stacks.map((stack) => [stack.name, stack]));
  const undecided = new Set<string>();
  for (const { name, definition } of stacks) {
    const before = byName.get(name);
    if (definition !== undefined && (before?.definition !== definition || before.programs !== undefined)) {
      undecided.add(definition);
    }
  }
  return stacks.map((stack) => {
    const { name, definition } = stack;
    const before = byName.get(name);
    if (definition === undefined || !undecided.has(definition) || before?.definition !== definition) return stack;
    const programs = before.targets.map((target) => [target, before.programs?.[target] ?? definition]);
    return { ...stack, formerPrograms: Object.fromEntries(programs) };
  });
}

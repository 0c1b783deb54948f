import { type Inventory, knownStack } from '../changes/inventory.ts';
import { byName } from '../collections/by-name.ts';
import type { Target } from '../emit/emitter.ts';
import type { Program } from '../ir/program.ts';

/** The inventory of a first build. */
export function inventoryOf(program: Program, targets: readonly Target<unknown>[]): Inventory {
  return { app: program.app, stacks: program.stacks.map((stack) => knownStack(stack, targets)).sort(byName) };
}

import { type Inventory, type KnownStack, knownStack } from '@keywright/core/changes/inventory';
import { byName } from '@keywright/core/collections/by-name';
import type { Target } from '@keywright/core/emit/emitter';
import type { Program, Stack } from '@keywright/core/ir/program';
import { targets } from '../targets.ts';
import { earlierFiles } from './earlier.ts';
import { withoutPrefix } from './lost-without-inventory.ts';

/**
 * Returns the inventory that is assumed for outputs that an earlier version of Keywright wrote without one. It covers the stacks whose
 * resources have names with another prefix in these outputs. Everything in these stacks is also in the program, as `lostWithoutInventory`
 * has checked. Returns `undefined` if there are no such stacks.
 */
export async function assumedInventory(
  out: string,
  program: Program,
  only: { readonly targets: ReadonlySet<string>; readonly stacks?: ReadonlySet<string> },
): Promise<Inventory | undefined> {
  const stacks = new Map<string, KnownStack>();
  for (const [targetName, files] of earlierFiles(out)) {
    const target = targets.find(({ name }) => name === targetName);
    if (target?.prefixOf === undefined || !only.targets.has(targetName)) continue;
    const emitter = await target.loadEmitter();
    for (const stack of program.stacks) {
      if (!stack.targets.includes(targetName) || only.stacks?.has(stack.name) === false) continue;
      const before = emitter.earlierPrefix?.(stack, files);
      if (before === undefined || before === target.prefixOf(stack)) continue;
      stacks.set(stack.name, withPrefix(before, stack, stacks.get(stack.name) ?? knownStack(stack, targets), target));
    }
  }
  return stacks.size === 0 ? undefined : { app: program.app, stacks: [...stacks.values()].sort(byName) };
}

function withPrefix(prefix: string, stack: Stack, known: KnownStack, target: Target<unknown>): KnownStack {
  const names = new Map(stack.resources.map((one) => [one.id, prefix + withoutPrefix(one, stack, target)]));
  return {
    ...known,
    prefixes: { ...known.prefixes, [target.name]: prefix },
    resources: known.resources.map((one) => ({
      ...one,
      names: { ...one.names, [target.name]: names.get(one.id) ?? '' },
    })),
  };
}

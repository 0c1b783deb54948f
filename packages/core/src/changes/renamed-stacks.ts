import type { Stack } from '../ir/program.ts';
import { type Context, isWhole } from './comparison.ts';
import { movesNear } from './follow.ts';
import type { KnownStack } from './inventory.ts';

/**
 * The stacks of the last build that have another name now, by the new name. A stack counts as renamed if the old name is gone, the last
 * build did not have the new name, and every key that still exists is in the stack of the new name. Stacks that were merged into one are
 * left out.
 */
export function renamedStacks(context: Context): ReadonlyMap<string, KnownStack> {
  const { previous, stacks } = context;
  const before = new Set(previous.stacks.map(({ name }) => name));
  const renames = new Map<string, readonly KnownStack[]>();
  for (const known of previous.stacks) {
    if (stacks.has(known.name) || !isWhole(known, context)) continue;
    const [to, another] = destinations(known, context);
    if (to === undefined || another !== undefined || before.has(to.name) || !isWhole(to, context)) continue;
    renames.set(to.name, [...(renames.get(to.name) ?? []), known]);
  }
  return new Map(
    [...renames].flatMap(([name, [known, another]]) =>
      known === undefined || another !== undefined ? [] : [[name, known] as const],
    ),
  );
}

/** The stacks that now have the keys of a stack. For a stack without keys, the stacks that entries of `moved` name. */
function destinations(known: KnownStack, { follow, changes, stacks }: Context): ReadonlySet<Stack> {
  const keys = known.resources.filter(({ kind }) => kind === 'key');
  if (keys.length > 0) {
    const all = keys.map(({ key }) => follow(known, key));
    return new Set(all.flatMap((where) => (where.kind === 'there' ? [where.stack] : [])));
  }
  return new Set(movesNear(known, undefined, changes.moves, stacks).map(({ stack }) => stack));
}

import { statesElsewhere } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { sha256 } from '../ir/digest.ts';
import type { Context } from './comparison.ts';

/** A digest of the place of states, which the inventory keeps because the place itself can contain secrets. */
export function digestOfPlace(place: string): string {
  return sha256(place).slice(0, 16);
}

/** Reports targets whose options name another place for the states of stacks than in the last build (KW5174). */
export function statesAreInPlace({ previous, targets, scope, changes }: Context): readonly Diagnostic[] {
  return targets.flatMap(({ name, title, states }) => {
    const before = previous.states?.[name];
    const now = changes.states.get(name);
    if (states === undefined || before === undefined || !scope.targets.has(name)) return [];
    const hasKeys = previous.stacks.some(
      (stack) => stack.targets.includes(name) && stack.resources.some(({ kind }) => kind === 'key'),
    );
    if (!hasKeys || (now !== undefined && before === digestOfPlace(now.place))) return [];
    return [report(statesElsewhere, now?.span, { tool: title, advice: states.advice })];
  });
}

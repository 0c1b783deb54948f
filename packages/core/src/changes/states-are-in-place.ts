import { statesElsewhere } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import type { Context } from './comparison.ts';

/** Reports targets whose options name another place for the states of stacks than in the last build (KW5174). */
export function statesAreInPlace({ previous, targets, scope, changes }: Context): readonly Diagnostic[] {
  return targets.flatMap(({ name, title, states }) => {
    const before = previous.states?.[name];
    const now = changes.states.get(name);
    const hasKeys = previous.stacks.some(
      (stack) => stack.targets.includes(name) && stack.resources.some(({ kind }) => kind === 'key'),
    );
    if (states === undefined || before === undefined || before === now?.digest) return [];
    return hasKeys && scope.targets.has(name)
      ? [report(statesElsewhere, now?.span, { tool: title, advice: states.advice })]
      : [];
  });
}

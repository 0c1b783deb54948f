import { statesElsewhere } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { fill } from '../emit/deployment-text.ts';
import { sha256 } from '../ir/digest.ts';
import { samePlace } from '../resolve/place.ts';
import type { Context } from './comparison.ts';
import type { KnownStack } from './inventory.ts';

/** A digest of the place of states, which the inventory keeps because the place itself can contain secrets. */
export function digestOfPlace(place: string): string {
  return sha256(place).slice(0, 16);
}

/**
 * Reports targets that will look for the states of stacks in another place than after the last build (KW5174). Either their options name
 * another place, or the place contains the name of the app or an environment, which has changed.
 */
export function statesAreInPlace({
  previous,
  targets,
  scope,
  changes,
  stacks,
}: Pick<Context, 'previous' | 'targets' | 'scope' | 'changes' | 'stacks'>): readonly Diagnostic[] {
  return targets.flatMap(({ name, title, states }) => {
    const before = previous.states?.[name];
    const now = changes.states.get(name);
    if (states === undefined || before === undefined || !scope.targets.has(name)) return [];
    const withKeys = previous.stacks.filter(
      (stack) => stack.targets.includes(name) && stack.resources.some(({ kind }) => kind === 'key'),
    );
    const isInPlace = (place: string, known: KnownStack) => {
      const stack = stacks.get(known.name);
      if (stack === undefined || !samePlace(known.environment, stack.environment)) return true;
      const environment = { ...stack.environment, ...known.environment };
      return fill(place, { name: stack.name, app: previous.app, environment }) === fill(place, stack);
    };
    const isSame =
      now !== undefined &&
      before === digestOfPlace(now.place) &&
      withKeys.every((known) => isInPlace(now.place, known));
    if (withKeys.length === 0 || isSame) return [];
    return [report(statesElsewhere, now?.span, { tool: title, advice: states.advice })];
  });
}

import type { Target } from './emitter.ts';

/** The targets that a stack is generated for, or was in the last build. */
export function targetsOf(
  stack: { readonly targets: readonly string[] },
  targets: readonly Target<unknown>[],
): readonly Target<unknown>[] {
  return targets.filter(({ name }) => stack.targets.includes(name));
}

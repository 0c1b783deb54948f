import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Program } from '../ir/program.ts';
import type { Target } from './emitter.ts';

/** Reports what the targets would refuse or misinterpret in the stacks generated for them. */
export function checkTargets(
  program: Program,
  targets: readonly Target<unknown>[],
  options: Readonly<Record<string, unknown>>,
): readonly Diagnostic[] {
  return targets.flatMap((target) =>
    program.stacks
      .filter((stack) => stack.targets.includes(target.name))
      .flatMap((stack) => inStack(stack, target.problemsOf?.(stack, options[target.name]) ?? [])),
  );
}

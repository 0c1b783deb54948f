import { insteadOf } from '@keywright/core/diagnostics/suggestion';
import type { Target } from '@keywright/core/emit/emitter';
import { targets } from '../targets.ts';

/** The targets that `--target` names, or all targets without that option; or what is wrong with the names. */
export function targetsNamed(
  names: readonly string[] | undefined,
): { readonly targets: readonly Target<unknown>[] } | { readonly problem: string } {
  if (names === undefined) return { targets };
  const allNames = targets.map(({ name }) => name);
  const unknown = names.find((name) => !allNames.includes(name));
  if (unknown !== undefined) {
    return { problem: `there is no target ${JSON.stringify(unknown)}; ${insteadOf(unknown, allNames, 'target')}` };
  }
  return { targets: targets.filter(({ name }) => names.includes(name)) };
}

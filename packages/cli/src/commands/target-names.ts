import { insteadOf } from '@keywright/core/diagnostics/suggestion';
import type { Target } from '@keywright/core/emit/emitter';
import { wordAmong } from '@keywright/core/language/other-values';
import { targets } from '../targets.ts';

/** Returns the targets that `--target` names, all targets without that option, or what is wrong with the names. */
export function targetsNamed(
  names: readonly string[] | undefined,
): { readonly targets: readonly Target<unknown>[] } | { readonly problem: string } {
  if (names === undefined) return { targets };
  const allNames = targets.map(({ name }) => name);
  const unknown = names.find((name) => !allNames.includes(name));
  if (unknown !== undefined) {
    const meant = wordAmong(unknown, allNames);
    const help = meant === undefined ? insteadOf(unknown, allNames, 'target') : `write \`${meant}\``;
    return { problem: `there is no target ${JSON.stringify(unknown)}; ${help}` };
  }
  return { targets: targets.filter(({ name }) => names.includes(name)) };
}

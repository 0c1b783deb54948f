import { halfOfAChange } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Program } from '../ir/program.ts';
import type { ChangeInput } from './comparison.ts';
import type { Inventory } from './inventory.ts';
import { type ProgramNames, replacedPrograms } from './program-names.ts';

/**
 * Reports stacks that the build leaves out, although it replaces their programs and they are now deployments of other programs (KW5168).
 * Their files would still name the former programs, which now have the keys and policies of other environments. `programs`: by target and
 * stack, the program of this build.
 */
export function leftOutPrograms(
  previous: Inventory | undefined,
  { stacks }: Program,
  programs: ProgramNames,
  { targets, stacks: built }: ChangeInput['scope'],
): readonly Diagnostic[] {
  if (previous === undefined || built === undefined) return [];
  const replaced = replacedPrograms(programs, built);
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  return previous.stacks.flatMap((known) => {
    const stack = byName.get(known.name);
    if (stack === undefined || built.has(known.name)) return [];
    const isReplaced = known.targets.some((target) => {
      const before = known.programs?.[target] ?? known.definition ?? known.name;
      const now = programs.get(target)?.get(known.name) ?? before;
      return targets.has(target) && now !== before && replaced.get(target)?.has(before) === true;
    });
    return isReplaced ? inStack(stack, [report(halfOfAChange, stack.span, { what: known.name })]) : [];
  });
}

/** The names of programs by target and stack. */
export type ProgramNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** By target, the programs that a build for the stacks in `built` has replaced. */
export function replacedPrograms(
  programs: ProgramNames,
  built: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...programs].map(([target, names]) => [
      target,
      new Set([...names].flatMap(([stack, program]) => (built.has(stack) ? [program] : []))),
    ]),
  );
}

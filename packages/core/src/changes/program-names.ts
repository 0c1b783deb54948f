/** Maps a target to a map from the names of stacks to the names of their programs. */
export type ProgramNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Maps a target to the programs that a build for the stacks in `built` has replaced. */
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

import type { Diagnostic } from './diagnostic.ts';

/**
 * Sorts diagnostics by file name and position, and merges repetitions: every stack of a definition repeats the definition's problems. The
 * merged diagnostic names the stacks of all repetitions, or no stack if one of the repetitions names none. Diagnostics with different
 * advice all remain, because one stack's advice may be wrong for another.
 */
export function arrange(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const distinct = new Map<string, { one: Diagnostic; stacks: Set<string> | undefined }>();
  for (const one of diagnostics) {
    const identity = JSON.stringify([one.code, one.span, one.message, one.help]);
    const existing = distinct.get(identity);
    if (existing === undefined) {
      distinct.set(identity, { one, stacks: one.stacks && new Set(one.stacks) });
      continue;
    }
    existing.one = one;
    if (one.stacks === undefined) existing.stacks = undefined;
    else for (const stack of one.stacks) existing.stacks?.add(stack);
  }
  const position = ({ span }: Diagnostic) => [span?.file ?? '', span?.line ?? 0, span?.column ?? 0] as const;
  return [...distinct.values()].map(withStacks).sort((one, other) => {
    const [file, line, column] = position(one);
    const [otherFile, otherLine, otherColumn] = position(other);
    if (file !== otherFile) return file < otherFile ? -1 : 1;
    return line - otherLine || column - otherColumn;
  });
}

function withStacks({
  one,
  stacks,
}: {
  readonly one: Diagnostic;
  readonly stacks: Set<string> | undefined;
}): Diagnostic {
  if (stacks?.size === one.stacks?.length) return one;
  const { stacks: _, ...rest } = one;
  return stacks === undefined ? rest : { ...rest, stacks: [...stacks] };
}

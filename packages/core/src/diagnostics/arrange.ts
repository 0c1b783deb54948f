import type { Diagnostic } from './diagnostic.ts';

/** Sorts diagnostics by file and place and removes duplicates, which stacks of one definition cause. */
export function arrange(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const distinct = new Map(
    diagnostics.map((diagnostic) => [
      JSON.stringify([diagnostic.code, diagnostic.span, diagnostic.message]),
      diagnostic,
    ]),
  );
  const place = ({ span }: Diagnostic) => [span?.file ?? '', span?.line ?? 0, span?.column ?? 0] as const;
  return [...distinct.values()].sort((one, other) => {
    const [file, line, column] = place(one);
    const [otherFile, otherLine, otherColumn] = place(other);
    if (file !== otherFile) return file < otherFile ? -1 : 1;
    return line - otherLine || column - otherColumn;
  });
}

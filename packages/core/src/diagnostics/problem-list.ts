import type { Span } from '../source/span.ts';
import { type Diagnostic, report } from './diagnostic.ts';
import { moreProblems } from './source.ts';

/** How many problems of one file are listed. */
export const problemLimit = 1000;

/** The problems of one file: the first thousand, then KW0019. A file of another kind can have a million. */
export interface ProblemList {
  readonly diagnostics: readonly Diagnostic[];
  /** Whether more problems would change nothing. */
  readonly isFull: () => boolean;
  add(diagnostic: Diagnostic): void;
  /** Says that there are more, and takes no others. */
  close(span: Span | undefined): void;
}

export function createProblemList(): ProblemList {
  const diagnostics: Diagnostic[] = [];
  let isFull = false;
  const close = (span: Span | undefined) => {
    if (!isFull) diagnostics.push(report(moreProblems, span, {}));
    isFull = true;
  };
  return {
    diagnostics,
    isFull: () => isFull,
    close,
    add(diagnostic) {
      if (diagnostics.length < problemLimit) diagnostics.push(diagnostic);
      else close(diagnostic.span);
    },
  };
}

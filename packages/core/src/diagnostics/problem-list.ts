import type { Span } from '../source/span.ts';
import { type Diagnostic, report } from './diagnostic.ts';
import { moreProblems } from './source.ts';

export const problemLimit = 1000;

/** The problems of one file: the first thousand, then KW0019. The wrong kind of file can have a million. */
export interface ProblemList {
  readonly diagnostics: readonly Diagnostic[];
  readonly isFull: () => boolean;
  add(diagnostic: Diagnostic): void;
  /** Ends the list with a note about the problems left out. */
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

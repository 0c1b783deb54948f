import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { SourceFile } from '@keywright/core/source/span';

/** A diagnostic, and where it holds if that is some of several environments. */
export interface Reported extends Diagnostic {
  readonly where?: {
    /** `in 34 of 36 environments` */
    readonly words: string;
    readonly environments: readonly string[];
  };
}

/** What a run found out, whatever it is printed as. */
export interface Report {
  readonly diagnostics: readonly Reported[];
  /** The files that were read, by the path that spans have; for the lines that are shown. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** The folder of the project, absolute: what the paths of spans are relative to. */
  readonly root: string;
  /** What became of each output, for commands that have outputs. */
  readonly files?: readonly FileOutcome[];
}

/** What was done to an output, or with `--check` would have to be. */
export interface FileOutcome {
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  readonly action: 'create' | 'update' | 'keep' | 'delete';
  /** The folder of its target, as `path`. Absent where outcomes are not counted by target. */
  readonly folder?: string;
  /** With `--check`: the unified diff from what is there to what would be. */
  readonly diff?: string;
}

/** The message, with where it holds before it. */
export function messageOf({ where, message }: Reported): string {
  return where === undefined ? message : `${where.words}: ${message}`;
}

/** `2 errors, 1 warning`; `no problems` for none. */
export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const counts = (['error', 'warning', 'note'] as const).map((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return count === 0 ? undefined : `${count} ${severity}${count === 1 ? '' : 's'}`;
  });
  return counts.filter((count) => count !== undefined).join(', ') || 'no problems';
}

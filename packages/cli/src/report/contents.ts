import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { SourceFile } from '@keywright/core/source/span';

/** A diagnostic. If it applies to only some of several environments, `where` names these. */
export interface Reported extends Diagnostic {
  readonly where?: {
    /** For example `in 34 of 36 environments`. */
    readonly words: string;
    readonly environments: readonly string[];
  };
}

/** The diagnostics of a run, and what is printed with them in any format. */
export interface Report {
  readonly diagnostics: readonly Reported[];
  /** The files that were read, by their path in spans. Their lines are shown. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** The project's absolute folder. The paths of spans are relative to it. */
  readonly root: string;
  /** What happened to each output, for commands with outputs. */
  readonly files?: readonly FileOutcome[];
}

/** The change to an output; with `--check`, the change that a build would make. */
export interface FileOutcome {
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  readonly action: 'create' | 'update' | 'keep' | 'delete';
  /** The folder of the target, in the form of `path`. Absent if outcomes are not counted by target. */
  readonly folder?: string;
  /** With `--check`, the unified diff from the existing to the new content. */
  readonly diff?: string;
}

/** The message, preceded by the environments that it applies to. */
export function messageOf({ where, message }: Reported): string {
  return where === undefined ? message : `${where.words}: ${message}`;
}

/** Returns for example `2 errors, 1 warning`, or `no problems`. */
export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const counts = (['error', 'warning', 'note'] as const).map((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return count === 0 ? undefined : `${count} ${severity}${count === 1 ? '' : 's'}`;
  });
  return counts.filter((count) => count !== undefined).join(', ') || 'no problems';
}

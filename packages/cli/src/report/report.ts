import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { SourceFile } from '@keywright/core/source/span';
import type { Io, Sink } from '../io.ts';

/** How diagnostics can be printed. */
export const formats = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

/** What a run found out, whatever it is printed as. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
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
  /** With `--check`: the unified diff from what is there to what would be. */
  readonly diff?: string;
}

/** Prints a report. Only the code of the format asked for is loaded. */
export async function printReport(format: Format, report: Report, io: Io, to: Sink = io.stdout): Promise<void> {
  switch (format) {
    case 'text': {
      const { textReport } = await import('./text.ts');
      to.write(await textReport(report, io, to === io.stdout ? 'stdout' : 'stderr'));
      return;
    }
    case 'json': {
      const { jsonReport } = await import('./json.ts');
      to.write(jsonReport(report, io.cwd));
      return;
    }
    case 'sarif': {
      const { sarifReport } = await import('./sarif.ts');
      to.write(sarifReport(report, repositoryRoot(io)));
      return;
    }
    case 'github': {
      const { githubReport } = await import('./github.ts');
      to.write(githubReport(report, repositoryRoot(io)));
      return;
    }
  }
}

/** What GitHub takes paths to be relative to. Its runner says so; elsewhere it is the working directory. */
function repositoryRoot(io: Io): string {
  return io.env.GITHUB_WORKSPACE || io.cwd;
}

/** `2 errors, 1 warning`; `no problems` for none. */
export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const counts = (['error', 'warning', 'note'] as const).map((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return count === 0 ? undefined : `${count} ${severity}${count === 1 ? '' : 's'}`;
  });
  return counts.filter((count) => count !== undefined).join(', ') || 'no problems';
}

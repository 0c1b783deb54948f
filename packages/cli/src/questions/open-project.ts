import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program } from '@keywright/core/ir/program';
import type { RecordingHost } from '@keywright/core/project/host';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { locateProject } from '../project/locate.ts';
import { printReport } from '../report/report.ts';
import { targets } from '../targets.ts';

/** Why a question cannot be answered. */
export interface Problem {
  readonly problem: string;
}

/** A project without errors. */
export interface OpenProject {
  readonly program: Program;
  readonly compilation: Compilation;
  readonly host: RecordingHost;
  /** The project's folder, an absolute path. */
  readonly root: string;
}

/**
 * Compiles a project for a question. Prints errors, and returns their exit code. Ignores warnings, which are for `check`. Also ignores
 * problems that matter only when something is generated, except for the targets in `only`.
 */
export async function openProject(
  directory: string | undefined,
  io: Io,
  only: readonly string[] = [],
): Promise<OpenProject | ExitCode> {
  const located = locateProject(directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { root } = located;
  const host = createDiskHost(root);
  const compilation = compileProject(host, { targets, only });
  const { program, diagnostics, sources } = compilation;
  if (program !== undefined && !hasErrors(diagnostics)) return { program, compilation, host, root };
  await printReport('text', { diagnostics, sources, root }, io, io.stderr);
  return 1;
}

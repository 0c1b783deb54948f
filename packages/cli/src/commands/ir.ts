import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { visibleJson } from '@keywright/core/source/visible';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { locateProject } from '../project/locate.ts';
import { printReport } from '../report/report.ts';
import { targets } from '../targets.ts';

export interface IrArguments {
  readonly directory?: string | undefined;
  /** Print the JSON Schema of programs instead. */
  readonly schema: boolean;
}

/** Prints the program of a project as JSON. Problems go to stderr. If there are errors, the program is not printed. */
export async function ir(args: IrArguments, io: Io): Promise<ExitCode> {
  if (args.schema) {
    const { irJsonSchema } = await import('@keywright/core/ir/json-schema');
    io.stdout.write(`${JSON.stringify(irJsonSchema, undefined, 2)}\n`);
    return 0;
  }
  const located = locateProject(args.directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { program, diagnostics, sources } = compileProject(createDiskHost(located.root), { targets });
  if (diagnostics.length > 0) await printReport('text', { diagnostics, sources, root: located.root }, io, io.stderr);
  if (program === undefined || hasErrors(diagnostics)) return 1;
  io.stdout.write(`${visibleJson(JSON.stringify(program, undefined, 2))}\n`);
  return 0;
}

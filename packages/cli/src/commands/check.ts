import { compileProject } from '@keywright/core/compile';
import { arrange } from '@keywright/core/diagnostics/arrange';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { problemsOfLength } from '../output/problems-of-length.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { locateProject } from '../project/locate.ts';
import { problemsOf } from '../project/problems.ts';
import type { Format } from '../report/report.ts';
import { printReport } from '../report/report.ts';
import { targets } from '../targets.ts';
import type { Watched } from '../watch.ts';

export interface CheckArguments {
  readonly directory?: string | undefined;
  readonly format: Format;
  readonly watch: boolean;
}

/** Reports every problem of a project. Writes nothing. */
export async function check(args: CheckArguments, io: Io): Promise<ExitCode> {
  const located = locateProject(args.directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  if (!args.watch) return (await checkOnce(located.root, args.format, io)).exitCode;
  const { watchProject } = await import('../watch.ts');
  return watchProject(() => checkOnce(located.root, args.format, io), io);
}

async function checkOnce(root: string, format: Format, io: Io): Promise<Watched> {
  const host = createDiskHost(root);
  const compilation = compileProject(host, { targets });
  const { sources } = compilation;
  const found = await problemsOf(compilation);
  const ofLength = await problemsOfLength(compilation, found, root);
  const diagnostics = ofLength.length === 0 ? found : arrange([...found, ...ofLength]);
  await printReport(format, { diagnostics, sources, root }, io);
  return { exitCode: hasErrors(diagnostics) ? 1 : 0, root, files: host.files, patterns: host.patterns, folders: [] };
}

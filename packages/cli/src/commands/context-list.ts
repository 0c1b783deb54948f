import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { visible, visibleJson } from '@keywright/core/source/visible';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { readContext } from '../project/context-file.ts';
import { locateProject } from '../project/locate.ts';
import { printReport } from '../report/report.ts';

export interface ContextListArguments {
  readonly directory?: string | undefined;
  readonly format: 'text' | 'json';
}

export async function contextList(args: ContextListArguments, io: Io): Promise<ExitCode> {
  const located = locateProject(args.directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { context, diagnostics, sources } = readContext(located.root, io.cwd);
  if (diagnostics.length > 0) await printReport('text', { diagnostics, sources, root: located.root }, io, io.stderr);
  if (hasErrors(diagnostics)) return 1;
  const entries = [...context.keys()].sort().flatMap((key) => context.get(key) ?? []);
  if (args.format === 'json') {
    io.stdout.write(`${visibleJson(JSON.stringify(entries, undefined, 2))}\n`);
    return 0;
  }
  const rows = entries.map((entry) => [entry.account, entry.region, entry.alias, entry.keyId]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) => visible(cell).padEnd(widths[column] ?? 0));
    io.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
  if (rows.length === 0) io.stderr.write('there are no entries\n');
  return 0;
}

import { compileProject } from '@keywright/core/compile';
import { contextMissing } from '@keywright/core/diagnostics/context';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { visible } from '@keywright/core/source/visible';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { startProgress } from '../progress.ts';
import { readContext, writeContext } from '../project/context-file.ts';
import { createDiskHost } from '../project/disk-host.ts';
import { locateProject } from '../project/locate.ts';
import { type Format, printReport } from '../report/report.ts';
import { targets } from '../targets.ts';

export interface LookupArguments {
  readonly directory?: string | undefined;
  /** Ask again even for known aliases. */
  readonly refresh: boolean;
  /** Ask again but change nothing; fail if an account disagrees with the file. */
  readonly check: boolean;
  readonly format: Format;
}

/**
 * Resolves the aliases that a project looks up, and saves the answers in the context file. If an account does not answer, the answers of
 * all other accounts are still saved, and the exit code is 3.
 */
export async function lookup(args: LookupArguments, io: Io): Promise<ExitCode> {
  const located = locateProject(args.directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { root } = located;
  // A context file that cannot be read must not be replaced, since its contents would be lost.
  const reading = readContext(root, io.cwd);
  if (!reading.isReadable || (args.check && hasErrors(reading.diagnostics))) {
    await printReport(args.format, { ...reading, root }, io);
    return 1;
  }
  const { program, isWhole, diagnostics, sources, lookups } = compileProject(createDiskHost(root), { targets });
  if (program === undefined || !isWhole) {
    // The invalid part of a project may look up more aliases, so they cannot all be listed. An alias that is not known yet is no problem,
    // because this command looks it up.
    const problems = diagnostics.filter(({ code }) => code !== contextMissing.code);
    await printReport(args.format, { diagnostics: problems, sources, root }, io);
    return 1;
  }

  const progress = startProgress(io, 'resolving aliases', args.format === 'text');
  const { resolveLookups } = await import('@keywright/lookup/resolve');
  const resolved = await resolveLookups({
    queries: lookups,
    // Doubtful entries are asked for again, and removed if there is no answer.
    context: new Map([...reading.context].filter(([key]) => !reading.doubtful.has(key))),
    mode: args.check ? 'check' : args.refresh ? 'refresh' : 'missing',
    signal: io.interruption(),
    onProgress: ({ done, total }) => progress.update(`resolving aliases (${done} of ${total})`),
  });
  progress.stop();

  const refusals = args.check ? [] : writeContext(root, io.cwd, resolved.context);
  const problems = [...resolved.diagnostics, ...refusals];
  if (args.format === 'text' && refusals.length === 0) {
    const signs = { added: '+', changed: '~', removed: '-' } as const;
    for (const { kind, key } of resolved.changes) io.stdout.write(`${signs[kind]} ${visible(key)}\n`);
  }
  await printReport(args.format, { diagnostics: problems, sources, root }, io);
  if (resolved.unreachable) return 3;
  return hasErrors(problems) ? 1 : 0;
}

import { basename, dirname, resolve } from 'node:path';
import { hasErrors, report } from '@keywright/core/diagnostics/diagnostic';
import type { SourceFile } from '@keywright/core/source/span';
import { visible } from '@keywright/core/source/visible';
import { importCdkContext } from '@keywright/lookup/cdk-context';
import { contextFileUnreadable } from '../diagnostics/output.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { readContext, reasonOf, writeContext } from '../project/context-file.ts';
import { readInside } from '../project/disk-host.ts';
import { locateProject, shownPath } from '../project/locate.ts';
import { printReport } from '../report/report.ts';

/** Adds the KMS keys in a `cdk.context.json` to the context file. Existing entries are kept. */
export async function contextImport(file: string, directory: string | undefined, io: Io): Promise<ExitCode> {
  const located = locateProject(directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { root } = located;
  const path = resolve(io.cwd, file);
  const reading = readInside(dirname(path), basename(path));
  if (reading.kind !== 'text') {
    const problem = report(contextFileUnreadable, undefined, { path: file, reason: reasonOf(reading) });
    await printReport('text', { diagnostics: [problem], sources: new Map(), root }, io, io.stderr);
    return reading.kind === 'missing' ? 2 : 1;
  }
  const source: SourceFile = { path: shownPath(root, path), text: reading.text };
  const imported = importCdkContext(source);
  const existing = readContext(root, io.cwd);
  const diagnostics = [...imported.diagnostics, ...existing.diagnostics];
  const sources = new Map([...existing.sources, [source.path, source]]);
  if (!hasErrors(diagnostics)) {
    diagnostics.push(...writeContext(root, io.cwd, new Map([...imported.context, ...existing.context])));
  }
  if (diagnostics.length > 0) await printReport('text', { diagnostics, sources, root }, io, io.stderr);
  if (hasErrors(diagnostics)) return 1;
  const added = [...imported.context.keys()].filter((key) => !existing.context.has(key)).sort();
  io.stdout.write(added.map((key) => `+ ${visible(key)}\n`).join(''));
  const stayed = imported.context.size - added.length;
  io.stdout.write(`${added.length} imported${stayed === 0 ? '' : `, ${stayed} known already`}\n`);
  return 0;
}

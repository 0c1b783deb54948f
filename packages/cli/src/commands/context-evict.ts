import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { isLike } from '@keywright/core/language/like';
import { visible, visibleJson } from '@keywright/core/source/visible';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { readContext, writeContext } from '../project/context-file.ts';
import { locateProject } from '../project/locate.ts';
import { printReport } from '../report/report.ts';

/**
 * Removes the entries of the context file that match a pattern: `account/region/alias`, or just an alias. `*` matches any text. Reports a
 * pattern that matches nothing, because it is probably wrong.
 */
export async function contextEvict(pattern: string, directory: string | undefined, io: Io): Promise<ExitCode> {
  const located = locateProject(directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { root } = located;
  const { context, diagnostics, sources } = readContext(root, io.cwd);
  if (hasErrors(diagnostics)) {
    await printReport('text', { diagnostics, sources, root }, io, io.stderr);
    return 1;
  }
  const evicted = [...context]
    .filter(([key, entry]) => isLike(key, pattern) || isLike(entry.alias, pattern))
    .map(([key]) => key);
  const evictedKeys = new Set(evicted);
  if (evicted.length === 0) {
    io.stderr.write(
      `error: no entry matches ${visibleJson(JSON.stringify(pattern))}; keywright context list shows them\n`,
    );
    return 1;
  }
  const kept = new Map([...context].filter(([key]) => !evictedKeys.has(key)));
  const problems = writeContext(root, io.cwd, kept);
  if (problems.length > 0) {
    await printReport('text', { diagnostics: problems, sources, root }, io, io.stderr);
    return 1;
  }
  io.stdout.write(
    evicted
      .sort()
      .map((key) => `- ${visible(key)}\n`)
      .join(''),
  );
  return 0;
}

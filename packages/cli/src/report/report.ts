import { withAddressesOfPages } from '@keywright/core/diagnostics/addresses';
import type { Io, Sink } from '../io.ts';
import type { Report, Reported } from './contents.ts';

export const formats = ['text', 'json', 'sarif', 'github', 'junit'] as const;
export type Format = (typeof formats)[number];

/**
 * Prints a report. It goes to standard output if it is the command's answer (`check`, `build`, `lookup`), otherwise to standard error, so
 * that the answer can be piped. Loads only the code for the requested format.
 */
export async function printReport(
  format: Format,
  { diagnostics, ...others }: Report,
  io: Io,
  to: Sink = io.stdout,
): Promise<void> {
  const report = { ...others, diagnostics: diagnostics.map(withAddresses) };
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
    case 'junit': {
      const { junitReport } = await import('./junit.ts');
      to.write(junitReport(report, io.cwd));
      return;
    }
  }
}

function withAddresses(diagnostic: Reported): Reported {
  return { ...diagnostic, help: withAddressesOfPages(diagnostic.help) };
}

/**
 * Returns the folder that paths for GitHub are relative to. On GitHub, the runner gives it in a variable; elsewhere, it is the working
 * directory.
 */
function repositoryRoot(io: Io): string {
  return io.env.GITHUB_WORKSPACE || io.cwd;
}

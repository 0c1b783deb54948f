import type { Io } from '../../packages/cli/src/io.ts';

/**
 * Returns the `Io` of a command that runs for the documentation: in the workspace and without a terminal. Output is dropped unless `sinks`
 * takes it.
 */
export function quietIo(sinks: Partial<Pick<Io, 'stdout' | 'stderr'>>): Io {
  return {
    stdout: { write: () => {} },
    stderr: { write: () => {} },
    cwd: process.cwd(),
    env: {},
    isTerminal: { stdout: false, stderr: false },
    interruption: () => new AbortController().signal,
    ...sinks,
  };
}

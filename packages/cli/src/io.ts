import { visible } from '@keywright/core/source/visible';

/** 0: no problems; 1: problems found, or a bug of Keywright; 2: wrong usage; 3: an account refused or could not be reached. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Sink {
  write(text: string): void;
}

/** What a command uses of the process. Tests replace it. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** The working directory, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: { readonly stdout: boolean; readonly stderr: boolean };
  /** Returns a signal that Ctrl-C aborts. If a command never calls this, Ctrl-C ends the process at once. */
  interruption(): AbortSignal;
}

/** Reports wrong usage of a command, and returns its exit code. */
export function wrongUsage(io: Pick<Io, 'stderr'>, message: string): ExitCode {
  io.stderr.write(`error: ${visible(message)}\n`);
  return 2;
}

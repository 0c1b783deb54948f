import { visible } from '@keywright/core/source/visible';

/** 0: fine; 1: problems found, or a bug of ours; 2: wrong usage; 3: an account refused or could not be reached. */
export type ExitCode = 0 | 1 | 2 | 3;

/** A destination for text. */
export interface Sink {
  write(text: string): void;
}

/** The world as a command sees it: a process provides one, a test provides another. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** The working directory, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: { readonly stdout: boolean; readonly stderr: boolean };
  /** Aborted by Ctrl-C. If a command never calls this, Ctrl-C ends it at once. */
  interruption(): AbortSignal;
}

/** Reports wrong usage of a command, and returns its exit code. */
export function wrongUsage(io: Pick<Io, 'stderr'>, message: string): ExitCode {
  io.stderr.write(`error: ${visible(message)}\n`);
  return 2;
}

import { visible } from '@keywright/core/source/visible';

/** 0 fine; 1 problems found, or a defect of ours; 2 wrong usage; 3 an account could not be reached or refused. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Somewhere that text goes. */
export interface Sink {
  write(text: string): void;
}

/** The world as a command sees it. The process provides one; a test provides another. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** The working directory, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: { readonly stdout: boolean; readonly stderr: boolean };
  /** Aborted by Ctrl-C. A command that never asks for it is ended by Ctrl-C at once. */
  interruption(): AbortSignal;
}

/** Says what is wrong with how the command was called, and gives the exit code for it. */
export function wrongUsage(io: Pick<Io, 'stderr'>, message: string): ExitCode {
  io.stderr.write(`error: ${visible(message)}\n`);
  return 2;
}

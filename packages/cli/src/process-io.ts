import { refusal } from './disk/system-error.ts';
import { type ExitCode, type Io, type Sink, wrongUsage } from './io.ts';

/** Runs a command in the process's own world, unless the working directory no longer exists, which leaves nothing to start from. */
export async function inProcess(command: (io: Io) => Promise<ExitCode>): Promise<ExitCode> {
  let cwd: string;
  try {
    cwd = process.cwd();
  } catch {
    return wrongUsage({ stderr: process.stderr }, 'the working directory does not exist any more');
  }
  return command(processIo(cwd));
}

/**
 * The process's own world. It is no error if the reader of our output goes away, as in `keywright check | head`: the rest is not printed,
 * the exit code is the same, and endless commands end.
 */
function processIo(cwd: string): Io {
  let controller: AbortController | undefined;
  let isUnheard = false;
  const stopTalking = () => {
    isUnheard = true;
    controller?.abort();
  };
  return {
    stdout: sink(process.stdout, stopTalking),
    stderr: sink(process.stderr, stopTalking),
    cwd,
    env: process.env,
    isTerminal: { stdout: process.stdout.isTTY === true, stderr: process.stderr.isTTY === true },
    interruption() {
      if (controller === undefined) {
        const interrupted = new AbortController();
        // Once: a second Ctrl-C ends a process that does not react to the first.
        process.once('SIGINT', () => interrupted.abort());
        controller = interrupted;
        if (isUnheard) interrupted.abort();
      }
      return controller.signal;
    },
  };
}

function sink(stream: NodeJS.WriteStream, onLost: () => void): Sink {
  let isLost = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (isLost) return;
    isLost = true;
    onLost();
    if (error.code === 'EPIPE') return;
    // A full disk, for example: the caller must not take half an output for the whole.
    const reason = refusal(error)?.reason ?? error.message;
    if (stream !== process.stderr) process.stderr.write(`error: cannot print all of this: ${reason}\n`);
    process.once('exit', () => {
      process.exitCode ||= 1;
    });
  });
  return {
    write(text) {
      if (!isLost) stream.write(text);
    },
  };
}

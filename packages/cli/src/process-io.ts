import type { Io, Sink } from './io.ts';

/** The process's own world. A reader of our output that goes away, as in `keywright ir | head`, ends it quietly. */
export function processIo(): Io {
  let controller: AbortController | undefined;
  return {
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    cwd: process.cwd(),
    env: process.env,
    isTerminal: { stdout: process.stdout.isTTY === true, stderr: process.stderr.isTTY === true },
    interruption() {
      if (controller === undefined) {
        const interrupted = new AbortController();
        // Once: a second Ctrl-C ends a process that does not react to the first.
        process.once('SIGINT', () => interrupted.abort());
        controller = interrupted;
      }
      return controller.signal;
    },
  };
}

function sink(stream: NodeJS.WriteStream): Sink {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  return { write: (text) => void stream.write(text) };
}

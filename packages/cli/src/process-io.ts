import { fstatSync, statSync, writeSync } from 'node:fs';
import { refusal } from './disk/system-error.ts';
import { type ExitCode, type Io, type Sink, wrongUsage } from './io.ts';

/** Runs a command with the streams and the working directory of the process. Reports wrong usage if the directory no longer exists. */
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
 * Returns the streams and the working directory of the process. A reader that stops reading, as in `keywright check | head`, is no error:
 * the rest is not printed, the exit code stays the same, and endless commands end.
 */
function processIo(cwd: string): Io {
  let controller: AbortController | undefined;
  let isUnheard = false;
  const stopTalking = () => {
    isUnheard = true;
    controller?.abort();
  };
  return {
    stdout: sink('stdout', stopTalking),
    stderr: sink('stderr', stopTalking),
    cwd,
    env: process.env,
    isTerminal: {
      get stdout() {
        return isTerminal('stdout');
      },
      get stderr() {
        return isTerminal('stderr');
      },
    },
    interruption() {
      if (controller === undefined) {
        const interrupted = new AbortController();
        // Handles only the first Ctrl-C, so that a second one ends a process that does not react to the first.
        process.once('SIGINT', () => interrupted.abort());
        controller = interrupted;
        if (isUnheard) interrupted.abort();
      }
      return controller.signal;
    },
  };
}

type StreamName = 'stdout' | 'stderr';

const streams = new Map<StreamName, NodeJS.WriteStream>();

export function whenWritten(callback: () => void): void {
  const waitForAll = [...streams.values()].reduceRight<() => void>(
    (next, stream) => () => void stream.write('', () => next()),
    callback,
  );
  waitForAll();
}

/**
 * Returns a destination for text. Writes to the file descriptor for as long as it accepts output, and from then on to Node's stream,
 * because loading the stream takes longer than checking a small project. Both write synchronously. On Windows, only the stream is used.
 */
function sink(name: StreamName, onLost: () => void): Sink {
  let isLost = false;
  const lose = (error: NodeJS.ErrnoException) => {
    if (isLost) return;
    isLost = true;
    onLost();
    if (error.code === 'EPIPE') return;
    // For example, the disk is full. The caller must not take the first half of an output for all of it.
    const reason = refusal(error)?.reason ?? error.message;
    if (name !== 'stderr') process.stderr.write(`error: cannot print all of this: ${reason}\n`);
    process.once('exit', () => {
      process.exitCode ||= 1;
    });
  };
  const streamTo = (bytes: Uint8Array) => {
    let stream = streams.get(name);
    if (stream === undefined) {
      stream = process[name];
      stream.on('error', lose);
      streams.set(name, stream);
    }
    stream.write(bytes);
  };
  return {
    write(text) {
      if (isLost) return;
      let bytes: Uint8Array = Buffer.from(text);
      try {
        if (process.platform !== 'win32' && !streams.has(name)) bytes = writeSome(descriptors[name], bytes);
      } catch (error) {
        return lose(error as NodeJS.ErrnoException); // of a system call
      }
      if (bytes.length > 0) streamTo(bytes);
    },
  };
}

const descriptors = { stdout: 1, stderr: 2 } as const satisfies Readonly<Record<StreamName, number>>;

/**
 * Writes as much as a descriptor accepts without blocking, and returns the rest. A parent process may have made the descriptor
 * non-blocking.
 */
function writeSome(descriptor: number, bytes: Uint8Array): Uint8Array {
  let rest = bytes;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return rest;
      throw error;
    }
  }
  return rest;
}

/** Whether a stream is a terminal. Files, pipes and `/dev/null` are recognised without loading Node's stream. */
function isTerminal(name: StreamName): boolean {
  if (process.platform !== 'win32') {
    const stats = fstatSync(descriptors[name]);
    if (!stats.isCharacterDevice() || stats.rdev === statSync('/dev/null').rdev) return false;
  }
  return process[name].isTTY === true;
}

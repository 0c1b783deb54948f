/** The command's entry point: connects `run` to the process. The exit code is set, not forced, so that all output is written. */
import { inProcess, whenWritten } from './process-io.ts';
import { run } from './run.ts';

// Once all output is written, abandoned work must not hold up the process: a program that a lookup asked for credentials.
const graceTime = 500;

// Not awaited, since the bundle is CommonJS.
void inProcess((io) => run(process.argv.slice(2), io)).then((exitCode) => {
  process.exitCode = exitCode;
  whenWritten(() => setTimeout(() => process.exit(), graceTime).unref());
});

/** The command's entry point: connects `run` to the process. */
import { inProcess, whenWritten } from './process-io.ts';
import { run } from './run.ts';

// Not awaited, since the bundle is CommonJS.
void inProcess((io) => run(process.argv.slice(2), io)).then((exitCode) => {
  process.exitCode = exitCode;
  // Forced: abandoned work must not hold up the process, such as a program that a lookup asked for credentials, and Node takes longer
  // to end by itself. Not at once: a stream reports afterwards that it could not write.
  whenWritten(() => setImmediate(() => process.exit()));
});

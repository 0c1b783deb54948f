/** The command's entry point: connects `run` to the process. */
import { inProcess, whenWritten } from './process-io.ts';
import { run } from './run.ts';

// Not awaited, because the bundle is CommonJS, which has no top-level `await`.
void inProcess((io) => run(process.argv.slice(2), io)).then((exitCode) => {
  process.exitCode = exitCode;
  // Ends the process by force, for two reasons: abandoned work, such as a program that a lookup asked for credentials, must not delay the
  // end; and Node takes longer to end by itself. `setImmediate` is needed because a stream may report only later that it could not write.
  whenWritten(() => setImmediate(() => process.exit()));
});

import { visible } from '@keywright/core/source/visible';
import { CommanderError } from 'commander';
import { createCommandLine } from './command-line/command-line.ts';
import { type ExitCode, type Io, wrongUsage } from './io.ts';

/** Runs the command with the arguments after `keywright`. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  // Messages that repeat an argument end up in logs, and GitHub obeys each line of a log that starts with `::`.
  const broken = argv.find((argument) => /[\n\r]/.test(argument));
  if (broken !== undefined) return wrongUsage(io, `an argument has a line break in it: ${JSON.stringify(broken)}`);
  let exitCode: ExitCode = 0;
  const program = createCommandLine(io, (code) => {
    exitCode = code;
  });
  try {
    // `complete` is not a command of commander, so that an unfinished command line is never parsed as a complete one.
    if (argv[0] === 'complete' && argv[1] === '--') {
      return await (await import('./commands/complete.ts')).complete(program, argv.slice(2), io);
    }
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander throws this after it has printed help, the version, or what is wrong with the arguments.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return defect(error, io);
  }
}

/** A failure without a diagnostic is a bug of Keywright. It counts as a problem found, so that no script continues. */
function defect(error: unknown, io: Io): ExitCode {
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(`this is a defect in Keywright: ${visible(message.replaceAll(/\s+/g, ' '))}\n`);
  if (io.env.KEYWRIGHT_DEBUG === '1' && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  else io.stderr.write('please report it with what KEYWRIGHT_DEBUG=1 prints and, if you can, the project\n');
  return 1;
}

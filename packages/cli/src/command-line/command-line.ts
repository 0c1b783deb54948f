import { visible } from '@keywright/core/source/visible';
import { Command, Help, type Option } from 'commander';
import type { ExitCode, Io } from '../io.ts';
import { version } from '../version.ts';
import { adopt, diff, importFrom } from './existing-resources.ts';
import { context, lookup } from './lookups.ts';
import { examples } from './options.ts';
import { build, check, init, upgrade } from './projects.ts';
import { graph, policy, whoCan, why } from './questions.ts';
import { completion, explain, ir, schema } from './reference.ts';

const codes = `
Exit codes:
  0  fine
  1  problems found
  2  wrong usage
  3  an account could not be reached, or refused`;

/** The commands in the order in which the help lists them. */
const commands = [
  init,
  importFrom,
  check,
  build,
  lookup,
  context,
  schema,
  upgrade,
  explain,
  whoCan,
  why,
  policy,
  diff,
  adopt,
  graph,
  ir,
  completion,
];

/**
 * Defines the commands, their arguments and their help. A command's code is loaded when it is called. `end` receives the exit code. Wrong
 * usage is thrown as a CommanderError, after commander has printed it.
 */
export function createCommandLine(io: Io, end: (exitCode: ExitCode) => void): Command {
  const program = new Command('keywright');
  program
    .description('Write AWS KMS keys once, in YAML; get equivalent CloudFormation, Terraform and Pulumi.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .configureHelp({ optionDescription: describeOption })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(visibleLines(text)),
    })
    .addHelpText('after', examples('keywright init', 'keywright check', 'keywright build --target terraform') + codes);

  for (const define of commands) define(program, { io, end });
  return program;
}

/** Commander's messages repeat what the user typed, so invisible characters are escaped. */
function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** An option's line in the help, without the note that a switch is off by default. */
function describeOption(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: false\)$/, '');
}

import type { Argument, Command, Option } from 'commander';
import type { ExitCode, Io } from '../io.ts';

interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Prints what may stand at the cursor, for completion scripts: `words` follow `keywright`, the last may be unfinished. */
export async function complete(program: Command, words: readonly string[], io: Io): Promise<ExitCode> {
  for (const { value, description } of await candidates(program, words)) {
    io.stdout.write(`${value}\t${description}\n`);
  }
  return 0;
}

async function candidates(program: Command, words: readonly string[]): Promise<readonly Candidate[]> {
  const current = words.at(-1)?.trim() ?? '';
  let command = program;
  let argument = 0;
  let pending: Option | undefined;
  for (const word of words.slice(0, -1)) {
    if (pending !== undefined) {
      pending = undefined;
    } else if (word.startsWith('-')) {
      const option = command.options.find(({ short, long }) => word === short || word === long);
      if (option?.required === true) pending = option;
    } else {
      const subcommand = command.commands.find((subcommand) => subcommand.name() === word);
      if (subcommand === undefined) argument++;
      else command = subcommand;
    }
  }
  const startsRight = ({ value }: Candidate) => value.startsWith(current);
  if (pending !== undefined) return (await optionValues(pending, current)).filter(startsRight);
  const help = command.createHelp();
  if (current.startsWith('-')) {
    return help
      .visibleOptions(command)
      .map((option) => ({ value: option.long ?? option.flags, description: option.description }))
      .filter(startsRight);
  }
  const subcommands = help
    .visibleCommands(command)
    .map((subcommand) => ({ value: subcommand.name(), description: help.subcommandDescription(subcommand) }));
  return [...subcommands, ...(await argumentValues(command, command.registeredArguments[argument]))].filter(
    startsRight,
  );
}

async function optionValues(option: Option, current: string): Promise<readonly Candidate[]> {
  if (option.long !== '--target') return plain(option.argChoices);
  const { targets } = await import('../targets.ts');
  const before = current.slice(0, current.lastIndexOf(',') + 1);
  const taken = before.split(',');
  return targets
    .filter(({ name }) => !taken.includes(name))
    .map(({ name, title }) => ({ value: before + name, description: title }));
}

async function argumentValues(command: Command, argument: Argument | undefined): Promise<readonly Candidate[]> {
  if (command.name() !== 'explain' || argument === undefined) return plain(argument?.argChoices);
  const { catalogue } = await import('../catalogue.ts');
  return catalogue.map(({ code, title }) => ({ value: code, description: title }));
}

function plain(choices: readonly string[] | undefined): readonly Candidate[] {
  return (choices ?? []).map((value) => ({ value, description: '' }));
}

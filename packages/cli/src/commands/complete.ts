import type { Argument, Command, Option } from 'commander';
import type { ExitCode, Io } from '../io.ts';
import type { Candidate } from '../project/names-in-project.ts';

/**
 * Prints the candidates for the position of the cursor, for completion scripts. `words` are the words after `keywright`; the last word may
 * be unfinished.
 */
export async function complete(program: Command, words: readonly string[], io: Io): Promise<ExitCode> {
  for (const { value, description } of await candidates(program, words, io)) {
    io.stdout.write(`${value}\t${description}\n`);
  }
  return 0;
}

async function candidates(program: Command, words: readonly string[], io: Io): Promise<readonly Candidate[]> {
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
  if (pending !== undefined) return (await optionValues(pending, current, io)).filter(startsRight);
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
  return [...subcommands, ...(await argumentValues(command.registeredArguments[argument], current, io))].filter(
    startsRight,
  );
}

async function optionValues(option: Option, current: string, io: Io): Promise<readonly Candidate[]> {
  const { long, argChoices } = option;
  if (long !== '--target' && long !== '--stack' && long !== '--key') return plain(argChoices);
  const all = long === '--target' ? await targetNames() : await projectNames(long === '--key' ? 'key' : 'stack', io);
  const before = current.slice(0, current.lastIndexOf(',') + 1);
  const chosen = before.split(',');
  return all
    .filter(({ value }) => !chosen.includes(value))
    .map(({ value, description }) => ({ value: before + value, description }));
}

async function targetNames(): Promise<readonly Candidate[]> {
  const { targets } = await import('../targets.ts');
  return targets.map(({ name, title }) => ({ value: name, description: title }));
}

async function projectNames(kind: 'key' | 'principal' | 'stack', io: Io): Promise<readonly Candidate[]> {
  return (await import('../project/names-in-project.ts')).namesInProject(kind, io);
}

async function argumentValues(argument: Argument | undefined, current: string, io: Io): Promise<readonly Candidate[]> {
  switch (argument?.name()) {
    case 'code': {
      const { catalogue } = await import('../catalogue.ts');
      return catalogue.map(({ code, title }) => ({ value: code, description: title }));
    }
    case 'can': {
      // Before anything is typed, few people want to choose from all actions.
      const { questionWords } = await import('@keywright/analyze/who-can/actions-in-question');
      return plain(questionWords.filter((word) => current.startsWith('kms:') === word.startsWith('kms:')));
    }
    case 'key':
    case 'principal':
      return projectNames(argument.name() === 'key' ? 'key' : 'principal', io);
    default:
      return plain(argument?.argChoices);
  }
}

function plain(choices: readonly string[] | undefined): readonly Candidate[] {
  return (choices ?? []).map((value) => ({ value, description: '' }));
}

import { createCommandLine } from '../../packages/cli/src/command-line/command-line.ts';
import { cell, fenced, slug, table } from './markdown.ts';
import { quietIo } from './quiet-io.ts';

type Command = ReturnType<typeof createCommandLine>;

/** A command without subcommands, with all words of its name, such as `context list`. */
interface NamedCommand {
  readonly command: Command;
  readonly path: readonly string[];
}

let helpText = '';
const program = createCommandLine(
  quietIo({
    stdout: {
      write: (text) => {
        helpText += text;
      },
    },
  }),
  () => {},
);

/** The commands, in the order of the program's help. */
export const commands: readonly NamedCommand[] = leavesOf(program, []);

function leavesOf(command: Command, path: readonly string[]): NamedCommand[] {
  if (command.commands.length === 0) return [{ command, path }];
  return command.commands.flatMap((inner) => leavesOf(inner, [...path, inner.name()]));
}

export function commandsTable(): string {
  const rows = commands.map(({ command, path }) => {
    const name = path.join(' ');
    const [does = ''] = command
      .description()
      .replaceAll('\n', ' ')
      .split(/\.(?: |$)/);
    return `| [\`keywright ${name}\`](#${slug(`keywright ${name}`)}) | ${cell(does)} |`;
  });
  return table(['command', 'does'], rows);
}

/** Returns the section of a command: description, usage, arguments, options and examples. */
export function commandDetails(path: readonly string[]): string {
  const command = commands.find((candidate) => candidate.path.join(' ') === path.join(' '))?.command;
  if (command === undefined) throw new Error(`there is no command ${path.join(' ')}`);
  const rows = [
    ...command.registeredArguments.map((argument) => [
      argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
      meaningOf(argument),
    ]),
    ...command.options.map((option) => [option.flags, meaningOf(option)]),
  ].map(([name = '', text = '']) => `| \`${name}\` | ${cell(text)} |`);
  return [
    command.description().replaceAll('\n', ' '),
    fenced('', `keywright ${path.join(' ')} ${command.usage()}`),
    ...(rows.length === 0 ? [] : [`| | |\n| --- | --- |\n${rows.join('\n')}`]),
    fenced('sh', examplesOf(command)),
  ].join('\n\n');
}

interface Parameter {
  readonly description: string;
  readonly argChoices?: readonly string[];
  readonly defaultValue?: unknown;
  readonly conflictsWith?: readonly string[];
}

function meaningOf({ description, argChoices, defaultValue, conflictsWith = [] }: Parameter): string {
  return [
    argChoices === undefined ? description : `${description}: ${argChoices.map((one) => `\`${one}\``).join(', ')}`,
    ...(defaultValue === undefined || defaultValue === false ? [] : [`default \`${defaultValue}\``]),
    ...(conflictsWith.length === 0 ? [] : [`not with ${conflictsWith.map((one) => `\`--${one}\``).join(' or ')}`]),
  ].join('; ');
}

/** Returns the examples of a command. Commander returns text of `addHelpText` only as part of the printed help. */
function examplesOf(command: Command): string {
  helpText = '';
  command.outputHelp();
  const [examples = ''] = (helpText.split('\nExamples:\n')[1] ?? '').split('\n\n');
  return examples.replaceAll(/^ {2}/gm, '');
}

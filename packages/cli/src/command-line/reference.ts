/** Commands about Keywright itself. */
import { Argument, type Command } from 'commander';
import { shells } from '../commands/completion.ts';
import { examples, type Run } from './options.ts';

export function schema(program: Command, { io, end }: Run): void {
  program
    .command('schema')
    .summary('print the JSON Schema of keywright.yaml')
    .description('Prints the JSON Schema of keywright.yaml, which editors use to complete, explain and check it.')
    .option('--included', 'print the schema of files that keywright.yaml includes', false)
    .option('--trusted', 'print the schema of files that keywright.yaml includes with trusted: true', false)
    .addHelpText(
      'after',
      examples('keywright schema > keywright.schema.json', 'keywright schema --included > included.schema.json'),
    )
    .action(async (options) => end(await (await import('../commands/schema.ts')).schema(options, io)));
}

export function explain(program: Command, { io, end }: Run): void {
  program
    .command('explain')
    .summary('print the page about a diagnostic')
    .description(
      'Prints the page about a diagnostic: why it is a problem, and what to do. Without a code, lists all diagnostics.',
    )
    .argument('[code]', 'KW and four digits')
    .addHelpText('after', examples('keywright explain KW6003', 'keywright explain'))
    .action(async (code) => end(await (await import('../commands/explain.ts')).explain(code, io)));
}

export function ir(program: Command, { io, end }: Run): void {
  program
    .command('ir')
    .summary('print the program of a project as JSON')
    .description('Prints the intermediate representation that emitters read, as JSON, for authors of emitters.')
    .argument('[dir]', 'folder of keywright.yaml')
    .option('--schema', 'print its JSON Schema instead', false)
    .addHelpText('after', examples('keywright ir | jq .stacks[].name', 'keywright ir --schema'))
    .action(async (directory, options) =>
      end(await (await import('../commands/ir.ts')).ir({ directory, ...options }, io)),
    );
}

export function completion(program: Command, { io, end }: Run): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a script that lets a shell complete commands, options and codes.')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText(
      'after',
      examples(
        'source <(keywright completion zsh)',
        'keywright completion fish > ~/.config/fish/completions/keywright.fish',
      ),
    )
    .action(async (shell) => end(await (await import('../commands/completion.ts')).completion(shell, io)));
}

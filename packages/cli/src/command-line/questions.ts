/** Commands that answer questions about a project. */
import { type Command, Option } from 'commander';
import { answerFormatOption, askingOfKeys, examples, list, type Run } from './options.ts';

export function whoCan(program: Command, { io, end }: Run): void {
  askingOfKeys(program.command('who-can'))
    .summary('list who can do something with a key')
    .description(
      'Lists every principal that can do something with a key, with the statements that allow it, their conditions and ' +
        'their lines in the YAML. Reads the project alone, and names the kinds of policies outside it that can reduce this access.',
    )
    .addHelpText(
      'after',
      examples(
        'keywright who-can decrypt orders',
        'keywright who-can administer security.orders --stack security-prod-eu',
        'keywright who-can kms:CreateGrant orders --format json',
      ),
    )
    .action(async (can, key, directory, options) =>
      end(await (await import('../commands/who-can.ts')).whoCanCommand({ can, key, directory, ...options }, io)),
    );
}

export function why(program: Command, { io, end }: Run): void {
  askingOfKeys(
    program
      .command('why')
      .argument('<principal>', 'a name under principals, stack.name, an ARN, an account id, or a service host'),
  )
    .summary('explain why a principal can or cannot do something')
    .description(
      'Explains, step by step, why a principal can or cannot do something with a key. If access depends on ' +
        'condition keys of the request that you do not give, the answer names them.',
    )
    .addHelpText(
      'after',
      examples(
        'keywright why ordersApi decrypt orders',
        'keywright why ordersApi decrypt orders --context kms:EncryptionContext:tenant=a --via s3',
        'keywright why 999999999999 kms:CreateGrant security.orders',
      ),
    )
    .action(async (principal, can, key, directory, options) =>
      end(await (await import('../commands/why.ts')).why({ principal, can, key, directory, ...options }, io)),
    );
}

export function policy(program: Command, { io, end }: Run): void {
  program
    .command('policy')
    .summary('print the final policy of a key')
    .description(
      'Prints the final policy of a key as JSON: defaults, standards, presets and grants together, each statement with ' +
        'the line it comes from.',
    )
    .argument('<key>', 'a key, such as orders or security.orders; a replica, orders@prod-us; or an alias')
    .argument('[dir]', 'folder of keywright.yaml')
    .option('-s, --stack <names>', 'only keys of these stacks, separated by commas', list)
    .option('-t, --target <name>', 'print the policy with the references of this target: cfn, terraform or pulumi')
    .addOption(answerFormatOption())
    .addHelpText(
      'after',
      examples(
        'keywright policy orders',
        'keywright policy orders --target terraform',
        "keywright policy orders --format json | jq '.keys[0].policy'",
      ),
    )
    .action(async (key, directory, options) =>
      end(await (await import('../commands/policy.ts')).policy({ key, directory, ...options }, io)),
    );
}

export function graph(program: Command, { io, end }: Run): void {
  program
    .command('graph')
    .summary('draw who can do what with which key')
    .description(
      'Draws accounts, stacks, keys and principals, and who can do what: as one HTML page to filter and to click through ' +
        'to the YAML, as SVG, or as Mermaid for a README.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('-s, --stack <names>', 'only keys of these stacks, separated by commas', list)
    .option('-k, --key <names>', 'only these keys, separated by commas', list)
    .addOption(
      new Option(
        '--format <format>',
        'the format of the drawing; by default the extension of --out decides, or mermaid without --out',
      ).choices(['html', 'svg', 'mermaid']),
    )
    .addOption(
      new Option(
        '--by <what>',
        'what to group by; by default account if all accounts fit, otherwise key with its environments',
      ).choices(['account', 'key']),
    )
    .option(
      '-o, --out <file>',
      'the file to write, .html, .svg or .mmd, relative to the working directory; an existing file is replaced only if it is empty or a drawing',
    )
    .addHelpText(
      'after',
      examples('keywright graph --out keys.html', 'keywright graph --stack security --out keys.svg', 'keywright graph'),
    )
    .action(async (directory, options) =>
      end(await (await import('../commands/graph.ts')).graph({ directory, ...options }, io)),
    );
}

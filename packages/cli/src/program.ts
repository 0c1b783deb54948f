import { visible } from '@keywright/core/source/visible';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { shells } from './commands/completion.ts';
import type { ExitCode, Io } from './io.ts';
import { formats } from './report/report.ts';
import { version } from './version.ts';

const codes = `
Exit codes:
  0  fine
  1  problems found
  2  wrong usage
  3  an account could not be reached, or refused`;

/**
 * Defines the commands, their arguments and their help. A command's code is loaded when it is called. `end` receives the exit code; wrong
 * usage is thrown as a CommanderError after commander has printed it.
 */
export function createProgram(io: Io, end: (exitCode: ExitCode) => void): Command {
  const program = new Command('keywright');
  program
    .description('Write AWS KMS keys once, in YAML; get equivalent CloudFormation, Terraform and Pulumi.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(visibleLines(text)),
    })
    .addHelpText('after', examples('keywright init', 'keywright check', 'keywright build --target terraform') + codes);

  program
    .command('init')
    .summary('write a commented starter project')
    .description(
      'Writes a commented keywright.yaml to start from, and the schema with which editors check it. Overwrites nothing.',
    )
    .argument('[dir]', 'folder to write it to; created if it does not exist', '.')
    .option('-t, --target <names>', 'cfn, terraform, pulumi: only these, separated by commas', list)
    .option(
      '-a, --account <ids>',
      'accounts to deploy to, with --region; several with names: dev=111122223333,prod=444455556666',
      list,
    )
    .option('-r, --region <regions>', 'regions to deploy to in each account, separated by commas', list)
    .addHelpText(
      'after',
      examples(
        'keywright init',
        'keywright init infrastructure/keys --target terraform --account 111122223333 --region eu-west-1',
        'keywright init --account dev=111122223333,prod=444455556666 --region eu-west-1,us-east-1',
      ),
    )
    .action(async (directory, options) => end(await (await import('./commands/init.ts')).init(directory, options, io)));

  program
    .command('import')
    .summary('write keywright.yaml from existing resources')
    .description(
      'Writes the keywright.yaml that means the same as a source: a CloudFormation template, a folder cdk.out, a Terraform state or plan ' +
        'as JSON, a folder of Terraform files, an export of a Pulumi stack, or a Landing Zone Accelerator configuration, recognised ' +
        'automatically; or from live accounts. Names are kept, so that the first build changes nothing. Reports what is left out and why. ' +
        'Overwrites nothing. `organization` writes accounts.yaml from AWS Organizations, or updates it.',
    )
    .argument('<from>', 'the file or folder; `account` for live accounts; `organization` for the list of accounts')
    .option('--out <file>', 'the file to write; by default keywright.yaml, or accounts.yaml for `organization`')
    .option('--app <name>', 'the name of the application; by default that of the source')
    .option(
      '--account <ids>',
      'the account, if the source does not name it; or the accounts to read, separated by commas',
      list,
    )
    .option(
      '--region <regions>',
      'the region, if the source does not name it; or the regions to read, or those of new accounts',
      list,
    )
    .option(
      '--role <name>',
      'for `account`: the role to assume in each account, by name or ARN; for `organization`: an ARN',
    )
    .option('--profile <name>', 'for `account` and `organization`: the profile of the AWS configuration')
    .option('--parameters <file>', "values of a template's parameters, as JSON")
    .option('-t, --target <names>', 'the targets, separated by commas; by default the tool of the source', list)
    .addHelpText(
      'after',
      examples(
        'keywright import template.yaml --account 111122223333 --region eu-west-1',
        'keywright import cdk.out --out keys/keywright.yaml',
        'terraform show -json > state.json && keywright import state.json',
        'keywright import account --account 111122223333 --region eu-west-1,us-east-1 --role KeyReader',
        'keywright import organization --region eu-west-1,us-east-1',
      ),
    )
    .action(async (from, options) =>
      end(await (await import('./commands/import.ts')).importFrom({ from, ...options }, io)),
    );

  program
    .command('check')
    .summary('report every problem of a project')
    .description(
      'Reports the problems of a project, without calling any account. Writes only the baseline, and only with --write-baseline.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .addOption(formatOption())
    .addOption(quietOption())
    .addOption(maxWarningsOption())
    .addOption(baselineOption())
    .addOption(
      new Option('--write-baseline', 'replace the baseline with all current warnings and notes')
        .default(false)
        .conflicts('watch'),
    )
    .option('-o, --out <folder>', 'the output folder of the last build (default: out, beside keywright.yaml)')
    .option(
      '--explain-variants',
      'list which environments of a stack share a program, and which lines set the others apart',
      false,
    )
    .option('--watch', 'check again whenever a file changes', false)
    .addHelpText(
      'after',
      examples(
        'keywright check',
        'keywright check --format sarif > keywright.sarif',
        'keywright check --write-baseline',
        'keywright check --max-warnings 0 --quiet',
        'keywright check --explain-variants',
        'keywright check --watch',
      ),
    )
    .action(async (directory, options) =>
      end(await (await import('./commands/check.ts')).check({ directory, ...options }, io)),
    );

  program
    .command('build')
    .summary('generate the outputs')
    .description(
      'Generates CloudFormation templates, Terraform root modules and Pulumi programs. Writes only below --out, rewrites ' +
        'only what changed, removes what is no longer generated, and refuses to touch a file that a person edited.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('-t, --target <names>', 'cfn, terraform, pulumi: only these, separated by commas', list)
    .option('-s, --stack <names>', 'only these stacks, separated by commas', list)
    .option(
      '-o, --out <folder>',
      'the output folder, relative to the working directory (default: out, beside keywright.yaml)',
    )
    .addOption(new Option('--cfn-format <format>', 'how to write CloudFormation templates').choices(['yaml', 'json']))
    .addOption(
      new Option('--check', 'write nothing; fail, with a diff, if something would change')
        .default(false)
        .conflicts(['watch', 'force']),
    )
    .option('--force', 'overwrite and delete even what a person edited', false)
    .addOption(
      new Option('--drop-exports', 'drop exports of CloudFormation stacks that were kept for stacks not yet deployed')
        .default(false)
        .conflicts('watch'),
    )
    .addOption(
      new Option('--drop-moves', 'leave out the moves and removals of earlier builds, once everything is deployed')
        .default(false)
        .conflicts('watch'),
    )
    .option('--watch', 'build again whenever a file changes', false)
    .addOption(formatOption())
    .addOption(quietOption())
    .addOption(maxWarningsOption())
    .addOption(baselineOption())
    .addHelpText(
      'after',
      examples(
        'keywright build',
        'keywright build --target cfn,terraform --out generated',
        'keywright build --stack security,platform',
        'keywright build --check --format github',
      ),
    )
    .action(async (directory, options) =>
      end(await (await import('./commands/build.ts')).build({ directory, ...options }, io)),
    );

  program
    .command('lookup')
    .summary('resolve aliases in the accounts')
    .description(
      'Resolves the aliases that the project looks up in accounts, and saves the answers in keywright.context.json. ' +
        'Commit that file: a build needs nothing else. Credentials come from the AWS default chain, or from the profile ' +
        'or lookupRole of an environment.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('--refresh', 'ask again even for known aliases', false)
    .addOption(
      new Option('--check', 'change nothing; fail if an account disagrees with the file')
        .default(false)
        .conflicts('refresh'),
    )
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples('keywright lookup', 'keywright lookup --refresh', 'AWS_PROFILE=prod keywright lookup --check'),
    )
    .action(async (directory, options) =>
      end(await (await import('./commands/lookup.ts')).lookup({ directory, ...options }, io)),
    );

  const context = program
    .command('context')
    .summary('show and change the results of lookups')
    .description('Shows and changes keywright.context.json, which keeps the answers to lookups.')
    .addHelpText('after', examples('keywright context list', "keywright context evict 'alias/shared*'"));
  context
    .command('list')
    .description('Lists the entries: account, region, alias, key id.')
    .argument('[dir]', 'folder of keywright.yaml')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples('keywright context list', 'keywright context list --format json'))
    .action(async (directory, options) =>
      end(await (await import('./commands/context-list.ts')).contextList({ directory, ...options }, io)),
    );
  context
    .command('evict')
    .description('Removes entries, so that the next lookup asks for them again.')
    .argument('<pattern>', 'account/region/alias, or an alias alone; * stands for any text')
    .argument('[dir]', 'folder of keywright.yaml')
    .addHelpText(
      'after',
      examples(
        "keywright context evict '111122223333/*'",
        'keywright context evict 444455556666/eu-west-1/alias/shared',
      ),
    )
    .action(async (pattern, directory) =>
      end(await (await import('./commands/context-evict.ts')).contextEvict(pattern, directory, io)),
    );
  context
    .command('import')
    .description('Adds the KMS keys of a cdk.context.json of the AWS CDK.')
    .argument('<file>', 'the cdk.context.json')
    .argument('[dir]', 'folder of keywright.yaml')
    .addHelpText('after', examples('keywright context import ../cdk-app/cdk.context.json'))
    .action(async (file, directory) =>
      end(await (await import('./commands/context-import.ts')).contextImport(file, directory, io)),
    );

  program
    .command('schema')
    .summary('print the JSON Schema of keywright.yaml')
    .description('Prints the JSON Schema of keywright.yaml, which editors use to complete, explain and check it.')
    .option('--included', 'print the schema of files that keywright.yaml includes', false)
    .option('--trusted', 'print the schema of files that it includes with trusted: true', false)
    .addHelpText(
      'after',
      examples('keywright schema > keywright.schema.json', 'keywright schema --included > included.schema.json'),
    )
    .action(async (options) => end(await (await import('./commands/schema.ts')).schema(options, io)));

  program
    .command('upgrade')
    .summary('update a project to this version')
    .description(
      'Updates a project to this version of Keywright: rewrites the schemas that editors check its files with, both those that the files ' +
        'name and those beside keywright.yaml. There is one version of the language, so the files themselves stay as they are.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('--check', 'write nothing; fail if something would change', false)
    .addHelpText('after', examples('keywright upgrade', 'keywright upgrade keys --check'))
    .action(async (directory, options) =>
      end(await (await import('./commands/upgrade.ts')).upgrade({ directory, ...options }, io)),
    );

  program
    .command('explain')
    .summary('print the page about a diagnostic')
    .description(
      'Prints the page about a diagnostic: why it is a problem, and what to do. Without a code, lists all diagnostics.',
    )
    .argument('[code]', 'KW and four digits')
    .addHelpText('after', examples('keywright explain KW6003', 'keywright explain'))
    .action(async (code) => end(await (await import('./commands/explain.ts')).explain(code, io)));

  askingOfKeys(program.command('who-can'))
    .summary('list who can do something with a key')
    .description(
      'Lists every principal that can do something with a key, through which statement, under which conditions, with the ' +
        'line of each. Answers from the YAML alone: policies that no project contains can only reduce access, and the answer says so.',
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
      end(await (await import('./commands/who-can.ts')).whoCanCommand({ can, key, directory, ...options }, io)),
    );

  askingOfKeys(
    program
      .command('why')
      .argument('<principal>', 'a name under principals, stack.name, an ARN, an account id, or a service host'),
  )
    .summary('explain why a principal can or cannot do something')
    .description(
      'Explains, step by step, why a principal can or cannot do something with a key. If a condition key is unknown, ' +
        'the answer says what it depends on.',
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
      end(await (await import('./commands/why.ts')).why({ principal, can, key, directory, ...options }, io)),
    );

  program
    .command('policy')
    .summary('print the final policy of a key')
    .description(
      'Prints the final policy of a key as JSON: defaults, standards, presets and grants together, each statement with ' +
        'the line it comes from.',
    )
    .argument('<key>', 'orders, security.orders, or orders@prod-us for a replica, or an alias')
    .argument('[dir]', 'folder of keywright.yaml')
    .option('-s, --stack <names>', 'only keys of these stacks, separated by commas', list)
    .option('-t, --target <name>', 'cfn, terraform or pulumi: print it with the references of this target')
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
      end(await (await import('./commands/policy.ts')).policy({ key, directory, ...options }, io)),
    );

  program
    .command('diff')
    .summary('say what changed, and who gains and loses access')
    .description(
      'Compares two projects, a project with a revision of it, or either with what `import` reads, by what they mean: keys that ' +
        'would be lost, who gains and who loses what, properties. How statements are written, ordered, merged or split makes no difference.',
    )
    .argument('[sides...]', 'the folder of keywright.yaml, preceded by the one to compare with unless --since is given')
    .option('--since <revision>', 'compare with a branch, tag or commit of git')
    .option('--account <ids>', 'the account, if a source does not name it; for `account`, the accounts to read', list)
    .option('--region <regions>', 'the region, if a source does not name it; for `account`, the regions to read', list)
    .option('--role <name>', 'for `account`: the role to assume in each account, by name or ARN')
    .option('--profile <name>', 'for `account`: the profile of the AWS configuration')
    .option('--parameters <file>', "values of a template's parameters, as JSON")
    .addOption(
      new Option(
        '--fail-on <what>',
        'when to exit with 1: on any difference, only if access widens or a key would be lost, or only for a lost key',
      )
        .choices(['any', 'widened', 'lost'])
        .default('any'),
    )
    .addOption(
      new Option('--format <format>', 'how to print the differences; markdown is for a comment on a pull request')
        .choices(['text', 'json', 'markdown', 'sarif'])
        .default('text'),
    )
    .addHelpText(
      'after',
      examples(
        'keywright diff --since main',
        'keywright diff --since v1.4.0 infrastructure/keys --fail-on lost',
        'keywright diff --since origin/main --format markdown > comment.md',
        'keywright diff ../before .',
        'keywright diff terraform.tfstate .',
        'keywright diff account . --account 111122223333 --region eu-west-1',
      ),
    )
    .action(async (sides, options) => end(await (await import('./commands/diff.ts')).diff({ sides, ...options }, io)));

  program
    .command('adopt')
    .summary('write the steps that hand keys over to another tool')
    .description(
      'Writes the steps, and the files they need, for a tool to take over the keys of the project from another tool, or from an ' +
        'account where they were created by hand. Refuses if anything would change. With --verify, checks that the plan of a step ' +
        'does exactly what the step describes.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('--from <source>', 'where the keys are now: a file or folder that `import` reads, or `account`')
    .addOption(
      new Option('--to <target>', 'the tool that takes over; by default the only target of the stacks').choices([
        'cfn',
        'terraform',
        'pulumi',
      ]),
    )
    .option('-s, --stack <names>', 'only these stacks, separated by commas', list)
    .option('-o, --out <folder>', 'the output folder, relative to the working directory', 'adopt')
    .option('--account <ids>', 'the account, if the source does not name it; for `account`, the accounts to read', list)
    .option(
      '--region <regions>',
      'the region, if the source does not name it; for `account`, the regions to read',
      list,
    )
    .option('--role <name>', 'for `account`: the role to assume in each account, by name or ARN')
    .option('--profile <name>', 'for `account`: the profile of the AWS configuration')
    .option('--parameters <file>', "values of a template's parameters, as JSON")
    .option(
      '--ids <files>',
      'for a template: the output of `aws cloudformation describe-stack-resources` for its stack',
      list,
    )
    .option(
      '--verify <step-and-file...>',
      'check what the plan, preview or change set in a file would do, for a step of the written plan',
    )
    .addHelpText(
      'after',
      examples(
        'keywright adopt --from terraform.tfstate --to pulumi',
        'keywright adopt --from account --account 111122223333 --region eu-west-1',
        'keywright adopt --from template.yaml --ids resources.json --to terraform --stack security',
        'keywright adopt --verify 2 adopt-plan.json',
      ),
    )
    .action(async (directory, options) =>
      end(await (await import('./commands/adopt.ts')).adopt({ directory, ...options }, io)),
    );

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
        'what to draw; by default the extension of --out decides, or else mermaid',
      ).choices(['html', 'svg', 'mermaid']),
    )
    .addOption(
      new Option(
        '--by <what>',
        'what to group by; by default account if all of them fit, otherwise key with its environments',
      ).choices(['account', 'key']),
    )
    .option(
      '-o, --out <file>',
      'the file to write, .html, .svg or .mmd, relative to the working directory; replaced if it is a drawing',
    )
    .addHelpText(
      'after',
      examples('keywright graph --out keys.html', 'keywright graph --stack security --out keys.svg', 'keywright graph'),
    )
    .action(async (directory, options) =>
      end(await (await import('./commands/graph.ts')).graph({ directory, ...options }, io)),
    );

  program
    .command('ir')
    .summary('print the program of a project as JSON')
    .description('Prints the intermediate representation that emitters read, as JSON, for authors of emitters.')
    .argument('[dir]', 'folder of keywright.yaml')
    .option('--schema', 'print its JSON Schema instead', false)
    .addHelpText('after', examples('keywright ir | jq .stacks[].name', 'keywright ir --schema'))
    .action(async (directory, options) =>
      end(await (await import('./commands/ir.ts')).ir({ directory, ...options }, io)),
    );

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
    .action(async (shell) => end(await (await import('./commands/completion.ts')).completion(shell, io)));

  return program;
}

/** Commander's messages repeat what was typed. */
function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

function formatOption(): Option {
  return new Option('--format <format>', 'how to print problems').choices(formats).default('text');
}

function quietOption(): Option {
  return new Option('--quiet', 'print only errors').default(false);
}

function maxWarningsOption(): Option {
  return new Option('--max-warnings <count>', 'fail if there are more warnings than this').argParser((value) => {
    if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Give a number, 0 or more.');
    return Number(value);
  });
}

function baselineOption(): Option {
  return new Option(
    '--baseline <file>',
    'known findings not to report (default: keywright.baseline.json beside keywright.yaml, if it exists)',
  );
}

/** Adds the arguments of a question about doing something with some keys. */
function askingOfKeys(command: Command): Command {
  return command
    .argument('<can>', 'a capability such as decrypt or administer, or a kms: action, in which * stands for any text')
    .argument('<key>', 'orders, security.orders, orders@prod-us for a replica, an alias, or the ARN of an import')
    .argument('[dir]', 'folder of keywright.yaml')
    .option('-s, --stack <names>', 'only keys of these stacks, separated by commas', list)
    .option('--context <key=value>', 'the value of a condition key in the request; may be repeated', collect)
    .option('--without <keys>', 'condition keys that the request lacks, separated by commas', list)
    .option('--encryption-context <pairs>', 'the whole encryption context, tenant=a,env=b, or none', list)
    .option('--via <service>', 'the AWS service that makes the request for the principal, as under via, or none')
    .addOption(answerFormatOption());
}

function answerFormatOption(): Option {
  return new Option('--format <format>', 'how to print the answer').choices(['text', 'json']).default('text');
}

/** Collects an option that is repeated. */
function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** `cfn,terraform`, or the option repeated. */
function list(value: string, before: readonly string[] | undefined): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Give names separated by commas.');
  return [...(before ?? []), ...names];
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

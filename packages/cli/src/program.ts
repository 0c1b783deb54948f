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
    .description('Write AWS KMS keys once, in YAML; get CloudFormation, Terraform and Pulumi that mean the same.')
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
    .argument('[dir]', 'folder to write it to; made if it does not exist', '.')
    .option('-t, --target <names>', 'cfn, terraform, pulumi: write these only, separated by commas', list)
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
    .summary('write keywright.yaml from what exists')
    .description(
      'Writes the keywright.yaml that means what a source has: a CloudFormation template, a folder cdk.out, a Terraform state or plan\n' +
        'as JSON, a folder of Terraform files, an export of a Pulumi stack, or a Landing Zone Accelerator configuration, recognised by\n' +
        'itself; or live accounts. Names are kept, so that the first build changes nothing. Reports what is left out and why. Overwrites\n' +
        'nothing. `organization` writes accounts.yaml from AWS Organizations, or brings it up to date.',
    )
    .argument('<from>', 'the file or folder; `account` for live accounts; `organization` for the list of these')
    .option('--out <file>', 'the file to write; by default keywright.yaml, of `organization` accounts.yaml')
    .option('--app <name>', 'the name of the application; by default that of the source')
    .option(
      '--account <ids>',
      'the account, where the source does not say it; the accounts to ask, separated by commas',
      list,
    )
    .option(
      '--region <regions>',
      'the region, where the source does not say it; the regions to ask, or those of new accounts',
      list,
    )
    .option(
      '--role <name>',
      'of `account`: the role to assume in each account, by name or ARN; of `organization`: an ARN',
    )
    .option('--profile <name>', 'of `account` and `organization`: the profile of the AWS configuration')
    .option('--parameters <file>', 'values of the parameters of a template, as JSON')
    .option(
      '-t, --target <names>',
      'what to generate for, separated by commas; by default the tool of the source',
      list,
    )
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
      'Reports every problem of a project. Calls no account. Writes only the baseline, and only with --write-baseline.',
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
    .option('-o, --out <folder>', 'where the last build wrote (default: out, beside keywright.yaml)')
    .option(
      '--explain-variants',
      'say which environments of a stack share a program, and which line makes another one of a variant',
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
      'Generates CloudFormation templates, Terraform root modules and Pulumi programs. Writes below --out only, rewrites\n' +
        'only what changed, removes what is no longer generated, and refuses to touch a file that a person edited.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('-t, --target <names>', 'cfn, terraform, pulumi: only these, separated by commas', list)
    .option('-s, --stack <names>', 'only these stacks, separated by commas', list)
    .option('-o, --out <folder>', 'where to write, from the working directory (default: out, beside keywright.yaml)')
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
      new Option(
        '--drop-moves',
        'leave out what earlier builds said about keys that moved or were removed, once all is deployed',
      )
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
      'Resolves the aliases that the project looks up, in the accounts, and keeps the answers in keywright.context.json.\n' +
        'Commit that file: it is all that a build needs. Credentials come from the AWS default chain, or from the profile\n' +
        'or lookupRole of an environment.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('--refresh', 'ask again for what is known already', false)
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
    .summary('see and change what lookups found')
    .description('Shows and changes keywright.context.json, where the answers of lookups are kept.')
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
    .description('Adds the KMS keys that a cdk.context.json of the AWS CDK holds.')
    .argument('<file>', 'the cdk.context.json')
    .argument('[dir]', 'folder of keywright.yaml')
    .addHelpText('after', examples('keywright context import ../cdk-app/cdk.context.json'))
    .action(async (file, directory) =>
      end(await (await import('./commands/context-import.ts')).contextImport(file, directory, io)),
    );

  program
    .command('schema')
    .summary('print the JSON Schema of keywright.yaml')
    .description('Prints the JSON Schema of keywright.yaml, with which editors complete, explain and check it.')
    .option('--included', 'print that of the files that keywright.yaml includes', false)
    .option('--trusted', 'print that of the files that it includes with trusted: true', false)
    .addHelpText(
      'after',
      examples('keywright schema > keywright.schema.json', 'keywright schema --included > included.schema.json'),
    )
    .action(async (options) => end(await (await import('./commands/schema.ts')).schema(options, io)));

  program
    .command('upgrade')
    .summary('bring a project to this version')
    .description(
      'Brings a project to this version of Keywright: writes the schemas anew with which editors check its files, those that the files\n' +
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
      'Prints the page about a diagnostic: why it is a problem, and what to do. Lists them all without a code.',
    )
    .argument('[code]', 'KW and four digits')
    .addHelpText('after', examples('keywright explain KW6003', 'keywright explain'))
    .action(async (code) => end(await (await import('./commands/explain.ts')).explain(code, io)));

  askingOfKeys(program.command('who-can'))
    .summary('list who can do something with a key')
    .description(
      'Lists every principal that can do something with a key, through which statement, under which conditions, with the\n' +
        'line of each. Answers from the YAML alone: what no project says can only take away, and the answer says so.',
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
      'Explains, step by step, why a principal can or cannot do something with a key. Where a condition key is not known,\n' +
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
    .summary('print the key policy that a key ends up with')
    .description(
      'Prints the key policy that a key ends up with, as JSON: defaults, standards, presets and grants together, each\n' +
        'statement with the line that it comes from.',
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
      'Compares two projects, a project with a revision of it, or either with what `import` reads, by what they mean: keys that\n' +
        'would be lost, who gains and who loses what, properties. How statements are written, ordered, merged and split is no difference.',
    )
    .argument('[sides...]', 'the folder of keywright.yaml and, without --since, before it the one to compare with')
    .option('--since <revision>', 'compare with a branch, tag or commit of git')
    .option('--account <ids>', 'the account, where a source does not say it; of `account` those to ask', list)
    .option('--region <regions>', 'the region, where a source does not say it; of `account` those to ask', list)
    .option('--role <name>', 'of `account`: the role to assume in each account, by name or ARN')
    .option('--profile <name>', 'of `account`: the profile of the AWS configuration')
    .option('--parameters <file>', "the values of a template's parameters, as JSON")
    .addOption(
      new Option('--fail-on <what>', 'when to exit with 1: on any difference, or where access widens')
        .choices(['any', 'widened'])
        .default('any'),
    )
    .addOption(
      new Option('--format <format>', 'how to print what differs; markdown is a comment of a pull request')
        .choices(['text', 'json', 'markdown', 'sarif'])
        .default('text'),
    )
    .addHelpText(
      'after',
      examples(
        'keywright diff --since main',
        'keywright diff --since v1.4.0 infrastructure/keys --fail-on widened',
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
      'Writes the files and the steps with which a tool takes over the keys of the project from where they are: from another tool, or\n' +
        'from an account where they were made by hand. Refuses where anything would change. With --verify, says whether the plan of a\n' +
        'step does what the step is for and nothing else.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('--from <source>', 'where the keys are now: a file or folder as `import` reads it, or `account`')
    .addOption(
      new Option('--to <target>', 'the tool that takes over; by default the only one of the stacks').choices([
        'cfn',
        'terraform',
        'pulumi',
      ]),
    )
    .option('-s, --stack <names>', 'only these stacks, separated by commas', list)
    .option('-o, --out <folder>', 'where to write, from the working directory', 'adopt')
    .option('--account <ids>', 'the account, where the source does not say it; of `account` those to ask', list)
    .option('--region <regions>', 'the region, where the source does not say it; of `account` those to ask', list)
    .option('--role <name>', 'of `account`: the role to assume in each account, by name or ARN')
    .option('--profile <name>', 'of `account`: the profile of the AWS configuration')
    .option('--parameters <file>', 'values of the parameters of a template, as JSON')
    .option(
      '--ids <files>',
      'of a template: what `aws cloudformation describe-stack-resources` says of its stack',
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
      'Draws accounts, stacks, keys and principals, and who can do what: as one HTML page to filter and to click through\n' +
        'to the YAML, as SVG, or as Mermaid for a README.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('-s, --stack <names>', 'only keys of these stacks, separated by commas', list)
    .option('-k, --key <names>', 'only these keys, separated by commas', list)
    .addOption(
      new Option(
        '--format <format>',
        'what to draw; by default what the extension of --out stands for, or mermaid',
      ).choices(['html', 'svg', 'mermaid']),
    )
    .addOption(
      new Option(
        '--by <what>',
        'what to group by; by default account where all of them fit, else key with its environments',
      ).choices(['account', 'key']),
    )
    .option(
      '-o, --out <file>',
      'file to write, .html, .svg or .mmd, from the working directory; replaced if it is a drawing',
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
    .summary('print what a project means, as JSON')
    .description('Prints the intermediate representation that emitters read, as JSON. For those who write one.')
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
  return new Option('--quiet', 'print errors only').default(false);
}

function maxWarningsOption(): Option {
  return new Option('--max-warnings <count>', 'fail with more warnings than this').argParser((value) => {
    if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Give a number, 0 or more.');
    return Number(value);
  });
}

function baselineOption(): Option {
  return new Option(
    '--baseline <file>',
    'known findings not to report (default: keywright.baseline.json beside keywright.yaml, if it is there)',
  );
}

/** Adds the arguments of a question about doing something with some keys. */
function askingOfKeys(command: Command): Command {
  return command
    .argument('<can>', 'a capability such as decrypt or administer, or a kms: action, * standing for any text')
    .argument('<key>', 'orders, security.orders, orders@prod-us for a replica, an alias, or the ARN of an import')
    .argument('[dir]', 'folder of keywright.yaml')
    .option('-s, --stack <names>', 'only keys of these stacks, separated by commas', list)
    .option('--context <key=value>', 'the value of a condition key in the request; may be given several times', collect)
    .option('--without <keys>', 'condition keys that the request does not have, separated by commas', list)
    .option('--encryption-context <pairs>', 'the whole encryption context, tenant=a,env=b; none for none', list)
    .option('--via <service>', 'the AWS service that makes the request for the principal, as under via; none for none')
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

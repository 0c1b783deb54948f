/** Commands that read existing resources. */
import { type Command, Option } from 'commander';
import { examples, list, type Run } from './options.ts';

export function importFrom(program: Command, { io, end }: Run): void {
  program
    .command('import')
    .summary('write keywright.yaml from existing resources')
    .description(
      'Writes a keywright.yaml for existing keys, from live accounts or from a source: a CloudFormation template, a cdk.out folder, ' +
        'a Terraform state or plan as JSON, a folder of Terraform files, an export of a Pulumi stack, or a Landing Zone Accelerator ' +
        'configuration. The kind of source is recognised automatically. Keeps names, so that the first build changes nothing. ' +
        'Reports what it leaves out, and why. Never overwrites a file. `import organization` writes or updates accounts.yaml from AWS Organizations.',
    )
    .argument('<from>', 'the file or folder; `account` for live accounts; `organization` for the list of accounts')
    .option('--out <file>', 'the file to write; by default keywright.yaml, or accounts.yaml for `organization`')
    .option('--app <name>', 'the name of the application; by default the name in the source')
    .option(
      '--account <ids>',
      'the account, if the source does not name it; for `account`, the accounts to read, separated by commas',
      list,
    )
    .option(
      '--region <regions>',
      'the region, if the source does not name it; for `account`, the regions to read; for `organization`, the regions of new accounts',
      list,
    )
    .option(
      '--role <name>',
      'for `account`: the role to assume in each account, by name or ARN; for `organization`: the role to assume, by ARN',
    )
    .option('--profile <name>', 'for `account` and `organization`: the profile of the AWS configuration')
    .addOption(parametersOption())
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
      end(await (await import('../commands/import.ts')).importFrom({ from, ...options }, io)),
    );
}

export function diff(program: Command, { io, end }: Run): void {
  readingResources(
    program
      .command('diff')
      .summary('say what changed, and who gains and loses access')
      .description(
        'Compares two projects, a project and one of its revisions, or a project and a source that `import` reads. Lists the keys that would ' +
          'be lost, the access that somebody gains or loses, and the properties that differ. Compares meaning, not text: it makes no difference ' +
          'how statements are written, ordered, merged or split.',
      )
      .argument(
        '[sides...]',
        'with --since, the folder of keywright.yaml; without it, first the folder or source to compare with, then the folder of keywright.yaml',
      )
      .option('--since <revision>', 'compare with a branch, tag or commit of git'),
    'a source',
  )
    .addOption(
      new Option(
        '--fail-on <what>',
        'exit with 1 on any difference (any), only if access widens or a key would be lost (widened), or only if a key would be lost (lost)',
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
    .action(async (sides, options) => end(await (await import('../commands/diff.ts')).diff({ sides, ...options }, io)));
}

export function adopt(program: Command, { io, end }: Run): void {
  readingResources(
    program
      .command('adopt')
      .summary('write the steps that hand keys over to another tool')
      .description(
        'Writes the steps, and the files they need, for a tool to take over the keys of the project from another tool, or from an ' +
          'account where they were created by hand. Refuses if the hand-over would change anything. With --verify, checks that the plan of a step ' +
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
      .option(
        '-s, --stack <names>',
        'only these stacks, separated by commas; a stack with several environments is included in all of them',
        list,
      )
      .option('-o, --out <folder>', 'the output folder, relative to the working directory', 'adopt'),
    'the source',
  )
    .option(
      '--ids <files>',
      'for a template: the output of `aws cloudformation describe-stack-resources` for its stack',
      list,
    )
    .option(
      '--verify <step-and-file...>',
      'check that the plan, preview or change set in a file does what a step of the written plan describes',
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
      end(await (await import('../commands/adopt.ts')).adopt({ directory, ...options }, io)),
    );
}

function readingResources(command: Command, source: string): Command {
  return command
    .option(
      '--account <ids>',
      `the account, if ${source} does not name it; for \`account\`, the accounts to read`,
      list,
    )
    .option(
      '--region <regions>',
      `the region, if ${source} does not name it; for \`account\`, the regions to read`,
      list,
    )
    .option('--role <name>', 'for `account`: the role to assume in each account, by name or ARN')
    .option('--profile <name>', 'for `account`: the profile of the AWS configuration')
    .addOption(parametersOption());
}

function parametersOption(): Option {
  return new Option(
    '--parameters <files>',
    "files with the values of a template's parameters, as JSON, or of a Terraform module's variables, as for `-var-file`; a later file overrides earlier ones",
  ).argParser(list);
}

/** Commands that write and check projects. */
import { type Command, Option } from 'commander';
import { baselineOption, examples, formatOption, list, maxWarningsOption, quietOption, type Run } from './options.ts';

export function init(program: Command, { io, end }: Run): void {
  program
    .command('init')
    .summary('write a commented starter project')
    .description(
      'Writes a commented keywright.yaml to start from, and the JSON Schema that editors check it against. Never overwrites a file.',
    )
    .argument('[dir]', 'folder to write it to; created if it does not exist', '.')
    .option('-t, --target <names>', 'only these targets, separated by commas: cfn, terraform, pulumi', list)
    .option(
      '-a, --account <ids>',
      'accounts to deploy to, with --region; if there are several, with names: dev=111122223333,prod=444455556666',
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
    .action(async (directory, options) =>
      end(await (await import('../commands/init.ts')).init(directory, options, io)),
    );
}

export function check(program: Command, { io, end }: Run): void {
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
      'list which environments of a stack share a program, and which lines of YAML make the other environments differ',
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
      end(await (await import('../commands/check.ts')).check({ directory, ...options }, io)),
    );
}

export function build(program: Command, { io, end }: Run): void {
  program
    .command('build')
    .summary('generate the outputs')
    .description(
      'Generates CloudFormation templates, Terraform root modules and Pulumi programs. Writes only below --out, rewrites ' +
        'only what changed, removes what is no longer generated, and refuses to touch a file that a person edited.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('-t, --target <names>', 'only these targets, separated by commas: cfn, terraform, pulumi', list)
    .option(
      '-s, --stack <names>',
      'only these stacks, separated by commas; a stack with several environments is included in all of them',
      list,
    )
    .option(
      '-o, --out <folder>',
      'the output folder, relative to the working directory (default: out, beside keywright.yaml)',
    )
    .addOption(
      new Option(
        '--cfn-format <format>',
        'the format of CloudFormation templates; by default the one set under targets.cfn, otherwise yaml',
      ).choices(['yaml', 'json']),
    )
    .addOption(
      new Option('--check', 'write nothing; fail, with a diff, if something would change')
        .default(false)
        .conflicts(['watch', 'force']),
    )
    .option('--force', 'overwrite and delete even files that a person edited', false)
    .addOption(
      new Option('--drop-exports', 'leave out the exports that no stack imports any more, once everything is deployed')
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
      end(await (await import('../commands/build.ts')).build({ directory, ...options }, io)),
    );
}

export function upgrade(program: Command, { io, end }: Run): void {
  program
    .command('upgrade')
    .summary('update a project to this version')
    .description(
      'Updates a project to this version of Keywright: rewrites the JSON Schemas that editors check its files against, both those that the ' +
        'files name and those beside keywright.yaml. Leaves the files themselves as they are, since the language has only one version.',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('--check', 'write nothing; fail if something would change', false)
    .addHelpText('after', examples('keywright upgrade', 'keywright upgrade keys --check'))
    .action(async (directory, options) =>
      end(await (await import('../commands/upgrade.ts')).upgrade({ directory, ...options }, io)),
    );
}

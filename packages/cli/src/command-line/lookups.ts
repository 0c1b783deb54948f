/** Commands that ask accounts, or change the recorded answers. */
import { type Command, Option } from 'commander';
import { examples, formatOption, type Run } from './options.ts';

export function lookup(program: Command, { io, end }: Run): void {
  program
    .command('lookup')
    .summary('resolve aliases in the accounts')
    .description(
      'Asks AWS which keys the aliases under `lookup` point to, and saves the answers in keywright.context.json. ' +
        'Commit that file, so that builds need no access to AWS. Credentials come from the AWS default chain, or from the profile ' +
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
      end(await (await import('../commands/lookup.ts')).lookup({ directory, ...options }, io)),
    );
}

export function context(program: Command, { io, end }: Run): void {
  const context = program
    .command('context')
    .summary('show and change the results of lookups')
    .description('Shows and changes keywright.context.json, which keeps the answers to lookups.')
    .addHelpText('after', examples('keywright context list', "keywright context evict 'alias/shared*'"));
  context
    .command('list')
    .description('Lists the entries of keywright.context.json: account, region, alias, key id.')
    .argument('[dir]', 'folder of keywright.yaml')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples('keywright context list', 'keywright context list --format json'))
    .action(async (directory, options) =>
      end(await (await import('../commands/context-list.ts')).contextList({ directory, ...options }, io)),
    );
  context
    .command('evict')
    .description('Removes entries from keywright.context.json, so that the next lookup asks for them again.')
    .argument('<pattern>', 'account/region/alias, or an alias alone; * matches any text')
    .argument('[dir]', 'folder of keywright.yaml')
    .addHelpText(
      'after',
      examples(
        "keywright context evict '111122223333/*'",
        'keywright context evict 444455556666/eu-west-1/alias/shared',
      ),
    )
    .action(async (pattern, directory) =>
      end(await (await import('../commands/context-evict.ts')).contextEvict(pattern, directory, io)),
    );
  context
    .command('import')
    .description('Adds the KMS keys of a cdk.context.json of the AWS CDK.')
    .argument('<file>', 'the cdk.context.json')
    .argument('[dir]', 'folder of keywright.yaml')
    .addHelpText('after', examples('keywright context import ../cdk-app/cdk.context.json'))
    .action(async (file, directory) =>
      end(await (await import('../commands/context-import.ts')).contextImport(file, directory, io)),
    );
}

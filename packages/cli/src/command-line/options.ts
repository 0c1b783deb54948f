/** Options that several commands have, and the parsers of their values. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode, Io } from '../io.ts';
import { formats } from '../report/report.ts';

export interface Run {
  readonly io: Io;
  readonly end: (exitCode: ExitCode) => void;
}

export function formatOption(): Option {
  return new Option('--format <format>', 'how to print problems').choices(formats).default('text');
}

export function quietOption(): Option {
  return new Option('--quiet', 'print only errors').default(false);
}

export function maxWarningsOption(): Option {
  return new Option('--max-warnings <count>', 'fail if there are more warnings than this').argParser((value) => {
    if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Give a number, 0 or more.');
    return Number(value);
  });
}

export function baselineOption(): Option {
  return new Option(
    '--baseline <file>',
    'known findings not to report (default: keywright.baseline.json beside keywright.yaml, if it exists)',
  );
}

/** Adds the arguments of a question: who does what with some keys. */
export function askingOfKeys(command: Command): Command {
  return command
    .argument(
      '<can>',
      'a capability such as decrypt or administer, or an action such as kms:Decrypt, where * matches any text',
    )
    .argument(
      '<key>',
      'a key, such as orders or security.orders; a replica, orders@prod-us; an alias; or the ARN of an import',
    )
    .argument('[dir]', 'folder of keywright.yaml')
    .option('-s, --stack <names>', 'only keys of these stacks, separated by commas', list)
    .option('--context <key=value>', 'the value of a condition key in the request; may be repeated', collect)
    .option('--without <keys>', 'condition keys that the request lacks, separated by commas', list)
    .option(
      '--encryption-context <pairs>',
      'the whole encryption context, such as tenant=a,env=b; `none` if it is empty',
      list,
    )
    .option(
      '--via <service>',
      'the AWS service that makes the request for the principal, as under `via`; `none` if no service does',
    )
    .addOption(answerFormatOption());
}

export function answerFormatOption(): Option {
  return new Option('--format <format>', 'how to print the answer').choices(['text', 'json']).default('text');
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** Takes `cfn,terraform` as well as a repeated option. */
export function list(value: string, before: readonly string[] | undefined): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Give names separated by commas.');
  return [...(before ?? []), ...names];
}

export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Io } from '../io.ts';
import { askAccountsWith } from './read-accounts.ts';
import { type ReadSource, readSource } from './read-source.ts';

/** The options of commands that read existing resources. */
export interface ReadingOptions {
  /** The account of a template's deployment, which the template does not contain; for `account`, the accounts to read. */
  readonly account?: readonly string[] | undefined;
  readonly region?: readonly string[] | undefined;
  /** For `account`: the role to assume in each, by name or ARN. */
  readonly role?: string | undefined;
  /** For `account`: the profile of the AWS configuration. */
  readonly profile?: string | undefined;
  /** A JSON file with the values of a template's parameters. */
  readonly parameters?: string | undefined;
}

export interface ExistingResources extends ReadSource {
  /** What accounts refused or did not answer. */
  readonly refusals: readonly Diagnostic[];
}

/**
 * Reads the resources in a file or folder or, if `from` is `account`, in live accounts, of which at least one has to be named; a file is for
 * one account and region at most.
 */
export async function readExisting(
  from: string,
  { account = [], region = [], role, profile, parameters }: ReadingOptions,
  io: Io,
): Promise<ExistingResources | { readonly problem: string }> {
  if (from !== 'account') {
    if (Math.max(account.length, region.length) > 1)
      return { problem: 'a source is in one account and region: name one of each' };
    const read = await readSource(from, { account: account[0], region: region[0], parameters }, io.cwd);
    return 'problem' in read ? read : { refusals: [], ...read };
  }
  if (account.length * region.length === 0) return { problem: '`account` needs --account and --region' };
  const { answers, diagnostics } = await askAccountsWith({ accounts: account, regions: region, role, profile }, io);
  const { readAccounts } = await import('@keywright/read-account');
  return { reading: readAccounts(answers.flatMap(({ files }) => files())), refusals: diagnostics };
}

import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Io } from '../io.ts';
import { askAccountsWith } from './read-accounts.ts';
import { type ReadSource, readSource } from './read-source.ts';

/** The options of commands that read existing resources. */
export interface ReadingOptions {
  /** For a template: the account of its deployment, which the template does not contain. For `account`: the accounts to read. */
  readonly account?: readonly string[] | undefined;
  readonly region?: readonly string[] | undefined;
  /** For `account`: the role to assume in each account, by name or ARN. */
  readonly role?: string | undefined;
  /** For `account`: the profile of the AWS configuration. */
  readonly profile?: string | undefined;
  /** Files with the values of a template's parameters or of a Terraform module's variables; a later file overrides earlier ones. */
  readonly parameters?: readonly string[] | undefined;
}

export interface ExistingResources extends ReadSource {
  /** Diagnostics of the accounts that refused or did not answer. */
  readonly refusals: readonly Diagnostic[];
}

/**
 * Says what is wrong with the accounts and regions for a source. A file takes at most one account and region; for live accounts, both are
 * required.
 */
export function problemOfPlaces(
  from: string,
  { account = [], region = [] }: Pick<ReadingOptions, 'account' | 'region'>,
): string | undefined {
  if (from === 'account')
    return account.length * region.length === 0 ? '`account` needs --account and --region' : undefined;
  return Math.max(account.length, region.length) > 1
    ? 'a source is in one account and region: name one account and one region'
    : undefined;
}

/** Reads the resources in a file or folder or, if `from` is `account`, in live accounts. */
export async function readExisting(
  from: string,
  { account = [], region = [], role, profile, parameters }: ReadingOptions,
  io: Io,
): Promise<ExistingResources | { readonly problem: string }> {
  const problem = problemOfPlaces(from, { account, region });
  if (problem !== undefined) return { problem };
  if (from !== 'account') {
    const read = await readSource(from, { account: account[0], region: region[0], parameters }, io.cwd);
    return 'problem' in read ? read : { refusals: [], ...read };
  }
  const { answers, diagnostics } = await askAccountsWith({ accounts: account, regions: region, role, profile }, io);
  const { readAccounts } = await import('@keywright/read-account');
  return { reading: readAccounts(answers.flatMap(({ files }) => files())), refusals: diagnostics };
}

import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { partitionOf } from '@keywright/core/kms/partitions';
import type { SourceFile } from '@keywright/core/source/span';
import type { AccountAnswers } from '@keywright/read-account';
import type { Io } from '../io.ts';
import { startProgress } from '../progress.ts';
import { answersOnDisk } from './answers-on-disk.ts';

export interface AccountsOptions {
  /** Twelve digits each. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The role to assume in each account, by name or ARN. */
  readonly role: string | undefined;
  /** A profile of the AWS configuration. */
  readonly profile: string | undefined;
}

/** Answers are kept here as they arrive, in the working directory. */
const answersFolder = 'keywright-answers';

export interface AccountReadings {
  readonly answers: readonly AccountAnswers[];
  /** A file with answers, by its path. */
  readonly sourceOf: (path: string) => SourceFile | undefined;
  /** Diagnostics of the accounts that refused or did not answer. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Asks accounts for their keys in each of the regions. Answers of an earlier run are reused. */
export async function askAccountsWith(options: AccountsOptions, io: Io): Promise<AccountReadings> {
  const { accounts, regions, role, profile } = options;
  const places = accounts.flatMap((account) =>
    regions.map((region) => ({
      account,
      region,
      partition: partitionOf(region),
      ...(role !== undefined && { lookupRole: role }),
      ...(profile !== undefined && { profile }),
    })),
  );
  const { askAccounts } = await import('@keywright/read-account');
  const answers = answersOnDisk(io.cwd, answersFolder);
  const progress = startProgress(io, 'asking accounts');
  const diagnostics = await askAccounts({
    places,
    kept: answers.kept,
    keep: answers.keep,
    signal: io.interruption(),
    onProgress: ({ done, total, keys }) =>
      progress.update(`asking accounts (${done} of ${total} places, ${keys} keys)`),
  });
  progress.stop();
  return {
    answers: accounts.map((account) => ({
      account,
      files: () => answers.sources(places.filter((place) => place.account === account)),
    })),
    sourceOf: answers.sourceOf,
    diagnostics,
  };
}

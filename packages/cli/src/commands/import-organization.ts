import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { report } from '@keywright/core/diagnostics/diagnostic';
import { partitionOf } from '@keywright/core/kms/partitions';
import { visible } from '@keywright/core/source/visible';
import { accountNotInOrganization } from '../diagnostics/import.ts';
import { makeFolder } from '../disk/make-folder.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { refusal, whyNotWritten } from '../disk/system-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { startProgress } from '../progress.ts';
import { updateAccounts } from '../project/accounts-file.ts';
import { shownPath } from '../project/locate.ts';
import { printReport } from '../report/report.ts';

export interface OrganizationArguments {
  readonly out: string;
  /** The regions that each new account gets. */
  readonly regions: readonly string[];
  /** The ARN of the role to assume, if any. */
  readonly role: string | undefined;
  readonly profile: string | undefined;
}

/**
 * Writes the accounts of an organization as `accounts:`, or updates the file that has them. Exit code 3 if the organization cannot be read.
 */
export async function importOrganization(args: OrganizationArguments, io: Io): Promise<ExitCode> {
  const path = resolve(io.cwd, args.out);
  const shown = shownPath(io.cwd, path);
  const { accountsOf, askOrganization, organizationsRegion } = await import('@keywright/read-account');
  const partition = partitionOf(args.regions[0] ?? '');
  const region = organizationsRegion(partition);
  if (region === undefined) return wrongUsage(io, `AWS Organizations does not exist in the partition ${partition}`);
  const progress = startProgress(io, 'asking the organization');
  const { role, profile } = args;
  const { organization, diagnostic } = await askOrganization({ region, role, profile, signal: io.interruption() });
  progress.stop();
  if (organization === undefined) {
    const diagnostics = diagnostic === undefined ? [] : [diagnostic];
    await printReport('text', { diagnostics, sources: new Map(), root: io.cwd }, io, io.stderr);
    return 3;
  }
  const { accounts, groups, inactive } = accountsOf(organization);
  const file = existsSync(path) ? { path: shown, text: readFileSync(path, 'utf8') } : undefined;
  const update = updateAccounts(file, { accounts, groups, regions: args.regions });
  if ('problem' in update) return wrongUsage(io, update.problem);
  const states = new Map(inactive.map(({ id, state }) => [id, state]));
  const diagnostics = update.gone.map(({ name, id, span }) =>
    report(accountNotInOrganization, span, { name, id, state: states.get(id) }),
  );
  if (diagnostics.length > 0) {
    const sources = new Map(file === undefined ? [] : [[file.path, file]]);
    await printReport('text', { diagnostics, sources, root: io.cwd }, io, io.stderr);
  }
  if (update.text === file?.text) {
    io.stdout.write(`${visible(shown)} is up to date: ${count(accounts.length)}\n`);
    return 0;
  }
  try {
    makeFolder(dirname(path));
    replaceFile(path, update.text);
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return wrongUsage(io, `cannot write ${shown}: ${whyNotWritten(refused)}`);
  }
  const changed = update.changed.length === 0 ? '' : `, ${update.changed.length} changed`;
  io.stdout.write(`wrote ${visible(shown)}: ${count(update.added.length)} added${changed}\n`);
  if (file === undefined) {
    io.stdout.write(
      `next: ${visible(`include it in keywright.yaml: include: [{ files: ${shown}, trusted: true }]`)}\n`,
    );
  }
  return 0;
}

function count(accounts: number): string {
  return `${accounts} ${accounts === 1 ? 'account' : 'accounts'}`;
}

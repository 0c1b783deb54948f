import { byName } from '@keywright/core/collections/by-name';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Clients, Credentials, Page } from '@keywright/lookup/clients';
import { explainFailure } from '@keywright/lookup/explain-failure';
import { understandFailure } from '@keywright/lookup/failure';
import { inParallel } from '@keywright/lookup/in-parallel';
import { keepingSecrets, redact } from '@keywright/lookup/redact';
import { createClients } from '@keywright/lookup/sdk-clients';
import type { Tag } from '../key-record.ts';
import type { AccountEntry, OrganizationCalls, UnitEntry } from './organization-calls.ts';
import { organizationCallsThrough, organizationsSettings } from './sdk-organization-calls.ts';

export interface OrganizationAccount extends AccountEntry {
  /** The ids of the account's units, outermost first; empty directly below the root. */
  readonly units: readonly string[];
  readonly tags: readonly Tag[];
}

export interface Organization {
  readonly units: readonly OrganizationUnit[];
  /** The accounts in the order of the tree, sorted by id within a unit. */
  readonly accounts: readonly OrganizationAccount[];
}

export interface OrganizationUnit extends UnitEntry {
  /** The id of the parent unit; absent directly below the root. */
  readonly parent?: string;
}

export interface OrganizationOptions {
  /** The region to ask: Organizations has only one region in each partition. */
  readonly region: string;
  /** The ARN of a role to assume first: in the management account, or in a delegated administrator account. */
  readonly role: string | undefined;
  readonly profile: string | undefined;
  readonly signal: AbortSignal;
  readonly clients?: Clients<OrganizationCalls>;
}

/** Organizations accepts only a few calls of an operation per second, and throttles the rest. */
const callsAtATime = 4;

/** The maximum number of pages of a list, since a faulty list may never end. An organization has some thousand accounts. */
const longestList = 2_000;

/**
 * Asks for the tree of an organization and the tags of its accounts, with the fewest calls: two for each unit (one for the units in it, one
 * for its accounts), and one for each active account.
 *
 * @returns the organization; a diagnostic if it cannot be read; neither if the user interrupted the command
 */
export async function askOrganization(
  options: OrganizationOptions,
): Promise<{ readonly organization?: Organization; readonly diagnostic?: Diagnostic }> {
  const { region, role, profile, signal } = options;
  const { clients, secrets } = keepingSecrets(
    options.clients ?? createClients(organizationCallsThrough, { settingsOf: organizationsSettings }),
  );
  const place = { account: 'of the organization', region, partition: '' };
  let whose = profile === undefined ? 'the default credentials' : `the credentials of profile ${profile}`;
  let doing = { action: 'the request for credentials', on: whose };
  const step = <T>(action: string, on: string, make: () => Promise<T>): Promise<T> => {
    doing = { action, on };
    return make();
  };
  try {
    const base = await clients.credentials(profile, region, signal);
    const credentials = role === undefined ? base : await step('sts:AssumeRole', role, () => assume(base, role));
    if (role !== undefined) whose = `the credentials of role ${role}`;
    const calls = await clients.kms(region, credentials, signal);
    try {
      return { organization: await readTree(calls, step) };
    } finally {
      calls.close();
    }
  } catch (error) {
    const diagnostic = explainFailure(understandFailure(error), { place, whose, ...doing });
    if (diagnostic === undefined) return {};
    return {
      diagnostic: {
        ...diagnostic,
        message: redact(diagnostic.message, secrets),
        help: redact(diagnostic.help, secrets),
      },
    };
  }

  async function assume(base: Credentials, roleArn: string): Promise<Credentials> {
    const sts = await clients.sts(region, base, signal);
    return sts.assumeRole(roleArn).finally(() => sts.close());
  }
}

type Step = <T>(action: string, on: string, make: () => Promise<T>) => Promise<T>;

async function readTree(calls: OrganizationCalls, step: Step): Promise<Organization> {
  const units: OrganizationUnit[] = [];
  const accounts: (AccountEntry & { readonly units: readonly string[] })[] = [];
  const visit = async (parent: string, path: readonly string[]): Promise<void> => {
    const inIt = await wholeList((marker) =>
      step('organizations:ListAccountsForParent', parent, () => calls.accounts(parent, marker)),
    );
    const byId = [...inIt].sort((one, other) => (one.id < other.id ? -1 : 1));
    accounts.push(...byId.map((account) => ({ ...account, units: path })));
    const below = await wholeList((marker) =>
      step('organizations:ListOrganizationalUnitsForParent', parent, () => calls.units(parent, marker)),
    );
    for (const unit of [...below].sort(byName)) {
      const [above] = path.slice(-1);
      units.push({ ...unit, ...(above !== undefined && { parent: above }) });
      await visit(unit.id, [...path, unit.id]);
    }
  };
  for (const { id } of await wholeList((marker) => step('organizations:ListRoots', '*', () => calls.roots(marker)))) {
    await visit(id, []);
  }
  const tagged = await inParallel(accounts, callsAtATime, async (account) => {
    const { id, state } = account;
    const tags =
      state === 'ACTIVE'
        ? await wholeList((marker) => step('organizations:ListTagsForResource', id, () => calls.tags(id, marker)))
        : [];
    return { ...account, tags };
  });
  return { units, accounts: tagged };
}

async function wholeList<T>(page: (marker: string | undefined) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  const markers = new Set<string>();
  for (let next = await page(undefined); ; next = await page(next.marker)) {
    for (const item of next.items) items.push(item);
    const { marker } = next;
    if (marker === undefined) return items;
    if (markers.has(marker) || markers.size === longestList) throw new Error('a list from Organizations never ends');
    markers.add(marker);
  }
}

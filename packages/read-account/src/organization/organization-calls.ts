import type { Closable, Page } from '@keywright/lookup/clients';
import type { Tag } from '../key-record.ts';

/** A root or an organizational unit. */
export interface UnitEntry {
  readonly id: string;
  readonly name: string;
}

export interface AccountEntry {
  readonly id: string;
  readonly name: string;
  /** For example `ACTIVE`, `SUSPENDED` or `CLOSED`. Source: AWS Organizations API Reference, Account. */
  readonly state: string;
}

/** The calls to AWS Organizations that reading an organization needs. Each call rejects as the SDK does. */
export interface OrganizationCalls extends Closable {
  roots(marker: string | undefined): Promise<Page<UnitEntry>>;
  /** Returns the units directly below a root or unit. */
  units(parent: string, marker: string | undefined): Promise<Page<UnitEntry>>;
  /** Returns the accounts directly below a root or unit. */
  accounts(parent: string, marker: string | undefined): Promise<Page<AccountEntry>>;
  tags(account: string, marker: string | undefined): Promise<Page<Tag>>;
}

import type { Closable, KeyFacts } from '@keywright/lookup/clients';

/** A page of a list. `marker` is the start of the next page, and absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly marker?: string;
}

/** A key as DescribeKey returns it. */
export interface KeyMetadata extends KeyFacts {
  readonly description: string;
  readonly origin: string;
  readonly enabled: boolean;
  /** For a replica, the ARN of its primary. */
  readonly primaryArn?: string;
  readonly customKeyStoreId?: string;
  readonly xksKeyId?: string;
}

export interface AliasEntry {
  readonly name: string;
  readonly keyId?: string;
}

export interface TagEntry {
  readonly name: string;
  readonly value: string;
}

export interface Rotation {
  readonly enabled: boolean;
  /** Present if rotation is on. */
  readonly periodDays?: number;
}

export interface GrantEntry {
  readonly id: string;
  readonly name?: string;
  readonly grantee: string;
  readonly retiringPrincipal?: string;
  readonly operations: readonly string[];
  readonly encryptionContext?: Readonly<Record<string, string>>;
  readonly encryptionContextSubset?: Readonly<Record<string, string>>;
}

/** The calls to KMS in one region for reading an account. Each call rejects as the SDK does. */
export interface KeyCalls extends Closable {
  listKeys(marker: string | undefined): Promise<Page<string>>;
  listAliases(marker: string | undefined): Promise<Page<AliasEntry>>;
  describeKey(keyId: string): Promise<KeyMetadata>;
  /** The document, as JSON text. */
  keyPolicy(keyId: string): Promise<string>;
  rotation(keyId: string): Promise<Rotation>;
  listTags(keyId: string, marker: string | undefined): Promise<Page<TagEntry>>;
  listGrants(keyId: string, marker: string | undefined): Promise<Page<GrantEntry>>;
}

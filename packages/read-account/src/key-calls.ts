import type { Closable } from '@keywright/lookup/clients';

/** A page of a list; `marker` says where the next one starts, and is absent on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly marker?: string;
}

/** What KMS says of a key, in KMS's own words. */
export interface KeyMetadata {
  readonly keyId: string;
  readonly arn: string;
  readonly description: string;
  readonly spec: string;
  readonly usage: string;
  readonly origin: string;
  /** `CUSTOMER` or `AWS`. */
  readonly manager: string;
  readonly enabled: boolean;
  readonly state: string;
  readonly multiRegion: boolean;
  /** The ARN of its primary, of a replica. */
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
  /** In days, where rotation is on. */
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

/** What reading an account asks of KMS in one region. Calls reject as the SDK does. */
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

import type { KmsCalls, Page } from '@keywright/lookup/clients';
import type { Grant, KeyMetadata, Rotation, Tag } from './key-record.ts';

/** The calls to KMS in one region that reading an account needs. Each call rejects as the SDK does. */
export interface KeyCalls extends KmsCalls {
  listKeys(marker: string | undefined): Promise<Page<string>>;
  describeKey(keyId: string): Promise<KeyMetadata>;
  /** Returns the document, as JSON text. */
  keyPolicy(keyId: string): Promise<string>;
  rotation(keyId: string): Promise<Rotation>;
  listTags(keyId: string, marker: string | undefined): Promise<Page<Tag>>;
  listGrants(keyId: string, marker: string | undefined): Promise<Page<Grant>>;
}

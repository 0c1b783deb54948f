import * as z from 'zod';

const text = z.string();
const pairs = z.record(text, text).exactOptional();

const place = z.strictObject({ account: z.string().regex(/^[0-9]{12}$/), region: text, partition: text });

const metadata = z.strictObject({
  keyId: text,
  arn: text,
  description: text,
  spec: text,
  usage: text,
  origin: text,
  manager: text,
  enabled: z.boolean(),
  state: text,
  multiRegion: z.boolean(),
  primaryArn: text.exactOptional(),
  customKeyStoreId: text.exactOptional(),
  xksKeyId: text.exactOptional(),
});

const alias = z.strictObject({ name: text, keyId: text.exactOptional() });
const rotation = z.strictObject({ enabled: z.boolean(), periodDays: z.int().exactOptional() });
const tag = z.strictObject({ name: text, value: text });

const grant = z.strictObject({
  id: text,
  name: text.exactOptional(),
  grantee: text,
  retiringPrincipal: text.exactOptional(),
  operations: z.array(text),
  encryptionContext: pairs,
  encryptionContextSubset: pairs,
});

/**
 * A page of a list as KMS gave it. `from` is the marker that it was asked with, absent on the first, with which the list starts anew;
 * `marker` says where the next one starts, and is absent on the last.
 */
const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ from: text.exactOptional(), items: z.array(item), marker: text.exactOptional() });

/** What one call says of a key. */
const answer = z.strictObject({
  metadata: metadata.exactOptional(),
  policy: text.exactOptional(),
  rotation: rotation.exactOptional(),
  tags: pageOf(tag).exactOptional(),
  grants: pageOf(grant).exactOptional(),
});

/**
 * A line of the answers of one account and region, which are kept as they come: the place first; then what each call was answered, which
 * is a page of the key ids or of the aliases, or is about a key; and at the end that nothing is missing, with the number of keys that
 * AWS manages.
 */
export const recordLine = z.union([
  z.strictObject({ place }),
  z.strictObject({ keyIds: pageOf(text) }),
  z.strictObject({ aliases: pageOf(alias) }),
  z.strictObject({ key: text, answer }),
  /** A key that was deleted after an earlier run was told of it. */
  z.strictObject({ key: text, gone: z.literal(true) }),
  z.strictObject({ complete: z.strictObject({ awsManagedKeys: z.int() }) }),
]);

export type RecordLine = z.infer<typeof recordLine>;
export type RecordedAnswer = z.infer<typeof answer>;
export type RecordedPlace = z.infer<typeof place>;
export type RecordedMetadata = z.infer<typeof metadata>;
export type RecordedGrant = z.infer<typeof grant>;
export type RecordedAlias = z.infer<typeof alias>;

export interface RecordedPage<T> {
  from?: string;
  items: T[];
  marker?: string;
}

/** The part of a list that has been read. */
export interface ReadList<T> {
  readonly items: readonly T[];
  /** Where the next page starts. Absent on the last page, and where no page was read. */
  readonly marker?: string;
  /** Whether the last page was read. */
  readonly isWhole: boolean;
}

/** What is known of a key. */
export interface KeyAnswers {
  readonly metadata?: RecordedMetadata;
  readonly policy?: string;
  readonly rotation?: z.infer<typeof rotation>;
  readonly tags: ReadList<z.infer<typeof tag>>;
  readonly grants: ReadList<RecordedGrant>;
  readonly isGone: boolean;
}

/** A key that was read whole. */
export interface KeyRecord {
  readonly metadata: RecordedMetadata;
  /** The names of its aliases, in order. */
  readonly aliases: readonly string[];
  /** Absent if the key is not read: an AWS managed key, or one pending deletion. */
  readonly read?: {
    readonly policy: string;
    readonly rotation: z.infer<typeof rotation>;
    readonly tags: readonly z.infer<typeof tag>[];
    readonly grants: readonly RecordedGrant[];
  };
}

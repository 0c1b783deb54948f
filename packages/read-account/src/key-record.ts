import * as z from 'zod';

const text = z.string();
const pairs = z.record(text, text).exactOptional();

const place = z.strictObject({ account: z.string().regex(/^[0-9]{12}$/), region: text, partition: text });

/** A key as DescribeKey returns it. */
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
  /** For a replica, the ARN of its primary. */
  primaryArn: text.exactOptional(),
  customKeyStoreId: text.exactOptional(),
  xksKeyId: text.exactOptional(),
});

const alias = z.strictObject({ name: text, keyId: text.exactOptional() });
/** Has a period if rotation is on. */
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
 * A page of a list as KMS returned it. `from` is the marker of the request; it is absent for the first page, which starts the list again.
 * `marker` is the start of the next page; it is absent on the last page.
 */
const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ from: text.exactOptional(), items: z.array(item), marker: text.exactOptional() });

const answer = z.strictObject({
  metadata: metadata.exactOptional(),
  policy: text.exactOptional(),
  rotation: rotation.exactOptional(),
  tags: pageOf(tag).exactOptional(),
  grants: pageOf(grant).exactOptional(),
});

/**
 * A line of the answers from one account and region, which are stored as they arrive. The first line has the place. Each further line has
 * the answer to one call: a page of key ids, a page of aliases, or an answer about a key. The last line, `complete`, says that nothing is
 * missing, and has the number of AWS managed keys.
 */
export const recordLine = z.union([
  z.strictObject({ place }),
  z.strictObject({ keyIds: pageOf(text) }),
  z.strictObject({ aliases: pageOf(alias) }),
  z.strictObject({ key: text, answer }),
  /** A key that was deleted after an earlier run had listed it. */
  z.strictObject({ key: text, gone: z.literal(true) }),
  z.strictObject({ complete: z.strictObject({ awsManagedKeys: z.int() }) }),
]);

export type RecordLine = z.infer<typeof recordLine>;
export type RecordedAnswer = z.infer<typeof answer>;
export type RecordedPlace = z.infer<typeof place>;
export type KeyMetadata = z.infer<typeof metadata>;
export type Rotation = z.infer<typeof rotation>;
export type Tag = z.infer<typeof tag>;
export type Grant = z.infer<typeof grant>;

export interface RecordedPage<T> {
  from?: string;
  items: T[];
  marker?: string;
}

/** The part of a list that has been read. */
export interface ReadList<T> {
  readonly items: readonly T[];
  /** The start of the next page. Absent on the last page, and if no page was read. */
  readonly marker?: string;
  /** Whether the last page was read. */
  readonly isWhole: boolean;
}

export interface KeyAnswers {
  readonly metadata?: KeyMetadata;
  readonly policy?: string;
  readonly rotation?: Rotation;
  readonly tags: ReadList<Tag>;
  readonly grants: ReadList<Grant>;
  readonly isGone: boolean;
}

/** A key that was read completely. */
export interface KeyRecord {
  readonly metadata: KeyMetadata;
  /** The names of the key's aliases, sorted. */
  readonly aliases: readonly string[];
  /** Absent for an AWS managed key and for a key pending deletion. */
  readonly read?: {
    readonly policy: string;
    readonly rotation: Rotation;
    readonly tags: readonly Tag[];
    readonly grants: readonly Grant[];
  };
}

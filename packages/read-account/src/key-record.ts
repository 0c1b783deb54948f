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

const grant = z.strictObject({
  id: text,
  name: text.exactOptional(),
  grantee: text,
  retiringPrincipal: text.exactOptional(),
  operations: z.array(text),
  encryptionContext: pairs,
  encryptionContextSubset: pairs,
});

const key = z.strictObject({
  metadata,
  aliases: z.array(text),
  /** Absent where the key is not read: one that AWS manages, or that is to be deleted. */
  read: z
    .strictObject({
      policy: text,
      rotation: z.strictObject({ enabled: z.boolean(), periodDays: z.int().exactOptional() }),
      tags: z.array(z.strictObject({ name: text, value: text })),
      grants: z.array(grant),
    })
    .exactOptional(),
});

/**
 * A line of the answers of one account and region, which are kept as they come: the place first, then keys, and at the end that
 * nothing is missing, with the number of keys that AWS manages.
 */
export const recordLine = z.union([
  z.strictObject({ place }),
  z.strictObject({ key }),
  z.strictObject({ complete: z.strictObject({ awsManagedKeys: z.int() }) }),
]);

export type RecordLine = z.infer<typeof recordLine>;
export type KeyRecord = z.infer<typeof key>;
export type RecordedPlace = z.infer<typeof place>;

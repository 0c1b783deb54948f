/** Limits of KMS, each with its source. */
export const limits = {
  /** AWS KMS Developer Guide, "Key policy format": 32,768 bytes. */
  keyPolicyBytes: 32_768,
  /**
   * IAM User Guide, "IAM and AWS STS quotas": the total for all inline policies of a role, user or group, without white space. A managed
   * policy, which Keywright never writes, can have 6,144.
   */
  inlinePolicyCharacters: { role: 10_240, user: 2048, group: 5120 },
  /**
   * IAM User Guide, "IAM and AWS STS quotas": without white space. Accounts start with the standard quota, which AWS raises up to the maximum
   * on request.
   */
  trustPolicyCharacters: { standard: 2048, maximum: 8192 },
  /** AWS KMS API reference, CreateKey, Description. */
  descriptionCharacters: 8192,
  /** AWS KMS API reference, CreateAlias, AliasName. */
  aliasNameCharacters: 256,
  /** AWS KMS Developer Guide, "Resource quotas". */
  aliases: 50,
  /** AWS KMS Developer Guide, "Tags in AWS KMS". */
  tags: 50,
  /** AWS KMS API reference, Tag, TagKey. */
  tagNameCharacters: 128,
  /** AWS KMS API reference, Tag, TagValue. */
  tagValueCharacters: 256,
  /** AWS KMS API reference, GrantConstraints: the number of pairs, and the characters of each. */
  encryptionContextPairs: 8,
  encryptionContextCharacters: 384,
  /** AWS KMS API reference, ScheduleKeyDeletion, PendingWindowInDays. */
  pendingWindowDays: { minimum: 7, maximum: 30 },
  /** AWS KMS API reference, EnableKeyRotation, RotationPeriodInDays. */
  rotationPeriodDays: { minimum: 90, maximum: 2560 },
} as const;

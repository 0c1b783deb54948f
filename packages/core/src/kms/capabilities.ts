import type { KeySpec, KeyTraits, KeyUsage } from './key-specs.ts';

/**
 * The actions of a key's administrators. Source: CDK, aws-kms, lib/private/perms.ts, `ADMIN_ACTIONS`, which follows AWS KMS Developer
 * Guide, "Allows key administrators to administer the KMS key". `actionsOf` adds the actions of special keys.
 */
export const adminActions: readonly string[] = [
  'kms:Create*',
  'kms:Describe*',
  'kms:Enable*',
  'kms:List*',
  'kms:Put*',
  'kms:Update*',
  'kms:Revoke*',
  'kms:Disable*',
  'kms:Get*',
  'kms:Delete*',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
];

/**
 * The actions of the account root in a key policy that the CDK wrote before its feature flag `defaultKeyPolicies`. Source: CDK 1.x,
 * `Key.addLegacyAdminPolicy`.
 */
export const legacyAdminActions: readonly string[] = [
  'kms:Create*',
  'kms:Describe*',
  'kms:Enable*',
  'kms:List*',
  'kms:Put*',
  'kms:Update*',
  'kms:Revoke*',
  'kms:Disable*',
  'kms:Get*',
  'kms:Delete*',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
  'kms:GenerateDataKey',
  'kms:TagResource',
  'kms:UntagResource',
];

interface CapabilityRow {
  readonly actions: readonly string[];
  /** The key usage that the capability needs; absent if keys of every usage have the capability. */
  readonly usage?: KeyUsage;
}

/**
 * The actions of each capability. Source: CDK, aws-kms, lib/private/perms.ts and `Key.grant…`; AWS KMS API reference, CreateKey, KeyUsage.
 */
const rows = {
  encrypt: { actions: ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'], usage: 'ENCRYPT_DECRYPT' },
  decrypt: { actions: ['kms:Decrypt'], usage: 'ENCRYPT_DECRYPT' },
  encryptDecrypt: {
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
    usage: 'ENCRYPT_DECRYPT',
  },
  sign: { actions: ['kms:Sign'], usage: 'SIGN_VERIFY' },
  verify: { actions: ['kms:Verify'], usage: 'SIGN_VERIFY' },
  signVerify: { actions: ['kms:Sign', 'kms:Verify'], usage: 'SIGN_VERIFY' },
  generateMac: { actions: ['kms:GenerateMac'], usage: 'GENERATE_VERIFY_MAC' },
  verifyMac: { actions: ['kms:VerifyMac'], usage: 'GENERATE_VERIFY_MAC' },
  deriveSharedSecret: { actions: ['kms:DeriveSharedSecret'], usage: 'KEY_AGREEMENT' },
  administer: { actions: adminActions },
  describe: { actions: ['kms:DescribeKey'] },
} as const satisfies Readonly<Record<string, CapabilityRow>>;

export type Capability = keyof typeof rows;

/** The words that `can:` accepts besides actions. */
export const capabilities = Object.keys(rows) as readonly Capability[]; // Object.keys loses the type of the keys

export function isCapability(word: string): word is Capability {
  return Object.hasOwn(rows, word);
}

/** Whether a key of this usage has the capability. */
export function canPerform(capability: Capability, traits: Pick<KeyTraits, 'usage'>): boolean {
  const row: CapabilityRow = rows[capability];
  return row.usage === undefined || row.usage === traits.usage;
}

/**
 * The actions that a capability means for a key. The actions include more than in the CDK: administering includes replicating a
 * multi-Region key and moving its primary, importing the material of an EXTERNAL key, and rotating on demand where possible; describing an
 * asymmetric key includes its public key.
 */
export function actionsOf(capability: Capability, traits: KeyTraits): readonly string[] {
  const { actions } = rows[capability];
  if (capability === 'administer') {
    return [
      ...actions,
      ...(rotatesOnDemand(traits) ? ['kms:RotateKeyOnDemand'] : []),
      ...(traits.multiRegion ? ['kms:ReplicateKey', 'kms:UpdatePrimaryRegion'] : []),
      ...(traits.origin === 'EXTERNAL' ? ['kms:ImportKeyMaterial'] : []),
    ];
  }
  return capability === 'describe' && isAsymmetric(traits.spec) ? [...actions, 'kms:GetPublicKey'] : actions;
}

/**
 * Whether a key's material can be rotated on demand. This is possible for symmetric encryption keys outside custom key stores, since 2025
 * even with imported material. Source: AWS KMS API reference, RotateKeyOnDemand.
 */
export function rotatesOnDemand({ spec, origin }: Pick<KeyTraits, 'spec' | 'origin'>): boolean {
  return spec === 'SYMMETRIC_DEFAULT' && (origin === 'AWS_KMS' || origin === 'EXTERNAL');
}

/** Whether a key has a public part. */
export function isAsymmetric(spec: KeySpec): boolean {
  return spec !== 'SYMMETRIC_DEFAULT' && !spec.startsWith('HMAC_');
}

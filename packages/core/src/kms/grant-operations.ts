import { isAsymmetric } from './capabilities.ts';
import type { KeyTraits } from './key-specs.ts';

/**
 * The operations that a KMS grant can allow, each with the keys that support it.
 * Source: AWS KMS API reference, CreateGrant, Operations; AWS KMS Developer Guide, "Key type reference".
 */
const rows = {
  Decrypt: encrypts,
  Encrypt: encrypts,
  GenerateDataKey: encryptsSymmetrically,
  GenerateDataKeyWithoutPlaintext: encryptsSymmetrically,
  ReEncryptFrom: encrypts,
  ReEncryptTo: encrypts,
  Sign: ({ usage }) => usage === 'SIGN_VERIFY',
  Verify: ({ usage }) => usage === 'SIGN_VERIFY',
  GetPublicKey: ({ spec }) => isAsymmetric(spec),
  CreateGrant: () => true,
  RetireGrant: () => true,
  DescribeKey: () => true,
  GenerateDataKeyPair: makesKeyPairs,
  GenerateDataKeyPairWithoutPlaintext: makesKeyPairs,
  GenerateMac: ({ usage }) => usage === 'GENERATE_VERIFY_MAC',
  VerifyMac: ({ usage }) => usage === 'GENERATE_VERIFY_MAC',
  DeriveSharedSecret: ({ usage }) => usage === 'KEY_AGREEMENT',
} as const satisfies Readonly<Record<string, (traits: KeyTraits) => boolean>>;

export type GrantOperation = keyof typeof rows;

export const grantOperations = Object.keys(rows) as GrantOperation[]; // Object.keys loses the type of the keys

/** Whether a KMS grant on a key with these traits can allow the operation; KMS refuses operations that the key does not support. */
export function canBeGranted(operation: GrantOperation, traits: KeyTraits): boolean {
  return rows[operation](traits);
}

/** Whether requests to the key can have an encryption context: only symmetric encryption keys take one. */
export function hasEncryptionContext({ spec }: KeyTraits): boolean {
  return spec === 'SYMMETRIC_DEFAULT';
}

function encrypts({ usage }: KeyTraits): boolean {
  return usage === 'ENCRYPT_DECRYPT';
}

function encryptsSymmetrically({ spec }: KeyTraits): boolean {
  return spec === 'SYMMETRIC_DEFAULT';
}

/** A key in a custom key store makes no data key pairs. Source: AWS KMS API reference, GenerateDataKeyPair. */
function makesKeyPairs({ spec, origin }: KeyTraits): boolean {
  return spec === 'SYMMETRIC_DEFAULT' && origin !== 'AWS_CLOUDHSM' && origin !== 'EXTERNAL_KEY_STORE';
}

/**
 * Facts about KMS actions beyond their names. Source: AWS KMS Developer Guide, "AWS KMS permissions", columns "Resources" and
 * "Cross-account use"; AWS KMS API reference, "Cross-account use" of each operation; "Key type reference".
 */
import { kmsActions } from '@keywright/core/kms/actions';
import { type KeyUsage, usagesOfSpec } from '@keywright/core/kms/key-specs';
import type { KeyTraits } from '../picture.ts';

/** Actions without a key: key policies do not apply to them, and IAM policies allow them on `*` only. */
const accountActions: readonly string[] = [
  'ConnectCustomKeyStore',
  'CreateCustomKeyStore',
  'CreateKey',
  'DeleteCustomKeyStore',
  'DescribeCustomKeyStores',
  'DisconnectCustomKeyStore',
  'GenerateRandom',
  'ListAliases',
  'ListKeys',
  'ListRetirableGrants',
  'UpdateCustomKeyStore',
];

/** Actions that work across accounts. Permission for any other action has no effect for principals of other accounts. */
const crossAccountActions: readonly string[] = [
  'CreateGrant',
  'Decrypt',
  'DeriveSharedSecret',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GetKeyRotationStatus',
  'GetPublicKey',
  'ListGrants',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
  'RevokeGrant',
  'Sign',
  'Verify',
  'VerifyMac',
];

/** Maps an action to the only key usage that it works with. With a key of another usage, the action fails even if it is allowed. */
const usageOfAction: Readonly<Record<string, KeyUsage>> = {
  Decrypt: 'ENCRYPT_DECRYPT',
  DeriveSharedSecret: 'KEY_AGREEMENT',
  Encrypt: 'ENCRYPT_DECRYPT',
  GenerateDataKey: 'ENCRYPT_DECRYPT',
  GenerateDataKeyPair: 'ENCRYPT_DECRYPT',
  GenerateDataKeyPairWithoutPlaintext: 'ENCRYPT_DECRYPT',
  GenerateDataKeyWithoutPlaintext: 'ENCRYPT_DECRYPT',
  GenerateMac: 'GENERATE_VERIFY_MAC',
  ReEncryptFrom: 'ENCRYPT_DECRYPT',
  ReEncryptTo: 'ENCRYPT_DECRYPT',
  Sign: 'SIGN_VERIFY',
  Verify: 'SIGN_VERIFY',
  VerifyMac: 'GENERATE_VERIFY_MAC',
};

/** Operations that take an encryption context, which requires a symmetric encryption key. Source: "Encryption context". */
export const encryptionContextActions: readonly string[] = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
];

/** KMS actions by their API names: `Decrypt`. */
export const operations: readonly string[] = kmsActions.map((action) => action.slice('kms:'.length));

/** Maps the full name of an action in lower case, such as `kms:decrypt`, to its API name. */
const spellings: ReadonlyMap<string, string> = new Map(
  operations.map((operation) => [`kms:${operation.toLowerCase()}`, operation]),
);

/** The API name of an action, `Decrypt` for `kms:decrypt`; an unknown action stays as it is. */
export function operationOf(action: string): string {
  return spellings.get(action.toLowerCase()) ?? action.slice(action.indexOf(':') + 1);
}

export function isAboutKey(operation: string): boolean {
  return !accountActions.includes(operation);
}

export function worksAcrossAccounts(operation: string): boolean {
  return crossAccountActions.includes(operation);
}

export function takesEncryptionContext(operation: string): boolean {
  return encryptionContextActions.includes(operation);
}

/** The usage a key must have for an operation; `undefined` if every usage will do. */
export function usageFor(operation: string): KeyUsage | undefined {
  return usageOfAction[operation];
}

/**
 * Actions that make a principal an administrator of a key: each lets the principal take the key away from others, or give the key to
 * others. Whoever replicates a multi-Region key chooses the key policy of the replica; without imported key material a key is as good as
 * disabled. Sources: AWS KMS Developer Guide, "Allows key administrators to administer the KMS key"; AWS KMS API reference, ReplicateKey,
 * Policy.
 */
export function administeringOf({ multiRegion, origin }: Pick<KeyTraits, 'multiRegion' | 'origin'>): readonly string[] {
  return [
    'PutKeyPolicy',
    'ScheduleKeyDeletion',
    'DisableKey',
    ...(multiRegion ? ['ReplicateKey'] : []),
    ...(origin === 'EXTERNAL' ? ['DeleteImportedKeyMaterial'] : []),
  ];
}

/**
 * Actions that make a principal a user of a key: those that need a key usage, except verifying. Source: AWS KMS
 * Developer Guide, "Allows key users to use the KMS key".
 */
export const using: readonly string[] = Object.keys(usageOfAction).filter(
  (operation) => !operation.startsWith('Verify'),
);

/** The operations that users can perform with a key of this usage; if the usage is unknown, with any key. */
export function usesOf(usage: KeyUsage | undefined): readonly string[] {
  return usage === undefined ? using : (byUsage[usage] ?? []);
}

const byUsage: Readonly<Partial<Record<KeyUsage, readonly string[]>>> = Object.fromEntries(
  [...new Set(Object.values(usagesOfSpec).flat())].map((usage) => [
    usage,
    using.filter((operation) => usageFor(operation) === usage),
  ]),
);

/**
 * What KMS actions are about, beyond their names. Source: AWS KMS Developer Guide, "AWS KMS permissions", columns
 * "Resources" and "Cross-account use"; AWS KMS API reference, "Cross-account use" of each operation; "Key type reference".
 */
import { kmsActions } from '@keywright/core/kms/actions';
import { type KeyUsage, usagesOfSpec } from '@keywright/core/kms/key-specs';

/** Actions that are about no key: a key policy says nothing of them, and an IAM policy allows them on `*` only. */
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

/** What principals of other accounts can do at all. Permission to do anything else has no effect for them. */
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

/** Actions for which keys of one usage only can be used; with another the operation fails although it is allowed. */
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

/** Operations with an encryption context, which symmetric encryption keys alone take. Source: "Encryption context". */
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

/** The actions of KMS by the names of the API: `Decrypt`. */
export const operations: readonly string[] = kmsActions.map((action) => action.slice('kms:'.length));

/** By their names as actions, in lower case. */
const spellings: ReadonlyMap<string, string> = new Map(
  operations.map((operation) => [`kms:${operation.toLowerCase()}`, operation]),
);

/** `Decrypt` of `kms:decrypt`: as AWS writes it. An action that KMS does not have stays as it is. */
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

/** The usage that a key must have for an operation; undefined: any. */
export function usageFor(operation: string): KeyUsage | undefined {
  return usageOfAction[operation];
}

/**
 * What makes someone an administrator of a key: who can do one of these can take it away from others, or give it to them.
 * Source: AWS KMS Developer Guide, "Allows key administrators to administer the KMS key".
 */
export const administering: readonly string[] = ['PutKeyPolicy', 'ScheduleKeyDeletion', 'DisableKey'];

/**
 * What makes someone a user of a key: what needs its secret part. Verifying does not. Source: AWS KMS Developer Guide, "Allows
 * key users to use the KMS key".
 */
export const using: readonly string[] = Object.keys(usageOfAction).filter(
  (operation) => !operation.startsWith('Verify'),
);

/** What of that a key of this usage can do. */
export function usesOf(usage: KeyUsage | undefined): readonly string[] {
  return usage === undefined ? using : (byUsage[usage] ?? []);
}

const byUsage: Readonly<Partial<Record<KeyUsage, readonly string[]>>> = Object.fromEntries(
  [...new Set(Object.values(usagesOfSpec).flat())].map((usage) => [
    usage,
    using.filter((operation) => usageFor(operation) === usage),
  ]),
);

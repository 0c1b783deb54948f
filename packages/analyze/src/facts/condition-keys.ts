/**
 * Which requests have which KMS condition keys. If a request lacks a condition key, a condition on it fails unless negated, and a
 * permission under such a condition silently has no effect. Source: AWS KMS Developer Guide, "AWS KMS condition keys" and "AWS KMS
 * permissions"; Service Authorization Reference, "Actions, resources, and condition keys for AWS Key Management Service".
 */

import { encryptionContextActions } from './actions.ts';

/**
 * The operations whose requests have a condition key: `keyOperations` for every operation on a key, or a list. With `optional`, only some
 * requests for the listed operations have it.
 */
interface ConditionKeyRow {
  readonly operations: 'keyOperations' | readonly string[];
  readonly optional?: boolean;
}

const attestedOperations = [
  'Decrypt',
  'DeriveSharedSecret',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateRandom',
];

/** By the name of the condition key in lower case, since condition keys are case-insensitive. */
const rows: Readonly<Record<string, ConditionKeyRow>> = {
  'kms:bypasspolicylockoutsafetycheck': { operations: ['CreateKey', 'PutKeyPolicy'], optional: true },
  'kms:calleraccount': { operations: 'keyOperations' },
  'kms:customermasterkeyspec': { operations: 'keyOperations' },
  'kms:customermasterkeyusage': { operations: 'keyOperations' },
  'kms:datakeypairspec': { operations: ['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'] },
  'kms:encryptionalgorithm': { operations: encryptionContextActions },
  'kms:encryptioncontextkeys': {
    operations: [...encryptionContextActions, 'CreateGrant', 'RetireGrant'],
    optional: true,
  },
  'kms:expirationmodel': { operations: ['ImportKeyMaterial'], optional: true },
  'kms:grantconstraintsourcearn': { operations: ['CreateGrant'], optional: true },
  'kms:grantconstrainttype': { operations: ['CreateGrant', 'RetireGrant'], optional: true },
  'kms:grantisforawsresource': { operations: ['CreateGrant', 'ListGrants', 'RevokeGrant'], optional: true },
  'kms:grantoperations': { operations: ['CreateGrant'] },
  'kms:granteeprincipal': { operations: ['CreateGrant'], optional: true },
  'kms:granteeserviceprincipal': { operations: ['CreateGrant'], optional: true },
  'kms:keyagreementalgorithm': { operations: ['DeriveSharedSecret'] },
  'kms:keyorigin': { operations: 'keyOperations' },
  'kms:keyspec': { operations: 'keyOperations' },
  'kms:keyusage': { operations: 'keyOperations' },
  'kms:macalgorithm': { operations: ['GenerateMac', 'VerifyMac'] },
  'kms:messagetype': { operations: ['Sign', 'Verify'] },
  'kms:multiregion': { operations: 'keyOperations' },
  'kms:multiregionkeytype': { operations: 'keyOperations', optional: true },
  'kms:primaryregion': { operations: ['UpdatePrimaryRegion'] },
  'kms:reencryptonsamekey': { operations: ['ReEncryptFrom', 'ReEncryptTo'] },
  'kms:replicaregion': { operations: ['ReplicateKey'] },
  'kms:requestalias': {
    operations: [
      ...encryptionContextActions,
      'DeriveSharedSecret',
      'DescribeKey',
      'GenerateMac',
      'GetPublicKey',
      'Sign',
      'Verify',
      'VerifyMac',
    ],
    optional: true,
  },
  'kms:resourcealiases': { operations: 'keyOperations', optional: true },
  'kms:retiringprincipal': { operations: ['CreateGrant'], optional: true },
  'kms:retiringserviceprincipal': { operations: ['CreateGrant'], optional: true },
  'kms:rotationperiodindays': { operations: ['EnableKeyRotation'], optional: true },
  'kms:schedulekeydeletionpendingwindowindays': { operations: ['ScheduleKeyDeletion'], optional: true },
  'kms:signingalgorithm': { operations: ['Sign', 'Verify'] },
  'kms:trailingdayswithoutkeyusage': { operations: ['DisableKey', 'ScheduleKeyDeletion'], optional: true },
  'kms:validto': { operations: ['ImportKeyMaterial'], optional: true },
  'kms:viaservice': { operations: 'keyOperations', optional: true },
  'kms:wrappingalgorithm': { operations: ['GetParametersForImport'] },
  'kms:wrappingkeyspec': { operations: ['GetParametersForImport'] },
  'aws:tagkeys': { operations: ['CreateKey', 'ReplicateKey', 'TagResource', 'UntagResource'], optional: true },
};

/** Condition keys followed by a name that the user chooses. */
const families: readonly { readonly prefix: string; readonly row: ConditionKeyRow }[] = [
  {
    prefix: 'kms:encryptioncontext:',
    row: { operations: [...encryptionContextActions, 'CreateGrant', 'RetireGrant'], optional: true },
  },
  { prefix: 'kms:recipientattestation:', row: { operations: attestedOperations, optional: true } },
  { prefix: 'aws:requesttag/', row: { operations: ['CreateKey', 'ReplicateKey', 'TagResource'], optional: true } },
];

/**
 * Whether a request for an operation has a condition key; `name` is in lower case. `unknown`: a condition key of KMS that is newer than
 * this table, or a condition key of another service.
 */
export function availability(
  key: string,
  operation: string,
  isAboutKey: boolean,
): 'always' | 'sometimes' | 'never' | 'unknown' {
  const row = Object.hasOwn(rows, key) ? rows[key] : families.find(({ prefix }) => key.startsWith(prefix))?.row;
  if (row === undefined) return 'unknown';
  if (row.operations === 'keyOperations' && !isAboutKey) {
    // Conditions on CreateKey test the properties of the key to be created. Operations on key stores have only the caller's account.
    if (operation === 'CreateKey') return 'unknown';
    return key === 'kms:calleraccount' && operation.includes('KeyStore') ? 'always' : 'never';
  }
  if (row.operations !== 'keyOperations' && !row.operations.includes(operation)) return 'never';
  return row.optional === true ? 'sometimes' : 'always';
}

/** The names of the condition keys in this table, in lower case. */
export const knownConditionKeys: readonly string[] = Object.keys(rows);

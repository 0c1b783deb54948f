import type { KeyTraits } from '@keywright/core/kms/key-specs';
import type * as kms from 'aws-cdk-lib/aws-kms';

/** The methods of a CDK key, by the corresponding words of the language. */
export const grantMethods = {
  encrypt: 'grantEncrypt',
  decrypt: 'grantDecrypt',
  encryptDecrypt: 'grantEncryptDecrypt',
  sign: 'grantSign',
  verify: 'grantVerify',
  signVerify: 'grantSignVerify',
  generateMac: 'grantGenerateMac',
  verifyMac: 'grantVerifyMac',
} as const satisfies Readonly<Record<string, keyof kms.IKey>>;

/** The meaning of each word, from docs/semantics.md, for lists of several words. */
const meanings: Readonly<Record<string, readonly string[]>> = {
  encrypt: ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
  decrypt: ['kms:Decrypt'],
  encryptDecrypt: ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
  sign: ['kms:Sign'],
  verify: ['kms:Verify'],
  signVerify: ['kms:Sign', 'kms:Verify'],
  generateMac: ['kms:GenerateMac'],
  verifyMac: ['kms:VerifyMac'],
  deriveSharedSecret: ['kms:DeriveSharedSecret'],
  administer: [
    ...['Create*', 'Describe*', 'Enable*', 'List*', 'Put*', 'Update*', 'Revoke*', 'Disable*', 'Get*', 'Delete*'],
    ...['TagResource', 'UntagResource', 'ScheduleKeyDeletion', 'CancelKeyDeletion'],
  ].map((action) => `kms:${action}`),
};

/** Returns the actions that words after `can:` mean. `traits` are those of the key, if they are known. */
export function actionsOf(words: readonly string[], traits: Pick<KeyTraits, 'spec'> | undefined): readonly string[] {
  const actions = words.flatMap((word) => {
    if (word === 'describe') return describing(traits);
    return meanings[word] ?? [word];
  });
  return [...new Set(actions)];
}

function describing(traits: Pick<KeyTraits, 'spec'> | undefined): readonly string[] {
  const hasPublicKey = traits !== undefined && !/^(SYMMETRIC_DEFAULT|HMAC_\d+)$/.test(traits.spec);
  return ['kms:DescribeKey', ...(hasPublicKey ? ['kms:GetPublicKey'] : [])];
}

import * as z from 'zod';
import { conditions } from './conditions.ts';
import { principalReference } from './principal.ts';

import { names, oneOrMany } from './text.ts';

/** Lets someone do something with a key; where the statement lands is decided by the semantics. */
export const grant = z
  .strictObject({
    to: z
      .union([principalReference, z.array(principalReference).min(1, { error: 'a grant needs at least one grantee' })])
      .meta({
        description: 'The grantees.',
      }),
    can: oneOrMany(z.string().min(1)).meta({
      description:
        'What they can do: `encrypt`, `decrypt`, `encryptDecrypt`, `sign`, `verify`, `signVerify`, `generateMac`, `verifyMac`, `deriveSharedSecret`, `administer`, `describe`, or any `kms:` action, wildcards included.',
    }),
    via: oneOrMany(z.string().min(1)).optional().meta({
      description: 'Only through this AWS service in the key’s region (`kms:ViaService`), such as `s3`.',
    }),
    when: conditions.optional().meta({ description: 'Only under these conditions.' }),
  })
  .meta({ id: 'Grant', title: 'a grant' });

/** The operations that a KMS grant can allow. Source: AWS KMS API reference, CreateGrant, Operations. */
export const grantOperations = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'Sign',
  'Verify',
  'GetPublicKey',
  'CreateGrant',
  'RetireGrant',
  'DescribeKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateMac',
  'VerifyMac',
  'DeriveSharedSecret',
] as const;

const encryptionContext = z.record(z.string(), z.string());

/** A KMS grant (CreateGrant), for the targets that can declare one. */
export const kmsGrant = z
  .strictObject({
    grantee: principalReference.meta({ description: 'The grantee principal.' }),
    retiringPrincipal: principalReference
      .optional()
      .meta({ description: 'Who may retire the grant besides the account.' }),
    operations: z.array(z.enum(grantOperations)).min(1, { error: 'a KMS grant needs at least one operation' }).meta({
      description: 'The operations it allows.',
    }),
    encryptionContext: encryptionContext.optional().meta({
      description: 'The encryption context that a request must have, exactly (`EncryptionContextEquals`).',
    }),
    encryptionContextSubset: encryptionContext.optional().meta({
      description: 'Pairs that the encryption context of a request must include (`EncryptionContextSubset`).',
    }),
    names: names.optional(),
  })
  .refine((value) => value.encryptionContext === undefined || value.encryptionContextSubset === undefined, {
    error: 'a KMS grant takes `encryptionContext` or `encryptionContextSubset`, not both',
  })
  .meta({ id: 'KmsGrant', title: 'a KMS grant', description: 'A KMS grant (CreateGrant). CloudFormation has none.' });

export type GrantDefinition = z.infer<typeof grant>;
export type KmsGrantDefinition = z.infer<typeof kmsGrant>;

import { grantOperations } from '../kms/grant-operations.ts';
import * as z from '../schema/schema.ts';
import { conditions } from './conditions.ts';
import { principalReference } from './principal.ts';
import { names, oneOrMany, sid } from './text.ts';

export const grant = z
  .strictObject({
    to: z
      .union([principalReference, z.array(principalReference).min(1, { error: 'a grant needs at least one grantee' })])
      .meta({
        description: 'Who gets access: one principal or a list.',
      }),
    can: oneOrMany(
      z
        .string()
        .min(1)
        .meta({ examples: ['decrypt'] }),
    ).meta({
      description:
        'What they may do, one word or a list: `encrypt`, `decrypt`, `encryptDecrypt`, `sign`, `verify`, `signVerify`, `generateMac`, `verifyMac`, `deriveSharedSecret`, `administer`, `describe`, or any `kms:` action, wildcards included. docs/semantics.md lists the actions of each word.',
    }),
    via: oneOrMany(
      z
        .string()
        .min(1)
        .meta({ examples: ['s3'] }),
    )
      .optional()
      .meta({
        description:
          'Only through this AWS service, or one of these, in the key’s region (`kms:ViaService`): `s3`, `dynamodb`, …',
      }),
    when: conditions.optional().meta({ description: 'Only under these conditions, in addition to those of `via`.' }),
    sid: sid.optional().meta({
      description:
        'The id of its statement in the key policy, if there is one: any printable text up to U+00FF. A statement with an id is never merged. Statements on the grantee get no id.',
    }),
  })
  .meta({
    id: 'Grant',
    title: 'a grant',
    description:
      'Lets principals use the key. Keywright decides whether the statement goes into the key policy, a policy on the grantee or both: docs/semantics.md has the table.',
    examples: [
      { to: 'ordersApi', can: 'encryptDecrypt' },
      { to: ['partner', 'operators'], can: 'decrypt', via: 's3' },
      {
        to: 'batch',
        can: ['kms:DescribeKey', 'decrypt'],
        when: { StringEquals: { 'kms:EncryptionContext:tenant': 'a' } },
      },
    ],
  });

const encryptionContext = z.record(z.string(), z.string()).meta({ examples: [{ tenant: 'a' }] });

export const kmsGrant = z
  .strictObject({
    grantee: principalReference.meta({ description: 'The grantee principal: one role, user, session or account.' }),
    retiringPrincipal: principalReference
      .optional()
      .meta({ description: 'Who may retire the grant, besides the account in which it is created.' }),
    operations: z.array(z.enum(grantOperations)).min(1, { error: 'a KMS grant needs at least one operation' }).meta({
      description: 'The operations it allows.',
    }),
    encryptionContext: encryptionContext.optional().meta({
      description: 'The encryption context that a request must have, exactly (`EncryptionContextEquals`).',
    }),
    encryptionContextSubset: encryptionContext.optional().meta({
      description: 'Pairs that the encryption context of a request must include (`EncryptionContextSubset`).',
    }),
    named: z.boolean().optional().meta({
      description:
        'Whether the grant has its name in KMS too. Use `false` for a grant that was created without a name.',
      default: true,
    }),
    retireOnDelete: z.boolean().optional().meta({
      description: 'Whether the grant is retired rather than revoked when it leaves the stack.',
      default: false,
    }),
    names: names.optional(),
  })
  .refine((value) => value.encryptionContext === undefined || value.encryptionContextSubset === undefined, {
    error: 'a KMS grant takes `encryptionContext` or `encryptionContextSubset`, not both',
  })
  .meta({
    id: 'KmsGrant',
    title: 'a KMS grant',
    description:
      'KMS’s own grant (CreateGrant) on a key, a replica or an imported key, in addition to the key policy. CloudFormation has no such resource, so a stack with one leaves `cfn` out of its `targets`.',
    examples: [{ grantee: 'ordersApi', operations: ['Decrypt'], encryptionContext: { tenant: 'a' } }],
  });

export type GrantDefinition = z.infer<typeof grant>;
export type KmsGrantDefinition = z.infer<typeof kmsGrant>;

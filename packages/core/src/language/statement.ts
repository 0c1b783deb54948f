import * as z from '../schema/schema.ts';
import { conditions } from './conditions.ts';
import { principalReference } from './principal.ts';
import { oneOrMany, sid } from './text.ts';

const actions = oneOrMany(
  z
    .string()
    .min(1)
    .meta({ examples: ['kms:Decrypt'] }),
);
const principals = oneOrMany(principalReference);

export const statement = z
  .strictObject({
    sid: sid.optional().meta({
      description:
        'The statement id: any printable text up to U+00FF, such as `Allow use of the key (service-linked role)`. A statement with an id is never merged.',
    }),
    effect: z
      .enum(['Allow', 'Deny'])
      .optional()
      .meta({ description: 'Whether it allows or denies.', default: 'Allow' }),
    principals: principals
      .optional()
      .meta({ description: 'The principals it applies to: one or a list. Groups are not allowed.' }),
    notPrincipals: principals.optional().meta({ description: 'Everyone except these. Only with `effect: Deny`.' }),
    actions: actions.optional().meta({
      description: 'The actions as in IAM: `kms:Decrypt`, `kms:*`. Either `actions` or `notActions` is required.',
    }),
    notActions: actions.optional().meta({ description: 'Every action except these.' }),
    resources: oneOrMany(
      z
        .string()
        .min(1)
        .meta({ examples: ['*'] }),
    )
      .optional()
      .meta({
        description: 'The resources. In a key policy `*` means this key, and hardly anything else makes sense.',
        default: '*',
      }),
    notResources: oneOrMany(
      z
        .string()
        .min(1)
        .meta({ examples: ['*'] }),
    )
      .optional()
      .meta({ description: 'Every resource except these. Only without `resources`.' }),
    conditions: conditions.optional().meta({ description: 'When it applies. Absent: always.' }),
  })
  .refine((value) => (value.principals === undefined) !== (value.notPrincipals === undefined), {
    error: 'a statement needs either `principals` or `notPrincipals`',
  })
  .refine((value) => (value.actions === undefined) !== (value.notActions === undefined), {
    error: 'a statement needs either `actions` or `notActions`',
  })
  .refine((value) => value.resources === undefined || value.notResources === undefined, {
    error: 'a statement has either `resources` or `notResources`',
  })
  .meta({
    id: 'Statement',
    title: 'a statement',
    description: 'A statement of a key policy in IAM’s structure, with YAML keys in lower camel case.',
    examples: [
      { sid: 'Auditors', principals: 'auditRole', actions: ['kms:Describe*', 'kms:List*'] },
      {
        effect: 'Deny',
        principals: { anyone: true },
        actions: 'kms:*',
        // AWS services belong to no organization.
        conditions: {
          StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          Bool: { 'aws:PrincipalIsAWSService': false },
        },
      },
    ],
  });

/** The `Id` that KMS gives the policy of a key created without one. Source: AWS KMS Developer Guide, "Default key policy". */
export const kmsDefaultPolicyId = 'key-default-1';

export const policy = z
  .union([
    z.array(statement),
    z.literal(kmsDefaultPolicyId).meta({
      title: '`key-default-1`',
      description:
        'The policy that KMS gives a key created without one: this `Id`, and one statement with the sid `Enable IAM User Permissions`, which allows the account root `kms:*`.',
    }),
    z.strictObject({
      file: z
        .string()
        .min(1)
        .meta({
          examples: ['policies/orders.json'],
          description:
            'A policy document as AWS writes it, in JSON. The path is relative to the file that names it. Only `${account}`, `${region}`, `${partition}` and `${dnsSuffix}` are replaced. `$${` is a literal `${` here too, and IAM’s own `${aws:…}` stays as it is.',
        }),
      because: z.string().min(1, { error: 'say why everyone may have access' }).optional().meta({
        description:
          'Why the file may let in everyone in the world. Use it only for an existing key whose policy does so already.',
      }),
    }),
  ])
  .meta({
    id: 'Policy',
    title: 'a list of statements, { file: … } or key-default-1',
    description:
      'The statements themselves, the JSON file that contains them, or the policy that KMS gives a key by default.',
    examples: [[{ principals: 'keyAdmins', actions: 'kms:*' }], { file: 'policies/orders.json' }, kmsDefaultPolicyId],
  });

export type StatementDefinition = z.infer<typeof statement>;

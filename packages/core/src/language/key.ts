import * as z from 'zod';
import { keySpecs } from '../kms/key-specs.ts';
import { grant, kmsGrant } from './grant.ts';
import { principalReference } from './principal.ts';
import { policy, statement } from './statement.ts';
import { duration, name, names, tags } from './text.ts';

const aliasName = z.string().min(1);

export const alias = z.union([aliasName, z.strictObject({ name: aliasName, names: names.optional() })]).meta({
  id: 'Alias',
  title: 'an alias',
  description:
    'An alias; `alias/` is added when missing. Written with `name` when its names in the generated code are pinned.',
});

export const rotation = z
  .union([
    z.boolean(),
    duration,
    z.strictObject({
      enabled: z.boolean().optional().meta({ description: 'Default `true`.', default: true }),
      period: duration.optional().meta({ description: '90 to 2560 days; AWS takes 365 by default.' }),
    }),
  ])
  .meta({ id: 'Rotation', title: 'true, false or a duration' });

/** An AWS service that uses the key: its name, or its name with options. Which there are, and their options, is data in `kms/services`. */
export const service = z.union([z.string(), z.looseObject({ name: z.string() })]).meta({
  id: 'Service',
  title: 'a service',
  description: 'A service preset: its name, or `name` with its options. See docs/services.md.',
});

export const suppression = z
  .strictObject({
    rule: z
      .string()
      .regex(/^KW\d{4}$/, { error: 'a rule is written as its code, such as KW3004' })
      .meta({ description: 'The code of the warning.' }),
    because: z
      .string()
      .min(1, { error: 'say why the warning does not matter here' })
      .meta({ description: 'Why it does not matter here.' }),
  })
  .meta({
    id: 'Suppression',
    title: 'a suppression',
    description: 'A warning or note that is not reported for this key, with the reason.',
  });

/** What a primary key and a replica both take, and a standard can preset. */
const ownProperties = {
  standard: name.optional().meta({
    description:
      'The standard it builds on. Single values here replace those of the standard, tags and lists add to them.',
  }),
  description: z.string().optional().meta({ description: 'What the key is for. 8,192 characters at most.' }),
  enabled: z.boolean().optional().meta({ description: 'Whether the key can be used. Default `true`.', default: true }),
  pendingWindow: duration
    .optional()
    .meta({ description: 'Days between a deletion being scheduled and done: 7 to 30. AWS takes 30 by default.' }),
  removal: z.enum(['retain', 'destroy']).optional().meta({
    description:
      'What happens to the key when it leaves the stack. `retain` (the default) keeps it; `destroy` schedules its deletion.',
    default: 'retain',
  }),
  tags: tags.optional(),
  trustAccountIdentities: z.boolean().optional().meta({
    description:
      'Whether IAM policies of the account can grant access. Only with `defaultKeyPolicies: false`; otherwise the key policy decides.',
  }),
  admins: z.array(principalReference).optional().meta({ description: 'Who administers the key.' }),
  policy: policy.optional().meta({
    description: 'Replaces the default key policy (with `defaultKeyPolicies: false` it is appended to the legacy one).',
  }),
  statements: z.array(statement).optional().meta({ description: 'Statements appended to the key policy.' }),
  services: z
    .array(service)
    .optional()
    .meta({ description: 'AWS services that use the key: vetted statements that they need.' }),
  grants: z.array(grant).optional().meta({ description: 'Who can do what with the key.' }),
  suppress: z.array(suppression).optional().meta({ description: 'Warnings that are not reported for this key.' }),
};

const kindProperties = {
  spec: z
    .enum(keySpecs)
    .optional()
    .meta({ description: 'The key spec. Changing it replaces the key.', default: 'SYMMETRIC_DEFAULT' }),
  usage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT']).optional().meta({
    description: 'The key usage; spelled out where the spec allows two. Changing it replaces the key.',
  }),
  origin: z.enum(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE']).optional().meta({
    description: 'Where the key material comes from. Changing it replaces the key.',
    default: 'AWS_KMS',
  }),
  customKeyStore: z
    .string()
    .regex(/^cks-[a-z0-9]+$/, { error: 'a custom key store id starts with cks-' })
    .optional()
    .meta({
      description: 'The custom key store, `cks-…`; for origin AWS_CLOUDHSM or EXTERNAL_KEY_STORE.',
    }),
  xksKey: z.string().min(1).max(128).optional().meta({
    description: 'The id of the key in the external key manager; for origin EXTERNAL_KEY_STORE.',
  }),
  rotation: rotation.optional().meta({
    description:
      'Automatic rotation: `true`, `false`, a period such as `180 days` (90 to 2560 days), or `{ enabled, period }`.',
  }),
  multiRegion: z.boolean().optional().meta({
    description: 'Whether the key is a multi-Region primary key. Changing it replaces the key.',
    default: false,
  }),
};

/** A partial key that keys build on. */
export const standard = z.strictObject({ ...ownProperties, ...kindProperties }).meta({
  id: 'Standard',
  title: 'a standard',
  description: 'A house standard: a partial key that keys build on with `standard:`.',
});

const aliases = z.array(alias).optional().meta({ description: 'Its aliases.' });

export const replica = z
  .strictObject({
    environment: name.meta({ description: 'Where it lives: an environment of the same account in another region.' }),
    aliases,
    ...ownProperties,
    names: names.optional(),
  })
  .meta({
    id: 'Replica',
    title: 'a replica',
    description: 'A replica of a multi-Region key, with a key policy, tags and aliases of its own.',
  });

export const key = z
  .strictObject({
    aliases,
    ...ownProperties,
    ...kindProperties,
    replicas: z
      .array(replica)
      .optional()
      .meta({ description: 'Replicas in other regions. The key must be `multiRegion: true`.' }),
    kmsGrants: z
      .record(name, kmsGrant)
      .optional()
      .meta({ description: 'KMS grants (CreateGrant), by name. CloudFormation has none.' }),
    names: names.optional(),
  })
  .meta({ id: 'Key', title: 'a key', description: 'A KMS key.' });

export type AliasDefinition = z.infer<typeof alias>;
export type RotationDefinition = z.infer<typeof rotation>;
export type ServiceDefinition = z.infer<typeof service>;
export type SuppressionDefinition = z.infer<typeof suppression>;
export type StandardDefinition = z.infer<typeof standard>;
export type ReplicaDefinition = z.infer<typeof replica>;
export type KeyDefinition = z.infer<typeof key>;

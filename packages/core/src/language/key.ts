import { keyOrigins, keySpecs, keyUsages } from '../kms/key-specs.ts';
import * as z from '../schema/schema.ts';
import { differing, inDescription } from './differing.ts';
import { grant, kmsGrant } from './grant.ts';
import { principalReference } from './principal.ts';
import { code } from './rules.ts';
import { policy, statement } from './statement.ts';
import { duration, environmentOrGroup, name, names, region, tags } from './text.ts';

const aliasName = z
  .string()
  .min(1)
  .meta({
    description: 'The alias: letters, digits, `/`, `_` and `-`, and placeholders whose values are known at build time.',
    examples: ['orders'],
  });

export const alias = z.union([aliasName, z.strictObject({ name: aliasName, names: names.optional() })]).meta({
  id: 'Alias',
  title: 'an alias',
  description:
    'An alias; `alias/` is added if missing. Use the form with `name` to pin its names in the generated code.',
  examples: ['orders', { name: 'payments/orders', names: { cfn: 'OrdersAlias1A2B3C4D' } }],
});

const rotation = z
  .union([
    z.boolean(),
    duration,
    z.strictObject({
      enabled: z.boolean().optional().meta({ description: 'Whether the key is rotated.', default: true }),
      period: duration.optional().meta({ description: 'How often: 90 to 2560 days. Absent: 365 days, AWS’s default.' }),
    }),
  ])
  .meta({
    id: 'Rotation',
    title: 'true, false or a duration',
    description:
      'Automatic rotation of the key material: `true` or `false`, or a period, which implies `true`. Only symmetric encryption keys with key material from KMS can rotate.',
    examples: [true, '180 days', { enabled: true, period: '180 days' }],
  });

/** An AWS service that uses the key: its name, or its name with options. The services and their options are data in `kms/services`. */
const service = z
  .union([
    z.string(),
    z.looseObject({
      name: z.string().meta({ description: 'The service. Its options go beside it.', examples: ['cloudtrail'] }),
    }),
  ])
  .meta({
    id: 'Service',
    title: 'a service',
    description: 'An AWS service that uses the key: its name, or `name` with options. docs/services.md lists them.',
    examples: ['cloudtrail', { name: 'logs', logGroups: ['/app/*'] }],
  });

export const suppression = z
  .strictObject({
    rule: code.meta({ description: 'The code of the rule, warning or note, such as `KW7008`.' }),
    because: z
      .string()
      .min(1, { error: 'say why it does not matter here' })
      .meta({ description: 'Why it does not matter here, for reviewers.', examples: ['agreed in SEC-12'] }),
  })
  .meta({
    id: 'Suppression',
    title: 'a suppression',
    description:
      'Something not to report, with the reason: a finding of a rule (KW7001 and up, docs/rules.md), a warning, a note, or the error KW3050. Other errors cannot be suppressed. A suppression that matches nothing is a warning.',
    examples: [{ rule: 'KW3034', because: 'the partner has attached the policy to its role, SEC-12' }],
  });

/** The properties of primary keys and replicas, which standards can preset. */
const ownProperties = {
  standard: name.optional().meta({
    description:
      'The standard it builds on. Single values here replace the standard’s; tags and lists are added to the standard’s.',
  }),
  description: z
    .string()
    .optional()
    .meta({ description: 'What the key is for: at most 8,192 characters. It can contain placeholders.' }),
  enabled: z.boolean().optional().meta({ description: 'Whether the key can be used.', default: true }),
  pendingWindow: duration.optional().meta({
    description:
      'How long a scheduled deletion of the key waits, during which it can be cancelled: 7 to 30 days. Absent: 30 days, AWS’s default.',
  }),
  removal: z.enum(['retain', 'destroy']).optional().meta({
    description:
      'What happens to the key when it leaves the stack. `retain` protects it, `destroy` lets the tool schedule its deletion; docs/targets.md says how each tool does it. Absent: `retain`; for a replica, that of its primary key.',
  }),
  bypassPolicyLockoutSafetyCheck: z.boolean().optional().meta({
    description:
      'Whether KMS accepts a key policy that locks out the principal deploying it. By default KMS refuses such a policy; with `true` the key may become unmanageable.',
    default: false,
  }),
  tags: tags.optional(),
  trustAccountIdentities: z.boolean().optional().meta({
    description:
      'Whether IAM policies of the account can grant access. Used only with `defaultKeyPolicies: false`; otherwise the key policy decides.',
  }),
  admins: z.array(principalReference).optional().meta({
    description:
      'Who administers the key: its policy, rotation, tags and deletion. Administering does not include encrypting or decrypting.',
  }),
  policy: policy.optional().meta({
    description:
      'Replaces the default key policy; with `defaultKeyPolicies: false`, it is appended to the legacy default policy instead. `statements`, `admins`, `services` and `grants` are added to it.',
  }),
  policyId: z.string().min(1).optional().meta({
    description:
      'The `Id` of the key policy, such as `key-default-1`; it can contain placeholders. Absent: that of the policy file, if any.',
  }),
  statements: z.array(statement).optional().meta({ description: 'Statements to add to the key policy.' }),
  services: z
    .array(service)
    .optional()
    .meta({ description: 'AWS services that use the key. Each adds the statements its documentation asks for.' }),
  grants: z.array(grant).optional().meta({ description: 'Who can do what with the key.' }),
  suppress: z
    .array(suppression)
    .optional()
    .meta({ description: 'What not to report for this key, each with the reason.' }),
};

const kindProperties = {
  spec: z.enum(keySpecs).optional().meta({
    description:
      'The key spec: what kind of key it is. It cannot be changed later; a different spec requires a new key.',
    default: 'SYMMETRIC_DEFAULT',
  }),
  usage: z.enum(keyUsages).optional().meta({
    description:
      'What the key is for. Needed only if the spec allows several usages, and never for `SYMMETRIC_DEFAULT`. It cannot be changed later; a different usage requires a new key.',
  }),
  origin: z.enum(keyOrigins).optional().meta({
    description:
      'Where the key material comes from: KMS, your own import (`EXTERNAL`), a CloudHSM cluster or an external key store. It cannot be changed later; a different origin requires a new key.',
    default: 'AWS_KMS',
  }),
  customKeyStore: z
    .string()
    .regex(/^cks-[a-z0-9]+$/, { error: 'a custom key store id starts with cks-' })
    .optional()
    .meta({
      description:
        'The custom key store, `cks-…`. For origin `AWS_CLOUDHSM` or `EXTERNAL_KEY_STORE`. It cannot be changed later.',
    }),
  xksKey: z.string().min(1).max(128).optional().meta({
    description:
      'The id of the key in the external key manager. For origin `EXTERNAL_KEY_STORE`. It cannot be changed later.',
  }),
  rotation: rotation.optional().meta({
    description:
      'Automatic rotation: `true`, `false`, a period such as `180 days` (90 to 2560 days), or `{ enabled, period }`. Absent: no rotation.',
  }),
  multiRegion: z.boolean().optional().meta({
    description:
      'Whether the key is a multi-Region primary key, which can have `replicas`. It cannot be changed later; a different value requires a new key.',
    default: false,
  }),
};

const standardProperties = { ...ownProperties, ...kindProperties };

/**
 * The properties that a standard can lock: those with a single value. Lists and tags cannot be locked: keys only add to
 * them, and requirements check their content.
 */
const lockable = [
  'enabled',
  'pendingWindow',
  'removal',
  'bypassPolicyLockoutSafetyCheck',
  'trustAccountIdentities',
  'policy',
  'policyId',
  'spec',
  'usage',
  'origin',
  'customKeyStore',
  'xksKey',
  'rotation',
  'multiRegion',
] as const satisfies readonly (keyof typeof standardProperties)[];

export const standard = z
  .strictObject({
    ...standardProperties,
    locked: z
      .array(z.enum(lockable))
      .min(1, { error: 'the list of locked properties is empty' })
      .optional()
      .meta({
        description:
          'Properties that keys, replicas and standards must not set if they build on this standard, not even under `in`. Replicas of keys that build on it must not set them either. A locked property that the standard does not set keeps its default.',
        examples: [['rotation', 'removal']],
      }),
    in: z
      .record(
        environmentOrGroup,
        z.strictObject(standardProperties).meta({
          id: 'StandardDifference',
          title: 'what a standard has in some environments',
          description: 'What the standard adds or changes for keys and replicas in these environments.',
          examples: [{ pendingWindow: '30 days' }],
        }),
      )
      .optional()
      .meta({ description: inDescription, examples: [{ 'prod-*': { pendingWindow: '30 days' } }] }),
  })
  .meta({
    id: 'Standard',
    title: 'a standard',
    description: 'A house standard: a partial key that keys and replicas build on with `standard:`.',
    examples: [{ rotation: '180 days', removal: 'retain', admins: ['keyAdmins'], tags: { classification: 'pii' } }],
  });

export const kmsGrants = z
  .record(name, kmsGrant)
  .optional()
  .meta({
    description: 'KMS’s own grants (CreateGrant), by name. CloudFormation has no such resource.',
    examples: [{ workers: { grantee: 'ordersApi', operations: ['Decrypt'] } }],
  });

const aliases = z.array(alias).optional().meta({ description: 'The aliases to create for it.' });

const replicaProperties = { aliases, ...ownProperties, kmsGrants, names: names.optional() };

const replicaDifference = z.strictObject(replicaProperties).meta({
  id: 'ReplicaDifference',
  title: 'what a replica has in some environments',
  description: 'What the replica adds or changes in these environments.',
  examples: [{ tags: { tier: 'standby' } }],
});

const replica = z
  .strictObject({
    environment: environmentOrGroup.optional().meta({
      description:
        'Where it lives: an environment of the same account in another region. A group or pattern makes a replica in each matching environment in the key’s account and another region.',
      examples: ['prod-us'],
    }),
    region: region.optional().meta({
      description:
        'Where it lives, instead of `environment`: in the environment of the key’s account in this region. If the stack has that environment too, make the key `absent` there under `in`.',
      examples: ['us-east-1'],
    }),
    ...replicaProperties,
    in: differing(replicaDifference, [{ 'prod-us': { tags: { tier: 'standby' } } }]),
  })
  .refine(({ environment, region }) => (environment === undefined) !== (region === undefined), {
    error:
      'say where the replica is: `environment`, or `region` for the environment of the same account in that region',
  })
  .meta({
    id: 'Replica',
    title: 'a replica',
    description:
      'A replica of a multi-Region key in another region. It has the spec of its primary key, but its own key policy, tags and aliases.',
    examples: [{ environment: 'prod-us', standard: 'pii', aliases: ['orders'] }],
  });

const keyProperties = {
  aliases,
  ...standardProperties,
  replicas: z
    .array(replica)
    .optional()
    .meta({ description: 'Replicas of the key in other regions. The key has to be `multiRegion: true`.' }),
  kmsGrants,
  names: names.optional(),
};

export const keyDifference = z.strictObject(keyProperties).meta({
  id: 'KeyDifference',
  title: 'what a key has in some environments',
  description:
    'What the key adds or changes in these environments. Single values replace the key’s; tags, lists, KMS grants and pinned names are added to the key’s.',
  examples: [{ pendingWindow: '30 days', admins: ['breakGlass'] }],
});

export const key = z
  .strictObject({
    ...keyProperties,
    in: differing(keyDifference, [
      { 'prod-*': { pendingWindow: '30 days', admins: ['breakGlass'] }, 'sandbox-*': 'absent' },
    ]),
  })
  .meta({
    id: 'Key',
    title: 'a key',
    description:
      'A KMS key that the stack creates. Everything has a default: `orders: {}` is a symmetric encryption key with the default key policy, and is retained when it leaves the stack.',
    examples: [
      {
        description: 'Encrypts order records',
        aliases: ['orders'],
        rotation: true,
        grants: [{ to: 'ordersApi', can: 'decrypt' }],
        in: { 'prod-*': { pendingWindow: '30 days' } },
      },
      { spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY', aliases: ['receipts'], admins: ['keyAdmins'] },
    ],
  });

export const keySet = z
  .union([
    z.array(name).min(1, { error: 'the list of key sets is empty' }),
    z.record(name, key).meta({ title: 'keys by name', examples: [{ orders: {} }] }),
  ])
  .meta({
    id: 'KeySet',
    title: 'a key set',
    description: 'A set of keys that stacks include as a whole: keys by name, or a list of other key sets.',
    examples: [{ logs: { services: ['logs'], aliases: ['lz/logs'] }, s3: { standard: 'pii' } }, ['baseline', 'data']],
  });

export type AliasDefinition = z.infer<typeof alias>;
export type RotationDefinition = z.infer<typeof rotation>;
export type ServiceDefinition = z.infer<typeof service>;
export type SuppressionDefinition = z.infer<typeof suppression>;
export type StandardDefinition = z.infer<typeof standard>;
export type ReplicaDefinition = z.infer<typeof replica>;
export type KeyDefinition = z.infer<typeof key>;
export type KeySetDefinition = z.infer<typeof keySet>;

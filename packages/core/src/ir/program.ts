import { keyOrigins, keySpecs, keyUsages } from '../kms/key-specs.ts';
import * as z from '../schema/schema.ts';
import { expression } from './expression.ts';
import { formerStack, formerStackOfResource } from './former-stack.ts';
import type { Immutable } from './immutable.ts';
import { leftResource } from './left-resource.ts';
import { policyDocument, provenance, span } from './policy.ts';

const text = z.string();
const optionalText = text.exactOptional();

const environment = z
  .strictObject({
    name: optionalText.meta({
      description: 'Its name under `environments`, absent for an environment-agnostic stack.',
    }),
    account: optionalText.meta({ description: 'Twelve digits.' }),
    region: optionalText,
    partition: optionalText.meta({ description: '`aws`, `aws-cn`, `aws-us-gov`, …; known whenever the region is.' }),
    purpose: z.enum(['production', 'test', 'development']).exactOptional().meta({
      description: 'The purpose, if the user gives one.',
    }),
    values: z.record(text, text).exactOptional().meta({
      description:
        'The values that texts can name, by name. Texts of the program have them filled in; where they differ between deployments of a definition, parameters are named after them. Absent: none.',
    }),
    tags: z.record(text, text).exactOptional().meta({
      description: 'The tags of the environment whose texts have no placeholders, by name. Absent: none.',
    }),
    deployRole: optionalText.meta({
      description: 'The ARN of the role that providers assume, if the options of the target name none.',
    }),
  })
  .meta({
    description:
      'The place where a stack is deployed. Unknown parts are absent: the stack can then be deployed to any account or region.',
  });

const tag = z
  .strictObject({ name: text, value: expression })
  .meta({ description: 'A tag; the value may be computed. Sorted by name wherever it occurs.' });

const base = {
  id: text.meta({
    description: 'Unique in the stack and stable: `key/orders`, `alias/orders/payments/orders`, `role/ordersApi`.',
  }),
  region: optionalText.meta({
    description: 'The region, if not the stack’s own (for replicas and everything that belongs to them).',
  }),
  names: z.record(text, text).meta({
    description:
      'Names pinned per target (`{ cfn: …, terraform: …, pulumi: … }`); a target that is absent uses its default.',
  }),
  formerNames: z.record(text, z.array(text)).exactOptional().meta({
    description:
      'Its names in earlier builds and the addresses of `moved` entries, by target, if the tool has to find it under them.',
  }),
  formerStacks: z.array(formerStackOfResource).exactOptional().meta({
    description:
      'Set only by a build: its stacks in earlier builds, oldest first. A deployment may have skipped any of them.',
  }),
  dependsOn: z.array(text).meta({
    description:
      'Ids of resources that must exist before this one although no expression refers to them: an alias that an identity policy’s condition names, a principal that KMS has to find. Resources that expressions refer to are not repeated here.',
  }),
  source: provenance,
};

const anyKey = {
  ...base,
  name: text.meta({ description: 'Its name under `keys`; a replica has its primary’s name.' }),
  description: expression.exactOptional(),
  spec: z.enum(keySpecs).meta({ description: 'A replica shares spec, usage and origin with its primary.' }),
  usage: z.enum(keyUsages),
  origin: z.enum(keyOrigins),
  enabled: z.boolean(),
  pendingWindowDays: z.int().exactOptional().meta({
    description: 'Days between scheduling and performing a deletion, 7 to 30; absent: AWS’s default, 30.',
  }),
  removal: z.enum(['retain', 'destroy']),
  bypassPolicyLockoutSafetyCheck: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'Set if KMS should accept a policy that locks out the principal that deploys it.' }),
  policy: policyDocument,
  tags: z.array(tag),
};

const key = z
  .strictObject({
    kind: z.literal('key'),
    ...anyKey,
    customKeyStoreId: optionalText.meta({
      description: 'Only with origin AWS_CLOUDHSM or EXTERNAL_KEY_STORE: `cks-…`.',
    }),
    xksKeyId: optionalText.meta({
      description: 'Only with origin EXTERNAL_KEY_STORE: the id of the key in the external key manager.',
    }),
    rotation: z.strictObject({ enabled: z.boolean(), periodDays: z.int().exactOptional() }).meta({
      description: 'Automatic rotation; the period in days (90 to 2560), if the user gave one.',
    }),
    multiRegion: z.boolean(),
  })
  .meta({ description: 'A stack’s KMS key. Its ARN and id are known only after it has been created.' });

const replicaKey = z
  .strictObject({
    kind: z.literal('replicaKey'),
    ...anyKey,
    region: text,
    environmentName: text.meta({ description: 'The name of its environment.' }),
    byRegion: z.literal(true).exactOptional().meta({
      description:
        'Whether it is identified by its region instead of its environment: its names then end in the region.',
    }),
    primary: text.meta({ description: 'The id of the primary, a `key` resource.' }),
  })
  .meta({ description: 'A replica of a multi-Region key in the same stack, in another region of the same account.' });

const alias = z
  .strictObject({
    kind: z.literal('alias'),
    ...base,
    aliasName: text.meta({ description: 'With its prefix: `alias/orders`.' }),
    writtenName: optionalText.meta({
      description:
        'The same as written, with placeholders: `alias/${environment}/orders`. Names derived from the alias use this form, so they are the same in all environments. Absent: it is written without placeholders.',
    }),
    keyName: text.meta({ description: 'The name of its target under `keys` or `imports`.' }),
    target: expression.meta({
      description:
        'The key id or ARN: a reference to a key or replica of this stack (its `id`), literal text, or a value of another stack.',
    }),
    isRepointed: z.boolean().exactOptional().meta({
      description:
        'Set only by a build: whether it pointed to another key in an earlier build that may still be deployed.',
    }),
  })
  .meta({ description: 'An alias of a key of this stack, or of an imported one.' });

const anyPrincipal = {
  ...base,
  name: text.meta({ description: 'Its name under `principals`.' }),
  physicalName: optionalText.meta({
    description:
      'The IAM name, only if the user gave one or another account or region has to know it beforehand; at most 64 characters.',
  }),
};

const role = z.strictObject({
  kind: z.literal('role'),
  ...anyPrincipal,
  description: expression.exactOptional(),
  assumeRolePolicy: policyDocument.meta({
    description:
      'The trust policy: statements with action `sts:AssumeRole` (or its web-identity or SAML form) and no resource.',
  }),
  tags: z.array(tag),
});

const user = z.strictObject({ kind: z.literal('user'), ...anyPrincipal, tags: z.array(tag) });

const group = z.strictObject({ kind: z.literal('group'), ...anyPrincipal });

const identityPolicy = z
  .strictObject({
    kind: z.literal('identityPolicy'),
    ...base,
    name: text.meta({
      description:
        'The name under `principals` of the role, user or group that it is attached to, or its own name under `identityPolicies`.',
    }),
    resolvedName: optionalText.meta({
      description:
        'The name with the values of the environment filled in, as in earlier versions. Absent: the name contains none.',
    }),
    policyName: expression.meta({ description: 'The inline policy’s name in IAM, at most 128 characters.' }),
    attachTo: z.strictObject({ kind: z.enum(['role', 'user', 'group']), name: expression }),
    document: policyDocument,
  })
  .meta({
    description: 'An inline policy on one role, user or group, either of this stack or an existing one.',
  });

const kmsGrant = z
  .strictObject({
    kind: z.literal('kmsGrant'),
    ...base,
    name: text.meta({
      description: 'Its name under `kmsGrants`; also the grant’s name in KMS, unless it has none there.',
    }),
    named: z.boolean(),
    retireOnDelete: z.boolean().meta({
      description: 'Whether it is retired rather than revoked when it leaves the stack.',
    }),
    keyName: text.meta({ description: 'The name under `keys` or `imports` of the key.' }),
    key: expression.meta({ description: 'The key id (reference) or ARN (literal).' }),
    grantee: expression,
    retiringPrincipal: expression.exactOptional(),
    operations: z.array(text).meta({ description: '`Decrypt`, `GenerateDataKey`, …; without the `kms:` prefix.' }),
    encryptionContext: z
      .strictObject({
        match: z.enum(['equals', 'subset']),
        pairs: z.array(z.strictObject({ name: text, value: text })),
      })
      .exactOptional()
      .meta({
        description: 'Pairs that a request’s encryption context must equal, or must contain; sorted by name.',
      }),
  })
  .meta({ description: 'A KMS grant (CreateGrant).' });

const sharedParameter = z
  .strictObject({
    kind: z.literal('sharedParameter'),
    ...base,
    parameterName: text.meta({ description: '`/keywright/<app>/<stack>/<export>`, or the name that the user gave.' }),
    output: optionalText.meta({
      description: 'The output whose value it stores, if the user requested it for an output.',
    }),
    value: expression,
    tags: z.array(tag),
  })
  .meta({
    description:
      'An SSM parameter (String) that passes a value to a consumer generated for another tool, or to one outside Keywright.',
  });

const resource = z
  .discriminatedUnion('kind', [key, replicaKey, alias, role, user, group, identityPolicy, kmsGrant, sharedParameter])
  .meta({ id: 'Resource' });

const output = z
  .strictObject({
    name: text,
    value: expression,
    description: optionalText,
    exportName: expression.exactOptional().meta({
      description:
        'The name under which CloudFormation exports it: text that can contain values of the place of deployment.',
    }),
    source: provenance,
  })
  .meta({ description: 'One of the user’s `outputs`.' });

const stackExport = z
  .strictObject({
    id: text.meta({ description: '`keys.orders.arn`, `principals.ordersApi.arn`: unique in the stack.' }),
    value: expression,
    keptFor: z.array(text).exactOptional().meta({
      description:
        'Set only by an emitter, on an export that no stack imports any more: the stacks whose deployments may still import it.',
    }),
    source: provenance,
  })
  .meta({ description: 'A value that other stacks of this app use.' });

const stackImport = z
  .strictObject({
    stack: text,
    definition: optionalText.meta({ description: 'The `definition` of that stack.' }),
    export: text,
    environment: environment.meta({ description: 'The environment of that stack.' }),
    nativeTargets: z.array(text).meta({
      description:
        'The targets for which both stacks are generated, so they share the value in the tool’s own way; other targets use the parameter.',
    }),
    parameterName: optionalText.meta({
      description: 'Set if some target needs it: the SSM parameter that the producer writes.',
    }),
    source: provenance,
  })
  .meta({ description: 'A value of another stack that this stack uses.' });

const stack = z
  .strictObject({
    name: text.meta({
      description: 'Unique in the app; `[A-Za-z][A-Za-z0-9-]*`, at most 128 characters; safe as a file name.',
    }),
    app: text,
    definition: optionalText.meta({
      description:
        'The name of its definition under `stacks`, if the definition has a list of environments: targets generate one program for all of them. Absent: the definition has only this stack.',
    }),
    environment,
    replicaEnvironments: z.array(environment).meta({
      description:
        'Environments of this stack’s replica keys: same account, other regions; sorted by region and name; each has a region.',
    }),
    differences: z
      .array(
        z.strictObject({
          environments: text.meta({ description: 'The environment, group or pattern of the entry.' }),
          kind: z.enum(['name', 'group', 'pattern']),
          span,
        }),
      )
      .exactOptional()
      .meta({
        description:
          'The entries of `in` that apply in its environment and change more than texts and numbers: programs are named after them if deployments of a definition differ in shape. Absent: none.',
      }),
    targets: z.array(text).meta({ description: 'The names of the targets to generate it for.' }),
    resources: z.array(resource).meta({
      description: 'In the order of creation: a resource comes after everything that it refers to or depends on.',
    }),
    formerStacks: z.array(formerStack).exactOptional().meta({
      description:
        'Set only by a build: the names and definitions that the whole stack had in earlier builds, oldest first. A deployment may have skipped any of them.',
    }),
    formerPrograms: z.record(text, text).exactOptional().meta({
      description:
        'Set only by a build, if deployments of its definition may differ in shape: its program in the last build, by target.',
    }),
    formerPrefixes: z.record(text, z.array(text)).exactOptional().meta({
      description:
        'Set only by a build, if the names of all its resources in a tool had another prefix in earlier builds: those prefixes, by target.',
    }),
    formerRegions: z.array(text).exactOptional().meta({
      description:
        'Set only by a build: the regions in which earlier builds had replicas but this one has none, sorted.',
    }),
    deletedNames: z.record(text, z.array(text)).exactOptional().meta({
      description:
        'Set only by a build: by target, the names of keys and replicas that earlier builds let the tool delete. A deployment that skipped these builds still has them.',
    }),
    left: z.array(leftResource).exactOptional().meta({
      description:
        'Resources of earlier builds that stay in AWS without this stack, and key policies that are now part of their key.',
    }),
    outputs: z.array(output).meta({ description: 'The outputs that the user requested, in source order.' }),
    exports: z.array(stackExport).meta({ description: 'The values that other stacks of this app use, sorted by id.' }),
    imports: z
      .array(stackImport)
      .meta({ description: 'The values of other stacks that this stack uses, sorted by stack and export.' }),
    dependsOn: z.array(text).meta({
      description: 'The names of the stacks that have to be deployed before this one, sorted.',
    }),
    span,
  })
  .meta({
    id: 'Stack',
    description:
      'One deployment unit: a CloudFormation stack (and one more per replica region), a Terraform root module, a Pulumi project.',
  });

/** Validates the IR as `keywright ir` prints it. */
export const programSchema = z.strictObject({ app: text, stacks: z.array(stack) }).meta({
  title: 'Keywright IR',
  description: 'A whole project in deployment order: a stack comes after every stack that it depends on.',
});

export type Program = Immutable<z.infer<typeof programSchema>>;
export type Stack = Immutable<z.infer<typeof stack>>;
export type Environment = Immutable<z.infer<typeof environment>>;
export type Tag = Immutable<z.infer<typeof tag>>;
export type Resource = Immutable<z.infer<typeof resource>>;
export type Key = Immutable<z.infer<typeof key>>;
export type ReplicaKey = Immutable<z.infer<typeof replicaKey>>;
export type Alias = Immutable<z.infer<typeof alias>>;
export type Role = Immutable<z.infer<typeof role>>;
export type User = Immutable<z.infer<typeof user>>;
export type Group = Immutable<z.infer<typeof group>>;
export type IdentityPolicy = Immutable<z.infer<typeof identityPolicy>>;
export type KmsGrant = Immutable<z.infer<typeof kmsGrant>>;
export type SharedParameter = Immutable<z.infer<typeof sharedParameter>>;
export type FormerStackOfResource = Immutable<z.infer<typeof formerStackOfResource>>;
export type FormerStack = Immutable<z.infer<typeof formerStack>>;
export type LeftResource = Immutable<z.infer<typeof leftResource>>;
export type Output = Immutable<z.infer<typeof output>>;
export type StackExport = Immutable<z.infer<typeof stackExport>>;
export type StackImport = Immutable<z.infer<typeof stackImport>>;

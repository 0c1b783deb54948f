/** KW30xx: properties of keys, replicas and aliases that KMS refuses. */
import type { KeyUsage } from '../kms/key-specs.ts';
import { defineDiagnostic } from './diagnostic.ts';

export const usageNotAccepted = defineDiagnostic<{ spec: string; usage: string; usages: readonly string[] }>({
  code: 'KW3001',
  title: 'A key spec that cannot have this usage',
  message: ({ spec, usage }) => `a key of spec ${spec} cannot have the usage ${usage}`,
  help: ({ usages }) => `use ${usages.join(' or ')}, or another spec`,
  explanation: `KMS accepts each key spec with some key usages only, and the usage of a key cannot be changed once the key exists.
Source: AWS KMS Developer Guide, "Key spec reference".`,
  example: {
    wrong: `keys:
  webhooks:
    spec: HMAC_256
    usage: SIGN_VERIFY`,
    right: `keys:
  webhooks:
    spec: HMAC_256
    usage: GENERATE_VERIFY_MAC`,
  },
});

/** The purposes of asymmetric keys, the most common usage first. */
const purposes: Partial<Readonly<Record<KeyUsage, string>>> = {
  SIGN_VERIFY: 'to sign',
  ENCRYPT_DECRYPT: 'to encrypt',
  KEY_AGREEMENT: 'to derive shared secrets',
};

export const usageNeeded = defineDiagnostic<{ spec: string; usages: readonly KeyUsage[] }>({
  code: 'KW3002',
  title: 'An asymmetric key without a usage',
  message: ({ spec }) => `a key of spec ${spec} can have more than one usage, and none is given`,
  help: ({ usages }) => {
    const choices = Object.entries(purposes).filter(([usage]) => usages.some((possible) => possible === usage));
    return `add ${choices.map(([usage, purpose]) => `\`usage: ${usage}\` ${purpose}`).join(', or ')}`;
  },
  explanation: `Where a key spec allows more than one usage, KMS has no safe default: the usage decides what the key can ever be used
for. Source: AWS KMS API reference, CreateKey, KeyUsage.`,
  example: {
    wrong: `keys:
  receipts:
    spec: RSA_3072`,
    right: `keys:
  receipts:
    spec: RSA_3072
    usage: SIGN_VERIFY`,
  },
});

export const rotationNotPossible = defineDiagnostic<{ spec: string; origin: string; onDemand: boolean }>({
  code: 'KW3003',
  title: 'A key that cannot be rotated automatically',
  message: ({ spec, origin }) => `KMS does not rotate a key of spec ${spec} and origin ${origin} automatically`,
  help: ({ onDemand }) =>
    onDemand === true
      ? 'remove `rotation`; import new key material and rotate to it with `aws kms rotate-key-on-demand`'
      : 'remove `rotation`; to rotate such a key, create a new key and move the alias to it',
  explanation: `Automatic rotation is for symmetric encryption keys whose key material KMS generated (spec SYMMETRIC_DEFAULT, origin
AWS_KMS). A key with imported material can be rotated on demand, once new material has been imported.
Source: AWS KMS Developer Guide, "Rotate AWS KMS keys"; AWS KMS API reference, RotateKeyOnDemand.`,
  example: {
    wrong: `keys:
  receipts:
    spec: RSA_2048
    usage: SIGN_VERIFY
    rotation: true`,
    right: `keys:
  receipts:
    spec: RSA_2048
    usage: SIGN_VERIFY`,
  },
});

export const rotationPeriodOff = defineDiagnostic({
  code: 'KW3004',
  title: 'A rotation period with rotation off',
  message: () => 'a rotation period is given, but rotation is off',
  help: () => 'remove the period, or `enabled: false`',
  explanation: `A period says how often the key is rotated, so it implies rotation. Keywright does not guess whether the period or
\`enabled: false\` is the mistake. The CDK refuses the combination as well. Source: aws-cdk-lib, aws-kms, \`Key\`, property
\`rotationPeriod\`.`,
  example: {
    wrong: `keys:
  orders:
    rotation: { enabled: false, period: 180 days }`,
    right: `keys:
  orders:
    rotation: 180 days`,
  },
});

export const rotationPeriodRange = defineDiagnostic<{ days: number; minimum: number; maximum: number }>({
  code: 'KW3005',
  title: 'A rotation period out of range',
  message: ({ days }) => `KMS does not accept a rotation period of ${days} days`,
  help: ({ minimum, maximum }) => `give ${minimum} to ${maximum} days`,
  explanation: `KMS accepts rotation periods of 90 to 2560 days. Source: AWS KMS API reference, EnableKeyRotation, RotationPeriodInDays.`,
  example: {
    wrong: `keys:
  orders:
    rotation: 30 days`,
    right: `keys:
  orders:
    rotation: 90 days`,
  },
});

export const pendingWindowRange = defineDiagnostic<{ days: number; minimum: number; maximum: number }>({
  code: 'KW3006',
  title: 'A pending window out of range',
  message: ({ days }) => `KMS does not accept a pending window of ${days} days`,
  help: ({ minimum, maximum }) => `give ${minimum} to ${maximum} days`,
  explanation: `A key whose deletion is scheduled waits for 7 to 30 days, during which the deletion can be cancelled.
Source: AWS KMS API reference, ScheduleKeyDeletion, PendingWindowInDays.`,
  example: {
    wrong: `keys:
  orders:
    pendingWindow: 3 days`,
    right: `keys:
  orders:
    pendingWindow: 7 days`,
  },
});

export const badAliasName = defineDiagnostic<{ aliasName: string; maximum: number }>({
  code: 'KW3007',
  title: 'An alias name that KMS refuses',
  message: ({ aliasName }) => `\`${aliasName}\` is not an alias name`,
  help: ({ maximum }) => `use letters, digits, "/", "_" and "-" only, ${maximum} characters at most with \`alias/\``,
  explanation: `An alias name is \`alias/\` followed by letters, digits, \`/\`, \`_\` and \`-\`, once all placeholders in it are
replaced. Source: AWS KMS API reference, CreateAlias.`,
  example: {
    wrong: `keys:
  orders:
    aliases: ["orders.key"]`,
    right: `keys:
  orders:
    aliases: [orders/key]`,
  },
});

export const reservedAlias = defineDiagnostic<{ aliasName: string }>({
  code: 'KW3008',
  title: 'An alias name that is reserved for AWS',
  message: ({ aliasName }) => `\`${aliasName}\` is reserved: names that start with alias/aws/ belong to AWS`,
  help: () => 'choose another name; to use the AWS managed key, import it by its alias',
  explanation: `Aliases that start with \`alias/aws/\` name AWS managed keys. Source: AWS KMS API reference, CreateAlias.`,
  example: {
    wrong: `keys:
  payments:
    aliases: [aws/payments]`,
    right: `keys:
  payments:
    aliases: [payments]`,
  },
});

export const aliasTwice = defineDiagnostic<{ aliasName: string; place: string; advice: string }>({
  code: 'KW3009',
  title: 'An alias that two keys claim',
  message: ({ aliasName, place }) => `\`${aliasName}\` is claimed twice in ${place}`,
  help: ({ advice }) => advice,
  explanation: `An alias is unique in an account and region. If two stacks create the same alias, the second deployment fails or, worse,
a later deployment takes the alias away from the key that applications use. A stack in several regions claims an alias twice if it
creates the key in a region and also replicates the key to that region from another one. Source: AWS KMS Developer Guide, "Aliases in
AWS KMS".`,
  example: {
    wrong: `keys:
  orders:
    aliases: [orders]
  archive:
    aliases: [orders]`,
    right: `keys:
  orders:
    aliases: [orders]
  archive:
    aliases: [orders/archive]`,
  },
});

export const descriptionTooLong = defineDiagnostic<{ length: number; maximum: number }>({
  code: 'KW3010',
  title: 'A description that is too long',
  message: ({ length, maximum }) => `this description has ${length} characters; KMS accepts ${maximum} at most`,
  help: () => 'shorten it',
  explanation: `A description has 8,192 characters at most, and a longer one would fail only at deployment.
Source: AWS KMS API reference, CreateKey, Description.`,
});

export const badTag = defineDiagnostic<{ problem: string; advice: string }>({
  code: 'KW3011',
  title: 'A tag that AWS refuses',
  message: ({ problem }) => problem,
  help: ({ advice }) => advice,
  explanation: `A key, role or user has 50 tags at most, including the tags that it inherits from its stack. The name of a tag has 1 to 128
characters and does not start with \`aws:\`. The value has 256 characters at most. Names and values consist of letters, digits, spaces and
the characters _ . : / = + - @. On a role or user, \`Owner\` and \`owner\` are one tag, so IAM refuses the two together; on a key they are
two tags.
Source: AWS KMS API reference, TagResource and Tag; IAM API reference, Tag; IAM User Guide, "Tags for AWS Identity and Access Management
resources".`,
  example: {
    wrong: `keys:
  orders:
    tags: { "aws:owner": platform }`,
    right: `keys:
  orders:
    tags: { owner: platform }`,
  },
});

export const onlyInChina = defineDiagnostic<{ spec: string; region: string }>({
  code: 'KW3012',
  title: 'A key spec that the region does not have',
  message: ({ spec, region }) => `key spec ${spec} exists in the China regions only, not in ${region}`,
  help: () => 'choose another spec, or an environment in China',
  explanation:
    'SM2 is a Chinese standard, which KMS supports only in the China regions. Source: AWS KMS Developer Guide, "Key spec reference".',
  example: {
    wrong: `environments:
  ireland: { account: "111122223333", region: eu-west-1 }
stacks:
  security:
    environment: ireland
    keys:
      orders: { spec: SM2, usage: ENCRYPT_DECRYPT }`,
    right: `environments:
  beijing: { account: "111122223333", region: cn-north-1 }
stacks:
  security:
    environment: beijing
    keys:
      orders: { spec: SM2, usage: ENCRYPT_DECRYPT }`,
  },
});

export const originMismatch = defineDiagnostic<{ problem: string; advice: string }>({
  code: 'KW3013',
  title: 'A key store that does not match the origin',
  message: ({ problem }) => problem,
  help: ({ advice }) => advice,
  explanation: `A key in a custom key store (origin AWS_CLOUDHSM or EXTERNAL_KEY_STORE) needs the id of the store. With origin
EXTERNAL_KEY_STORE, it also needs the id of the key in the external key store. A key in a custom key store is a single-Region symmetric
encryption key, never an asymmetric or HMAC key. Source: AWS KMS API reference, CreateKey, Origin, CustomKeyStoreId and XksKeyId.`,
  example: {
    wrong: `targets: [terraform, pulumi]
keys:
  orders:
    origin: AWS_CLOUDHSM`,
    right: `targets: [terraform, pulumi]
keys:
  orders:
    origin: AWS_CLOUDHSM
    customKeyStore: cks-1234567890abcdef0`,
  },
});

export const replicaOfSingleRegionKey = defineDiagnostic<{ key: string }>({
  code: 'KW3014',
  title: 'A replica of a key that is not multi-Region',
  message: ({ key }) => `\`${key}\` has replicas but is not a multi-Region key`,
  help: () => 'add `multiRegion: true`; an existing key has to be replaced by a new one',
  explanation: `Only a multi-Region primary key can be replicated, and a single-Region key cannot become one.
Source: AWS KMS Developer Guide, "Multi-Region keys in AWS KMS".`,
  example: {
    wrong: `keys:
  orders:
    replicas:
      - { environment: prod-us }`,
    right: `keys:
  orders:
    multiRegion: true
    replicas:
      - { environment: prod-us }`,
  },
});

export const replicaPlace = defineDiagnostic<{ problem: string; advice: string }>({
  code: 'KW3015',
  title: 'A replica in an impossible place',
  message: ({ problem }) => problem,
  help: ({ advice }) => advice,
  explanation: `A replica key is in the account and partition of its primary key, but in another region. A region has at most one replica of
a key. Source: AWS KMS API reference, ReplicateKey.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  data: { account: "444455556666", region: us-east-1 }
stacks:
  security:
    environment: prod
    keys:
      orders:
        multiRegion: true
        replicas: [{ environment: data }]`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
stacks:
  security:
    environment: prod
    keys:
      orders:
        multiRegion: true
        replicas: [{ environment: prod-us }]`,
  },
});

export const aliasOnImport = defineDiagnostic<{ problem: string; advice: string }>({
  code: 'KW3016',
  title: 'An alias that cannot be created for an imported key',
  message: ({ problem }) => problem,
  help: ({ advice }) => advice,
  explanation: `An alias is in the account and region of its key. A stack can create an alias for a key that it imports by ARN, by
lookup or from another stack, if the stack is in the account and region of the key. If the key is imported by an alias, its key id is
not known, so a new alias cannot point to it.
Source: AWS KMS API reference, CreateAlias.`,
  example: {
    wrong: `imports:
  orders:
    alias: legacy/orders
    aliases: [orders]`,
    right: `imports:
  orders:
    arn: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    aliases: [orders]`,
  },
});

export const replicaRemoval = defineDiagnostic<{ key: string; own: string; wanted: string }>({
  code: 'KW3017',
  title: 'A replica that contradicts its primary key',
  message: ({ key, own, wanted }) =>
    `the replica has \`removal: ${own}\`, but its primary key \`${key}\` has \`removal: ${wanted}\``,
  help: ({ wanted }) =>
    `remove \`removal\` from the replica, which then follows its primary key, or write \`removal: ${wanted}\``,
  explanation: `KMS deletes a primary key only when its last replica is gone. Until then the primary key waits in the state
PendingReplicaDeletion, in which nothing can use it. If the replica is retained, the primary key waits forever. Terraform can destroy
neither of the two keys, since one of them is protected. A replica without \`removal\` takes that of its primary key.
Source: AWS KMS Developer Guide, "Deleting multi-Region keys".`,
  example: {
    wrong: `keys:
  orders:
    multiRegion: true
    removal: destroy
    replicas: [{ environment: prod-us, removal: retain }]`,
    right: `keys:
  orders:
    multiRegion: true
    removal: destroy
    replicas: [{ environment: prod-us }]`,
  },
});

export const operationNotOfKey = defineDiagnostic<{
  operation: string;
  key: string;
  spec: string;
  usage: string;
  possible: readonly string[];
}>({
  code: 'KW3018',
  title: 'A KMS grant for an operation that the key cannot perform',
  message: ({ operation, key, spec, usage }) =>
    `a KMS grant on \`${key}\` (${spec} × ${usage}) cannot allow ${operation}`,
  help: ({ possible }) => `the operations of this key are ${possible.join(', ')}`,
  explanation: `KMS refuses a grant with an operation that the key cannot perform, such as Sign with a symmetric encryption key,
GetPublicKey without a public key, or data key pairs from a key in a custom key store.
Source: AWS KMS API reference, CreateGrant, Operations; AWS KMS Developer Guide, "Key type reference".`,
  example: {
    wrong: `targets: [terraform, pulumi]
keys:
  orders:
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Sign] }`,
    right: `targets: [terraform, pulumi]
keys:
  orders:
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
  },
});

export const contextOfGrantRefused = defineDiagnostic<{ problem: string; advice: string }>({
  code: 'KW3019',
  title: 'An encryption context that a KMS grant cannot have',
  message: ({ problem }) => problem,
  help: ({ advice }) => advice,
  explanation: `Only requests to symmetric encryption keys have an encryption context, so only KMS grants on such keys can be constrained
by an encryption context. The encryption context of a KMS grant has 8 pairs at most, with names and values of 384 characters at most.
Source: AWS KMS API reference, CreateGrant, Constraints, and GrantConstraints.`,
  example: {
    wrong: `targets: [terraform, pulumi]
keys:
  webhooks:
    spec: HMAC_256
    kmsGrants:
      workers: { grantee: ordersApi, operations: [GenerateMac], encryptionContext: { tenant: a } }`,
    right: `targets: [terraform, pulumi]
keys:
  webhooks:
    spec: HMAC_256
    kmsGrants:
      workers: { grantee: ordersApi, operations: [GenerateMac] }`,
  },
});

export const grantOnDisabledKey = defineDiagnostic<{ key: string }>({
  code: 'KW3050',
  canBeSuppressed: true,
  title: 'A KMS grant on a disabled key',
  message: ({ key }) => `\`${key}\` is disabled, and KMS creates no grants on a disabled key`,
  help: () =>
    'remove `enabled: false`, or create the grant once the key is enabled; if the grant was created before the key was disabled, suppress this error with the reason',
  explanation: `CreateGrant fails with DisabledException on a disabled key. Grants that were created earlier stay. A project
can describe them by suppressing this error; other errors cannot be suppressed.
Source: AWS KMS Developer Guide, "Key states of AWS KMS keys".`,
  example: {
    wrong: `targets: [terraform, pulumi]
keys:
  orders:
    enabled: false
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
    right: `targets: [terraform, pulumi]
keys:
  orders:
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
  },
});

export const grantBeforeMaterial = defineDiagnostic<{ key: string }>({
  code: 'KW3051',
  severity: 'note',
  title: 'A KMS grant that waits for key material',
  message: ({ key }) => `KMS creates no grant on \`${key}\` before its key material is imported`,
  help: () => 'when the first deployment stops at the grant, import the key material and deploy again',
  explanation: `A key of origin EXTERNAL is in the state PendingImport until its material is imported, and CreateGrant fails in that state.
The key itself exists after the first deployment, so the material can then be imported, and the second deployment creates the grant.
Source: AWS KMS Developer Guide, "Key states of AWS KMS keys".`,
  example: {
    wrong: `targets: [terraform, pulumi]
keys:
  orders:
    origin: EXTERNAL
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
    right: `targets: [terraform, pulumi]
keys:
  orders:
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
  },
});

export const grantOnAlias = defineDiagnostic<{ key: string }>({
  code: 'KW3052',
  title: 'A KMS grant on a key that is only known by its alias',
  message: ({ key }) => `a KMS grant names the id of its key, and \`${key}\` is known by its alias only`,
  help: () => 'import the key by `arn` or by `lookup`',
  explanation: `CreateGrant takes a key id or a key ARN, not an alias. Source: AWS KMS API reference, CreateGrant, KeyId.`,
  example: {
    wrong: `targets: [terraform, pulumi]
imports:
  legacy:
    alias: legacy/orders
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
    right: `targets: [terraform, pulumi]
imports:
  legacy:
    arn: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
  },
});

export const grantInOtherRegion = defineDiagnostic<{ key: string; keyRegion: string; region: string }>({
  code: 'KW3053',
  title: 'A KMS grant outside the region of its key',
  message: ({ key, keyRegion, region }) =>
    `\`${key}\` is in ${keyRegion}, but this stack, which creates the grant, is in ${region}`,
  help: () => 'create the grant in a stack in the region of the key',
  explanation: `A KMS grant is created in the region of its key. The key may be in another account.
Source: AWS KMS API reference, CreateGrant, KeyId.`,
  example: {
    wrong: `targets: [terraform, pulumi]
imports:
  legacy:
    arn: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
    right: `targets: [terraform, pulumi]
imports:
  legacy:
    arn: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
  },
});

export const tooManyAliases = defineDiagnostic<{ key: string; count: number; maximum: number }>({
  code: 'KW3054',
  title: 'A key with too many aliases',
  message: ({ key, count, maximum }) => `\`${key}\` has ${count} aliases; a key can have ${maximum} at most`,
  help: () => 'remove some aliases, or give some of them to another key',
  explanation: `A key has 50 aliases at most. Beyond that, CreateAlias fails or, if the quota was raised, conditions on
\`kms:ResourceAliases\` deny every request to the key. Source: AWS KMS Developer Guide, "Resource quotas" and "kms:ResourceAliases".`,
});

export const serviceLinkedRoleNeeded = defineDiagnostic<{ key: string; role: string; command: string }>({
  code: 'KW3055',
  severity: 'note',
  title: 'A key policy that needs a service-linked role',
  message: ({ key, role }) =>
    `the key policy of \`${key}\` names the service-linked role \`${role}\`, which has to exist first`,
  help: ({ command }) => `if the account does not have the role, create it first with \`${command}\``,
  explanation: `KMS refuses a key policy that names a role which does not exist. A service-linked role is created by its service on
first use, or by hand. Source: AWS KMS API reference, PutKeyPolicy; IAM API reference, CreateServiceLinkedRole.`,
  example: {
    wrong: `keys:
  volumes:
    services: [autoscaling]`,
    right: `keys:
  volumes:
    services: [autoscaling]
    suppress: [{ rule: KW3055, because: the account has Auto Scaling groups already }]`,
  },
});

/**
 * The names that other tools have for the properties of the language. A word is listed once, in the spelling of its tool: words in
 * `PascalCase` are from CloudFormation and the KMS API, words in `snake_case` from Terraform and its kms module, words in `camelCase` from
 * the CDK, Pulumi or the Landing Zone Accelerator. Words are compared without case, `_` and `-`, so one spelling covers all. Sources:
 * AWS::KMS::Key, ReplicaKey and Alias; Terraform's aws_kms_key, external_key, replica_key, alias, grant and terraform-aws-modules/kms;
 * aws-cdk-lib/aws-kms and aws-iam; LZA's `keyManagementService.keySets`.
 */

import { grantOperations } from '../kms/grant-operations.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import { statementsFrom } from './iam-statement.ts';
import {
  among,
  days,
  granting,
  list,
  oneOrList,
  opposite,
  principalList,
  principalOf,
  principals,
  removal,
  rotating,
  same,
  spec,
  tagsByName,
  text,
  trusted,
  truth,
  type Writer,
} from './other-values.ts';

/** A property of the language, and words for it. */
export interface OtherWords {
  readonly ours: string;
  /** Another property of the mapping; set if our property alone does not tell which mapping is meant. */
  readonly beside?: string;
  readonly words: readonly string[];
  /** Whether the words carry part of the meaning, so that the same value under our own name would mean something else. */
  readonly byWord?: true;
  /** Converts the value; the result is checked against the schema of our property before it is shown. */
  readonly write: Writer;
  /** What to write when the value cannot be converted. */
  readonly form: string;
  /** One of the words with a value, and the result, both in YAML. A test checks it. */
  readonly example: readonly [theirs: string, ours: string];
}

/** Words for properties that the language does not have in this mapping, with what to do instead. */
export interface StrayWords {
  /** Properties that identify the mapping. */
  readonly at: readonly string[];
  readonly words: readonly string[];
  /** Our properties, if users write these words in place of them. */
  readonly insteadOf?: readonly string[];
  readonly advice: string;
}

const operations = list(among(grantOperations));

/** A policy document: in a separate file, which Terraform reads with `file("…")`, or inline. */
const policy: Writer = (value) => {
  if (typeof value !== 'string') return statementsFrom(value);
  const [, file = value] = /^file\("([^"]+)"\)$/.exec(value) ?? [];
  // Terraform has documents as data sources.
  return /^(?!data\.)[^\s{]+\.json$/.test(file) ? { file } : statementsFrom(value);
};

const mappings = list((value) => (isMapping(value) ? value : undefined));

const role = principalOf('role');
const arn = 'arn:aws:iam::111122223333:role/App';
const rotationForm = 'true or a period such as `180 days`';
const someone = '{ role: … } or a name under `principals`';

/** `retain` if a property that protects its resource from deletion is on, `destroy` if it is off. */
const keeping: Writer = (value) => {
  const kept = truth(isMapping(value) ? (value.prevent_destroy ?? value.preventDestroy) : value);
  return kept === undefined ? undefined : kept ? 'retain' : 'destroy';
};

const destroying: Writer = (value) => keeping(opposite(value));

/** Takes the CDK's `{ aliasName: … }`, or the alias itself. */
const lookingUp: Writer = (value) => {
  const alias = isMapping(value) ? (value.aliasName ?? value.alias_name ?? value.name) : value;
  return typeof alias === 'string' ? { alias } : undefined;
};

const account: Writer = (value) => {
  const id = typeof value === 'number' ? String(value).padStart(12, '0') : value;
  return typeof id === 'string' && /^\d{12}$/.test(id) ? id : principalOf('account')(value);
};

/** Who may assume a role. The host of a service is written alone here, without a mapping around it. */
const assuming: Writer = (value) => {
  const principal = trusted(value);
  return isMapping(principal) && Object.keys(principal).join('') === 'service' ? principal.service : principal;
};

/** The writers for principals. They need no `form`: the schema itself says how a principal is written. */
export const principalWriters: readonly Writer[] = [principals, assuming];

const constraint =
  (kind: string): Writer =>
  (value) => {
    const [first] = [value].flat();
    if (!isMapping(first)) return undefined;
    const entry = Object.entries(first).find(([key]) => key.toLowerCase().replaceAll('_', '') === kind);
    return entry === undefined ? undefined : entry[1];
  };

const grantWords = [
  ['grantEncrypt', 'encrypt'],
  ['key_asymmetric_public_encryption_users', 'encryptDecrypt'],
  ['grantDecrypt', 'decrypt'],
  ['grantSign', 'sign'],
  ['grantVerify', 'verify'],
  ['grantSignVerify', 'signVerify'],
  ['key_asymmetric_sign_verify_users', 'signVerify'],
  ['grantGenerateMac', 'generateMac'],
  ['grantVerifyMac', 'verifyMac'],
  ['key_hmac_users', '[generateMac, verifyMac]'],
] as const;

export const otherWords: readonly OtherWords[] = [
  // Keys, standards and replicas.
  {
    ours: 'description',
    words: ['Description', 'comment'],
    write: text,
    form: 'what it is for',
    example: ['Description: Encrypts orders', 'description: Encrypts orders'],
  },
  {
    ours: 'aliases',
    beside: 'pendingWindow',
    words: ['alias', 'AliasName', 'alias_names', 'computed_aliases', 'addAlias', 'aws_kms_alias'],
    write: list(text),
    form: '[orders]',
    example: ['alias: alias/orders', 'aliases: [alias/orders]'],
  },
  {
    ours: 'aliases',
    beside: 'grants',
    words: ['alias_names', 'addAlias', 'aws_kms_alias'],
    write: list(text),
    form: '[orders]',
    example: ['addAlias: alias/orders', 'aliases: [alias/orders]'],
  },
  {
    ours: 'spec',
    words: ['KeySpec', 'customer_master_key_spec', 'key_type', 'algorithm'],
    write: spec,
    form: 'a key spec such as RSA_2048',
    example: ['customer_master_key_spec: KeySpec.RSA_2048', 'spec: RSA_2048'],
  },
  {
    ours: 'usage',
    words: ['KeyUsage'],
    write: among(['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT']),
    form: 'ENCRYPT_DECRYPT',
    example: ['keyUsage: KeyUsage.SIGN_VERIFY', 'usage: SIGN_VERIFY'],
  },
  {
    ours: 'origin',
    words: ['Origin', 'KeyOrigin', 'key_material_origin'],
    write: among(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE']),
    form: 'EXTERNAL',
    example: ['KeyOrigin: EXTERNAL', 'origin: EXTERNAL'],
  },
  {
    ours: 'origin',
    byWord: true,
    words: ['create_external', 'aws_kms_external_key'],
    write: (value) => (truth(value) === true ? 'EXTERNAL' : undefined),
    form: 'EXTERNAL',
    example: ['create_external: true', 'origin: EXTERNAL'],
  },
  {
    ours: 'customKeyStore',
    words: ['custom_key_store_id', 'CustomKeyStoreId', 'key_store'],
    write: text,
    form: 'cks-…',
    example: ['custom_key_store_id: cks-1234', 'customKeyStore: cks-1234'],
  },
  {
    ours: 'xksKey',
    words: ['XksKeyId', 'xks_key_id', 'external_key_id', 'xks_key_configuration'],
    write: (value) => text(isMapping(value) ? (value.id ?? value.Id) : value),
    form: 'its id in the external key manager',
    example: ['xks_key_id: key-1', 'xksKey: key-1'],
  },
  {
    ours: 'rotation',
    words: [
      'EnableKeyRotation',
      'enable_key_rotation',
      'key_rotation',
      'key_rotation_enabled',
      'rotation_enabled',
      'automatic_rotation',
      'autoRotate',
      'rotate',
    ],
    write: rotating,
    form: rotationForm,
    example: ['enable_key_rotation: true', 'rotation: true'],
  },
  {
    ours: 'rotation',
    words: ['RotationPeriodInDays', 'rotation_period_in_days', 'rotationPeriod', 'rotation_period', 'rotation_days'],
    write: days,
    form: 'a period such as `180 days`',
    example: ['rotationPeriod: Duration.days(180)', 'rotation: 180 days'],
  },
  {
    ours: 'pendingWindow',
    words: [
      'PendingWindowInDays',
      'deletion_window_in_days',
      'deletion_window',
      'pendingDeletionWindow',
      'PendingDeletionWindowInDays',
      'waitingPeriod',
    ],
    write: days,
    form: '7 to 30 days',
    example: ['deletion_window_in_days: 7', 'pendingWindow: 7 days'],
  },
  {
    ours: 'enabled',
    words: ['is_enabled', 'Enabled', 'enable', 'KeyState', 'active'],
    beside: 'pendingWindow',
    write: truth,
    form: 'false',
    example: ['is_enabled: false', 'enabled: false'],
  },
  {
    ours: 'enabled',
    byWord: true,
    words: ['disabled', 'is_disabled'],
    beside: 'pendingWindow',
    write: opposite,
    form: 'false',
    example: ['disabled: true', 'enabled: false'],
  },
  {
    ours: 'removal',
    words: ['DeletionPolicy', 'UpdateReplacePolicy', 'removalPolicy', 'applyRemovalPolicy', 'onDelete'],
    write: removal,
    form: 'retain or destroy',
    example: ['removalPolicy: RemovalPolicy.DESTROY', 'removal: destroy'],
  },
  {
    ours: 'removal',
    byWord: true,
    words: [
      'prevent_destroy',
      'lifecycle',
      'retainOnDelete',
      'retain',
      'protect',
      'skip_destroy',
      'deletion_protection',
    ],
    write: keeping,
    form: 'retain or destroy',
    example: ['lifecycle: { prevent_destroy: true }', 'removal: retain'],
  },
  {
    ours: 'removal',
    byWord: true,
    words: ['force_destroy', 'destroy', 'delete'],
    write: destroying,
    form: 'retain or destroy',
    example: ['force_destroy: true', 'removal: destroy'],
  },
  {
    ours: 'multiRegion',
    words: ['MultiRegion', 'multi_region', 'is_multi_region', 'multi_region_enabled'],
    write: truth,
    form: 'true',
    example: ['multi_region: true', 'multiRegion: true'],
  },
  {
    ours: 'bypassPolicyLockoutSafetyCheck',
    words: [
      'BypassPolicyLockoutSafetyCheck',
      'bypass_policy_lockout_safety_check',
      'bypass_policy_lockout_check',
      'bypassPolicyLockout',
    ],
    write: truth,
    form: 'true',
    example: ['bypass_policy_lockout_safety_check: true', 'bypassPolicyLockoutSafetyCheck: true'],
  },
  {
    ours: 'tags',
    words: ['Tags', 'tag', 'tags_all', 'default_tags', 'labels'],
    write: tagsByName,
    form: '{ name: value }',
    example: ['Tags: [{ Key: owner, Value: platform }]', 'tags: { owner: platform }'],
  },
  {
    ours: 'values',
    words: ['variables', 'vars', 'tfvars', 'locals', 'config', 'contextValues', 'Mappings'],
    write: tagsByName,
    form: '{ name: text }',
    example: ['variables: { team: platform }', 'values: { team: platform }'],
  },
  {
    ours: 'trustAccountIdentities',
    words: ['trust_account_identities', 'enable_default_policy', 'trustAccount'],
    write: truth,
    form: 'true',
    example: ['trust_account_identities: true', 'trustAccountIdentities: true'],
  },
  {
    ours: 'admins',
    words: [
      'keyAdmins',
      'key_admins',
      'key_administrators',
      'administrators',
      'key_owners',
      'owners',
      'grantAdmin',
      'adminRoles',
    ],
    write: principalList,
    form: `[${someone}]`,
    example: [`keyAdmins: ["${arn}"]`, `admins: [{ role: "${arn}" }]`],
  },
  {
    ours: 'policy',
    words: [
      'KeyPolicy',
      'key_policy',
      'PolicyDocument',
      'policy_document',
      'resource_policy',
      'policyFile',
      'aws_kms_key_policy',
    ],
    write: policy,
    form: '`{ file: key-policy.json }`, with the document in that file',
    example: ['KeyPolicy: policies/orders.json', 'policy: { file: policies/orders.json }'],
  },
  {
    ours: 'statements',
    beside: 'grants',
    words: [
      'addToResourcePolicy',
      'key_statements',
      'Statement',
      'policy_statements',
      'policyStatements',
      'additional_statements',
    ],
    write: (value) => statementsFrom(value) ?? mappings(value),
    form: '[{ principals: …, actions: … }]',
    example: [
      'key_statements: { principals: app, actions: kms:Decrypt }',
      'statements: [{ principals: app, actions: kms:Decrypt }]',
    ],
  },
  {
    ours: 'attachTo',
    words: ['role', 'Roles', 'user', 'Users', 'group', 'Groups', 'principal', 'principals', 'attach_to'],
    write: principals,
    form: someone,
    example: ['role: ordersApi', 'attachTo: ordersApi'],
  },
  {
    ours: 'statements',
    beside: 'attachTo',
    words: ['Statement', 'statement'],
    write: mappings,
    form: '[{ actions: …, resources: … }]',
    example: [
      'Statement: [{ actions: kms:Decrypt, resources: "*" }]',
      'statements: [{ actions: kms:Decrypt, resources: "*" }]',
    ],
  },
  {
    ours: 'services',
    words: [
      'aws_services',
      'allowed_services',
      'key_service_principals',
      'service_principals',
      'servicePrincipals',
      'service',
    ],
    write: list(text),
    form: '[cloudtrail]',
    example: ['aws_services: cloudtrail', 'services: [cloudtrail]'],
  },
  {
    ours: 'services',
    byWord: true,
    words: ['enable_route53_dnssec'],
    write: (value) => (truth(value) === true ? ['dnssec'] : undefined),
    form: '[dnssec]',
    example: ['enable_route53_dnssec: true', 'services: [dnssec]'],
  },
  {
    ours: 'services',
    byWord: true,
    words: ['key_service_roles_for_autoscaling'],
    write: () => ['autoscaling'],
    form: '[autoscaling]',
    example: [`key_service_roles_for_autoscaling: ["${arn}"]`, 'services: [autoscaling]'],
  },
  {
    ours: 'grants',
    byWord: true,
    words: [
      'grantEncryptDecrypt',
      'key_users',
      'users',
      'usageRoles',
      'key_service_users',
      'key_symmetric_encryption_users',
    ],
    beside: 'suppress',
    write: granting('encryptDecrypt'),
    form: `[{ to: ${someone}, can: encryptDecrypt }]`,
    example: [`key_users: "${arn}"`, `grants: [{ to: { role: "${arn}" }, can: encryptDecrypt }]`],
  },
  ...grantWords.map(([word, can]): OtherWords => {
    const capabilities = can.match(/\w+/g) ?? [];
    return {
      ours: 'grants',
      byWord: true,
      beside: 'suppress',
      words: [word],
      write: (value) => {
        const to = principals(value);
        return to === undefined ? undefined : [{ to, can: oneOrList(text)(capabilities) }];
      },
      form: `[{ to: ${someone}, can: ${can} }]`,
      example: [`${word}: app`, `grants: [{ to: app, can: ${can} }]`],
    };
  }),
  {
    ours: 'grants',
    words: ['grant', 'permissions', 'access', 'grantPermissions', 'actions'],
    beside: 'suppress',
    write: list((value) => (isMapping(value) ? value : undefined)),
    form: `[{ to: ${someone}, can: decrypt }]`,
    example: ['grant: { to: app, can: decrypt }', 'grants: [{ to: app, can: decrypt }]'],
  },
  {
    ours: 'suppress',
    words: ['rules_to_suppress', 'suppressions', 'nag_suppressions', 'cdk_nag', 'cfn_nag', 'checkov', 'skip', 'ignore'],
    write: list((value) => (isMapping(value) ? value : undefined)),
    form: '[{ rule: KW…, because: … }]',
    example: ['suppressions: [{ rule: KW7008, because: SEC-12 }]', 'suppress: [{ rule: KW7008, because: SEC-12 }]'],
  },
  {
    ours: 'standard',
    words: ['extends', 'inherits', 'inherit', 'base', 'parent', 'template', 'preset', 'profile'],
    write: oneOrList(text),
    form: 'the name of a standard',
    example: ['extends: pii', 'standard: pii'],
  },
  {
    ours: 'replicas',
    words: [
      'ReplicaKeys',
      'replica_keys',
      'replica',
      'replica_regions',
      'aws_kms_replica_key',
      'create_replica',
      'replicaRegions',
    ],
    write: list((value) => (isMapping(value) ? value : undefined)),
    form: '[{ environment: … }], with an environment in the other region',
    example: ['replica_keys: { environment: prod-us }', 'replicas: [{ environment: prod-us }]'],
  },
  {
    ours: 'environment',
    beside: 'aliases',
    words: ['region', 'ReplicaRegion', 'provider', 'account', 'env'],
    write: () => undefined,
    form: 'the name of an environment in the other region',
    example: ['region: us-east-1', 'environment: the name of an environment in the other region'],
  },
  {
    ours: 'kmsGrants',
    words: ['aws_kms_grant', 'kms_grant', 'CreateGrant', 'key_grants'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ workers: { grantee: …, operations: [Decrypt] } }',
    example: [
      'key_grants: { workers: { grantee: app, operations: [Decrypt] } }',
      'kmsGrants: { workers: { grantee: app, operations: [Decrypt] } }',
    ],
  },
  {
    ours: 'names',
    byWord: true,
    words: ['LogicalId', 'LogicalResourceId', 'overrideLogicalId', 'logical_id'],
    write: (value) => (typeof value === 'string' ? { cfn: value } : undefined),
    form: '{ cfn: … }',
    example: ['overrideLogicalId: OrdersKey1A2B3C4D', 'names: { cfn: OrdersKey1A2B3C4D }'],
  },
  {
    ours: 'names',
    byWord: true,
    words: ['resource_name', 'resource_address'],
    write: (value) => (typeof value === 'string' ? { terraform: value.split('.').at(-1) } : undefined),
    form: '{ terraform: … }',
    example: ['resource_address: aws_kms_key.orders', 'names: { terraform: orders }'],
  },

  // Rotation in its long form.
  {
    ours: 'enabled',
    beside: 'period',
    words: ['EnableKeyRotation', 'enable_key_rotation', 'enable', 'is_enabled', 'key_rotation_enabled'],
    write: truth,
    form: 'true',
    example: ['enable_key_rotation: true', 'enabled: true'],
  },
  {
    ours: 'period',
    words: ['RotationPeriodInDays', 'rotation_period_in_days', 'rotationPeriod', 'days', 'interval', 'every'],
    write: days,
    form: '180 days',
    example: ['rotation_period_in_days: 180', 'period: 180 days'],
  },

  // Aliases.
  {
    ours: 'name',
    beside: 'names',
    words: ['AliasName', 'alias_name', 'alias', 'aws_kms_alias'],
    write: text,
    form: 'the alias',
    example: ['AliasName: alias/orders', 'name: alias/orders'],
  },

  // Suppressions.
  {
    ours: 'rule',
    words: ['id', 'code', 'rule_id', 'check'],
    write: text,
    form: 'KW…',
    example: ['id: KW7008', 'rule: KW7008'],
  },
  {
    ours: 'because',
    words: ['reason', 'justification', 'comment', 'why', 'suppress_comment'],
    write: text,
    form: 'the reason',
    example: ['reason: SEC-12', 'because: SEC-12'],
  },

  // Grants.
  {
    ours: 'to',
    beside: 'can',
    words: ['grantee', 'grantee_principal', 'principal', 'principals', 'Principal', 'who', 'identity', 'identities'],
    write: principals,
    form: someone,
    example: [`principal: "${arn}"`, `to: { role: "${arn}" }`],
  },
  {
    ours: 'can',
    words: ['actions', 'Action', 'permissions', 'operations', 'capabilities', 'allow'],
    // KMS grants have the names of actions without `kms:`.
    write: oneOrList((value) => (grantOperations.some((one) => one === value) ? `kms:${value}` : text(value))),
    form: 'decrypt, or actions of KMS',
    example: ['Action: [kms:Decrypt]', 'can: kms:Decrypt'],
  },
  {
    ours: 'via',
    words: ['viaService', 'kms:ViaService', 'via_service', 'service', 'ViaServicePrincipal', 'services'],
    write: oneOrList((value) => (typeof value === 'string' ? value.split('.')[0] : undefined)),
    form: 's3',
    example: ['kms:ViaService: s3.eu-west-1.amazonaws.com', 'via: s3'],
  },
  {
    ours: 'when',
    words: ['Condition', 'conditions', 'if'],
    write: same,
    form: '{ StringEquals: { … } }',
    example: ['Condition: { StringEquals: { aws:a: b } }', 'when: { StringEquals: { aws:a: b } }'],
  },

  // KMS grants.
  {
    ours: 'grantee',
    words: ['GranteePrincipal', 'grantee_principal', 'to', 'principal'],
    write: principals,
    form: someone,
    example: [`grantee_principal: "${arn}"`, `grantee: { role: "${arn}" }`],
  },
  {
    ours: 'retiringPrincipal',
    words: ['RetiringPrincipal', 'retiring_principal', 'retiring'],
    write: principals,
    form: someone,
    example: [`retiring_principal: "${arn}"`, `retiringPrincipal: { role: "${arn}" }`],
  },
  {
    ours: 'operations',
    words: ['Operations', 'actions', 'can', 'permissions'],
    write: operations,
    form: '[Decrypt]',
    example: ['actions: kms:Decrypt', 'operations: [Decrypt]'],
  },
  {
    ours: 'encryptionContext',
    words: ['EncryptionContextEquals', 'encryption_context_equals', 'context'],
    write: same,
    form: '{ tenant: a }',
    example: ['encryption_context_equals: { tenant: a }', 'encryptionContext: { tenant: a }'],
  },
  {
    ours: 'encryptionContext',
    words: ['constraints'],
    write: constraint('encryptioncontextequals'),
    form: '{ tenant: a }',
    example: ['constraints: { encryption_context_equals: { tenant: a } }', 'encryptionContext: { tenant: a }'],
  },
  {
    ours: 'encryptionContextSubset',
    words: ['constraints'],
    write: constraint('encryptioncontextsubset'),
    form: '{ tenant: a }',
    example: ['constraints: [{ encryption_context_subset: { tenant: a } }]', 'encryptionContextSubset: { tenant: a }'],
  },
  {
    ours: 'encryptionContextSubset',
    words: ['EncryptionContextSubset', 'encryption_context_subset'],
    write: same,
    form: '{ tenant: a }',
    example: ['encryption_context_subset: { tenant: a }', 'encryptionContextSubset: { tenant: a }'],
  },
  {
    ours: 'retireOnDelete',
    words: ['retire_on_delete', 'RetireOnDelete', 'retire'],
    write: truth,
    form: 'true',
    example: ['retire_on_delete: true', 'retireOnDelete: true'],
  },

  // Statements.
  {
    ours: 'sid',
    words: ['Sid', 'id', 'name'],
    write: text,
    form: 'its id',
    example: ['Sid: Auditors', 'sid: Auditors'],
  },
  {
    ours: 'effect',
    words: ['Effect'],
    write: among(['Allow', 'Deny']),
    form: 'Allow or Deny',
    example: ['Effect: Effect.DENY', 'effect: Deny'],
  },
  {
    ours: 'principals',
    beside: 'notPrincipals',
    words: ['Principal', 'principal', 'to'],
    write: principals,
    form: someone,
    example: [`Principal: { AWS: "${arn}" }`, `principals: { role: "${arn}" }`],
  },
  {
    ours: 'notPrincipals',
    words: ['NotPrincipal', 'not_principals'],
    write: principals,
    form: someone,
    example: [`NotPrincipal: { AWS: "${arn}" }`, `notPrincipals: { role: "${arn}" }`],
  },
  {
    ours: 'actions',
    words: ['Action', 'can'],
    write: oneOrList(text),
    form: 'kms:Decrypt',
    example: ['Action: kms:Decrypt', 'actions: kms:Decrypt'],
  },
  {
    ours: 'notActions',
    words: ['NotAction', 'not_actions'],
    write: oneOrList(text),
    form: 'kms:Decrypt',
    example: ['NotAction: kms:Decrypt', 'notActions: kms:Decrypt'],
  },
  {
    ours: 'resources',
    beside: 'notActions',
    words: ['Resource', 'resource'],
    write: oneOrList(text),
    form: '"*"',
    example: ['Resource: "*"', 'resources: "*"'],
  },
  {
    ours: 'notResources',
    beside: 'notActions',
    words: ['NotResource', 'not_resources'],
    write: oneOrList(text),
    form: '"*"',
    example: ['NotResource: "*"', 'notResources: "*"'],
  },
  {
    ours: 'conditions',
    words: ['Condition', 'condition', 'when'],
    write: same,
    form: '{ StringEquals: { … } }',
    example: ['Condition: { StringEquals: { aws:a: b } }', 'conditions: { StringEquals: { aws:a: b } }'],
  },
  {
    ours: 'file',
    words: ['path', 'file_name', 'filename', 'source', 'template_file'],
    write: text,
    form: 'the path of a JSON file',
    example: ['path: policies/orders.json', 'file: policies/orders.json'],
  },

  // Imports and lookups.
  {
    ours: 'arn',
    beside: 'grants',
    words: ['KeyArn', 'key_arn', 'fromKeyArn', 'key_id', 'target_key_arn', 'primary_key_arn', 'id'],
    write: (value) => (typeof value === 'string' && value.startsWith('arn:') ? value : undefined),
    form: 'the ARN of the key',
    example: [
      'fromKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234"',
      'arn: "arn:aws:kms:eu-west-1:111122223333:key/1234"',
    ],
  },
  {
    ours: 'alias',
    beside: 'grants',
    words: ['AliasName', 'alias_name', 'fromAliasName', 'key_id', 'name'],
    write: (value) => (typeof value === 'string' && !value.startsWith('arn:') ? value : undefined),
    form: 'the alias',
    example: ['fromAliasName: alias/aws/s3', 'alias: alias/aws/s3'],
  },
  {
    ours: 'lookup',
    words: ['fromLookup', 'data', 'find', 'query', 'from_lookup'],
    write: lookingUp,
    form: '{ alias: … }',
    example: ['fromLookup: { aliasName: alias/shared }', 'lookup: { alias: alias/shared }'],
  },
  {
    ours: 'key',
    beside: 'grants',
    words: [
      'ImportValue',
      'Fn::ImportValue',
      'remote_state',
      'terraform_remote_state',
      'stackReference',
      'fromStack',
      'ref',
    ],
    write: (value) => (typeof value === 'string' && /^\w[\w-]*\.\w[\w-]*$/.test(value) ? value : undefined),
    form: 'the stack and the key, such as `platform.root`',
    example: ['fromStack: platform.root', 'key: platform.root'],
  },
  {
    ours: 'alias',
    beside: 'whenMissing',
    words: ['AliasName', 'alias_name', 'name', 'key_id'],
    write: text,
    form: 'the alias',
    example: ['aliasName: alias/shared', 'alias: alias/shared'],
  },
  {
    ours: 'environment',
    beside: 'whenMissing',
    words: ['env', 'region', 'account'],
    write: () => undefined,
    form: 'the name of an environment',
    example: ['region: eu-west-1', 'environment: the name of an environment'],
  },
  {
    ours: 'whenMissing',
    words: ['returnDummyKeyOnMissing', 'ignoreErrorOnMissingContext', 'return_dummy_key_on_missing', 'dummy'],
    write: (value) => (truth(value) === true ? 'dummy' : truth(value) === false ? 'error' : undefined),
    form: 'error or dummy',
    example: ['returnDummyKeyOnMissing: true', 'whenMissing: dummy'],
  },

  // Environments.
  {
    ours: 'account',
    beside: 'region',
    words: ['id', 'AccountId', 'account_id', 'aws_account_id', 'allowed_account_ids'],
    write: (value) => account([value].flat()[0]),
    form: 'the account id in quotes',
    example: ['account_id: "111122223333"', 'account: "111122223333"'],
  },
  {
    ours: 'account',
    beside: 'then',
    words: ['AccountId', 'account_id', 'aws_account_id'],
    write: (value) => account([value].flat()[0]),
    form: 'the account id in quotes',
    example: ['account_id: "111122223333"', 'account: "111122223333"'],
  },
  {
    ours: 'region',
    words: ['aws_region', 'AWS::Region', 'homeRegion', 'region_name', 'location'],
    write: text,
    form: 'eu-west-1',
    example: ['aws_region: eu-west-1', 'region: eu-west-1'],
  },
  {
    ours: 'partition',
    words: ['aws_partition', 'AWS::Partition'],
    write: text,
    form: 'aws',
    example: ['aws_partition: aws-cn', 'partition: aws-cn'],
  },
  {
    ours: 'purpose',
    words: ['stage', 'tier', 'env', 'environment_type', 'type'],
    write: among(['production', 'test', 'development']),
    form: 'production, test or development',
    example: ['stage: prod', 'purpose: production'],
  },
  {
    ours: 'lookupRole',
    words: ['lookupRoleArn', 'lookup_role_arn'],
    write: text,
    form: 'the name or ARN of a role',
    example: [`lookupRoleArn: "${arn}"`, `lookupRole: "${arn}"`],
  },
  {
    ours: 'deployRole',
    words: ['assume_role', 'role_arn', 'assumeRoleArn', 'deployRoleArn', 'managementAccountAccessRole', 'role'],
    write: (value) => text(isMapping(value) ? (value.role_arn ?? value.roleArn ?? value.arn) : value),
    form: 'the name or ARN of a role',
    example: [`assume_role: { role_arn: "${arn}" }`, `deployRole: "${arn}"`],
  },
  {
    ours: 'id',
    beside: 'regions',
    words: ['account', 'AccountId', 'account_id', 'aws_account_id', 'allowed_account_ids'],
    write: (value) => account([value].flat()[0]),
    form: 'the account id in quotes',
    example: ['account_id: "111122223333"', 'id: "111122223333"'],
  },
  {
    ours: 'regions',
    beside: 'id',
    words: ['region', 'enabledRegions', 'enabled_regions', 'aws_regions'],
    write: list(text),
    form: '[eu-west-1]',
    example: ['region: eu-west-1', 'regions: [eu-west-1]'],
  },
  {
    ours: 'profile',
    words: ['aws_profile', 'AWS_PROFILE', 'credentials_profile'],
    write: text,
    form: 'the name of a profile',
    example: ['aws_profile: audit', 'profile: audit'],
  },

  // Principals.
  {
    ours: 'role',
    words: [
      'RoleArn',
      'fromRoleArn',
      'fromRoleName',
      'AWS',
      'Principal',
      'identifiers',
      'principal_arn',
      'ArnPrincipal',
      'iam_role',
      'iamRole',
      'arn',
    ],
    beside: 'mutable',
    write: role,
    form: 'the ARN of the role',
    example: [`fromRoleArn: "${arn}"`, `role: "${arn}"`],
  },
  {
    ours: 'user',
    words: ['UserArn', 'fromUserArn', 'AWS', 'Principal', 'identifiers', 'principal_arn', 'ArnPrincipal', 'iam_user'],
    beside: 'mutable',
    write: principalOf('user'),
    form: 'the ARN of the user',
    example: ['AWS: "arn:aws:iam::111122223333:user/ci"', 'user: "arn:aws:iam::111122223333:user/ci"'],
  },
  {
    ours: 'mutable',
    byWord: true,
    words: ['immutable', 'read_only', 'readonly'],
    write: opposite,
    form: 'false',
    example: ['immutable: true', 'mutable: false'],
  },
  {
    ours: 'account',
    beside: 'because',
    words: [
      'AccountId',
      'account_id',
      'AccountPrincipal',
      'AccountRootPrincipal',
      'AWS',
      'Principal',
      'identifiers',
      'root',
      'accountPrincipal',
    ],
    write: account,
    form: 'the account id in quotes',
    example: ['AWS: "arn:aws:iam::111122223333:root"', 'account: "111122223333"'],
  },
  {
    ours: 'organization',
    words: [
      'OrganizationPrincipal',
      'organization_id',
      'org_id',
      'org',
      'PrincipalOrgID',
      'aws:PrincipalOrgID',
      'organizationId',
    ],
    write: text,
    form: 'o-…',
    example: ['aws:PrincipalOrgID: o-a1b2c3d4e5', 'organization: o-a1b2c3d4e5'],
  },
  {
    ours: 'orgUnit',
    words: [
      'organizationalUnit',
      'organizationalUnits',
      'ou',
      'ou_path',
      'ou_id',
      'aws:PrincipalOrgPaths',
      'PrincipalOrgPaths',
    ],
    write: oneOrList(text),
    form: 'its path, o-…/r-…/ou-…',
    example: ['ou: "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111"', 'orgUnit: o-a1b2c3d4e5/r-ab12/ou-ab12-11111111'],
  },
  {
    ours: 'service',
    words: ['Service', 'ServicePrincipal', 'service_principal', 'aws_service'],
    write: text,
    form: 'its host, or a name such as logs',
    example: ['ServicePrincipal: lambda.amazonaws.com', 'service: lambda.amazonaws.com'],
  },
  {
    ours: 'federated',
    words: [
      'Federated',
      'FederatedPrincipal',
      'WebIdentityPrincipal',
      'SamlPrincipal',
      'OpenIdConnectPrincipal',
      'oidcProvider',
      'oidc',
      'saml',
    ],
    write: text,
    form: 'the ARN of the provider',
    example: ['oidc: token.example.com', 'federated: token.example.com'],
  },
  {
    ours: 'anyone',
    words: ['AnyPrincipal', 'StarPrincipal', 'everyone', 'public', 'anybody', 'any'],
    write: (value) => (truth(value) === true ? true : undefined),
    form: 'true',
    example: ['AnyPrincipal: true', 'anyone: true'],
  },
  {
    ours: 'arn',
    beside: 'because',
    words: ['Arn', 'ArnPrincipal', 'principal_arn', 'AWS', 'session', 'SessionTagsPrincipal'],
    write: (value) => (typeof value === 'string' && value.startsWith('arn:') ? value : undefined),
    form: 'the ARN',
    example: [
      'AWS: "arn:aws:sts::111122223333:assumed-role/App/i-1"',
      'arn: "arn:aws:sts::111122223333:assumed-role/App/i-1"',
    ],
  },
  {
    ours: 'anyOf',
    words: ['CompositePrincipal', 'members', 'oneOf', 'group_of'],
    write: principalList,
    form: '[keyAdmins, breakGlass]',
    example: ['members: [keyAdmins, breakGlass]', 'anyOf: [keyAdmins, breakGlass]'],
  },

  // Roles, users and groups that a stack creates.
  {
    ours: 'role',
    beside: 'names',
    words: ['AWS::IAM::Role', 'aws_iam_role', 'iam_role'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ assumedBy: … }',
    example: ['aws_iam_role: { assumedBy: lambda.amazonaws.com }', 'role: { assumedBy: lambda.amazonaws.com }'],
  },
  {
    ours: 'user',
    beside: 'names',
    words: ['AWS::IAM::User', 'aws_iam_user', 'iam_user'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{}',
    example: ['aws_iam_user: {}', 'user: {}'],
  },
  {
    ours: 'group',
    words: ['AWS::IAM::Group', 'aws_iam_group', 'iam_group'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{}',
    example: ['aws_iam_group: {}', 'group: {}'],
  },
  {
    ours: 'assumedBy',
    words: [
      'AssumeRolePolicyDocument',
      'assume_role_policy',
      'assumed_by',
      'trusted_services',
      'trusted_entities',
      'trustPolicy',
      'trust',
      'service',
    ],
    write: assuming,
    form: 'lambda.amazonaws.com, or a principal',
    example: [
      'AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: lambda.amazonaws.com } }] }',
      'assumedBy: lambda.amazonaws.com',
    ],
  },
  {
    ours: 'name',
    beside: 'tags',
    words: ['RoleName', 'role_name', 'UserName', 'user_name'],
    write: text,
    form: 'its name in IAM',
    example: ['RoleName: orders-api', 'name: orders-api'],
  },
  {
    ours: 'name',
    words: ['GroupName', 'group_name'],
    write: text,
    form: 'its name in IAM',
    example: ['GroupName: auditors', 'name: auditors'],
  },

  // Stacks.
  {
    ours: 'environment',
    beside: 'imports',
    words: ['env', 'environments', 'stage', 'workspace'],
    write: oneOrList(text),
    form: 'the name of an environment',
    example: ['environments: [prod-eu, prod-us]', 'environment: [prod-eu, prod-us]'],
  },
  {
    ours: 'environment',
    beside: 'imports',
    words: ['region', 'account', 'provider', 'deploymentTargets', 'accounts', 'regions'],
    write: () => undefined,
    form: 'the name of an environment, which has the account and region',
    example: ['region: eu-west-1', 'environment: the name of an environment, which has the account and region'],
  },
  {
    ours: 'targets',
    beside: 'imports',
    words: ['target', 'tools', 'formats', 'emit'],
    write: list(among(['cfn', 'terraform', 'pulumi'])),
    form: '[cfn, terraform, pulumi]',
    example: ['tools: CloudFormation', 'targets: [cfn]'],
  },
  {
    ours: 'principals',
    beside: 'imports',
    words: ['roles', 'users', 'iam', 'identities', 'groups'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ app: { role: { assumedBy: … } } }',
    example: [
      'roles: { app: { role: { assumedBy: lambda.amazonaws.com } } }',
      'principals: { app: { role: { assumedBy: lambda.amazonaws.com } } }',
    ],
  },
  {
    ours: 'keys',
    beside: 'imports',
    words: [
      'key',
      'kms_keys',
      'kmsKeys',
      'kms',
      'Resources',
      'resource',
      'aws_kms_key',
      'AWS::KMS::Key',
      'keyManagementService',
    ],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ orders: { aliases: [orders] } }',
    example: ['kmsKeys: { orders: {} }', 'keys: { orders: {} }'],
  },
  {
    ours: 'imports',
    words: ['import', 'importedKeys', 'imported_keys', 'data', 'existing_keys', 'references', 'external_keys'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ shared: { arn: … } }',
    example: ['importedKeys: { s3: { alias: alias/aws/s3 } }', 'imports: { s3: { alias: alias/aws/s3 } }'],
  },
  {
    ours: 'outputs',
    words: ['Outputs', 'output', 'CfnOutput', 'exports'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ ordersKeyArn: "${keys.orders.arn}" }',
    example: ['output: { a: "${keys.a.arn}" }', 'outputs: { a: "${keys.a.arn}" }'],
  },

  {
    ours: 'value',
    words: ['Value', 'expression'],
    write: (value) => (typeof value === 'string' ? value : undefined),
    form: '"${keys.orders.arn}"',
    example: ['Value: "${keys.a.arn}"', 'value: "${keys.a.arn}"'],
  },
  {
    ours: 'export',
    words: ['Export', 'exportName', 'export_name'],
    write: (value) => (isMapping(value) ? value.Name : value),
    form: 'true, or a name',
    example: ['Export: { Name: shop-orders }', 'export: shop-orders'],
  },
  {
    ours: 'parameter',
    words: ['parameterName', 'parameter_name', 'aws_ssm_parameter', 'AWS::SSM::Parameter', 'ssm'],
    write: (value) => (typeof value === 'string' ? value : undefined),
    form: '/kms/orders',
    example: ['parameterName: /kms/orders', 'parameter: /kms/orders'],
  },

  // The project and its settings.
  {
    ours: 'keywright',
    byWord: true,
    words: ['version', 'apiVersion', 'AWSTemplateFormatVersion', 'schema_version'],
    write: () => 1,
    form: '1',
    example: ['version: "2"', 'keywright: 1'],
  },
  {
    ours: 'app',
    words: ['application', 'project', 'name', 'app_name', 'acceleratorPrefix'],
    write: text,
    form: 'the name of the application',
    example: ['application: payments', 'app: payments'],
  },
  {
    ours: 'include',
    words: ['includes', 'import', 'files', 'extends', 'Fn::Transform', 'AWS::Include', 'module_sources'],
    write: list(text),
    form: '[teams/*/keys.yaml]',
    example: ['includes: teams/keys.yaml', 'include: [teams/keys.yaml]'],
  },
  {
    ours: 'settings',
    words: ['context', 'features', 'feature_flags', 'featureFlags', 'options', 'config', 'configuration'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ defaultKeyPolicies: true }',
    example: ['features: { minimizePolicies: false }', 'settings: { minimizePolicies: false }'],
  },
  {
    ours: 'accounts',
    words: ['workloadAccounts', 'mandatoryAccounts', 'account_ids', 'account'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ prod: { id: …, regions: [eu-west-1] } }',
    example: [
      'workloadAccounts: { prod: { id: "111122223333", regions: [eu-west-1] } }',
      'accounts: { prod: { id: "111122223333", regions: [eu-west-1] } }',
    ],
  },
  {
    ours: 'environments',
    beside: 'standards',
    words: ['env', 'envs', 'environment', 'workspaces', 'stages'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ prod: { account: …, region: … } }',
    example: [
      'envs: { prod: { account: "111122223333", region: eu-west-1 } }',
      'environments: { prod: { account: "111122223333", region: eu-west-1 } }',
    ],
  },
  {
    ours: 'principals',
    beside: 'standards',
    words: ['roles', 'users', 'iam', 'identities', 'people'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ keyAdmins: { role: … } }',
    example: [`roles: { app: { role: "${arn}" } }`, `principals: { app: { role: "${arn}" } }`],
  },
  {
    ours: 'standards',
    words: ['defaults', 'templates', 'presets', 'profiles', 'mixins', 'baselines', 'classes'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ pii: { rotation: 180 days } }',
    example: ['presets: { pii: { rotation: true } }', 'standards: { pii: { rotation: true } }'],
  },
  {
    ours: 'stacks',
    words: ['stack', 'modules', 'module', 'units', 'deployments'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ main: { keys: { orders: {} } } }',
    example: ['modules: { main: { keys: { orders: {} } } }', 'stacks: { main: { keys: { orders: {} } } }'],
  },
  {
    ours: 'targets',
    beside: 'standards',
    words: ['emitters', 'generators', 'plugins', 'outputs', 'tools'],
    write: (value) => (isMapping(value) ? value : undefined),
    form: '{ cfn: {}, terraform: {} }',
    example: ['emitters: { terraform: { provider: 6 } }', 'targets: { terraform: { provider: 6 } }'],
  },
  {
    ours: 'defaultKeyPolicies',
    words: ['@aws-cdk/aws-kms:defaultKeyPolicies', 'default_key_policies'],
    write: truth,
    form: 'true',
    example: ['"@aws-cdk/aws-kms:defaultKeyPolicies": false', 'defaultKeyPolicies: false'],
  },
  {
    ours: 'aliasGrants',
    words: ['@aws-cdk/aws-kms:applyImportedAliasPermissionsToPrincipal', 'alias_grants'],
    write: (value) => (truth(value) === true ? 'identity' : truth(value) === false ? 'none' : undefined),
    form: 'none or identity',
    example: ['"@aws-cdk/aws-kms:applyImportedAliasPermissionsToPrincipal": true', 'aliasGrants: identity'],
  },
  {
    ours: 'minimizePolicies',
    words: ['@aws-cdk/aws-iam:minimizePolicies', 'minimize_policies', 'minimize'],
    write: truth,
    form: 'true',
    example: ['"@aws-cdk/aws-iam:minimizePolicies": true', 'minimizePolicies: true'],
  },
  {
    ours: 'newRegions',
    words: ['extra_regions', 'additional_regions', 'regions', 'skip_region_validation'],
    write: list(text),
    form: '[eu-north-2]',
    example: ['extra_regions: eu-north-2', 'newRegions: [eu-north-2]'],
  },
];

const keyWords = ['spec', 'aliases'];
const replicaWords = ['environment', 'aliases'];

export const strayWords: readonly StrayWords[] = [
  ...[...grantWords, ['grantEncryptDecrypt', 'encryptDecrypt'] as const].map(
    ([word, can]): StrayWords => ({
      at: ['to', 'can'],
      words: [word],
      insteadOf: ['to', 'can'],
      advice: `write \`to: …, can: ${can}\``,
    }),
  ),
  {
    at: ['pendingWindow'],
    words: ['Type', 'Properties', 'Metadata', 'resource'],
    advice: 'write here what is under `Properties`: a key is written without the resource around it',
  },
  {
    at: ['pendingWindow'],
    words: ['DependsOn', 'depends_on'],
    advice: 'leave it out: the references between resources determine their order',
  },
  {
    at: ['pendingWindow'],
    words: ['count', 'for_each'],
    advice:
      'write each key by its name; for the same keys in several accounts or regions, list them under `environment` of the stack',
  },
  {
    at: keyWords,
    words: ['name', 'Id', 'key_name', 'KeyName', 'keyId', 'KeyId'],
    advice: 'the name of a key comes before it, as in `keys: { orders: {} }`; aliases go under `aliases`',
  },
  {
    at: keyWords,
    words: ['region', 'provider', 'account', 'env', 'environment', 'deploymentTargets', 'accounts', 'regions'],
    advice:
      'leave it out: a key has the account and region of the `environment` of its stack; write `replicas` for other regions',
  },
  {
    at: keyWords,
    words: ['primary_key_arn', 'PrimaryKeyArn', 'primaryKey', 'primary'],
    advice: 'a replica is written under its primary key: `replicas: [{ environment: … }]`',
  },
  {
    at: ['pendingWindow'],
    words: ['key_material_base64', 'valid_to', 'keyMaterial', 'ImportKeyMaterial', 'expiration_model'],
    advice:
      'write `origin: EXTERNAL` for the key; its key material is imported after the deployment, and no file contains it',
  },
  {
    at: ['pendingWindow'],
    words: ['key_material_wo', 'grantTokens', 'grant_creation_tokens', 'fromCfnKey', 'waitForDeletion', 'timeouts'],
    advice: 'leave it out: it configures a tool, not the key',
  },
  {
    at: ['pendingWindow'],
    words: ['source_policy_documents', 'override_policy_documents'],
    advice:
      'write the whole policy in one JSON file, `policy: { file: … }`, or write additional statements under `statements`',
  },
  {
    at: ['pendingWindow'],
    words: ['aliases_use_name_prefix', 'alias_prefix', 'name_prefix'],
    advice: 'write the whole alias: `aliases: [team/orders]`',
  },
  {
    at: replicaWords,
    words: ['primary_key_arn', 'PrimaryKeyArn', 'primaryKey', 'key_id', 'KeyId'],
    advice: 'leave it out: the key that lists the replica is its primary key',
  },
  {
    at: replicaWords,
    words: [
      'EnableKeyRotation',
      'rotation',
      'RotationPeriodInDays',
      'KeySpec',
      'spec',
      'customer_master_key_spec',
      'KeyUsage',
      'usage',
      'origin',
      'MultiRegion',
    ],
    advice: 'write it at the primary key, which its replicas follow',
  },
  {
    at: ['name', 'names'],
    words: ['TargetKeyId', 'target_key_id', 'targetKey', 'key_id', 'target_key'],
    advice: 'leave it out: an alias stands for the key under which it is written',
  },
  {
    at: ['name', 'names'],
    words: ['name_prefix', 'region', 'removalPolicy'],
    advice: 'write the whole alias, under its key: `name: team/orders`',
  },
  {
    at: ['grantee', 'operations'],
    words: ['key_id', 'KeyId', 'keyArn', 'key'],
    advice: 'leave it out: a KMS grant is for the key under which it is written',
  },
  {
    at: ['grantee', 'operations'],
    words: ['name', 'Name', 'grant_name', 'id'],
    advice: 'the name of a KMS grant comes before it, as in `kmsGrants: { workers: { … } }`',
  },
  {
    at: ['grantee', 'operations'],
    words: ['grant_creation_tokens', 'GrantTokens', 'region', 'GranteeServicePrincipal'],
    advice: 'leave it out: no target can express it in a KMS grant',
  },
  {
    at: ['account', 'to'],
    words: ['from', 'key', 'stack', 'alias'],
    insteadOf: ['to'],
    advice: 'write `moved` in the stack instead: here it is about environments and accounts that were renamed',
  },
  {
    at: ['account', 'stack', 'then'],
    words: ['key', 'replica', 'alias', 'target'],
    advice: 'write `removed` in the stack instead: here it is about whole environments, accounts, regions and stacks',
  },
  {
    at: ['assumedBy'],
    words: [
      'Policies',
      'ManagedPolicyArns',
      'managedPolicies',
      'inline_policy',
      'inlinePolicies',
      'managed_policy_arns',
      'Path',
      'permissions_boundary',
      'max_session_duration',
      'force_detach_policies',
    ],
    advice:
      'a role here has only the permissions that grants give it; create any other role elsewhere, and name it under `principals` with `role: <ARN>`',
  },
  {
    at: ['file'],
    words: ['Version', 'Statement', 'Id'],
    insteadOf: ['file'],
    advice: 'put the document into a JSON file of its own, and write `policy: { file: key-policy.json }`',
  },
  {
    at: ['whenMissing'],
    words: ['tags', 'Tags', 'filter'],
    advice: 'a key is looked up by one of its aliases: `alias: …`',
  },
  {
    at: ['because'],
    words: ['CanonicalUser', 'CanonicalUserPrincipal'],
    advice: 'name the account, role or user: KMS accepts no canonical users',
  },
  {
    at: ['because'],
    words: ['type', 'Type', 'kind'],
    advice: 'leave it out: `role`, `user`, `account`, `service` and the like say what kind of principal it is',
  },
  {
    at: ['because'],
    words: ['addGrantsToResources', 'defaultPolicyName', 'add_grants_to_resources'],
    advice: 'leave it out: Keywright decides where a grant goes (docs/semantics.md)',
  },
  {
    at: ['stacks'],
    words: ['keys', 'kms_keys', 'kms'],
    advice: 'keys are written in a stack: `stacks: { main: { keys: { orders: {} } } }`',
  },
  {
    at: ['stacks'],
    words: ['Resources', 'resource', 'aws_kms_key', 'keyManagementService'],
    advice:
      'keys are written in a stack: `stacks: { main: { keys: { orders: {} } } }`; `keywright import` writes such a file from existing code',
  },
  {
    at: ['stacks'],
    words: ['Parameters', 'Mappings', 'Conditions', 'variable', 'variables', 'locals', 'Transform', 'Globals'],
    advice:
      'write values where they are used, and share them with `standards`, `principals` or YAML anchors: there are no variables',
  },
  {
    at: ['stacks'],
    words: [
      'provider',
      'providers',
      'backend',
      'terraform',
      'pulumi',
      'cfn',
      'region',
      'homeRegion',
      'required_providers',
    ],
    advice: 'options of the tools are written under `targets`, accounts and regions under `accounts` or `environments`',
  },
];

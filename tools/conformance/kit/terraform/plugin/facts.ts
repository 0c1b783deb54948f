/**
 * Facts about the AWS provider that are not in its bindings, for the types that templates use. Source: `internal/service/kms`, `iam` and
 * `ssm` of hashicorp/terraform-provider-aws at 6.x (ForceNew, Sensitive and ValidateFunc of each schema).
 */

/** Arguments whose change replaces the resource. An argument of a nested block means the whole block. */
export const replacing: Readonly<Record<string, readonly string[]>> = {
  aws_kms_key: ['custom_key_store_id', 'customer_master_key_spec', 'key_usage', 'multi_region', 'xks_key_id'],
  aws_kms_external_key: ['key_material_base64', 'key_spec', 'key_usage', 'multi_region'],
  aws_kms_replica_key: ['primary_key_arn'],
  aws_kms_replica_external_key: ['key_material_base64', 'primary_key_arn'],
  aws_kms_alias: ['name', 'name_prefix'],
  aws_kms_grant: [
    'constraints',
    'grant_creation_tokens',
    'grantee_principal',
    'key_id',
    'name',
    'operations',
    'retire_on_delete',
    'retiring_principal',
  ],
  aws_iam_role: ['name', 'name_prefix', 'path'],
  aws_iam_role_policy: ['name', 'name_prefix', 'role'],
  aws_iam_user_policy: ['name', 'name_prefix', 'user'],
  aws_iam_group_policy: ['group', 'name', 'name_prefix'],
  aws_ssm_parameter: ['data_type', 'name'],
};

/** Terraform hides these arguments of resources and data sources, and refuses them in an output that is not marked as sensitive. */
export const sensitive: Readonly<Record<string, readonly string[]>> = {
  aws_kms_external_key: ['key_material_base64'],
  aws_kms_replica_external_key: ['key_material_base64'],
  aws_kms_grant: ['grant_token'],
  aws_ssm_parameter: ['value', 'value_wo'],
};

export interface Limit {
  readonly argument: string;
  /** Says what is wrong with the value; `undefined` if nothing is wrong. */
  readonly check: (value: string | number) => string | undefined;
}

const matches = (pattern: RegExp, rule: string) => (value: string | number) =>
  pattern.test(String(value)) ? undefined : `${rule}, and not ${JSON.stringify(value)}`;
const between = (least: number, most: number) => (value: string | number) =>
  Number(value) >= least && Number(value) <= most ? undefined : `has to be from ${least} to ${most}, and is ${value}`;
const length = (least: number, most: number) => (value: string | number) => {
  const size = Buffer.byteLength(String(value)); // Go counts bytes
  return size >= least && size <= most ? undefined : `has to have ${least} to ${most} characters, and has ${size}`;
};
const json = (value: string | number) => {
  try {
    JSON.parse(String(value));
    return undefined;
  } catch {
    return 'has to be JSON';
  }
};
/** The provider's own limits for inline policies, without white space. */
const policyOf = (most: number) => (value: string | number) =>
  json(value) ?? length(1, most)(JSON.stringify(JSON.parse(String(value))));
const arnOrService = matches(/^arn:[\w-]+:[\w.-]*:[\w-]*:\d*:.+|^[\w.-]+\.amazonaws\.com(\.cn)?$/, 'has to be an ARN');
const iamName = (most: number) =>
  matches(new RegExp(`^[\\w+=,.@-]{1,${most}}$`), `has to be a name of IAM of at most ${most} characters`);

const anyKey: readonly Limit[] = [
  { argument: 'deletion_window_in_days', check: between(7, 30) },
  { argument: 'description', check: length(0, 8192) },
  { argument: 'policy', check: json },
];
const inlinePolicy = (most: number): readonly Limit[] => [
  { argument: 'name', check: iamName(128) },
  { argument: 'policy', check: policyOf(most) },
];

/** Values that the provider refuses before it calls AWS. */
export const limits: Readonly<Record<string, readonly Limit[]>> = {
  aws_kms_key: [
    ...anyKey,
    { argument: 'rotation_period_in_days', check: between(90, 2560) },
    { argument: 'custom_key_store_id', check: length(1, 22) },
    { argument: 'xks_key_id', check: length(1, 128) },
    {
      argument: 'key_usage',
      check: matches(/^(ENCRYPT_DECRYPT|SIGN_VERIFY|GENERATE_VERIFY_MAC|KEY_AGREEMENT)$/, 'has to be a key usage'),
    },
  ],
  aws_kms_external_key: anyKey,
  aws_kms_replica_key: [...anyKey, { argument: 'primary_key_arn', check: arnOrService }],
  aws_kms_replica_external_key: [...anyKey, { argument: 'primary_key_arn', check: arnOrService }],
  aws_kms_alias: [
    { argument: 'name', check: matches(/^alias\/(?!aws\/)[a-zA-Z0-9:/_-]+$/, 'has to be an alias of a customer') },
  ],
  aws_kms_grant: [
    { argument: 'name', check: matches(/^[a-zA-Z0-9:/_-]{1,256}$/, 'has to be a name of a grant') },
    { argument: 'grantee_principal', check: arnOrService },
    { argument: 'retiring_principal', check: arnOrService },
  ],
  aws_iam_role: [
    { argument: 'assume_role_policy', check: json },
    { argument: 'description', check: length(0, 1000) },
    { argument: 'name', check: iamName(64) },
    // The provider appends 26 characters.
    { argument: 'name_prefix', check: iamName(38) },
  ],
  // These are IAM's limits for the lengths of the names. The provider checks only the characters.
  aws_iam_user: [{ argument: 'name', check: iamName(64) }],
  aws_iam_group: [{ argument: 'name', check: iamName(128) }],
  aws_iam_role_policy: inlinePolicy(10_240),
  aws_iam_user_policy: inlinePolicy(2_048),
  aws_iam_group_policy: inlinePolicy(5_120),
  aws_ssm_parameter: [
    { argument: 'name', check: length(1, 2048) },
    { argument: 'type', check: matches(/^(String|StringList|SecureString)$/, 'has to be a type of parameter') },
  ],
};

/** Groups of arguments. At most one of each group may be set; with `atLeastOne`, exactly one has to be. */
export const choices: Readonly<Record<string, { readonly of: readonly string[]; readonly atLeastOne: boolean }>> = {
  aws_kms_alias: { of: ['name', 'name_prefix'], atLeastOne: false },
  aws_iam_role: { of: ['name', 'name_prefix'], atLeastOne: false },
  aws_iam_role_policy: { of: ['name', 'name_prefix'], atLeastOne: false },
  aws_iam_user_policy: { of: ['name', 'name_prefix'], atLeastOne: false },
  aws_iam_group_policy: { of: ['name', 'name_prefix'], atLeastOne: false },
  aws_ssm_parameter: { of: ['insecure_value', 'value', 'value_wo'], atLeastOne: true },
};

/** Arguments that require another argument. */
export const companions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_kms_key: { rotation_period_in_days: 'enable_key_rotation', xks_key_id: 'custom_key_store_id' },
};

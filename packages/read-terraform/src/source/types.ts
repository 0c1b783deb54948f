/** The types of the AWS provider that are read. Source: the documentation of the provider, the page of each type. */
const types = [
  'aws_kms_key',
  'aws_kms_external_key',
  'aws_kms_replica_key',
  'aws_kms_replica_external_key',
  'aws_kms_alias',
  'aws_kms_key_policy',
  'aws_kms_grant',
  'aws_iam_role',
  'aws_iam_user',
  'aws_iam_group',
  'aws_iam_role_policy',
  'aws_iam_user_policy',
  'aws_iam_group_policy',
  'aws_ssm_parameter',
] as const;

export type ReadType = (typeof types)[number];

const readTypes: ReadonlySet<string> = new Set(types);

export function isRead(type: string): type is ReadType {
  return readTypes.has(type);
}

/** Whether a data source says where something is deployed. */
export function isPlaceData(type: string): boolean {
  return type === 'aws_caller_identity' || type === 'aws_region' || type === 'aws_partition';
}

/** Whether a type of another provider creates keys or aliases. Such types are not read. */
export function isForeignKey(type: string): boolean {
  return /^(?!aws_)\w+_kms_(replica_)?(key|alias)$/.test(type);
}

/** Whether a resource of a type is a role, user or group. */
export function createsPrincipal({ type }: { readonly type: string }): boolean {
  return /^aws_iam_(role|user|group)$/.test(type);
}

/** Returns the kind of principal that an inline policy is attached to: `role` for `aws_iam_role_policy`. `undefined` for other types. */
export function holderKindOf({ type }: { readonly type: string }): 'role' | 'user' | 'group' | undefined {
  switch (type) {
    case 'aws_iam_role_policy':
      return 'role';
    case 'aws_iam_user_policy':
      return 'user';
    case 'aws_iam_group_policy':
      return 'group';
    default:
      return undefined;
  }
}

/** The types that are read. Source: the schemas of `@pulumi/aws` 7 and `@pulumi/aws-native` 1. */
export type Kind =
  | 'key'
  | 'replicaKey'
  | 'keyPolicy'
  | 'alias'
  | 'kmsGrant'
  | 'role'
  | 'user'
  | 'group'
  | 'rolePolicy'
  | 'userPolicy'
  | 'groupPolicy'
  | 'sharedParameter';

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['aws:kms/key:Key', 'key'],
  ['aws:kms/externalKey:ExternalKey', 'key'],
  ['aws:kms/replicaKey:ReplicaKey', 'replicaKey'],
  ['aws:kms/replicaExternalKey:ReplicaExternalKey', 'replicaKey'],
  ['aws:kms/keyPolicy:KeyPolicy', 'keyPolicy'],
  ['aws:kms/alias:Alias', 'alias'],
  ['aws:kms/grant:Grant', 'kmsGrant'],
  ['aws-native:kms:Key', 'key'],
  ['aws-native:kms:ReplicaKey', 'replicaKey'],
  ['aws-native:kms:Alias', 'alias'],
  ['aws:iam/role:Role', 'role'],
  ['aws:iam/user:User', 'user'],
  ['aws:iam/group:Group', 'group'],
  ['aws:iam/rolePolicy:RolePolicy', 'rolePolicy'],
  ['aws:iam/userPolicy:UserPolicy', 'userPolicy'],
  ['aws:iam/groupPolicy:GroupPolicy', 'groupPolicy'],
  ['aws:ssm/parameter:Parameter', 'sharedParameter'],
]);

/** Returns the kind of a type; `undefined` for a type that is not read. */
export function kindOf(type: string): Kind | undefined {
  return kinds.get(type);
}

/** Whether key material is imported. The provider has separate types for such keys. */
export function isExternalType(type: string): boolean {
  return type.endsWith('ExternalKey');
}

/** Whether a type that is not read declares AWS keys. */
export function declaresKeys(type: string): boolean {
  return /^aws[\w-]*:kms[:/](?:\w+:)?\w*Key$/.test(type);
}

/**
 * The condition keys of requests to assume a role, beyond the global ones and claims. Sources: Service Authorization Reference, "Condition
 * keys for AWS Security Token Service"; IAM Identity Center User Guide, "AWS STS condition context keys for IAM Identity Center".
 */
const names = [
  'identitycenter:ApplicationArn',
  'identitycenter:CredentialId',
  'identitycenter:InstanceArn',
  'identitystore:IdentityStoreArn',
  'sts:AWSServiceName',
  'sts:DurationSeconds',
  'sts:ExternalId',
  'sts:RequestContextProviders',
  'sts:RoleSessionName',
  'sts:SourceIdentity',
  'sts:TaskPolicyArn',
  'sts:TransitiveTagKeys',
];

/** Condition keys followed by a name that the user chooses. */
const prefixes = ['iam:ResourceTag/', 'sts:RequestContext/'];

export function isStsKey(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    names.some((known) => known.toLowerCase() === lower) ||
    prefixes.some((prefix) => lower.startsWith(prefix.toLowerCase()) && lower.length > prefix.length)
  );
}

/** Suggestions for a misspelt condition key. A name that the user chooses has a placeholder. */
export const stsSuggestions: readonly string[] = [...names, ...prefixes.map((prefix) => `${prefix}<name>`)];

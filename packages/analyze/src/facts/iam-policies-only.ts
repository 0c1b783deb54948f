/**
 * Whether AWS documents a condition key (in lower case) for IAM policies only, so that its meaning in a key policy is undocumented. Source:
 * AWS KMS Developer Guide, "AWS KMS condition keys", the column "Policy type".
 */
export function isForIamPoliciesOnly(conditionKey: string): boolean {
  return conditionKey === 'kms:resourcealiases';
}

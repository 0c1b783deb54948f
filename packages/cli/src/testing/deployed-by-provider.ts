/**
 * Converts what the AWS provider creates. Terraform and Pulumi share this: Pulumi's SDK is generated from Terraform's provider, with the
 * same names in camel case.
 */
import type { Deployed, Tags } from './deployed.ts';

/** A resource with the type and arguments that Terraform gives to the AWS provider; policies are parsed. */
export function deployedByProvider(
  type: string,
  own: Readonly<Record<string, unknown>>,
  region: string,
  retained: boolean,
): Deployed {
  const tags = (own.tags ?? {}) as Tags; // by the provider's schema
  switch (type) {
    case 'aws_kms_key':
    case 'aws_kms_external_key':
    case 'aws_kms_replica_key':
    case 'aws_kms_replica_external_key':
      return {
        kind: type.startsWith('aws_kms_replica_') ? 'replicaKey' : 'key',
        region,
        description: own.description,
        spec: own.customer_master_key_spec ?? own.key_spec ?? 'SYMMETRIC_DEFAULT',
        usage: own.key_usage ?? 'ENCRYPT_DECRYPT',
        origin: originOf(type, own),
        enabled: own.is_enabled ?? own.enabled ?? true,
        rotation: own.enable_key_rotation ?? false,
        rotationDays: own.rotation_period_in_days,
        pendingWindowDays: own.deletion_window_in_days,
        multiRegion: own.multi_region ?? false,
        retained,
        policy: own.policy,
        tags,
        primary: own.primary_key_arn,
      };
    case 'aws_kms_alias':
      return { kind: 'alias', region, name: own.name, keyId: own.target_key_id };
    case 'aws_iam_role':
      return { kind: 'role', description: own.description, trust: own.assume_role_policy, tags };
    case 'aws_iam_user':
      return { kind: 'user', description: undefined, trust: undefined, tags };
    case 'aws_iam_group':
      return { kind: 'group', description: undefined, trust: undefined, tags: {} };
    case 'aws_iam_role_policy':
    case 'aws_iam_user_policy':
    case 'aws_iam_group_policy':
      return {
        kind: 'identityPolicy',
        name: own.name,
        holder: type === 'aws_iam_role_policy' ? 'role' : type === 'aws_iam_user_policy' ? 'user' : 'group',
        attachedTo: own.role ?? own.user ?? own.group,
        document: own.policy,
      };
    case 'aws_kms_grant': {
      const [constraints] = (own.constraints ?? []) as readonly Readonly<Record<string, Tags>>[]; // by the provider's schema
      return {
        kind: 'kmsGrant',
        region,
        name: own.name,
        retireOnDelete: own.retire_on_delete ?? false,
        keyId: own.key_id,
        grantee: own.grantee_principal,
        retiringPrincipal: own.retiring_principal,
        operations: own.operations,
        equals: constraints?.encryption_context_equals,
        subset: constraints?.encryption_context_subset,
      };
    }
    case 'aws_ssm_parameter':
      return { kind: 'sharedParameter', name: own.name, value: own.value, tags };
    default:
      throw new Error(`there should be no ${type}`);
  }
}

/** The provider has no argument for the origin, which follows from the type of the resource and from the key store. */
function originOf(type: string, own: Readonly<Record<string, unknown>>): string {
  if (type.endsWith('_external_key')) return 'EXTERNAL';
  if (own.xks_key_id !== undefined) return 'EXTERNAL_KEY_STORE';
  return own.custom_key_store_id === undefined ? 'AWS_KMS' : 'AWS_CLOUDHSM';
}

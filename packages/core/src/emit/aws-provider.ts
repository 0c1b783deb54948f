/**
 * The arguments of resources in Terraform's AWS provider. Terraform and Pulumi share these arguments, since Pulumi's SDK
 * is generated from that provider. Names are in snake case; Pulumi has the same names in camel case. Source: the
 * provider's documentation, the page of each type.
 */
import { differenceOf } from '../ir/differing-values.ts';
import type { Reference } from '../ir/expression.ts';
import { givenName } from '../ir/given-name.ts';
import type { Key, KmsGrant, ReplicaKey, Resource } from '../ir/program.ts';
import { rotationDays } from '../ir/rotation-days.ts';
import { lines, policy, type Rows, unless } from './rows.ts';

/** The provider's attribute for a reference to a resource. */
export function awsAttribute(resource: Resource, attribute: Reference['attribute']): 'arn' | 'name' | 'id' | 'key_id' {
  if (attribute !== 'id') return attribute;
  // aws_kms_external_key has no key_id, but its id has the same value.
  return resource.kind === 'key' && resource.origin === 'EXTERNAL' ? 'id' : 'key_id';
}

/**
 * The arguments of a resource, except those that each target writes in its own way: the names of roles, users and groups, and the
 * constraints of KMS grants.
 */
export function awsArguments(resource: Resource): Rows {
  switch (resource.kind) {
    case 'key':
      return resource.origin === 'EXTERNAL' ? externalKeyRows(resource) : keyRows(resource);
    case 'replicaKey':
      return [
        ['primary_key_arn', { kind: 'reference', resource: resource.primary, attribute: 'arn' }],
        ['description', resource.description],
        ['enabled', unless(true, resource.enabled)],
        ...lifetimeRows(resource),
        ...policyAndTags(resource),
      ];
    case 'alias':
      return [
        ['name', givenName(resource)],
        ['target_key_id', resource.target],
      ];
    case 'role':
      return [
        ['description', resource.description],
        ['assume_role_policy', policy(resource.assumeRolePolicy)],
        ['tags', lines(resource.tags)],
      ];
    case 'user':
      return [['tags', lines(resource.tags)]];
    case 'group':
      return [];
    case 'identityPolicy':
      return [
        ['name', resource.policyName],
        [resource.attachTo.kind, resource.attachTo.name],
        ['policy', policy(resource.document)],
      ];
    case 'kmsGrant':
      return grantRows(resource);
    case 'sharedParameter':
      return [
        ['name', givenName(resource)],
        ['type', 'String'],
        ['value', resource.value],
        ['tags', lines(resource.tags)],
      ];
  }
}

function keyRows(key: Key): Rows {
  const canRotate = key.origin === 'AWS_KMS' && key.spec === 'SYMMETRIC_DEFAULT';
  return [
    ['description', key.description],
    ['customer_master_key_spec', unless('SYMMETRIC_DEFAULT', key.spec)],
    ['key_usage', unless('ENCRYPT_DECRYPT', key.usage)],
    ['custom_key_store_id', key.customKeyStoreId, differenceOf(key, 'customKeyStoreId')],
    ['xks_key_id', key.xksKeyId, differenceOf(key, 'xksKeyId')],
    ['is_enabled', unless(true, key.enabled)],
    // Written for every key that can rotate, so that reviewers see it; the provider refuses it for other keys.
    ['enable_key_rotation', canRotate || key.rotation.enabled ? key.rotation.enabled : undefined],
    // Written even if the YAML does not set it: otherwise the provider would keep an earlier period.
    ['rotation_period_in_days', rotationDays(key.rotation), differenceOf(key, 'rotationPeriodDays')],
    ...lifetimeRows(key),
    ['multi_region', key.multiRegion],
    ...policyAndTags(key),
  ];
}

/** The rows of a key with imported material, for which the provider has resource types of its own. */
function externalKeyRows(key: Key): Rows {
  return [
    ['description', key.description],
    ['key_spec', unless('SYMMETRIC_DEFAULT', key.spec)],
    ['key_usage', unless('ENCRYPT_DECRYPT', key.usage)],
    ['enabled', unless(true, key.enabled)],
    ...lifetimeRows(key),
    ['multi_region', key.multiRegion],
    ...policyAndTags(key),
  ];
}

function lifetimeRows(key: Key | ReplicaKey): Rows {
  return [
    ['bypass_policy_lockout_safety_check', key.bypassPolicyLockoutSafetyCheck],
    ['deletion_window_in_days', key.pendingWindowDays, differenceOf(key, 'pendingWindowDays')],
  ];
}

function policyAndTags(key: Key | ReplicaKey): Rows {
  return [
    ['policy', policy(key.policy)],
    ['tags', lines(key.tags)],
  ];
}

function grantRows(grant: KmsGrant): Rows {
  return [
    ['name', grant.named ? grant.name : undefined],
    ['key_id', grant.key],
    ['grantee_principal', grant.grantee],
    ['retiring_principal', grant.retiringPrincipal],
    ['operations', grant.operations],
    ['retire_on_delete', unless(false, grant.retireOnDelete)],
  ];
}

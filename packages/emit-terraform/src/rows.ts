import { code, lines, policy, type Rows, unless } from '@keywright/core/emit/rows';
import { boundedName } from '@keywright/core/ir/bounded-name';
import type { Key, KmsGrant, ReplicaKey, Resource, Stack } from '@keywright/core/ir/program';
import { rotationDays } from '@keywright/core/keys/rotation';

/** What is in the block of a resource. */
export interface Body {
  readonly arguments: Rows;
  /** The blocks in it, after its arguments. */
  readonly blocks?: readonly Block[];
}

export interface Block {
  readonly name: string;
  readonly arguments: Rows;
}

/** The arguments of a resource and their defaults. Source: the documentation of the AWS provider, the page of each type. */
export function bodyOf(resource: Resource, stack: Stack): Body {
  switch (resource.kind) {
    case 'key':
      return {
        arguments: resource.origin === 'EXTERNAL' ? externalKeyRows(resource) : keyRows(resource),
        blocks: [preventDestroy(resource)],
      };
    case 'replicaKey':
      return { arguments: replicaKeyRows(resource), blocks: [preventDestroy(resource)] };
    case 'alias':
      return {
        arguments: [
          ['name', resource.aliasName],
          ['target_key_id', resource.target],
        ],
      };
    case 'role':
      return {
        arguments: [
          ['name', resource.physicalName],
          ['name_prefix', resource.physicalName === undefined ? rolePrefix(stack, resource.name) : undefined],
          ['description', resource.description],
          ['assume_role_policy', policy(resource.assumeRolePolicy)],
          ['tags', lines(resource.tags)],
        ],
        // Of a role that exists already, another path or an unknown prefix would make a new one.
        blocks: [ignoreChanges(resource.physicalName === undefined ? ['name_prefix', 'path'] : ['path'])],
      };
    case 'user':
      return {
        arguments: [
          ['name', resource.physicalName ?? requiredName(stack, resource.name)],
          ['tags', lines(resource.tags)],
        ],
        blocks: [ignoreChanges(['path'])],
      };
    case 'group':
      return {
        arguments: [['name', resource.physicalName ?? requiredName(stack, resource.name)]],
        blocks: [ignoreChanges(['path'])],
      };
    case 'identityPolicy':
      return {
        arguments: [
          ['name', resource.policyName],
          [resource.attachTo.kind, resource.attachTo.name],
          ['policy', policy(resource.document)],
        ],
      };
    case 'kmsGrant':
      return { arguments: grantRows(resource), blocks: constraints(resource) };
    case 'sharedParameter':
      return {
        arguments: [
          ['name', resource.parameterName],
          ['type', 'String'],
          ['value', resource.value],
        ],
      };
  }
}

function keyRows(key: Key): Rows {
  const canRotate = key.origin === 'AWS_KMS' && key.spec === 'SYMMETRIC_DEFAULT';
  return [
    ['description', key.description],
    ['customer_master_key_spec', unless('SYMMETRIC_DEFAULT', key.spec)],
    ['key_usage', unless('ENCRYPT_DECRYPT', key.usage)],
    ['custom_key_store_id', key.customKeyStoreId],
    ['xks_key_id', key.xksKeyId],
    ['is_enabled', unless(true, key.enabled)],
    // Written where it can be either, so that a reviewer sees it; other keys cannot rotate.
    ['enable_key_rotation', canRotate || key.rotation.enabled ? key.rotation.enabled : undefined],
    // Written even if the YAML has none: the provider would keep an earlier period.
    ['rotation_period_in_days', rotationDays(key.rotation)],
    ['bypass_policy_lockout_safety_check', key.bypassPolicyLockoutSafetyCheck],
    ['deletion_window_in_days', key.pendingWindowDays],
    // Written even if it is false: the provider takes a missing one for what the key has, and a change would go unseen.
    ['multi_region', key.multiRegion],
    ['policy', policy(key.policy)],
    ['tags', lines(key.tags)],
  ];
}

function externalKeyRows(key: Key): Rows {
  return [
    ['description', key.description],
    ['key_spec', unless('SYMMETRIC_DEFAULT', key.spec)],
    ['key_usage', unless('ENCRYPT_DECRYPT', key.usage)],
    ['enabled', unless(true, key.enabled)],
    ['bypass_policy_lockout_safety_check', key.bypassPolicyLockoutSafetyCheck],
    ['deletion_window_in_days', key.pendingWindowDays],
    ['multi_region', key.multiRegion],
    ['policy', policy(key.policy)],
    ['tags', lines(key.tags)],
  ];
}

function replicaKeyRows(key: ReplicaKey): Rows {
  return [
    ['primary_key_arn', { kind: 'reference', resource: key.primary, attribute: 'arn' }],
    ['description', key.description],
    ['enabled', unless(true, key.enabled)],
    ['bypass_policy_lockout_safety_check', key.bypassPolicyLockoutSafetyCheck],
    ['deletion_window_in_days', key.pendingWindowDays],
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

function constraints({ encryptionContext }: KmsGrant): readonly Block[] {
  if (encryptionContext === undefined) return [];
  const { match, pairs } = encryptionContext;
  return [{ name: 'constraints', arguments: [[`encryption_context_${match}`, lines(pairs)]] }];
}

function preventDestroy({ removal }: Key | ReplicaKey): Block {
  return { name: 'lifecycle', arguments: [['prevent_destroy', removal === 'retain']] };
}

function ignoreChanges(names: readonly string[]): Block {
  return { name: 'lifecycle', arguments: [['ignore_changes', names.map(code)]] };
}

/** IAM makes the name of a role unique itself if the prefix leaves it room: 38 characters at most. */
function rolePrefix(stack: Stack, name: string): string {
  return `${boundedName(`${stack.app}-${stack.name}-${name}`, 37)}-`;
}

/** The provider wants a name for users and groups: the one that core gives a principal whose name has to be known. */
function requiredName(stack: Stack, name: string): string {
  return boundedName(`${stack.app}-${stack.name}-${name}`, 64);
}

import type { LackedProperties } from '@keywright/core/emit/emitter';
import { lines, object, policy, type Rows, type RowValue, unless } from '@keywright/core/emit/rows';
import { differenceOf } from '@keywright/core/ir/differing-values';
import { givenName } from '@keywright/core/ir/given-name';
import type { Key, KmsGrant, ReplicaKey, Resource, Tag } from '@keywright/core/ir/program';

/** Properties that `AWS::KMS::ReplicaKey` lacks. */
export const lacks: LackedProperties = { replica: ['bypassPolicyLockoutSafetyCheck'] };

/** A resource's properties and their defaults. Source: CloudFormation template reference, the page of each type. */
export function propertiesOf(resource: Exclude<Resource, KmsGrant>): Rows {
  switch (resource.kind) {
    case 'key':
      return keyRows(resource);
    case 'replicaKey':
      return replicaKeyRows(resource);
    case 'alias':
      return [
        ['AliasName', givenName(resource)],
        ['TargetKeyId', resource.target],
      ];
    case 'role':
      return [
        ['RoleName', givenName(resource)],
        ['Description', resource.description],
        ['AssumeRolePolicyDocument', policy(resource.assumeRolePolicy)],
        ['Tags', tags(resource.tags)],
      ];
    case 'user':
      return [
        ['UserName', givenName(resource)],
        ['Tags', tags(resource.tags)],
      ];
    case 'group':
      return [['GroupName', givenName(resource)]];
    case 'identityPolicy':
      return [
        ['PolicyName', resource.policyName],
        [holderProperty[resource.attachTo.kind], [resource.attachTo.name]],
        ['PolicyDocument', policy(resource.document)],
      ];
    case 'sharedParameter':
      return [
        ['Name', givenName(resource)],
        ['Type', 'String'],
        ['Value', resource.value],
        // The tags of an SSM parameter are a mapping; all other resources have a list.
        ['Tags', lines(resource.tags)],
      ];
  }
}

function keyRows(key: Key): Rows {
  const isSymmetric = key.spec === 'SYMMETRIC_DEFAULT';
  // CloudFormation refuses EnableKeyRotation for keys that KMS cannot rotate.
  const canRotate = isSymmetric && key.origin === 'AWS_KMS';
  return [
    ['Description', key.description],
    ['KeySpec', unless('SYMMETRIC_DEFAULT', key.spec)],
    // CloudFormation requires the usage, except for symmetric encryption keys.
    ['KeyUsage', isSymmetric ? unless('ENCRYPT_DECRYPT', key.usage) : key.usage],
    ['Origin', unless('AWS_KMS', key.origin)],
    ['Enabled', unless(true, key.enabled)],
    ['EnableKeyRotation', canRotate ? key.rotation.enabled : undefined],
    [
      'RotationPeriodInDays',
      canRotate && key.rotation.enabled ? key.rotation.periodDays : undefined,
      differenceOf(key, 'rotationPeriodDays'),
    ],
    ['PendingWindowInDays', key.pendingWindowDays, differenceOf(key, 'pendingWindowDays')],
    ['MultiRegion', unless(false, key.multiRegion)],
    ['BypassPolicyLockoutSafetyCheck', key.bypassPolicyLockoutSafetyCheck],
    ['KeyPolicy', policy(key.policy)],
    ['Tags', tags(key.tags)],
  ];
}

function replicaKeyRows(replica: ReplicaKey): Rows {
  return [
    ['Description', replica.description],
    ['PrimaryKeyArn', { kind: 'reference', resource: replica.primary, attribute: 'arn' }],
    ['Enabled', unless(true, replica.enabled)],
    ['PendingWindowInDays', replica.pendingWindowDays, differenceOf(replica, 'pendingWindowDays')],
    ['KeyPolicy', policy(replica.policy)],
    ['Tags', tags(replica.tags)],
  ];
}

const holderProperty = { role: 'Roles', user: 'Users', group: 'Groups' } as const;

function tags(all: readonly Tag[]): readonly RowValue[] | undefined {
  if (all.length === 0) return undefined;
  return all.map(({ name, value }) =>
    object([
      ['Key', name],
      ['Value', value],
    ]),
  );
}

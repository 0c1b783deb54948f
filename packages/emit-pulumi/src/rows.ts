import { code, lines, object, policy, type Row, type Rows, unless } from '@keywright/core/emit/rows';
import { boundedName } from '@keywright/core/ir/bounded-name';
import type { Key, KmsGrant, ReplicaKey, Resource, Stack } from '@keywright/core/ir/program';
import { rotationDays } from '@keywright/core/keys/rotation';
import { namesOf } from './names.ts';

/** The properties of a resource and their defaults. Source: the API docs of `@pulumi/aws`, the page of each class. */
export function propertiesOf(resource: Resource, stack: Stack): Rows {
  switch (resource.kind) {
    case 'key':
      return resource.origin === 'EXTERNAL' ? externalKeyRows(resource) : keyRows(resource);
    case 'replicaKey':
      return replicaKeyRows(resource);
    case 'alias':
      return [
        ['name', resource.aliasName],
        ['targetKeyId', resource.target],
      ];
    case 'role':
      return [
        nameRow(resource, stack),
        ['description', resource.description],
        ['assumeRolePolicy', policy(resource.assumeRolePolicy)],
        ['tags', lines(resource.tags)],
      ];
    case 'user':
      return [nameRow(resource, stack), ['tags', lines(resource.tags)]];
    case 'group':
      return [nameRow(resource, stack)];
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
        ['name', resource.parameterName],
        ['type', code('aws.ssm.ParameterType.String')],
        ['value', resource.value],
      ];
  }
}

/** Resource options that follow from the resource alone. */
export function optionsOf(resource: Resource): Rows {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey': {
      const isRetained = unless(false, resource.removal === 'retain');
      return [
        ['protect', isRetained],
        ['retainOnDelete', isRetained],
      ];
    }
    case 'role':
    case 'user':
    case 'group':
      // Of a role that exists already, another path would make a new one.
      return [['ignoreChanges', ['path']]];
    case 'alias':
    case 'identityPolicy':
    case 'kmsGrant':
    case 'sharedParameter':
      return [];
  }
}

function keyRows(key: Key): Rows {
  const canRotate = key.origin === 'AWS_KMS' && key.spec === 'SYMMETRIC_DEFAULT';
  return [
    ['description', key.description],
    ['customerMasterKeySpec', unless('SYMMETRIC_DEFAULT', key.spec)],
    ['keyUsage', unless('ENCRYPT_DECRYPT', key.usage)],
    ['customKeyStoreId', key.customKeyStoreId],
    ['xksKeyId', key.xksKeyId],
    ['isEnabled', unless(true, key.enabled)],
    // Written where it can be either, so that a reviewer sees it; other keys cannot rotate.
    ['enableKeyRotation', canRotate || key.rotation.enabled ? key.rotation.enabled : undefined],
    // Written even if the YAML has none: the provider would keep an earlier period.
    ['rotationPeriodInDays', rotationDays(key.rotation)],
    ['deletionWindowInDays', key.pendingWindowDays],
    ['multiRegion', unless(false, key.multiRegion)],
    ...policyAndTags(key),
  ];
}

function externalKeyRows(key: Key): Rows {
  return [
    ['description', key.description],
    ['keySpec', unless('SYMMETRIC_DEFAULT', key.spec)],
    ['keyUsage', unless('ENCRYPT_DECRYPT', key.usage)],
    ['enabled', unless(true, key.enabled)],
    ['deletionWindowInDays', key.pendingWindowDays],
    ['multiRegion', unless(false, key.multiRegion)],
    ...policyAndTags(key),
  ];
}

function replicaKeyRows(key: ReplicaKey): Rows {
  return [
    ['primaryKeyArn', { kind: 'reference', resource: key.primary, attribute: 'arn' }],
    ['description', key.description],
    ['enabled', unless(true, key.enabled)],
    ['deletionWindowInDays', key.pendingWindowDays],
    ...policyAndTags(key),
  ];
}

function policyAndTags(key: Key | ReplicaKey): Rows {
  return [
    ['bypassPolicyLockoutSafetyCheck', key.bypassPolicyLockoutSafetyCheck],
    ['policy', policy(key.policy)],
    ['tags', lines(key.tags)],
  ];
}

function grantRows(grant: KmsGrant): Rows {
  const { encryptionContext } = grant;
  const constraint = encryptionContext?.match === 'equals' ? 'encryptionContextEquals' : 'encryptionContextSubset';
  return [
    ['name', grant.named ? grant.name : undefined],
    ['keyId', grant.key],
    ['granteePrincipal', grant.grantee],
    ['retiringPrincipal', grant.retiringPrincipal],
    ['operations', grant.operations],
    ['constraints', encryptionContext && [object([[constraint, lines(encryptionContext.pairs)]])]],
    ['retireOnDelete', unless(false, grant.retireOnDelete)],
  ];
}

/** Pulumi names what has no name after itself, with a hyphen and seven characters: IAM allows 64 of these. */
const autoNamed = /^[\w+=,.@-]{1,56}$/;

function nameRow(principal: Extract<Resource, { kind: 'role' | 'user' | 'group' }>, stack: Stack): Row {
  const { name, physicalName } = principal;
  if (physicalName === undefined && autoNamed.test(namesOf(stack).of(principal).name)) return ['name', undefined];
  // The name that core gives a principal whose name has to be known.
  return ['name', physicalName ?? boundedName(`${stack.app}-${stack.name}-${name}`, 64)];
}

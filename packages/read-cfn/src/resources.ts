/** Builds the IR's resources from the properties of a template's resources. `Properties` collects the problems. */
import type { Group, Key, ReplicaKey, Role, User } from '@keywright/core/ir/program';
import { keySpecs, keyUsages, usagesOfSpec } from '@keywright/core/kms/key-specs';
import { kmsDefaultPolicy } from '@keywright/core/policy/default-policies';
import type { Place } from '@keywright/core/resolve/place';
import type { Entry } from './entries.ts';
import type { Properties } from './properties.ts';
import { readTags } from './tags.ts';

export interface Base {
  readonly id: string;
  readonly name: string;
  readonly names: { readonly cfn: string };
  readonly dependsOn: readonly string[];
  readonly source: Key['source'];
}

export function baseOf({ logicalId, span }: Entry, id: string, name: string): Base {
  return {
    id,
    name,
    names: { cfn: logicalId },
    dependsOn: [], // resolved later for all resources of a stack
    source: { span },
  };
}

const anyKey = ['Description', 'Enabled', 'KeyPolicy', 'PendingWindowInDays', 'Tags'];

export const propertyNames = {
  key: [
    ...anyKey,
    'BypassPolicyLockoutSafetyCheck',
    'EnableKeyRotation',
    'KeySpec',
    'KeyUsage',
    'MultiRegion',
    'Origin',
    'RotationPeriodInDays',
  ],
  replicaKey: [...anyKey, 'PrimaryKeyArn'],
  alias: ['AliasName', 'TargetKeyId'],
  role: ['AssumeRolePolicyDocument', 'Description', 'Path', 'Policies', 'RoleName', 'Tags'],
  user: ['Path', 'Policies', 'Tags', 'UserName'],
  group: ['GroupName', 'Path', 'Policies'],
  sharedParameter: ['Name', 'Tags', 'Type', 'Value'],
} as const;

/** Reads a key. Source of the properties and defaults: CloudFormation template reference, AWS::KMS::Key. */
export function readKey(base: Base, removal: Key['removal'], properties: Properties, place: Place): Key {
  const spec = properties.oneOf('KeySpec', keySpecs) ?? 'SYMMETRIC_DEFAULT';
  const usage = properties.oneOf('KeyUsage', keyUsages) ?? 'ENCRYPT_DECRYPT';
  const usages = usagesOfSpec[spec];
  if (!usages.includes(usage)) properties.refuse('KeyUsage', `${usages.join(' or ')} with ${spec}`);
  const periodDays = properties.wholeNumber('RotationPeriodInDays', 90, 2560);
  const rotates = properties.flag('EnableKeyRotation') ?? false;
  return {
    kind: 'key',
    ...base,
    ...commonOf(properties, removal, place),
    spec,
    usage,
    origin: properties.oneOf('Origin', ['AWS_KMS', 'EXTERNAL']) ?? 'AWS_KMS',
    ...(properties.flag('BypassPolicyLockoutSafetyCheck') === true && {
      bypassPolicyLockoutSafetyCheck: true as const,
    }),
    // KMS ignores the period of a key that does not rotate.
    rotation: { enabled: rotates, ...(rotates && periodDays !== undefined && { periodDays }) },
    multiRegion: properties.flag('MultiRegion') ?? false,
  };
}

/** Reads a replica, without the properties that it shares with its primary. */
export function readReplicaKey(
  base: Base,
  removal: Key['removal'],
  properties: Properties,
): Omit<ReplicaKey, 'spec' | 'usage' | 'origin' | 'region' | 'environmentName' | 'primary'> {
  return { kind: 'replicaKey', ...base, ...commonOf(properties, removal, undefined) };
}

function commonOf(properties: Properties, removal: Key['removal'], place: Place | undefined) {
  const description = properties.text('Description');
  const pendingWindowDays = properties.wholeNumber('PendingWindowInDays', 7, 30);
  const hasDefault = place !== undefined && properties.seen('KeyPolicy') === undefined;
  return {
    ...(description !== undefined && { description }),
    enabled: properties.flag('Enabled') ?? true,
    ...(pendingWindowDays !== undefined && { pendingWindowDays }),
    removal,
    policy: hasDefault
      ? kmsDefaultPolicy(place, properties.span)
      : (properties.policy('key', 'KeyPolicy') ?? { statements: [] }),
    tags: readTags(properties),
  };
}

export function readRole(base: Base, properties: Properties): Role {
  const description = properties.text('Description');
  return {
    kind: 'role',
    ...base,
    ...physicalName(properties, 'RoleName'),
    ...(description !== undefined && { description }),
    assumeRolePolicy: properties.policy('trust', 'AssumeRolePolicyDocument') ?? { statements: [] },
    tags: readTags(properties),
  };
}

export function readUser(base: Base, properties: Properties): User {
  return { kind: 'user', ...base, ...physicalName(properties, 'UserName'), tags: readTags(properties) };
}

export function readGroup(base: Base, properties: Properties): Group {
  return { kind: 'group', ...base, ...physicalName(properties, 'GroupName') };
}

/** Returns the name of a principal. Reports a path, because the IR has none. */
function physicalName(properties: Properties, name: string): { readonly physicalName?: string } {
  const path = properties.plainText('Path');
  if (path !== undefined && path !== '/') properties.refuse('Path', '`/`, because Keywright writes no other path');
  const text = properties.plainText(name);
  return text === undefined ? {} : { physicalName: text };
}

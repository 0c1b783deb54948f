import type { Provenance } from '@keywright/core/ir/policy';
import type {
  Alias,
  Group,
  IdentityPolicy,
  Key,
  ReplicaKey,
  Resource,
  Role,
  SharedParameter,
  Tag,
  User,
} from '@keywright/core/ir/program';
import { logicalIdOf } from '../names.ts';
import { lower, lowerPolicy, type Scope } from './lower.ts';
import { isList, type MapValue, map, type Value } from './value.ts';

/** A resource as its template has it. */
export interface TemplateResource {
  readonly logicalId: string;
  /** `AWS::KMS::Key`. */
  readonly type: string;
  /** What becomes of it when it leaves the template. Absent where nothing is decided. */
  readonly removal?: Removal;
  /** Logical ids of what has to exist before it, apart from what its properties refer to. */
  readonly dependsOn: readonly string[];
  readonly properties: MapValue;
  readonly source: Provenance;
}

interface Removal {
  readonly deletionPolicy: 'RetainExceptOnCreate' | 'Delete';
  readonly updateReplacePolicy: 'Retain' | 'Delete';
}

/**
 * A retained key still goes when the deployment that creates it fails: nothing is encrypted with it yet, and every failed attempt
 * would leave one more key behind, at its price. Source: CloudFormation user guide, "DeletionPolicy
 * attribute"; aws-cdk-lib, `RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE`.
 */
const removals: Readonly<Record<'retain' | 'destroy', Removal>> = {
  retain: { deletionPolicy: 'RetainExceptOnCreate', updateReplacePolicy: 'Retain' },
  destroy: { deletionPolicy: 'Delete', updateReplacePolicy: 'Delete' },
};

export function templateResource(resource: Resource, scope: Scope): TemplateResource {
  const { type, properties, removal } = bodyOf(resource, scope);
  return {
    logicalId: logicalIdOf(resource),
    type,
    ...(removal !== undefined && { removal: removals[removal] }),
    dependsOn: dependsOn(resource, properties, scope),
    properties,
    source: resource.source,
  };
}

function dependsOn(resource: Resource, properties: MapValue, scope: Scope): readonly string[] {
  if (resource.dependsOn.length === 0) return [];
  const mentioned = new Set(mentionedIn(properties));
  return (
    resource.dependsOn
      // What is in another template is deployed with that one.
      .filter((id) => scope.local.has(id))
      .map((id) => logicalIdOf(scope.stack.get(id)))
      .filter((logicalId) => !mentioned.has(logicalId))
  );
}

interface Body {
  readonly type: string;
  readonly properties: MapValue;
  readonly removal?: 'retain' | 'destroy';
}

/** Property names and defaults: CloudFormation template reference, the page of each type. */
function bodyOf(resource: Resource, scope: Scope): Body {
  switch (resource.kind) {
    case 'key':
      return { type: 'AWS::KMS::Key', properties: keyProperties(resource, scope), removal: resource.removal };
    case 'replicaKey':
      return {
        type: 'AWS::KMS::ReplicaKey',
        properties: replicaProperties(resource, scope),
        removal: resource.removal,
      };
    case 'alias':
      return { type: 'AWS::KMS::Alias', properties: aliasProperties(resource, scope) };
    case 'role':
      return { type: 'AWS::IAM::Role', properties: roleProperties(resource, scope) };
    case 'user':
      return { type: 'AWS::IAM::User', properties: userProperties(resource, scope) };
    case 'group':
      return { type: 'AWS::IAM::Group', properties: groupProperties(resource) };
    case 'identityPolicy':
      return { type: 'AWS::IAM::Policy', properties: identityPolicyProperties(resource, scope) };
    case 'sharedParameter':
      return { type: 'AWS::SSM::Parameter', properties: parameterProperties(resource, scope) };
    case 'kmsGrant':
      throw new Error(`${resource.id} cannot be in a template`);
  }
}

function keyProperties(key: Key, scope: Scope): MapValue {
  const isSymmetric = key.spec === 'SYMMETRIC_DEFAULT';
  // CloudFormation wants EnableKeyRotation left out where KMS cannot rotate.
  const canRotate = isSymmetric && key.origin === 'AWS_KMS';
  return map([
    ['Description', key.description && lower(key.description, scope)],
    ['KeySpec', isSymmetric ? undefined : key.spec],
    // CloudFormation has a default, but requires the usage of keys that are not symmetric encryption keys.
    ['KeyUsage', isSymmetric && key.usage === 'ENCRYPT_DECRYPT' ? undefined : key.usage],
    ['Origin', key.origin === 'AWS_KMS' ? undefined : key.origin],
    ['Enabled', key.enabled ? undefined : false],
    ['EnableKeyRotation', canRotate ? key.rotation.enabled : undefined],
    ['RotationPeriodInDays', canRotate && key.rotation.enabled ? key.rotation.periodDays : undefined],
    ['PendingWindowInDays', key.pendingWindowDays],
    ['MultiRegion', key.multiRegion ? true : undefined],
    ['BypassPolicyLockoutSafetyCheck', key.bypassPolicyLockoutSafetyCheck],
    ['KeyPolicy', lowerPolicy(key.policy, scope)],
    ['Tags', tags(key.tags, scope)],
  ]);
}

function replicaProperties(replica: ReplicaKey, scope: Scope): MapValue {
  return map([
    ['Description', replica.description && lower(replica.description, scope)],
    ['PrimaryKeyArn', lower({ kind: 'reference', resource: replica.primary, attribute: 'arn' }, scope)],
    ['Enabled', replica.enabled ? undefined : false],
    ['PendingWindowInDays', replica.pendingWindowDays],
    ['KeyPolicy', lowerPolicy(replica.policy, scope)],
    ['Tags', tags(replica.tags, scope)],
  ]);
}

function aliasProperties(alias: Alias, scope: Scope): MapValue {
  return map([
    ['AliasName', alias.aliasName],
    ['TargetKeyId', lower(alias.target, scope)],
  ]);
}

function roleProperties(role: Role, scope: Scope): MapValue {
  return map([
    ['RoleName', role.physicalName],
    ['Description', role.description && lower(role.description, scope)],
    ['AssumeRolePolicyDocument', lowerPolicy(role.assumeRolePolicy, scope)],
    ['Tags', tags(role.tags, scope)],
  ]);
}

function userProperties(user: User, scope: Scope): MapValue {
  return map([
    ['UserName', user.physicalName],
    ['Tags', tags(user.tags, scope)],
  ]);
}

function groupProperties(group: Group): MapValue {
  return map([['GroupName', group.physicalName]]);
}

const holderProperty = { role: 'Roles', user: 'Users', group: 'Groups' } as const;

function identityPolicyProperties(attached: IdentityPolicy, scope: Scope): MapValue {
  return map([
    ['PolicyName', lower(attached.policyName, scope)],
    [holderProperty[attached.attachTo.kind], [lower(attached.attachTo.name, scope)]],
    ['PolicyDocument', lowerPolicy(attached.document, scope)],
  ]);
}

function parameterProperties(parameter: SharedParameter, scope: Scope): MapValue {
  return map([
    ['Name', parameter.parameterName],
    ['Type', 'String'],
    ['Value', lower(parameter.value, scope)],
  ]);
}

function tags(all: readonly Tag[], scope: Scope): Value | undefined {
  if (all.length === 0) return undefined;
  return all.map(({ name, value }) =>
    map([
      ['Key', name],
      ['Value', lower(value, scope)],
    ]),
  );
}

/** The names that intrinsics in a value refer to; such a resource is created before without being told. */
function mentionedIn(value: Value): readonly string[] {
  if (typeof value !== 'object') return [];
  if (isList(value)) return value.flatMap(mentionedIn);
  switch (value.kind) {
    case 'map':
      return value.entries.flatMap(([, entry]) => mentionedIn(entry));
    case 'sub':
    case 'join':
      return value.parts.flatMap(mentionedIn);
    case 'ref':
      return [value.name];
    case 'getAtt':
      return [value.logicalId];
    case 'importValue':
      return [];
  }
}

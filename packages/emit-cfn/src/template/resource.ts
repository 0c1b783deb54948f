import { sourceText } from '@keywright/core/emit/comment';
import { explicitDependencies, resourceIn } from '@keywright/core/emit/references';
import type { KmsGrant, Resource, Stack } from '@keywright/core/ir/program';
import { logicalIdOf } from '../names.ts';
import { propertiesOf } from '../rows.ts';
import type { Scope } from './lower.ts';
import type { MapValue } from './value.ts';

export interface TemplateResource {
  readonly logicalId: string;
  /** For example `AWS::KMS::Key`. */
  readonly type: string;
  /** What happens to the resource when it leaves the template; absent if the default applies. */
  readonly removal?: Removal;
  /** Logical ids of prerequisites that no property refers to. */
  readonly dependsOn: readonly string[];
  readonly properties: MapValue;
  /** The resource's position in the YAML. */
  readonly source: string;
}

interface Removal {
  /** `Retain` only during an import. */
  readonly deletionPolicy: 'RetainExceptOnCreate' | 'Retain' | 'Delete';
  readonly updateReplacePolicy: 'Retain' | 'Delete';
}

/**
 * A retained key is still deleted if the deployment that creates it fails. Nothing is encrypted with the key yet, and otherwise every
 * failed attempt would leave a key behind, which costs money. Sources: CloudFormation user guide, "DeletionPolicy attribute"; aws-cdk-lib,
 * `RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE`.
 */
const removals: Readonly<Record<'retain' | 'destroy', Removal>> = {
  retain: { deletionPolicy: 'RetainExceptOnCreate', updateReplacePolicy: 'Retain' },
  destroy: { deletionPolicy: 'Delete', updateReplacePolicy: 'Delete' },
};

const types: Readonly<Record<Exclude<Resource['kind'], 'kmsGrant'>, string>> = {
  key: 'AWS::KMS::Key',
  replicaKey: 'AWS::KMS::ReplicaKey',
  alias: 'AWS::KMS::Alias',
  role: 'AWS::IAM::Role',
  user: 'AWS::IAM::User',
  group: 'AWS::IAM::Group',
  identityPolicy: 'AWS::IAM::Policy',
  sharedParameter: 'AWS::SSM::Parameter',
};

/** Returns the resource of a deployment that corresponds to a resource of the first deployment. */
function sameIn(stack: Stack, { id }: Resource): Exclude<Resource, KmsGrant> {
  const resource = resourceIn(stack, id);
  if (resource.kind === 'kmsGrant') throw new Error(`${id} cannot be in a template`);
  return resource;
}

export function templateResource(resource: Resource, scope: Scope): TemplateResource {
  if (resource.kind === 'kmsGrant') throw new Error(`${resource.id} cannot be in a template`);
  return {
    logicalId: logicalIdOf(resource),
    type: types[resource.kind],
    ...('removal' in resource && { removal: removals[resource.removal] }),
    dependsOn: explicitDependencies(resource)
      // Prerequisites in another template are deployed with their own template.
      .filter((id) => scope.local.has(id))
      .map((id) => logicalIdOf(resourceIn(scope.stack, id))),
    properties: scope.properties([logicalIdOf(resource)], (stack) => propertiesOf(sameIn(stack, resource))),
    source: sourceText(resource, scope.stack),
  };
}

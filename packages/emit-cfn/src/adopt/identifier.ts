import type { Resource } from '@keywright/core/ir/program';

/** The properties that identify a resource for an import. */
export interface Identifier {
  readonly property: string;
  readonly value: string;
}

/**
 * The identifier of an existing resource; `undefined` if it has none. `AWS::IAM::Policy` cannot be imported
 * (aws-cdk#26420). Source: CloudFormation User Guide, "Resource type support", and the `primaryIdentifier` of each
 * type's schema.
 */
export function identifierOf(resource: Resource, ids: ReadonlyMap<string, string>): Identifier | undefined {
  const named = (property: string, value: string | undefined) =>
    value === undefined ? undefined : { property, value };
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return named('KeyId', ids.get(resource.id));
    case 'alias':
      return named('AliasName', resource.aliasName);
    case 'role':
      return named('RoleName', resource.physicalName);
    case 'user':
      return named('UserName', resource.physicalName);
    case 'group':
      return named('GroupName', resource.physicalName);
    case 'identityPolicy':
    case 'kmsGrant':
    case 'sharedParameter':
      return undefined;
  }
}

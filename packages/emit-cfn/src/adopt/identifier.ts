import type { Resource } from '@keywright/core/ir/program';

export interface Identifier {
  readonly property: string;
  readonly value: string;
}

/**
 * Returns the property that identifies an existing resource for an import, and its value; `undefined` if there is none:
 * `AWS::IAM::Policy` cannot be imported (aws-cdk#26420). Sources: CloudFormation User Guide, "Resource type support", and the
 * `primaryIdentifier` in the schema of each type.
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

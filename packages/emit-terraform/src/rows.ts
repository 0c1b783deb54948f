import { awsArguments } from '@keywright/core/emit/aws-provider';
import { code, lines, type Rows } from '@keywright/core/emit/rows';
import { boundedName } from '@keywright/core/ir/bounded-name';
import type { Resource, Stack } from '@keywright/core/ir/program';

export interface Block {
  readonly name: string;
  readonly arguments: Rows;
}

/** The arguments of a resource's block. */
export function argumentsOf(resource: Resource, stack: Stack): Rows {
  return [...nameRows(resource, stack), ...awsArguments(resource)];
}

function nameRows(resource: Resource, stack: Stack): Rows {
  switch (resource.kind) {
    case 'role':
      return [
        ['name', resource.physicalName],
        ['name_prefix', resource.physicalName === undefined ? rolePrefix(stack, resource.name) : undefined],
      ];
    case 'user':
    case 'group':
      return [['name', resource.physicalName ?? requiredName(stack, resource.name)]];
    default:
      return [];
  }
}

/** The nested blocks of a resource, after its arguments. */
export function blocksOf(resource: Resource): readonly Block[] {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return [{ name: 'lifecycle', arguments: [['prevent_destroy', resource.removal === 'retain']] }];
    case 'role':
      // For an existing role, another path or an unknown prefix would create a new one.
      return [ignoreChanges(resource.physicalName === undefined ? ['name_prefix', 'path'] : ['path'])];
    case 'user':
    case 'group':
      return [ignoreChanges(['path'])];
    case 'kmsGrant': {
      if (resource.encryptionContext === undefined) return [];
      const { match, pairs } = resource.encryptionContext;
      return [{ name: 'constraints', arguments: [[`encryption_context_${match}`, lines(pairs)]] }];
    }
    case 'alias':
    case 'identityPolicy':
    case 'sharedParameter':
      return [];
  }
}

function ignoreChanges(names: readonly string[]): Block {
  return { name: 'lifecycle', arguments: [['ignore_changes', names.map(code)]] };
}

/** The provider completes a role's name prefix to a unique name if it leaves room: 38 characters at most. */
function rolePrefix(stack: Stack, name: string): string {
  return `${boundedName(`${stack.app}-${stack.name}-${name}`, 37)}-`;
}

/** The provider requires a name for users and groups: the one that core gives a principal whose name has to be known. */
function requiredName(stack: Stack, name: string): string {
  return boundedName(`${stack.app}-${stack.name}-${name}`, 64);
}

import { awsArguments } from '@keywright/core/emit/aws-provider';
import { code, lines, type Rows } from '@keywright/core/emit/rows';
import { boundedName } from '@keywright/core/ir/bounded-name';
import { generatedName, givenName } from '@keywright/core/ir/given-name';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { stackNameText } from '@keywright/core/ir/stack-name';

export interface Block {
  readonly name: string;
  readonly arguments: Rows;
}

export function argumentsOf(resource: Resource, stack: Stack): Rows {
  return [...nameRows(resource, stack), ...awsArguments(resource)];
}

function nameRows(resource: Resource, stack: Stack): Rows {
  switch (resource.kind) {
    case 'role':
      return [
        ['name', givenName(resource)],
        ['name_prefix', resource.physicalName === undefined ? rolePrefix(stack, resource.name) : undefined],
      ];
    case 'user':
    case 'group':
      // The provider requires a name.
      return [['name', givenName(resource) ?? generatedName(stack.app, stackNameText(stack), resource.name)]];
    default:
      return [];
  }
}

export function blocksOf(resource: Resource): readonly Block[] {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return [{ name: 'lifecycle', arguments: [['prevent_destroy', resource.removal === 'retain']] }];
    case 'role':
      // For a role that exists already, a changed path or an unknown prefix would cause a replacement.
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

/**
 * Returns the prefix of a role's name, which the provider completes to a unique name. So the prefix may have 38 characters at most. It
 * contains the name of the definition, not that of the environment, since a later environment may have a longer name than the present ones.
 */
function rolePrefix({ app, name: stackName, definition = stackName }: Stack, name: string): string {
  return `${boundedName(`${app}-${definition}-${name}`, 37)}-`;
}

import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { deployIr } from '../../../../packages/cli/src/testing/deploy-ir.ts';
import { world } from '../../../../packages/cli/src/testing/world.ts';

/** A state of a stack: everything that is known about each resource, by its id in the IR, and the outputs. */
export interface Picture {
  readonly resources: ReadonlyMap<string, unknown>;
  readonly outputs: readonly unknown[];
}

/**
 * Returns the state according to the IR. Includes what `deployIr` leaves out: key stores, explicit names, and the account of everything
 * with an ARN.
 */
export function expectedOf(stack: Stack, program: Program): Picture {
  const { resources, outputs } = deployIr(stack, program);
  const pictures = new Map<string, unknown>();
  for (const resource of stack.resources) {
    const account = hasArn(resource) ? world.pseudo('account', stack) : undefined;
    pictures.set(resource.id, { ...resources.get(resource.id), ...alsoOf(resource), account });
  }
  return { resources: pictures, outputs };
}

function hasArn({ kind }: Resource): boolean {
  return kind !== 'kmsGrant' && kind !== 'identityPolicy';
}

function alsoOf(resource: Resource): object {
  switch (resource.kind) {
    case 'key':
      return { keyStore: resource.customKeyStoreId, externalId: resource.xksKeyId };
    case 'role':
    case 'user':
    case 'group':
      return { name: resource.physicalName };
    case 'kmsGrant':
      return { operations: [...resource.operations].sort() }; // a set in Terraform
    default:
      return {};
  }
}

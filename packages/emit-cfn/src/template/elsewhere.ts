import { resourceIn } from '@keywright/core/emit/references';
import { concat, type Expression, literal, type Reference } from '@keywright/core/ir/expression';
import { formatArn } from '@keywright/core/ir/format-arn';
import type { Stack } from '@keywright/core/ir/program';

/**
 * Rewrites a reference to a resource in a replica region, because that region is deployed later. The id of a replica is that of its
 * primary, and the ARN of an alias follows from the alias's name.
 */
export function throughPrimary(reference: Reference, stack: Stack): Expression {
  const resource = resourceIn(stack, reference.resource);
  if (resource.kind === 'replicaKey') {
    const id: Expression = { kind: 'reference', resource: resource.primary, attribute: 'id' };
    return reference.attribute === 'arn' ? kmsArn(resource.region, concat(literal('key/'), id)) : id;
  }
  if (resource.kind === 'alias' && resource.region !== undefined) {
    const name = literal(resource.aliasName);
    return reference.attribute === 'arn' ? kmsArn(resource.region, name) : name;
  }
  throw new Error(`${resource.id} is in no replica region`);
}

/** Replicas share their primary's account and partition. */
function kmsArn(region: string, path: Expression): Expression {
  const partition: Expression = { kind: 'pseudo', name: 'partition' };
  const account: Expression = { kind: 'pseudo', name: 'account' };
  return formatArn({ partition, region: literal(region), account }, 'kms', path);
}

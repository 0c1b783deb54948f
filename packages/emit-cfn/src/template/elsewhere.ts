import { concat, type Expression, literal, type Reference } from '@keywright/core/ir/expression';
import type { Resource, Stack } from '@keywright/core/ir/program';

/** The resources of a stack by id. */
export interface ResourceMap {
  get(id: string): Resource;
}

export function resourceMap(stack: Stack): ResourceMap {
  const byId = new Map(stack.resources.map((resource) => [resource.id, resource]));
  return {
    get(id) {
      const found = byId.get(id);
      if (found === undefined) throw new Error(`stack ${stack.name} has no resource ${id}`);
      return found;
    },
  };
}

/**
 * The same value without a reference to what lives in a replica region, which is deployed later: a replica has the id of
 * its primary, and an alias's ARN follows from its name.
 */
export function throughPrimary(reference: Reference, resources: ResourceMap): Expression {
  const resource = resources.get(reference.resource);
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

/** Replicas are in their primary's account and partition. */
function kmsArn(region: string, path: Expression): Expression {
  const partition: Expression = { kind: 'pseudo', name: 'partition' };
  const account: Expression = { kind: 'pseudo', name: 'account' };
  return concat(literal('arn:'), partition, literal(`:kms:${region}:`), account, literal(':'), path);
}

import type { Pseudo, Reference } from '@keywright/core/ir/expression';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { dnsSuffixOf } from '@keywright/core/kms/partitions';

/** Everything that only a deployment decides: ids, names and ARNs. They are the same for every tool. */
export interface World {
  pseudo(name: Pseudo['name'], stack: Pick<Stack, 'environment'>): string;
  attribute(resource: Resource, attribute: Reference['attribute'], stack: Stack): string;
}

export const world: World = {
  pseudo: (name, { environment }) => {
    switch (name) {
      case 'account':
        return environment.account ?? '000000000000';
      case 'region':
        return environment.region ?? 'xx-test-1';
      case 'partition':
        return environment.partition ?? 'aws';
      case 'dnsSuffix':
        return dnsSuffixOf(world.pseudo('partition', { environment }));
    }
  },

  attribute(resource, attribute, stack) {
    const region = resource.region ?? world.pseudo('region', stack);
    const account = world.pseudo('account', stack);
    const partition = world.pseudo('partition', stack);
    const name = nameOf(resource, stack);
    if (attribute !== 'arn') return name;
    switch (resource.kind) {
      case 'key':
      case 'replicaKey':
        return `arn:${partition}:kms:${region}:${account}:key/${name}`;
      case 'alias':
        return `arn:${partition}:kms:${region}:${account}:${name}`;
      default:
        return `arn:${partition}:iam::${account}:${resource.kind}/${name}`;
    }
  },
};

/** Returns the value of the attributes `id` and `name`. A key has an id, and everything else has a name. */
function nameOf(resource: Resource, stack: Stack): string {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey': // it has the id of its primary
      return `id-of-${stack.name}-${resource.name}`;
    case 'alias':
      return resource.aliasName;
    case 'role':
    case 'user':
    case 'group':
      return resource.physicalName ?? `name-of-${stack.name}-${resource.name}`;
    default:
      throw new Error(`nothing refers to ${resource.id}`);
  }
}

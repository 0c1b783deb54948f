import { placeholdersAsWords } from '../ir/placeholder-words.ts';
import type { ReplicaKey, Resource, Stack } from '../ir/program.ts';
import { withoutAliasPrefix } from '../kms/alias-prefix.ts';
import { resourceIn } from './references.ts';

/** The words of a resource's name in generated code: `['orders']`, for a KMS grant `['orders', 'workers']`. */
export function ownNames(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
    case 'role':
    case 'user':
    case 'group':
    case 'identityPolicy':
      return [resource.name];
    case 'alias':
      return [placeholdersAsWords(withoutAliasPrefix(resource.writtenName ?? resource.aliasName))];
    case 'kmsGrant':
      return [resource.keyName, resource.name];
    case 'sharedParameter':
      return [resource.output ?? resource.parameterName.slice(resource.parameterName.lastIndexOf('/') + 1)];
  }
}

/**
 * The word that distinguishes a replica, its aliases and its KMS grants from the primary's resources in the same file. It is the name of
 * the replica's environment, or the region if the YAML lists the replica by region. `undefined` in the stack's own region.
 */
export function environmentNameOf(resource: Resource, stack: Stack): string | undefined {
  if (resource.region === undefined) return undefined;
  if (resource.kind === 'replicaKey') return placeNameOf(resource);
  const key = resource.kind === 'alias' ? resource.target : resource.kind === 'kmsGrant' ? resource.key : undefined;
  const replica = key?.kind === 'reference' ? resourceIn(stack, key.resource) : undefined;
  return replica?.kind === 'replicaKey' ? placeNameOf(replica) : resource.region;
}

/**
 * The subject of a resource's parameters: its name, or `orders@us-east-1` for a replica, so that a key and its replica share no parameter
 * whose value could differ between them.
 */
export function subjectOf(resource: Resource, stack: Stack): readonly string[] {
  const [name = '', ...others] = ownNames(resource);
  const place = environmentNameOf(resource, stack);
  return [place === undefined ? name : `${name}@${place}`, ...others];
}

function placeNameOf({ byRegion, region, environmentName }: ReplicaKey): string {
  return byRegion ? region : environmentName;
}

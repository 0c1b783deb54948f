import type { Placed } from '@keywright/analyze/build/placed';
import type { Resource } from '@keywright/core/ir/program';
import type { ResourceOrigin } from '@keywright/core/reading/reader';

export type ProjectResource<R extends Resource = Resource> = Placed<R>;

/** A resource of the source, with its names in its tool and in AWS. */
export interface ExistingResource<R extends Resource = Resource> extends Placed<R> {
  readonly origin: ResourceOrigin;
}

/** A resource of the project that already exists, with its counterpart in the source. */
export interface Pair {
  readonly wanted: ProjectResource;
  readonly existing: ExistingResource;
}

/** Returns the name of a resource for messages, such as "key `orders`". */
export function nameOf(resource: Resource): string {
  switch (resource.kind) {
    case 'key':
      return `key \`${resource.name}\``;
    case 'replicaKey':
      return `replica \`${resource.name}@${resource.environmentName}\``;
    case 'alias':
      return `\`${resource.aliasName}\``;
    case 'kmsGrant':
      return `KMS grant \`${resource.name}\` of \`${resource.keyName}\``;
    case 'role':
    case 'user':
    case 'group':
      return `${resource.kind} \`${resource.name}\``;
    case 'identityPolicy':
      return `identity policy of \`${resource.name}\``;
    case 'sharedParameter':
      return `parameter \`${resource.parameterName}\``;
  }
}

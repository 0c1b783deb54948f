import type { PolicyDocument } from './policy.ts';
import type { Resource } from './program.ts';

/** The policy documents in a resource: a key policy, a role's trust policy, an identity policy. */
export function policiesOf(resource: Resource): readonly PolicyDocument[] {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return [resource.policy];
    case 'role':
      return [resource.assumeRolePolicy];
    case 'identityPolicy':
      return [resource.document];
    case 'alias':
    case 'user':
    case 'group':
    case 'kmsGrant':
    case 'sharedParameter':
      return [];
  }
}

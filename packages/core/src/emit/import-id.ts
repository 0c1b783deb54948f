import type { Expression } from '../ir/expression.ts';
import type { Resource, Stack } from '../ir/program.ts';
import { resourceIn } from './references.ts';

/**
 * What an `import` block of Terraform and an import of Pulumi call a resource that exists; undefined for what is better made new. A key id and not an
 * ARN: a grant that is imported by the ARN of its key would be made again.
 * Source: documentation of the AWS provider, the section "Import" of each type.
 *
 * @param ids what KMS calls keys, replicas and grants, by the resource's id
 */
export function importId(resource: Resource, stack: Stack, ids: ReadonlyMap<string, string>): string | undefined {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return ids.get(resource.id);
    case 'alias':
      return resource.aliasName;
    case 'kmsGrant': {
      const [grant, key] = [ids.get(resource.id), keyId(resource.key, ids)];
      return grant === undefined || key === undefined ? undefined : `${key}:${grant}`;
    }
    case 'role':
    case 'user':
    case 'group':
      return resource.physicalName;
    case 'identityPolicy': {
      const [holder, name] = [nameOf(resource.attachTo.name, stack), nameOf(resource.policyName, stack)];
      return holder === undefined || name === undefined ? undefined : `${holder}:${name}`;
    }
    // An imported parameter's value would show a change for ever.
    case 'sharedParameter':
      return undefined;
  }
}

function keyId(key: Expression, ids: ReadonlyMap<string, string>): string | undefined {
  if (key.kind === 'reference') return ids.get(key.resource);
  return key.kind === 'literal' ? key.text.replace(/^.*:key\//, '') : undefined;
}

/** The name of a role, user or group, or of a policy. */
function nameOf(name: Expression, stack: Stack): string | undefined {
  if (name.kind === 'literal') return name.text;
  if (name.kind !== 'reference') return undefined;
  const resource = resourceIn(stack, name.resource);
  return 'physicalName' in resource ? resource.physicalName : undefined;
}

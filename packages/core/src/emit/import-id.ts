import type { Expression } from '../ir/expression.ts';
import type { Resource, Stack } from '../ir/program.ts';
import { resourceIn } from './references.ts';

/**
 * The id of an existing resource in Terraform's `import` block and Pulumi's import; `undefined` for a resource that is better
 * created anew. `ids`: the ids in KMS of keys, replicas and KMS grants, by resource id. A key is identified by its key id, because a KMS
 * grant imported with its key's ARN would be replaced. Source: documentation of the AWS provider, the section "Import" of each type.
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
    // Importing a parameter's value would leave a permanent difference.
    case 'sharedParameter':
      return undefined;
  }
}

function keyId(key: Expression, ids: ReadonlyMap<string, string>): string | undefined {
  if (key.kind === 'reference') return ids.get(key.resource);
  return key.kind === 'literal' ? key.text.replace(/^.*:key\//, '') : undefined;
}

function nameOf(name: Expression, stack: Stack): string | undefined {
  if (name.kind === 'literal') return name.text;
  if (name.kind !== 'reference') return undefined;
  const resource = resourceIn(stack, name.resource);
  return 'physicalName' in resource ? resource.physicalName : undefined;
}

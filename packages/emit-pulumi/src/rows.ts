import { awsArguments } from '@keywright/core/emit/aws-provider';
import { code, lines, object, type Row, type Rows, unless } from '@keywright/core/emit/rows';
import { generatedName, givenName } from '@keywright/core/ir/given-name';
import type { KmsGrant, Resource, Stack } from '@keywright/core/ir/program';
import { stackNameText } from '@keywright/core/ir/stack-name';
import { namesOf } from './names.ts';

export function propertiesOf(resource: Resource, stack: Stack): Rows {
  const common = awsArguments(resource).map(([name, value, difference]): Row => [inCamelCase(name), value, difference]);
  switch (resource.kind) {
    case 'role':
    case 'user':
    case 'group':
      return [nameRow(resource, stack), ...common];
    case 'key':
      return common.map((row) => (row[0] === 'multiRegion' && row[1] === false ? ['multiRegion', undefined] : row));
    case 'kmsGrant':
      return [...common, constraints(resource)];
    case 'sharedParameter':
      return common.map(([name, value]) => [name, name === 'type' ? code('aws.ssm.ParameterType.String') : value]);
    case 'replicaKey':
    case 'alias':
    case 'identityPolicy':
      return common;
  }
}

function inCamelCase(name: string): string {
  const known = camelCased.get(name);
  if (known !== undefined) return known;
  const result = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  camelCased.set(name, result);
  return result;
}

/** Cached, because every resource has some of the provider's few arguments. */
const camelCased = new Map<string, string>();

/** Resource options that depend on the resource alone. */
export function optionsOf(resource: Resource): Rows {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey': {
      const isRetained = unless(false, resource.removal === 'retain');
      return [
        ['protect', isRetained],
        ['retainOnDelete', isRetained],
      ];
    }
    case 'role':
    case 'user':
    case 'group':
      // For a role that exists already, a changed path would cause a replacement.
      return [['ignoreChanges', ['path']]];
    case 'alias':
    case 'identityPolicy':
    case 'kmsGrant':
    case 'sharedParameter':
      return [];
  }
}

function constraints({ encryptionContext }: KmsGrant): Row {
  if (encryptionContext === undefined) return ['constraints', undefined];
  const name = inCamelCase(`encryption_context_${encryptionContext.match}`);
  return ['constraints', [object([[name, lines(encryptionContext.pairs)]])]];
}

/**
 * If a resource has no IAM name, Pulumi makes one from its own name for the resource, a hyphen and seven characters. IAM allows 64
 * characters.
 */
const autoNamed = /^[\w+=,.@-]{1,56}$/;

function nameRow(principal: Extract<Resource, { kind: 'role' | 'user' | 'group' }>, stack: Stack): Row {
  const { name, physicalName } = principal;
  if (physicalName === undefined && autoNamed.test(namesOf(stack).of(principal).name)) return ['name', undefined];
  // Core gives this name to a principal whose name must be known.
  return ['name', givenName(principal) ?? generatedName(stack.app, stackNameText(stack), name)];
}

import type { Reference } from '../ir/expression.ts';
import type { Output, Stack } from '../ir/program.ts';
import { resourceIn } from './references.ts';

/**
 * The description of an output in the YAML, or else a description derived from the output's value. The same in all deployments of a
 * definition.
 */
export function describeOutput({ name, value, description }: Omit<Output, 'source'>, stack: Stack): string {
  if (description !== undefined) return description;
  const subject = value.kind === 'reference' ? subjectOf(value, stack) : undefined;
  if (value.kind !== 'reference' || subject === undefined) return `Output ${name} of ${stack.app}`;
  return `${value.attribute === 'name' ? 'Name' : value.attribute.toUpperCase()} of ${subject}`;
}

/** Describes a value of another stack, given the id of its export: `ARN of the key orders` for `keys.orders.arn`. */
export function describeExport(id: string): string {
  const [section = '', name = '', attribute = ''] = id.split('.');
  return `${attribute.toUpperCase()} of the ${section.replace(/s$/, '')} ${name}`;
}

function subjectOf({ resource: id }: Reference, stack: Stack): string | undefined {
  const resource = resourceIn(stack, id);
  switch (resource.kind) {
    case 'key':
    case 'role':
    case 'user':
    case 'group':
      return `the ${resource.kind} ${resource.name}`;
    case 'replicaKey':
      return `the replica of the key ${resource.name} in ${resource.region}`;
    case 'alias':
      return `an alias of the key ${resource.keyName}`;
    case 'kmsGrant':
    case 'identityPolicy':
    case 'sharedParameter':
      return undefined; // no expression refers to these
  }
}

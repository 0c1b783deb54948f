import type { Resource } from '@keywright/core/ir/program';
import { resourceType } from './names.ts';

/** An index, such as `["a"]` or `[0]`. */
const index = String.raw`\[(?:\d+|"(?:[^"\\\n]|\\.)*")\]`;
const name = '[A-Za-z_][A-Za-z0-9_-]*';
/** An address, such as `module.kms["a"].aws_kms_key.this[0]`. Source: Terraform CLI, "Resource addressing". */
const address = new RegExp(`^(?:module\\.${name}(?:${index})?\\.)*(?<type>[a-z][a-z0-9_]*)\\.${name}(?:${index})?$`);

/**
 * Whether a `moved` block can turn an address in a state into a resource. It can only if both have the same type. A key policy that is a
 * separate resource in the state becomes a part of the key.
 */
export function movedFrom(text: string, resource: Resource): 'renamed' | 'part' | undefined {
  const type = address.exec(text)?.groups?.type;
  if (type === resourceType(resource)) return 'renamed';
  const isKey = resource.kind === 'key' || resource.kind === 'replicaKey';
  return isKey && type === 'aws_kms_key_policy' ? 'part' : undefined;
}

/** Returns an address without indexes, which `removed` does not accept. Source: Terraform language, "removed block reference". */
export function withoutIndexes(text: string): string {
  return text.replaceAll(new RegExp(index, 'g'), '');
}

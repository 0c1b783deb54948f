import type { SharedParameter } from '@keywright/core/ir/program';
import { Unknown } from '@keywright/core/reading/source-value';
import { missing, peek, requiredText, Unread } from '../attributes.ts';
import { nameInTerraform } from '../names.ts';
import type { SourceResource } from '../source/resource.ts';
import { type Context, commonOf, type Node } from './context.ts';

/** Whether it is a parameter by which stacks of Keywright share a value. Others belong to someone else. */
export function isShared(source: SourceResource): boolean {
  return peek(source, 'type') === 'String' && /^\/keywright\/[^/]+\/[^/]+\/[^/]+$/.test(peek(source, 'name') ?? '');
}

/**
 * The provider marks the value of every parameter as sensitive. What Keywright shares is an ARN, a key id, or the name of an alias or
 * principal; anything else is not read.
 */
export function readSharedParameter(node: Node, { references }: Context): SharedParameter {
  const { source } = node;
  const { value, insecure_value: insecure } = source.values;
  if (source.unknown.has('value')) throw missing('value');
  const text = typeof value === 'string' && value !== '' ? value : insecure;
  const isPublic = typeof text === 'string' && /^(arn:[a-z-]+:(kms|iam):|alias\/|mrk-[0-9a-f]|[0-9a-f]{8}-)/.test(text);
  if (!isPublic) {
    const advice = 'leave the parameter to Terraform';
    throw new Unread('value', '', new Unknown('it is sensitive, and no ARN or alias', advice));
  }
  return {
    kind: 'sharedParameter',
    ...commonOf(node, nameInTerraform(source)),
    parameterName: requiredText(source, 'name'),
    value: references.restored(text, node.id),
  };
}

import type { SharedParameter } from '@keywright/core/ir/program';
import { Unknown } from '@keywright/core/reading/source-value';
import { missing, peek, requiredText, Unread } from '../attributes.ts';
import { markPattern } from '../hcl/marks.ts';
import { nameInTerraform } from '../names.ts';
import type { SourceResource } from '../source/resource.ts';
import { type Context, commonOf, type Node } from './context.ts';

/** Whether a parameter is one by which Keywright's stacks share a value. Others belong to someone else. */
export function isShared(source: SourceResource): boolean {
  return peek(source, 'type') === 'String' && /^\/keywright\/[^/]+\/[^/]+\/[^/]+$/.test(peek(source, 'name') ?? '');
}

/** In a module, a mark stands for an attribute of a resource. */
const publicText = new RegExp(
  `^(${markPattern}$|arn:([a-z-]+|${markPattern}):(kms|iam):|alias/|mrk-[0-9a-f]|[0-9a-f]{8}-)`,
);

/**
 * The provider marks the value of every parameter as sensitive. Keywright shares only ARNs, key ids and names of
 * aliases and principals; nothing else is read.
 */
export function readSharedParameter(node: Node, { references }: Context): SharedParameter {
  const { source } = node;
  const { value, insecure_value: insecure } = source.values;
  if (source.unknown.has('value')) throw missing('value');
  const text = typeof value === 'string' && value !== '' ? value : insecure;
  if (typeof text !== 'string' || !publicText.test(text)) {
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

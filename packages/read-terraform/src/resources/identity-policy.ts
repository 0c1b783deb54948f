import type { IdentityPolicy } from '@keywright/core/ir/program';
import { requiredText } from '../attributes.ts';
import { allIsRead } from './arguments.ts';
import { type Context, commonOf, type Node, policyOf } from './context.ts';

/** `holder` is the role, user or group in the same stack that the inline policy is attached to, if any. */
export function readIdentityPolicy(
  node: Node,
  kind: 'role' | 'user' | 'group',
  holder: { readonly id: string; readonly name: string } | undefined,
  context: Context,
): IdentityPolicy {
  const { source } = node;
  allIsRead(source);
  return {
    kind: 'identityPolicy',
    ...commonOf(node),
    name: holder?.name ?? node.name,
    policyName: context.references.plain(requiredText(source, 'name')),
    attachTo: {
      kind,
      name:
        holder === undefined
          ? context.references.plain(requiredText(source, kind))
          : { kind: 'reference', resource: holder.id, attribute: 'name' },
    },
    document: policyOf('identity', source, 'policy', node, context),
  };
}

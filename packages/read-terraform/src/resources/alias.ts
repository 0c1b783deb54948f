import type { Expression } from '@keywright/core/ir/expression';
import type { Alias } from '@keywright/core/ir/program';
import { requiredText, Unread } from '../attributes.ts';
import { allIsRead } from './arguments.ts';
import { commonOf, type Node } from './context.ts';

export function readAlias(node: Node, key: { readonly name: string; readonly target: Expression }): Alias {
  const { source } = node;
  allIsRead(source);
  const aliasName = requiredText(source, 'name');
  if (!aliasName.startsWith('alias/')) throw new Unread('name', 'its name does not start with alias/');
  return {
    kind: 'alias',
    ...commonOf(node),
    aliasName,
    keyName: key.name,
    target: key.target,
  };
}

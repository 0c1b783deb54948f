import { type PolicyObject, type PolicyTree, policyTree } from '@keywright/core/emit/policy-tree';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import { printExpression, type Traversal } from './expression.ts';
import { quote } from './text.ts';
import { type ObjectValue, print, type Value } from './value.ts';

/** A policy document as `jsonencode({ … })`, with references where the document has them. */
export function printPolicy(document: PolicyDocument, traversal: Traversal): string {
  return `jsonencode(${print(objectOf(policyTree(document), traversal))})`;
}

function objectOf(object: PolicyObject, traversal: Traversal): ObjectValue {
  return { entries: object.entries.map(([key, value]) => [key, valueOf(value, traversal)]) };
}

function valueOf(tree: PolicyTree, traversal: Traversal): Value {
  if (typeof tree === 'string') return quote(tree);
  if (!('kind' in tree)) return tree.map((element) => valueOf(element, traversal));
  if (tree.kind === 'object') return objectOf(tree, traversal);
  return printExpression(tree, traversal);
}

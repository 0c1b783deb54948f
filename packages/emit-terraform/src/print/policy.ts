import { type PolicyObject, type PolicyTree, policyTree } from '@keywright/core/emit/policy-tree';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import { printExpression, type Traversal } from './expression.ts';
import { quote } from './text.ts';
import { type ObjectValue, print, type Value } from './value.ts';

/** A policy document as `jsonencode({ … })`, with references where the document has them. */
export function printPolicy(document: PolicyDocument, traversal: Traversal): string {
  return `jsonencode(${print(treeObject(policyTree(document), traversal))})`;
}

function treeObject(object: PolicyObject, traversal: Traversal): ObjectValue {
  return { entries: object.entries.map(([key, value]) => [key, treeValue(value, traversal)]) };
}

function treeValue(tree: PolicyTree, traversal: Traversal): Value {
  if (typeof tree === 'string') return quote(tree);
  if (!('kind' in tree)) return tree.map((element) => treeValue(element, traversal));
  if (tree.kind === 'object') return treeObject(tree, traversal);
  return printExpression(tree, traversal);
}

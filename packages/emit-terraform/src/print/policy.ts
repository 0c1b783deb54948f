import { type PolicyObject, type PolicyTree, policyVersion } from '@keywright/core/emit/policy-tree';
import type { PolicyDocument, Statement } from '@keywright/core/ir/policy';
import { printExpression, type Traversal } from './expression.ts';
import { quote } from './text.ts';
import { type ObjectValue, print, type Value } from './value.ts';

/** A policy document as `jsonencode({ … })`, given how each of its statements is printed. */
export function printPolicy(document: PolicyDocument, printStatement: (statement: Statement) => string): string {
  const statements = document.statements.map((statement) => `${printStatement(statement)},\n`);
  const list = statements.length === 0 ? '[]' : `[\n${statements.join('')}]`;
  const id = document.id === undefined ? '' : `Id = ${quote(document.id)}\n`;
  return `jsonencode({\nVersion = ${quote(policyVersion)}\n${id}Statement = ${list}\n})`;
}

/** A statement of a policy, with references where it has them. */
export function printStatement(tree: PolicyObject, traversal: Traversal): string {
  return print(treeObject(tree, traversal));
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

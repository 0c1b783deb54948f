import { type PolicyTree, policyTree } from '../emit/policy-tree.ts';
import type { Expression } from '../ir/expression.ts';
import type { PolicyDocument } from '../ir/policy.ts';

/**
 * The least number of bytes that a policy document has as JSON in UTF-8 without white space, which is what KMS counts.
 * Parts that only a deployment knows count with their minimum length: an account id 12 bytes, a role's ARN 32, …
 */
export function leastPolicyLength(document: PolicyDocument): number {
  return treeLength(policyTree(document));
}

function treeLength(tree: PolicyTree): number {
  if (typeof tree === 'string') return bytesOfJson(tree);
  if (Array.isArray(tree)) {
    return (
      2 + Math.max(0, tree.length - 1) + tree.reduce((sum: number, element: PolicyTree) => sum + treeLength(element), 0)
    );
  }
  const node = tree as Exclude<PolicyTree, string | readonly PolicyTree[]>; // Array.isArray does not narrow a readonly array
  if (node.kind !== 'object') return 2 + expressionLength(node);
  const separators = Math.max(0, node.entries.length - 1);
  return (
    2 + separators + node.entries.reduce((sum, [name, value]) => sum + bytesOfJson(name) + 1 + treeLength(value), 0)
  );
}

const leastPseudoLength = { account: 12, region: 9, partition: 3, dnsSuffix: 13 } as const;

function expressionLength(expression: Expression): number {
  switch (expression.kind) {
    case 'literal':
      return bytesOfJson(expression.text) - 2;
    case 'concat':
      return expression.parts.reduce((sum, part) => sum + expressionLength(part), 0);
    case 'pseudo':
      return leastPseudoLength[expression.name];
    case 'reference':
      return /^(key|replicaKey)\//.test(expression.resource) ? keyLength(expression.attribute) : leastRoleArn.length;
    case 'crossStack': {
      const [kind, , attribute] = expression.export.split('.');
      return kind === 'keys' ? keyLength(attribute) : leastRoleArn.length;
    }
  }
}

const leastRoleArn = 'arn:aws:iam::111122223333:role/x';
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** All key ids have the same length. */
function keyLength(attribute: string | undefined): number {
  return attribute === 'arn' ? `arn:aws:kms:us-east-1:111122223333:key/${keyId}`.length : keyId.length;
}

function bytesOfJson(text: string): number {
  // Nearly all text is ASCII without quotes and backslashes. Other text is measured as JSON, which escapes even half a surrogate pair.
  return /^[ !#-[\]-~]*$/.test(text) ? text.length + 2 : encoder.encode(JSON.stringify(text)).length;
}

const encoder = new TextEncoder();

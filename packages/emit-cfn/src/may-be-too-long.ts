import { policiesOf } from '@keywright/core/ir/policies-of';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { leastPolicyLength } from '@keywright/core/policy/size';
import { limits } from './limits.ts';

/**
 * Whether a stack's template, or a text of it that may become a parameter, may exceed CloudFormation's length limits. If not, the template
 * need not be printed to check its length.
 */
export function mayBeTooLong(stack: Stack): boolean {
  return mostBytes(stack) > limits.bytes || (stack.definition !== undefined && stack.resources.some(hasLongText));
}

/** Whether a resource has a long description. Other texts have lower limits of their own. */
function hasLongText(resource: Resource): boolean {
  if (!('description' in resource) || resource.description === undefined) return false;
  return Buffer.byteLength(JSON.stringify(resource.description)) > limits.parameterBytes;
}

/**
 * Returns an upper bound for the bytes of a stack's templates, in YAML or JSON. It is far above the real length, but far faster than
 * printing.
 */
export function mostBytes(stack: Stack): number {
  const texts = stack.resources.reduce((sum, resource) => sum + mostBytesOfTexts(resource), 0);
  return (1 + stack.resources.length + stack.outputs.length) * bytesBesideTexts + texts;
}

/** The bytes of a resource without its texts and policies, or of an output, with names of 255 characters and the comment. */
const bytesBesideTexts = 1000;
/** An upper bound: a character of compact JSON can become `"a",` on a line of its own, 22 columns in. */
const bytesOfPolicyCharacter = 8;
/** An upper bound: a character of text can become an escape beyond U+FFFF. */
const bytesOfTextCharacter = 10;

function mostBytesOfTexts(resource: Resource): number {
  const policies = policiesOf(resource).reduce((sum, policy) => sum + leastPolicyLength(policy), 0);
  const description = 'description' in resource ? JSON.stringify(resource.description ?? '').length : 0;
  const tags = 'tags' in resource ? JSON.stringify(resource.tags).length : 0;
  return policies * bytesOfPolicyCharacter + (description + tags) * bytesOfTextCharacter;
}

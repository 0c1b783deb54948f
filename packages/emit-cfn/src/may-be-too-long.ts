import { policiesOf } from '@keywright/core/ir/policies-of';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { leastPolicyLength } from '@keywright/core/policy/size';
import { limits } from './limits.ts';

/** Whether a template of a stack may have more bytes than CloudFormation takes: only such a stack has to be printed to know. */
export function mayBeTooLong(stack: Stack): boolean {
  return mostBytes(stack) > limits.bytes;
}

/** A number of bytes that no template of a stack exceeds, in YAML or JSON: much more than printing gives, in much less time. */
export function mostBytes(stack: Stack): number {
  const texts = stack.resources.reduce((sum, resource) => sum + mostBytesOfTexts(resource), 0);
  return (1 + stack.resources.length + stack.outputs.length) * bytesBesideTexts + texts;
}

/** A resource without its texts and policies, or an output: names of 255 characters, and where it comes from. */
const bytesBesideTexts = 1000;
/** A character of compact JSON becomes at most so many bytes: `"a",` a line of its own, 22 columns in. */
const bytesOfPolicyCharacter = 8;
/** A character of text becomes at most so many bytes: an escape of one beyond U+FFFF. */
const bytesOfTextCharacter = 10;

function mostBytesOfTexts(resource: Resource): number {
  const policies = policiesOf(resource).reduce((sum, policy) => sum + leastPolicyLength(policy), 0);
  const description = 'description' in resource ? JSON.stringify(resource.description ?? '').length : 0;
  const tags = 'tags' in resource ? JSON.stringify(resource.tags).length : 0;
  return policies * bytesOfPolicyCharacter + (description + tags) * bytesOfTextCharacter;
}

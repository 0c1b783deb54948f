import { expressionsOfPolicy } from '@keywright/core/ir/expressions-of';
import type { PolicyDocument } from '@keywright/core/ir/policy';

/** Whether something in a policy is known only when it is deployed: an output of Pulumi. */
export function holdsOutput(document: PolicyDocument): boolean {
  return expressionsOfPolicy(document).some(({ kind }) => kind !== 'literal');
}

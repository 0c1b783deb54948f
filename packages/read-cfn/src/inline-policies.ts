import type { Expression } from '@keywright/core/ir/expression';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import { expressionOf, type SourceValue } from '@keywright/core/reading/source-value';
import { membersOf } from './members.ts';
import type { Properties } from './properties.ts';

/** A policy in the `Policies` property of its role, user or group. */
export interface InlinePolicy {
  readonly policyName: Expression;
  readonly document: PolicyDocument;
}

export function readInlinePolicies(properties: Properties): readonly InlinePolicy[] {
  const policies = properties.value('Policies');
  if (policies === undefined) return [];
  const list = Array.isArray(policies) ? (policies as readonly SourceValue[]) : [null];
  return list.flatMap((policy) => {
    const { PolicyName, PolicyDocument: content } = membersOf(policy);
    const policyName = expressionOf(PolicyName);
    if (policyName === undefined || content === undefined) {
      properties.refuse('Policies', 'a list of `PolicyName` and `PolicyDocument`');
      return [];
    }
    const document = properties.document('identity', content, 'Policies');
    return document === undefined ? [] : [{ policyName, document }];
  });
}

/** Returns the documents of all inline policies, including those that cannot be read. Reports nothing. */
export function inlineDocuments(properties: Properties): readonly (SourceValue | undefined)[] {
  const policies = properties.seen('Policies');
  const list = Array.isArray(policies) ? (policies as readonly SourceValue[]) : [];
  return list.map((policy) => membersOf(policy).PolicyDocument);
}

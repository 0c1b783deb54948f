import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { trustPolicyNeedsQuota, trustPolicyTooLong } from '../diagnostics/policy.ts';
import type { PolicyDocument } from '../ir/policy.ts';
import { limits } from '../kms/limits.ts';
import type { CreatedModel } from '../resolve/model.ts';
import { leastPolicyLength } from './size.ts';

/** Reports a trust policy that IAM refuses for its length (KW3093), or accepts only in an account with a higher quota (KW3094). */
export function trustPolicyFits({ name, definition }: CreatedModel, document: PolicyDocument): readonly Diagnostic[] {
  const { standard, maximum } = limits.trustPolicyCharacters;
  const length = leastPolicyLength(document);
  if (length > maximum) return [report(trustPolicyTooLong, definition.nameSpan, { role: name, length, maximum })];
  return length > standard
    ? [report(trustPolicyNeedsQuota, definition.nameSpan, { role: name, length, standard })]
    : [];
}

import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { limits } from '@keywright/core/kms/limits';
import { leastPolicyLength } from '@keywright/core/policy/size';
import type { KeyRule } from './rule.ts';

/** The fraction of the limit from where a policy has little room left. */
export const nearLimit = 0.8;

const definition = defineDiagnostic<{ key: string; length: number; maximum: number }>({
  code: 'KW7022',
  severity: 'warning',
  title: 'A key policy that is nearly full',
  message: ({ key, length, maximum }) =>
    `the key policy of \`${key}\` uses ${length} of the ${maximum} bytes that KMS accepts, not counting white space`,
  help: () => 'grant to a role instead of many principals, or to an organization instead of many accounts',
  explanation: `A key policy has 32,768 bytes at most. From 80 % on, plan for the next grantees: once the policy is full, adding a grantee
means removing another. A policy over the limit is reported as [KW3020](KW3020.md).
Source: AWS KMS Developer Guide, "Resource quotas", "Key policy document size".`,
});

export const keyPolicyHasRoom: KeyRule = {
  definition,
  about: 'key',
  check: ({ resource: { policy, source, name } }) => {
    const maximum = limits.keyPolicyBytes;
    const length = leastPolicyLength(policy);
    return length < maximum * nearLimit ? [] : [report(definition, source.span, { key: name, length, maximum })];
  },
};

import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { inStack } from '@keywright/core/diagnostics/in-stack';
import { measureIdentityPolicies } from '@keywright/core/policy/identity-policy-sizes';
import { nearLimit } from './key-policy-has-room.ts';
import type { ProgramRule } from './rule.ts';

const definition = defineDiagnostic<{ name: string; kind: string; length: number; maximum: number }>({
  code: 'KW7023',
  severity: 'warning',
  title: 'Identity policies that are nearly full',
  message: ({ name, kind, length, maximum }) =>
    `the policies on the ${kind} \`${name}\` use ${length} of the ${maximum} characters that IAM accepts, not counting white space`,
  help: () => 'grant one shared key instead of many keys, or spread the grants over several roles',
  explanation: `IAM counts all inline policies of a role, user or group together, without white space: 10,240 characters for a role, 2,048
for a user, 5,120 for a group. Inline policies that other tools attach count as well, so a deployment may fail although the project's own
policies are below the limit. The rule reports policies that use 80 % of the limit or more. Policies over the limit are reported as
[KW3047](KW3047.md).
Source: IAM User Guide, "IAM and AWS STS quotas", "Inline policies".`,
});

export const identityPoliciesHaveRoom: ProgramRule = {
  definition,
  about: 'program',
  check: ({ program }) =>
    measureIdentityPolicies(program.stacks).flatMap(
      ({ name, kind, policies, stack, length, maximum }): readonly Diagnostic[] => {
        if (length < maximum * nearLimit) return [];
        const problem = report(definition, policies[0]?.source.span, { name, kind, length, maximum });
        return inStack({ name: stack }, [problem]);
      },
    ),
};

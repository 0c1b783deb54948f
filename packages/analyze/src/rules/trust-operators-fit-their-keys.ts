import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { mistakeIn, mistakeOfAllValues, mistakeOfIfExists, mistakeOfWildcard } from './read/operator-mistakes.ts';
import type { TrustRule } from './rule.ts';

const definition = defineDiagnostic<{ role: string; problem: string; advice: string }>({
  code: 'KW7036',
  severity: 'warning',
  title: 'A condition operator of the wrong type in a trust policy',
  message: ({ role, problem }) => `${problem}, in the trust policy of the role \`${role}\``,
  help: ({ advice }) => advice,
  explanation: `If a condition is never met, nobody can assume the role. If a condition is also met by requests that lack its condition key,
everyone in \`assumedBy\` can assume it. \`StringEquals\` takes \`*\` and \`?\` literally, so \`repo:example/orders:*\` matches no token's
subject. \`StringEqualsIfExists\` or \`ForAllValues:StringEquals\` on \`sts:ExternalId\` is met by a third party that sends none.
[KW7013](KW7013.md) is the same rule for statements about keys.
Source: IAM User Guide, "IAM JSON policy elements: Condition operators"; "Access to AWS accounts owned by third parties".`,
  example: {
    wrong: `stacks:
  main:
    principals:
      deployment:
        role:
          assumedBy: { federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
          when: { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:example/orders:*" } }`,
    right: `stacks:
  main:
    principals:
      deployment:
        role:
          assumedBy: { federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
          when: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:example/orders:*" } }`,
  },
});

export const trustOperatorsFitTheirKeys: TrustRule = {
  definition,
  about: 'trust',
  check: ({ role: { name }, statement: { conditions, source } }) =>
    conditions.flatMap((condition): readonly Diagnostic[] => {
      // Claims of identity providers and condition keys of STS are not among the known condition keys, but callers can leave them out, too.
      const mistake =
        mistakeIn(condition, 'Allow', conditions) ??
        mistakeOfIfExists(condition, 'Allow', conditions) ??
        mistakeOfAllValues(condition, conditions) ??
        mistakeOfWildcard(condition);
      return mistake === undefined ? [] : [report(definition, source.span, { role: name, ...mistake })];
    }),
};

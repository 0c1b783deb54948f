import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { mistakeIn, mistakeOfAbsence } from './read/operator-mistakes.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ problem: string; advice: string }>({
  code: 'KW7013',
  severity: 'warning',
  title: 'A condition operator of the wrong type',
  message: ({ problem }) => problem,
  help: ({ advice }) => advice,
  explanation: `An operator compares values of one type. On a condition key of another type, the condition is never met, and a
statement with it does nothing. \`StringEquals\` takes \`*\` and \`?\` literally: wildcards need \`StringLike\`. A condition key that
can have several values needs \`ForAnyValue:\` or \`ForAllValues:\`.

Requests that lack the condition key are a second trap. An Allow with \`ForAllValues:\` lets them in, unless another condition requires
the condition key. So does an Allow with \`IfExists\` on something that callers can leave out: an encryption context, a service
(\`kms:ViaService\`, \`aws:CalledVia\`), an attestation or a VPC endpoint. A Deny of requests without MFA needs \`BoolIfExists\`, since
requests with access keys have no \`aws:MultiFactorAuthPresent\`. A Deny with \`ForAnyValue:\` and a negated operator does not apply to
requests that lack the condition key: on \`aws:PrincipalOrgPaths\` or \`aws:PrincipalOrgID\`, it spares accounts outside any organization,
and on \`kms:ViaService\` it spares all direct requests.

Tags and the encryption context are free text, so an operator of any type may make sense, and ARNs may be compared as text. Source:
IAM User Guide, "IAM JSON policy elements: Condition operators", "Set operators for multivalued context keys".`,
  example: {
    wrong: `grants:
  - { to: ordersApi, can: decrypt, when: { NumericEquals: { "kms:CallerAccount": "111122223333" } } }`,
    right: `grants:
  - { to: ordersApi, can: decrypt, when: { StringEquals: { "kms:CallerAccount": "111122223333" } } }`,
  },
});

/** Each condition operator fits the type of its condition key. An operator that does not exist is an error, KW3075. */
export const operatorsFitTheirKeys: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) =>
    statement.conditions.flatMap((condition): readonly Diagnostic[] => {
      const { conditions, effect, ref } = statement;
      const mistake = mistakeIn(condition, effect, conditions) ?? mistakeOfAbsence(condition, statement, key?.policy);
      return mistake === undefined ? [] : [report(definition, ref.source.span, mistake)];
    }),
};

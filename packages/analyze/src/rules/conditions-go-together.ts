import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { listed } from './read/names.ts';
import { contradictionIn } from './read/never-met.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ keys: readonly string[]; effect: 'Allow' | 'Deny' }>({
  code: 'KW7048',
  severity: 'warning',
  title: 'Conditions that exclude each other',
  message: ({ keys, effect }) => {
    const consequence = `so the statement ${effect === 'Allow' ? 'allows' : 'denies'} nothing`;
    return keys.length > 1
      ? `no request meets both of the conditions on ${listed(keys)}, ${consequence}`
      : `no value of ${listed(keys)} meets all of the conditions on it, ${consequence}`;
  },
  help: () =>
    'keep one of the conditions, or write a statement or grant for each. A statement applies only if all of its conditions hold, but one matching value in the list of a condition is enough',
  explanation: `All conditions of a statement have to hold at once. Two conditions on the same condition key can exclude each other:
\`via: s3\` beside a pattern for another service, a start date later than the end date, \`StringEquals\` and \`StringNotEquals\` with the
same value, a range of addresses inside one that \`NotIpAddress\` excludes, or a value beside \`Null: true\`. Conditions on two condition
keys exclude each other if they name different accounts or organizations: the account in \`aws:SourceArn\` is the one in
\`aws:SourceAccount\`, the account in \`aws:PrincipalArn\` the one in \`aws:PrincipalAccount\` and \`kms:CallerAccount\`. KMS accepts such
a statement, but it never applies. Values that depend on the deployment are assumed to fit.
Source: IAM User Guide, "Conditions with multiple context keys or values", "The confused deputy problem".`,
  example: {
    wrong: `grants:
  - to: ordersApi
    can: decrypt
    when:
      DateGreaterThan: { "aws:CurrentTime": 2030-01-01T00:00:00Z }
      DateLessThan: { "aws:CurrentTime": 2029-01-01T00:00:00Z }`,
    right: `grants:
  - to: ordersApi
    can: decrypt
    when:
      DateGreaterThan: { "aws:CurrentTime": 2029-01-01T00:00:00Z }
      DateLessThan: { "aws:CurrentTime": 2030-01-01T00:00:00Z }`,
  },
});

export const conditionsGoTogether: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement }) => {
    const keys = contradictionIn(statement);
    return keys === undefined
      ? []
      : [report(definition, statement.ref.source.span, { keys, effect: statement.effect })];
  },
};

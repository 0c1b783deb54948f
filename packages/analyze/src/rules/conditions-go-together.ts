import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { contradictionIn } from './read/never-met.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; effect: 'Allow' | 'Deny' }>({
  code: 'KW7048',
  severity: 'warning',
  title: 'Conditions that exclude each other',
  message: ({ key, effect }) =>
    `no value of \`${key}\` meets all of the conditions on it, so the statement ${effect === 'Allow' ? 'allows' : 'denies'} nothing`,
  help: () =>
    'keep one of the conditions, or write several statements or grants: all conditions of a statement have to hold, but only one value in the list of a condition',
  explanation: `All conditions of a statement have to hold at once. Two conditions on the same condition key can exclude each other,
such as \`via: s3\` beside a pattern for another service, a start date later than the end date, \`StringEquals\` and \`StringNotEquals\`
with the same value, a range of addresses inside one that \`NotIpAddress\` excludes, or a value beside \`Null: true\`. KMS accepts such
a statement, but it never applies. Values that depend on the deployment are assumed to fit.
Source: IAM User Guide, "Conditions with multiple context keys or values".`,
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

/** A request can meet all conditions of a statement on one condition key. */
export const conditionsGoTogether: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement }) => {
    const key = contradictionIn(statement);
    return key === undefined ? [] : [report(definition, statement.ref.source.span, { key, effect: statement.effect })];
  },
};

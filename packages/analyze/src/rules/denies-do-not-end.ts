import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { PolicyCondition } from '../picture.ts';
import { shown } from '../value/value.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ end: string }>({
  code: 'KW7035',
  severity: 'warning',
  title: 'A Deny that ends on a date',
  message: ({ end }) => `this Deny has no effect after ${end}`,
  help: () => 'remove the date, or give the reason for it in `suppress`, and remove the statement after that date',
  explanation: `A Deny with an end date, in a condition on \`aws:CurrentTime\` or \`aws:EpochTime\`, ends silently: after that date it
keeps nobody out, and the statement still looks as if it applied. The build does not look at the clock, so a date in the past is reported
in the same way. A Deny that starts on a date, an Allow that ends on one, and \`aws:TokenIssueTime\`, which IAM uses to revoke sessions,
are not reported.
Source: IAM User Guide, "AWS global condition context keys", aws:CurrentTime and aws:EpochTime.`,
  example: {
    wrong: `statements:
  - effect: Deny
    principals: { anyone: true }
    actions: kms:ScheduleKeyDeletion
    conditions: { DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } }`,
    right: `statements:
  - { effect: Deny, principals: { anyone: true }, actions: kms:ScheduleKeyDeletion }`,
  },
});

export const deniesDoNotEnd: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { effect, conditions, ref } }): readonly Diagnostic[] => {
    const limit = effect === 'Deny' ? conditions.find(isEnd) : undefined;
    return limit === undefined
      ? []
      : [report(definition, ref.source.span, { end: limit.values.map(shown).join(' or ') })];
  },
};

function isEnd({ operator, key }: PolicyCondition): boolean {
  return (
    /^aws:(CurrentTime|EpochTime)$/i.test(key) && /(Date|Numeric)(LessThan(Equals)?|Equals)(IfExists)?$/i.test(operator)
  );
}

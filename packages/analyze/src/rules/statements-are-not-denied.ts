import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { voidedBy } from './read/relations.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string }>({
  code: 'KW7017',
  severity: 'warning',
  title: 'A statement that a Deny cancels',
  message: ({ key }) => `another statement of the key policy of \`${key}\` denies everything that this one allows`,
  help: () => 'remove this statement, or exempt its principals from the Deny',
  explanation: `A Deny wins over every Allow. A Deny for the same principals (or for everyone, or for their account), with at least the same
actions and no conditions that the Allow lacks, cancels the Allow completely.
Source: IAM User Guide, "Policy evaluation logic", "The difference between explicit and implicit denies".`,
  example: {
    wrong: `statements:
  - { principals: keyAdmins, actions: "kms:ScheduleKeyDeletion" }
  - { effect: Deny, principals: { anyone: true }, actions: "kms:ScheduleKeyDeletion" }`,
    right: `statements:
  - { principals: keyAdmins, actions: "kms:ScheduleKeyDeletion" }
  - effect: Deny
    principals: { anyone: true }
    actions: kms:ScheduleKeyDeletion
    conditions: { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/KeyAdmin" } }`,
  },
});

export const statementsAreNotDenied: KeyRule = {
  definition,
  about: 'key',
  check: ({ key: { policy = [], name } }) => {
    if (policy.every(({ effect }) => effect === 'Allow')) return [];
    return policy.flatMap((statement): readonly Diagnostic[] => {
      const deny = voidedBy(statement, policy);
      if (deny === undefined) return [];
      const related = [{ message: 'it is denied here', span: deny.ref.source.span }];
      return [report(definition, statement.ref.source.span, { key: name }, related)];
    });
  },
};

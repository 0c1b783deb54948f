import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { PolicyStatement } from '../picture.ts';
import { includes } from './read/relations.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string }>({
  code: 'KW7016',
  severity: 'note',
  title: 'A statement that another one makes redundant',
  message: ({ key }) => `another statement of the key policy of \`${key}\` already covers this one`,
  help: () => 'remove this statement, or narrow the other one',
  explanation: `A statement changes nothing if another one with the same effect covers all its principals, actions and conditions. It is
noise in a review, and suggests that the other statement is wider than intended. A statement with fewer conditions is wider. A statement
for the account root does not cover a statement for a role, since only the statement for the root leaves the decision to IAM policies.
Source: IAM User Guide, "Policy evaluation logic".`,
  example: {
    wrong: `statements:
  - { principals: keyAdmins, actions: "kms:Describe*" }
  - principals: keyAdmins
    actions: kms:DescribeKey
    conditions: { Bool: { "aws:MultiFactorAuthPresent": true } }`,
    right: `statements:
  - { principals: keyAdmins, actions: "kms:Describe*" }
  - principals: keyAdmins
    actions: kms:GetKeyPolicy
    conditions: { Bool: { "aws:MultiFactorAuthPresent": true } }`,
  },
});

export const statementsAddSomething: KeyRule = {
  definition,
  about: 'key',
  everywhere: true,
  check: ({ key }) => {
    const policy = key.policy ?? [];
    return policy.flatMap((statement, index): readonly Diagnostic[] => {
      const other = policy.find((candidate, position) => makesRedundant(candidate, position, statement, index));
      if (other === undefined) return [];
      const related = [{ message: 'the other statement is here', span: other.ref.source.span }];
      return [report(definition, statement.ref.source.span, { key: key.name }, related)];
    });
  },
};

function makesRedundant(other: PolicyStatement, position: number, statement: PolicyStatement, index: number): boolean {
  if (position === index || other.effect !== statement.effect || !includes(other, statement)) return false;
  // Of two equal statements, report the second.
  return position < index || !includes(statement, other);
}

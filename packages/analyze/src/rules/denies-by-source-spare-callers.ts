import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { readRequest } from '../context/read-request.ts';
import { conditionHolds } from '../evaluate/conditions.ts';
import { parseOperator } from '../evaluate/operators.ts';
import type { PolicyCondition } from '../picture.ts';
import { operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string }>({
  code: 'KW7037',
  severity: 'warning',
  title: 'A Deny by source that hits every caller',
  message: ({ key }) =>
    `this Deny with a condition on \`${key}\` hits everyone in the account: only requests that AWS services make as themselves have this condition key`,
  help: () => 'add `Bool: { "aws:PrincipalIsAWSService": true }` to the conditions of the Deny',
  explanation: `\`aws:SourceAccount\`, \`aws:SourceArn\`, \`aws:SourceOrgID\` and \`aws:SourceOrgPaths\` name the account, resource
or organization for which an AWS service makes a request as itself. Requests of roles and users lack them, and a negated condition
is met by a request that lacks its condition key, with or without \`IfExists\`. So a Deny for everyone that is meant to keep services from
working for strangers takes the key from everyone else as well.
Source: IAM User Guide, "AWS global condition context keys", aws:SourceAccount and aws:PrincipalIsAWSService; "The confused deputy
problem", "Cross-service confused deputy prevention".`,
  example: {
    wrong: `statements:
  - effect: Deny
    principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { StringNotEquals: { "aws:SourceOrgID": o-a1b2c3d4e5 } }`,
    right: `statements:
  - effect: Deny
    principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { StringNotEquals: { "aws:SourceOrgID": o-a1b2c3d4e5 }, Bool: { "aws:PrincipalIsAWSService": true } }`,
  },
});

/** A Deny that is meant for services acting for other sources does not deny callers that are not services. */
export const deniesBySourceSpareCallers: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }, { picture }): readonly Diagnostic[] => {
    const { effect, principals, conditions, ref } = statement;
    if (effect === 'Allow' || key === undefined || principals?.every(({ kind }) => kind === 'service') === true)
      return [];
    const source = conditions.find(isOfOtherSources);
    const [operation] = operationsIn(statement);
    if (source === undefined || operation === undefined) return [];
    const someone = { kind: 'account', account: key.account } as const;
    const facts = readRequest(picture, { principal: someone, action: `kms:${operation}`, key });
    const hitsAll = conditions.every((condition) => conditionHolds(condition, facts, ref) === true);
    return hitsAll ? [report(definition, ref.source.span, { key: source.key })] : [];
  },
};

/** Whether a condition holds for services that act for sources other than those that it names. */
function isOfOtherSources({ operator: written, key }: PolicyCondition): boolean {
  const { operator } = parseOperator(written);
  return /^aws:Source(Account|Arn|OrgID|OrgPaths)$/i.test(key) && operator !== 'null' && operator?.negated === true;
}

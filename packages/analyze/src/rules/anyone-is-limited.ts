import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { describeCondition } from '../describe.ts';
import { limitsCallers } from './read/conditions.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; conditions: string }>({
  code: 'KW7003',
  severity: 'error',
  title: 'Everyone, with a condition that limits nobody',
  message: ({ key, conditions }) =>
    `\`${key}\` is open to every AWS account: ${conditions} requires no particular account, organization or source`,
  help: () =>
    'add a condition on `aws:PrincipalOrgID`, `aws:PrincipalAccount`, `kms:CallerAccount` or `aws:SourceArn`, or name an account',
  explanation: `An Allow for \`*\` is open to every AWS account in the world unless a condition limits who may make the request. A condition on
\`kms:ViaService\`, an encryption context or a tag of the principal does not: anyone can come through a service in their
own account and tag their own roles. Neither does a negated condition, a broad pattern (\`*\`, \`0.0.0.0/1\`, \`arn:aws:s3:::orders-*\`), or a condition with \`IfExists\` or
\`ForAllValues\`, which holds when the request lacks the condition key. Nor does a policy variable that the caller decides, such as
\`\${aws:PrincipalAccount}\`; \`\${aws:ResourceAccount}\` and \`\${aws:ResourceOrgID}\` are the account and the organization of the key. To
\`StringLike\` an ARN is mere text: in \`arn:*:iam::111122223333:role/Deploy\` the \`*\` can stand for another account and a path, so use \`ArnLike\`. A statement without any condition is reported as [KW3027](KW3027.md).
Also known as Security Hub KMS.5 and checkov CKV_AWS_33. Source: IAM User Guide, "AWS JSON policy elements: Principal", "All
principals", and "Policy elements: Variables and tags"; Amazon S3 User Guide, "The meaning of public".`,
  example: {
    wrong: `statements:
  - principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { StringEquals: { "kms:ViaService": s3.eu-west-1.amazonaws.com } }`,
    right: `statements:
  - principals: { anyone: true }
    actions: kms:Decrypt
    conditions:
      StringEquals: { "kms:ViaService": s3.eu-west-1.amazonaws.com, "aws:PrincipalOrgID": o-a1b2c3d4e5 }`,
  },
});

/** An Allow for everyone has a condition that limits it to an account, an organization or a source. */
export const anyoneIsLimited: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) => {
    const { effect, principals, conditions, ref } = statement;
    if (key === undefined || effect === 'Deny' || conditions.length === 0) return [];
    if (principals?.some(({ kind }) => kind === 'anyone') !== true || conditions.some(limitsCallers)) return [];
    const shown = conditions.map((condition) => `\`${describeCondition(condition)}\``).join(' and ');
    return [report(definition, ref.source.span, { key: key.name, conditions: shown })];
  },
};

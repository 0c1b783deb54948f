import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { describeCondition } from '../describe.ts';
import { parseArn } from '../value/arn.ts';
import { limitsCallers } from './read/conditions.ts';
import { hostOf, limitsUsers } from './read/web-identities.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; conditions: string; provider?: string }>({
  code: 'KW7003',
  severity: 'error',
  title: 'An Allow for everyone under a condition that limits nobody',
  message: ({ key, conditions, provider }) =>
    provider === undefined
      ? `\`${key}\` is open to every AWS account: nothing in ${conditions} requires a particular account, organization or source`
      : `\`${key}\` is open to every user of \`${provider}\`, in every AWS account`,
  help: () =>
    'add a condition on `aws:PrincipalOrgID`, `aws:PrincipalAccount`, `kms:CallerAccount` or `aws:SourceArn`, or name an account',
  explanation: `An Allow for \`*\` is open to every AWS account in the world unless a condition limits who may make the request. These
conditions limit nobody:

- a condition on \`kms:ViaService\`, an encryption context or a tag of the principal: anyone can come through a service in their own
  account, and tag their own roles
- a negated condition
- a broad pattern, such as \`*\`, \`0.0.0.0/1\` or \`arn:aws:s3:::orders-*\`
- a condition with \`IfExists\` or \`ForAllValues\`, which holds when the request lacks the condition key
- a condition with a policy variable that the caller decides, such as \`\${aws:PrincipalAccount}\`

The variables \`\${aws:ResourceAccount}\` and \`\${aws:ResourceOrgID}\` do limit who may make the request: they are the account and the
organization of the key. \`StringLike\` treats an ARN as mere text: in \`arn:*:iam::111122223333:role/Deploy\` the \`*\` also matches
another account and a path, so use \`ArnLike\`. A statement without any condition is reported as [KW3027](KW3027.md). An identity provider
named by its host, such as \`cognito-identity.amazonaws.com\`, serves all accounts: limit it in the same way, or by a claim such as
\`cognito-identity.amazonaws.com:aud\` or \`accounts.google.com:sub\`.
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
    if (key === undefined || effect === 'Deny' || conditions.some(limitsCallers)) return [];
    const say = (shown: string, provider?: string) => [
      report(definition, ref.source.span, { key: key.name, conditions: shown, ...(provider && { provider }) }),
    ];
    const provider = principals
      ?.flatMap((named) =>
        named.kind === 'federated' && parseArn(named.provider) === undefined ? hostOf(named.provider) : [],
      )
      .find((host) => !conditions.some((condition) => limitsUsers(condition, host)));
    if (provider !== undefined) return say('', provider);
    if (conditions.length === 0 || principals?.some(({ kind }) => kind === 'anyone') !== true) return [];
    return say(conditions.map((condition) => `\`${describeCondition(condition)}\``).join(' and '));
  },
};

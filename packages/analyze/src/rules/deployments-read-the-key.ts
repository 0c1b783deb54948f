import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { listed } from './read/names.ts';
import type { KeyRule } from './rule.ts';
import { isLockedOut, somebodyCan } from './somebody-can-change-the-policy.ts';

const definition = defineDiagnostic<{ key: string; actions: readonly string[] }>({
  code: 'KW7039',
  severity: 'warning',
  title: 'A key that no deployment can read',
  message: ({ key, actions }) =>
    `nobody in the account of \`${key}\` can do ${listed(actions)}, so no deployment can read it`,
  help: () => 'let whoever deploys read the key, as `administer` does with `kms:Describe*`, `kms:Get*` and `kms:List*`',
  explanation: `CloudFormation, Terraform and Pulumi read a key before they change it: its state, its key policy, its rotation and its tags. A key policy that nobody gets past
to read these, by a Deny for everyone or for want of an Allow, stops every deployment of the stack, also one that would put it right.
Source: CloudFormation resource type AWS::KMS::Key, permissions of its handlers; AWS KMS Developer Guide, "Allows key administrators to administer the KMS key".`,
  example: {
    wrong: `statements:
  - { effect: Deny, principals: { anyone: true }, actions: ["kms:Describe*", "kms:Get*"] }`,
    right: `statements:
  - effect: Deny
    principals: { anyone: true }
    actions: ["kms:Describe*", "kms:Get*"]
    conditions: { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Deployment" } }`,
  },
});

/** What every tool reads of every key that it has made. */
const read = ['DescribeKey', 'GetKeyPolicy', 'ListResourceTags'] as const;

/** Somebody in the account can read a key, as whoever deploys it has to. */
export const deploymentsReadTheKey: KeyRule = {
  definition,
  about: 'key',
  check: ({ key, resource }, { picture }) => {
    const hidden = read.filter((operation) => !somebodyCan(operation, key, picture));
    // Another rule covers a policy that nobody can change.
    if (hidden.length === 0 || isLockedOut(key, picture)) return [];
    const actions = hidden.map((operation) => `kms:${operation}`);
    return [report(definition, resource.source.span, { key: key.name, actions })];
  },
};

import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { readsOf } from './read/deployment-steps.ts';
import { listed } from './read/names.ts';
import type { KeyRule } from './rule.ts';
import { isLockedOut, somebodyCan } from './somebody-can-change-the-policy.ts';

const definition = defineDiagnostic<{ key: string; actions: readonly string[] }>({
  code: 'KW7039',
  severity: 'warning',
  title: 'A key that no deployment can read',
  message: ({ key, actions }) =>
    `nobody in the account of \`${key}\` can do ${listed(actions)}, so ${actions.includes('kms:DescribeKey') ? 'no deployment can read the key' : 'Terraform and Pulumi cannot read the key'}`,
  help: () =>
    'let the role that deploys read the key: `administer` includes `kms:Describe*`, `kms:Get*` and `kms:List*`',
  explanation: `Terraform and Pulumi read a key before they change it: its state, its key policy, its tags and, if its key material comes
from KMS, its rotation status. If a deployment may not read one of these, the deployment fails, even if the deployment itself would correct
the permission. CloudFormation reads the same four, but fails only if it cannot read the state (\`kms:DescribeKey\`). A Deny for everyone
keeps out whoever deploys, and so does a key policy that lets nobody read the key. Source: Terraform AWS provider (on which Pulumi's is
built), internal/service/kms/key.go, findKeyInfo; CloudFormation resource type AWS::KMS::Key, permissions of its read handler, and its
source, ReadHandler.java, which ignores refusals except that of DescribeKey.`,
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

/** Somebody in the account can read a key, as deploying the key requires. */
export const deploymentsReadTheKey: KeyRule = {
  definition,
  about: 'key',
  check: ({ key, resource }, { picture }) => {
    const hidden = readsOf(resource).filter((operation) => !somebodyCan(operation, key, picture));
    // Another rule covers a policy that nobody can change.
    if (hidden.length === 0 || isLockedOut(key, picture)) return [];
    const actions = hidden.map((operation) => `kms:${operation}`);
    return [report(definition, resource.source.span, { key: key.name, actions })];
  },
};

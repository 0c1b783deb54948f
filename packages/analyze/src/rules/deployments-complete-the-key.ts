import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { inWords } from '@keywright/core/diagnostics/list-of';
import { completingSteps } from './read/deployment-steps.ts';
import type { KeyRule } from './rule.ts';
import { isLockedOut, somebodyCan } from './somebody-can-change-the-policy.ts';

const definition = defineDiagnostic<{ key: string; steps: readonly string[] }>({
  code: 'KW7047',
  severity: 'warning',
  title: 'A key that no deployment can complete',
  message: ({ key, steps }) =>
    `nobody in the account of \`${key}\` can do ${inWords(steps)}, so deployments that need this fail`,
  help: () =>
    'allow the role that deploys to do this, for example with `administer`, or exempt that role from the Deny with a condition on `aws:PrincipalArn`',
  explanation: `A deployment creates a key with its key policy first, and then depends on that policy for the rest:
\`kms:ReplicateKey\` for each replica, \`kms:CreateAlias\` for aliases, \`kms:EnableKeyRotation\` for rotation, \`kms:DisableKey\`
for a key that is not enabled and \`kms:CreateGrant\` for KMS grants. Later, it needs \`kms:PutKeyPolicy\` to change the policy, and, for a
key with \`removal: destroy\`, \`kms:ScheduleKeyDeletion\` with the key's \`pendingWindow\`. A Deny for everyone stops whoever deploys, and
so does a key policy that allows nobody to do this. If everything exists already and should stay as it is, suppress the finding.
Source: AWS KMS Developer Guide, "AWS KMS permissions" and "Control access to multi-Region keys"; the create handlers of the
CloudFormation resource types AWS::KMS::Key, AWS::KMS::Alias and AWS::KMS::ReplicaKey; AWS KMS API reference, PutKeyPolicy and
ScheduleKeyDeletion.`,
  example: {
    wrong: `multiRegion: true
replicas: [{ environment: prod-us }]
statements:
  - { effect: Deny, principals: { anyone: true }, actions: kms:ReplicateKey }`,
    right: `multiRegion: true
replicas: [{ environment: prod-us }]
statements:
  - effect: Deny
    principals: { anyone: true }
    actions: kms:ReplicateKey
    conditions: { StringNotEquals: { "kms:ReplicaRegion": us-east-1 } }`,
  },
});

/** Somebody in the account can perform the operations that the YAML requires after the key is created. */
export const deploymentsCompleteTheKey: KeyRule = {
  definition,
  about: 'key',
  check: ({ key, resource }, { program, picture }) => {
    const impossible = completingSteps(key, resource, program).filter(
      ({ operation, context }) => !somebodyCan(operation, key, picture, context),
    );
    // Another rule covers a policy that nobody can change.
    if (impossible.length === 0 || isLockedOut(key, picture)) return [];
    const steps = impossible.map(({ operation, purpose }) => `\`kms:${operation}\` for ${purpose}`);
    return [report(definition, resource.source.span, { key: key.name, steps })];
  },
};

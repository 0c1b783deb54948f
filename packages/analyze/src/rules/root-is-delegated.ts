import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { decide } from '../decide.ts';
import { rootOf } from '../named-principal.ts';
import type { KeyRule } from './rule.ts';
import { delegates, isLockedOut } from './somebody-can-change-the-policy.ts';

const definition = defineDiagnostic<{ key: string }>({
  code: 'KW7002',
  severity: 'warning',
  title: 'A key that the account root cannot rescue',
  message: ({ key }) => `the key policy of \`${key}\` does not let the account root change it`,
  help: () => 'give the account root `kms:*`, or say in `suppress` who looks after the key',
  explanation: `Roles and users can be deleted; once the last administrator named in a key policy is gone, nobody can change the policy.
The account root cannot be deleted, and a key policy with a statement for the account root also lets IAM policies grant access. Leave the
account root out only where the IAM administrators of the account must not reach the key, and then write down who looks after the named
administrators. A Deny that exempts only an id (\`aws:userid\`) shuts out the root and any role that the root could create, since every new
role has a new id. Source: AWS KMS Developer Guide, "Default key policy", "Allows access to the AWS account and enables IAM policies".`,
  example: {
    wrong: `policy:
  - { principals: keyAdmins, actions: "kms:*" }`,
    right: `policy:
  - { principals: { account: "111122223333" }, actions: "kms:*" }`,
  },
});

/** An id in the form of a session's id. No statement names it, since IAM never reuses ids. */
const newId = 'AROANEWNEWNEWNEWNEWNE:new';

/** The account root can change the key policy, whatever happens to the principals that the policy names. */
export const rootIsDelegated: KeyRule = {
  definition,
  about: 'key',
  check: ({ key, resource }, { picture }) => {
    const policy = key.policy ?? [];
    const isDelegated = policy.some((statement) => delegates('PutKeyPolicy', statement, key));
    if (isDelegated && policy.every(({ effect }) => effect === 'Allow')) return [];
    const request = { action: 'kms:PutKeyPolicy', key } as const;
    // Nothing to report if the root user is always allowed.
    const root = rootOf(key.account, key.partition);
    if (decide(picture, { ...request, principal: root }).decision === 'allow') return [];
    // Any principal that an IAM administrator can create: the name and tags are free, but the id is new.
    const newcomer = { kind: 'account', account: key.account } as const;
    const { decision } = decide(picture, { ...request, principal: newcomer, context: { 'aws:userid': newId } });
    if (isDelegated && (decision === 'allow' || decision === 'dependsOn')) return [];
    // Another rule covers a policy that lets nobody in.
    return isLockedOut(key, picture) ? [] : [report(definition, resource.source.span, { key: key.name })];
  },
};

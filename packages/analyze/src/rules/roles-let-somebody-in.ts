import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { conditionHolds } from '../evaluate/conditions.ts';
import { assumeRequests, isOidcProviderElsewhere, isProvider } from './read/assume-request.ts';
import { listed, nameOf } from './read/names.ts';
import type { TrustRule } from './rule.ts';

/** The condition keys to blame, or what is wrong with the identity provider. */
type Blamed = readonly string[] | 'unknown host' | 'another account';

const definition = defineDiagnostic<{ role: string; who: string; blamed: Blamed }>({
  code: 'KW7042',
  severity: 'warning',
  title: 'A role that a principal can never assume',
  message: ({ role, who, blamed }) => {
    const never = `${listed([who])} can never assume the role \`${role}\``;
    if (blamed === 'unknown host') return `${never}: AWS has no identity provider with this host name`;
    if (blamed === 'another account') return `${never}: the identity provider is in another account than the role`;
    const unmet = blamed.length === 0 ? 'all of the conditions' : `the condition on ${listed(blamed)}`;
    return who === '*'
      ? `nobody can assume the role \`${role}\`: no request meets ${unmet}`
      : `${never}: none of its requests meets ${unmet}`;
  },
  help: ({ who, blamed }) => {
    if (blamed === 'unknown host')
      return `name the provider by its ARN, \`arn:aws:iam::<account>:oidc-provider/${who}\``;
    return blamed === 'another account'
      ? 'name a provider in the account of the role, with `${account}` in its ARN if the stack has several accounts'
      : 'correct the conditions in `when`, or remove the principal from `assumedBy`';
  },
  explanation: `A role trusts a principal under conditions that the principal's requests to STS never meet, so this principal can
never assume the role. These conditions are never met:

- for an account or a role: \`aws:SourceAccount\` and \`aws:SourceArn\`, which only AWS services have
- for a service: \`aws:PrincipalOrgID\`; \`aws:PrincipalTag/…\` and \`aws:RequestTag/…\`, unless the service tags its sessions, as IAM Roles
  Anywhere and EKS Pod Identity do
- for users of an identity provider: a claim of another provider; \`sts:ExternalId\`; \`aws:RequestTag/…\`
- for a role, a service or users of an identity provider: \`sts:SourceIdentity\`, since the trust policy does not allow
  \`sts:SetSourceIdentity\`, except for IAM Roles Anywhere
- for \`*\`: conditions that contradict each other
- for any principal: a condition key of KMS; an end before 2026 (\`DateLessThan\` on \`aws:CurrentTime\`). A later end is not
  compared with the clock, so that the findings do not depend on the day

The users of a provider that is named by its host cannot assume the role either, unless the provider is one of the few that AWS knows by
their host: Cognito, Google, Amazon and Facebook. All others have an ARN. STS looks for an OIDC provider in the account of the role, so the
users of a provider in another account cannot assume it.

[KW7021](KW7021.md) is the same rule for keys. Source: IAM User Guide, "AWS global condition context keys", "Available keys for AWS
OIDC federation", "Monitor and control actions taken with assumed roles"; IAM Roles Anywhere User Guide, "Trust model"; Amazon EKS User
Guide, "Authenticate to another account with IRSA"; AWS STS API reference, AssumeRole, AssumeRoleWithSAML and AssumeRoleWithWebIdentity.`,
  example: {
    wrong: `principals: { partner: { account: "999999999999", because: "settles our payments, SEC-12" } }
stacks:
  main:
    principals:
      settlement: { role: { assumedBy: partner, when: { StringEquals: { "aws:SourceAccount": "999999999999" } } } }`,
    right: `principals: { partner: { account: "999999999999", because: "settles our payments, SEC-12" } }
stacks:
  main:
    principals:
      settlement: { role: { assumedBy: partner, when: { StringEquals: { "sts:ExternalId": orders-7c1d } } } }`,
  },
});

/** Every principal in a role's trust policy can meet the conditions of its statement. */
export const rolesLetSomebodyIn: TrustRule = {
  definition,
  about: 'trust',
  check: ({ role: { id, name, principal }, statement }, { picture }): readonly Diagnostic[] => {
    const { principals, conditions, source } = statement;
    if (principal.kind !== 'role') return [];
    const ref = { kind: 'identityPolicy', owner: id, index: 0, effect: 'Allow', source } as const;
    return principals.flatMap((named) => {
      const finding = (blamed: Blamed) => [
        report(definition, source.span, { role: name, who: nameOf(named, picture), blamed }),
      ];
      if (named.kind === 'federated') {
        if (!isProvider(named.provider)) return finding('unknown host');
        if (isOidcProviderElsewhere(named.provider, principal.account)) return finding('another account');
      }
      if (conditions.length === 0) return [];
      const requests = assumeRequests(named, statement, principal, picture);
      const unmet = requests.map((entry) =>
        conditions.filter((condition) => conditionHolds(condition, { entry }, ref) === false),
      );
      if (requests.length === 0 || unmet.some((some) => some.length === 0)) return [];
      // A condition that no caller meets is to blame; if there is none, the conditions contradict each other.
      const always = conditions.filter((condition) => unmet.every((some) => some.includes(condition)));
      return finding(always.map(({ key }) => key));
    });
  },
};

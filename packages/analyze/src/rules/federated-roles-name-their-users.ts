import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { hostOf, limitsUsers, tenantClaims } from './read/web-identities.ts';
import type { TrustRule } from './rule.ts';

const definition = defineDiagnostic<{ role: string; host: string }>({
  code: 'KW7028',
  severity: 'warning',
  title: 'A role that every user of an identity provider can assume',
  message: ({ role, host }) => `everyone with a token of \`${host}\` can assume the role \`${role}\``,
  help: ({ host }) =>
    `add a condition on \`${host}:${tenantClaims(host)?.[0] ?? 'sub'}\` to \`when\`; each value has to identify the owner before any wildcard`,
  explanation: `Many identity providers serve everyone: any repository on GitHub gets tokens of \`token.actions.githubusercontent.com\`,
and anyone can have an identity pool in Cognito. Whoever assumes the role can do what the policies of the role allow. A condition on the
subject or another claim limits who can assume it. The audience \`sts.amazonaws.com\` is the same for everyone. At providers that serve
everyone, such as GitHub, GitLab, HCP Terraform and Cognito, only some claims say whose token it is: whoever asks GitHub for a token
chooses its audience, and anyone can have a branch \`main\`. There, a pattern has to contain the owner's whole name before its first
wildcard: \`repo:*\`, \`repo:exam*\` and \`project_path:*:ref:main\` leave the owner open, but \`repo:example/*\` does not. \`IfExists\`
and \`ForAllValues\` leave the role open, except on \`sub\` and \`aud\`, which every token has. Roles for SAML providers are not reported.
Source: OpenID Connect Core 1.0, "ID Token"; IAM User Guide, "Create a role for OpenID Connect federation" and "Identity-provider controls
for shared OIDC providers"; Amazon Cognito Developer Guide, "IAM roles"; GitHub Docs, "OpenID Connect reference".`,
  example: {
    wrong: `stacks:
  main:
    principals:
      deployment:
        role:
          assumedBy: { federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }`,
    right: `stacks:
  main:
    principals:
      deployment:
        role:
          assumedBy: { federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
          when: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:example/orders:*" } }`,
  },
});

/** A role that an identity provider's users can assume has a condition on one of their claims. */
export const federatedRolesNameTheirUsers: TrustRule = {
  definition,
  about: 'trust',
  check: ({ role, statement: { principals, conditions, source } }) => {
    const hosts = principals.flatMap((named) => (named.kind === 'federated' ? hostOf(named.provider) : []));
    const open = hosts.find((host) => !conditions.some((condition) => limitsUsers(condition, host)));
    return open === undefined ? [] : [report(definition, source.span, { role: role.name, host: open })];
  },
};

import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { PolicyCondition } from '../picture.ts';
import { shown, type Value } from '../value/value.ts';
import { aboutRole } from './read/about-role.ts';
import { mustMatch } from './read/conditions.ts';
import type { ProgramRule } from './rule.ts';

const definition = defineDiagnostic<{ role: string; host: string }>({
  code: 'KW7028',
  severity: 'warning',
  title: 'A role that every user of an identity provider can assume',
  message: ({ role, host }) => `everyone with a token of \`${host}\` can assume the role \`${role}\``,
  help: ({ host }) => `add a condition on \`${host}:${host === cognito ? 'aud' : 'sub'}\` to \`when\``,
  explanation: `Many identity providers serve everyone: any repository on GitHub gets tokens of \`token.actions.githubusercontent.com\`, and anyone can have
an identity pool in Cognito. Whoever assumes the role can do what its policies allow. A condition on the subject or another claim limits it.
The audience \`sts.amazonaws.com\` is the same for everyone, and a pattern such as \`repo:*\` leaves the owner open. Roles for SAML providers are
not reported. Source: IAM User Guide, "Create a role for OpenID Connect federation"; Amazon Cognito Developer Guide, "IAM roles".`,
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

const cognito = 'cognito-identity.amazonaws.com';

/** A role that an identity provider's users can assume has a condition on a claim of theirs. */
export const federatedRolesNameTheirUsers: ProgramRule = {
  definition,
  about: 'program',
  check: ({ picture }) =>
    picture.principals.flatMap(({ name, created, trust = [] }) =>
      trust.flatMap(({ principals, conditions, source }): readonly Diagnostic[] => {
        const hosts = principals.flatMap((named) => (named.kind === 'federated' ? hostOf(named.provider) : []));
        const open = hosts.find((host) => !conditions.some((condition) => limitsUsers(condition, host)));
        return open === undefined
          ? []
          : aboutRole(created, report(definition, source.span, { role: name, host: open }));
      }),
    ),
};

/** The host of a provider of web identities; nothing for one of SAML. */
function hostOf(provider: Value): readonly string[] {
  const [, host] = /^(?:arn:.*:oidc-provider\/)?([^:]+)$/.exec(shown(provider)) ?? [];
  return host === undefined ? [] : [host];
}

function limitsUsers(condition: PolicyCondition, host: string): boolean {
  const { key, values } = condition;
  const isClaim = key.toLowerCase().startsWith(`${host.toLowerCase()}:`);
  return isClaim && mustMatch(condition) && values.every((value) => !isEveryones(shown(value)));
}

/** Whether a claim has such a value for everyone. */
function isEveryones(value: string): boolean {
  return value === 'sts.amazonaws.com' || /^(repo:)?[*?]/.test(value);
}

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
  help: ({ host }) =>
    `add a condition on \`${host}:${tenantOf(host)?.[0] ?? 'sub'}\` to \`when\`, with the whole name of whoever may come before any wildcard`,
  explanation: `Many identity providers serve everyone: any repository on GitHub gets tokens of \`token.actions.githubusercontent.com\`, and anyone can have
an identity pool in Cognito. Whoever assumes the role can do what its policies allow. A condition on the subject or another claim limits it.
The audience \`sts.amazonaws.com\` is the same for everyone. At providers that serve everyone, such as GitHub, GitLab, HCP Terraform and Cognito, only some claims say
whose token it is: whoever asks GitHub for a token chooses its audience, and anyone has a branch \`main\`. There a pattern has to contain the whole
name before its first wildcard: \`repo:*\`, \`repo:exam*\` and \`project_path:*:ref:main\` leave the owner open, \`repo:example/*\` does not. Roles for SAML providers are
not reported. Source: IAM User Guide, "Create a role for OpenID Connect federation" and "Identity-provider controls for shared OIDC providers"; Amazon Cognito Developer
Guide, "IAM roles"; GitHub Docs, "OpenID Connect reference".`,
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

/**
 * Providers that serve everyone, with the claims that say whose token it is, the one to advise first. Sources: IAM User Guide,
 * "Identity-provider controls for shared OIDC providers" and "Available keys for AWS OIDC federation"; GitHub Docs, "OpenID Connect reference".
 */
const tenants: Readonly<Record<string, readonly string[]>> = {
  'agent.buildkite.com': ['sub'],
  'api.pulumi.com/oidc': ['aud'],
  'app.terraform.io': ['sub'],
  'cognito-identity.amazonaws.com': ['aud'],
  'gitlab.com': ['sub'],
  'oidc.codefresh.io': ['sub'],
  'oidc.vercel.com': ['aud'],
  'proidc.upbound.io': ['sub'],
  'scalr.io': ['sub'],
  'studio.datachain.ai/api': ['sub'],
  'token.actions.githubusercontent.com': [
    'sub',
    'actor',
    'actor_id',
    'enterprise_id',
    'job_workflow_ref',
    'repository',
    'repository_id',
    'repository_owner',
    'repository_owner_id',
  ],
  'tokens.cloud.shisho.dev': ['sub'],
};

function tenantOf(host: string): readonly string[] | undefined {
  const name = host.toLowerCase();
  return Object.hasOwn(tenants, name) ? tenants[name] : undefined;
}

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
  const start = `${host.toLowerCase()}:`;
  if (!key.toLowerCase().startsWith(start) || !mustMatch(condition)) return false;
  const of = tenantOf(host);
  if (of === undefined) return values.every((value) => !isEveryones(shown(value)));
  const claim = key.slice(start.length).toLowerCase();
  return of.includes(claim) && values.every((value) => isOneTenants(shown(value)));
}

/** Whether a claim has such a value for everyone. */
function isEveryones(value: string): boolean {
  return value === 'sts.amazonaws.com' || /^[*?]/.test(value);
}

/**
 * Whether a value of a claim belongs to one tenant: it has no wildcard, or none before the end of the first name, such as the
 * owner in `repo:example/*`, `example/*` and `organization:example:*`.
 */
function isOneTenants(value: string): boolean {
  return value !== 'sts.amazonaws.com' && (!/[*?]/.test(value) || /^[^*?:/@]+(\/|:[^*?:/@]+[:/@])/.test(value));
}

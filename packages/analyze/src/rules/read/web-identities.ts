/** Users of providers of web identities, such as GitHub or Cognito, and the claims that tell them apart. */
import type { PolicyCondition } from '../../picture.ts';
import { shown, type Value } from '../../value/value.ts';
import { mustMatch } from './conditions.ts';

/**
 * Providers that serve everyone, with the claims that identify a token's owner. The first claim is suggested. Sources: IAM User Guide,
 * "Identity-provider controls for shared OIDC providers" and "Available keys for AWS OIDC federation"; GitHub Docs, "OpenID Connect
 * reference".
 */
const tenants: Readonly<Record<string, readonly string[]>> = {
  'agent.buildkite.com': ['sub'],
  'api.pulumi.com/oidc': ['aud'],
  'app.terraform.io': ['sub'],
  'cognito-identity.amazonaws.com': ['aud'],
  'gitlab.com': ['sub'],
  'graph.facebook.com': ['app_id', 'id'],
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
  'www.amazon.com': ['app_id', 'user_id'],
};

/** The claims that say whose token it is, if the provider serves everyone; `undefined` for any other provider. */
export function tenantClaims(host: string): readonly string[] | undefined {
  const name = host.toLowerCase();
  return Object.hasOwn(tenants, name) ? tenants[name] : undefined;
}

/** The host of a provider of web identities; empty for a SAML provider. */
export function hostOf(provider: Value): readonly string[] {
  const [, host] = /^(?:arn:.*:oidc-provider\/)?([^:]+)$/.exec(shown(provider)) ?? [];
  return host === undefined ? [] : [host];
}

/**
 * Whether a condition limits who can come from a provider: only users of one tenant if the provider serves everyone, otherwise only some of
 * the users.
 */
export function limitsUsers(condition: PolicyCondition, host: string): boolean {
  const { key, values } = condition;
  const start = `${host.toLowerCase()}:`;
  if (!key.toLowerCase().startsWith(start)) return false;
  const claim = key.slice(start.length).toLowerCase();
  if (!mustMatch(inEveryToken.includes(claim) ? ofPresentKey(condition) : condition)) return false;
  const claims = tenantClaims(host);
  if (claims === undefined) return values.every((value) => !isEveryones(shown(value)));
  return claims.includes(claim) && values.every((value) => isOneTenants(shown(value)));
}

/**
 * The claims that every token has, for which `IfExists` and `ForAllValues` make no difference. Source: OpenID Connect Core
 * 1.0, "ID Token".
 */
const inEveryToken: readonly string[] = ['sub', 'aud'];

/** Drops `ForAllValues:` and `IfExists` from a condition. They only decide about requests that lack the condition key. */
function ofPresentKey(condition: PolicyCondition): PolicyCondition {
  return { ...condition, operator: condition.operator.replace(/^ForAllValues:|IfExists$/gi, '') };
}

/** Whether a value matches this claim in the tokens of every tenant. */
function isEveryones(value: string): boolean {
  return value === 'sts.amazonaws.com' || /^[*?]/.test(value);
}

/**
 * Whether a value of a claim belongs to one tenant. Such a value has no wildcard before the end of its first name, which is the owner in
 * `repo:example/*`, `example/*` and `organization:example:*`.
 */
function isOneTenants(value: string): boolean {
  return value !== 'sts.amazonaws.com' && (!/[*?]/.test(value) || /^[^*?:/@]+(\/|:[^*?:/@]+[:/@])/.test(value));
}

import type { ContextEntry } from '../../context/context.ts';
import { readRequest } from '../../context/read-request.ts';
import { maySetSourceIdentity } from '../../facts/source-identity.ts';
import { requesterOf, rootOf } from '../../named-principal.ts';
import type { NamedPrincipal, Picture, PictureKey, TrustStatement } from '../../picture.ts';
import type { Principal } from '../../principal.ts';
import { parseArn } from '../../value/arn.ts';
import { equals } from '../../value/compare.ts';
import { joinValue, shown, type Value } from '../../value/value.ts';
import { hostOf } from './web-identities.ts';

/** The role that a request to STS asks for. */
type AskedRole = Extract<Principal, { kind: 'role' }>;

/**
 * The condition keys, in lower case, of each kind of request in which a principal named in a trust policy can ask for the role. Several
 * kinds for everyone, which includes services and root users; none for a name that no caller has. A user of an identity provider has claims
 * of that provider only, and a service has none. The tags that IAM Roles Anywhere gives a session are tags of the principal even in this
 * request. Source: IAM User Guide, "Available keys for AWS OIDC federation"; IAM Roles Anywhere User Guide, "Trust model"; AWS STS API
 * reference: AssumeRoleWithSAML and AssumeRoleWithWebIdentity take no external id.
 */
export function assumeRequests(
  named: NamedPrincipal,
  trust: Pick<TrustStatement, 'bringsTags' | 'bringsSourceIdentity'>,
  role: AskedRole,
  picture: Picture,
): readonly ((key: string) => ContextEntry)[] {
  const { bringsTags } = trust;
  return callersOf(named, role).map((principal) => {
    const facts = readRequest(picture, { principal, action: 'sts:AssumeRole', key: inPlaceOfKey(role) });
    return (key) => {
      if (key.startsWith('kms:')) return 'absent';
      if (bringsTags && key.startsWith('aws:principaltag/')) return 'unknown';
      if (sessionTags.test(key)) return bringsTags || !needsTrustForTags.includes(named.kind) ? 'unknown' : 'absent';
      if (sourceIdentity.test(key)) return maySetSourceIdentity(named, trust) ? 'unknown' : 'absent';
      if (named.kind === 'federated' && key === 'sts:externalid') return 'absent';
      if (isClaim(key)) return mayHaveClaim(named, principal, key) ? 'unknown' : 'absent';
      return facts.entry(key);
    };
  });
}

/**
 * The principals whose requests bring tags only if the trust policy allows `sts:TagSession`. Source: IAM User Guide, "Pass session tags in
 * AWS STS", "Permissions required to add session tags".
 */
const needsTrustForTags: readonly NamedPrincipal['kind'][] = ['service', 'federated'];

function callersOf(named: NamedPrincipal, { account, arn }: AskedRole): readonly Principal[] {
  const anyone = { kind: 'anyone' } as const;
  switch (named.kind) {
    case 'anyone':
      return [
        anyone,
        { kind: 'service', host: joinValue([{ unknown: 'principal', of: 'a service' }]) },
        rootOf(account, partitionOf(arn)),
      ];
    case 'federated':
      return [anyone];
    default: {
      const principal = requesterOf(named);
      return principal === undefined ? [] : [principal];
    }
  }
}

/**
 * The identity providers that AWS knows by their hosts; all others have an ARN. Source: IAM User Guide, "AWS JSON policy elements:
 * Principal", "OIDC federated principals".
 */
const knownHosts: readonly string[] = [
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
];

/** Whether AWS can know an identity provider by this name. */
export function isProvider(provider: Value): boolean {
  return parseArn(provider) !== undefined || typeof provider !== 'string' || knownHosts.includes(provider);
}

/**
 * Whether an identity provider is an OIDC provider in another account than the role. STS looks for it only in the account of the role.
 * Source: Amazon EKS User Guide, "Authenticate to another account with IRSA".
 */
export function isOidcProviderElsewhere(provider: Value, account: Value): boolean {
  const arn = parseArn(provider);
  return (
    arn !== undefined && shown(arn.resource).startsWith('oidc-provider/') && equals(arn.account, account) === false
  );
}

/** The condition keys for the tags that a request gives to a session or to a key to be created. */
const sessionTags = /^(aws:(requesttag\/|tagkeys$)|sts:transitivetagkeys$)/;

const sourceIdentity = /^(aws|sts):sourceidentity$/;

/** Whether a condition key is a claim that identity providers make about their users: `accounts.google.com:sub`, `saml:aud`. */
export function isClaim(key: string): boolean {
  const provider = providerOf(key);
  return provider.includes('.') || provider === 'saml';
}

function providerOf(key: string): string {
  return key.slice(0, key.lastIndexOf(':')).toLowerCase();
}

function mayHaveClaim(named: NamedPrincipal, { kind }: Principal, key: string): boolean {
  if (named.kind !== 'federated') return kind !== 'service';
  const [host = 'saml'] = hostOf(named.provider);
  const isOpen = typeof named.provider !== 'string' && host.includes('<');
  return isOpen || withoutSlash(providerOf(key)) === withoutSlash(host.toLowerCase());
}

const withoutSlash = (text: string) => text.replace(/\/$/, '');

/**
 * A placeholder for the KMS key that the evaluator needs in every request, since these requests are for a role. Only conditions on tags or
 * the account could distinguish the placeholder from the role.
 */
function inPlaceOfKey({ name, account, arn }: AskedRole): PictureKey {
  return {
    id: shown(arn),
    kind: 'referred',
    name: shown(name),
    arn,
    account,
    partition: partitionOf(arn),
    region: joinValue([{ unknown: 'region', of: 'the request' }]),
    aliases: [],
    tags: new Map(),
    grants: [],
    identity: new Map(),
  };
}

function partitionOf(arn: Value): Value {
  return parseArn(arn)?.partition ?? 'aws';
}

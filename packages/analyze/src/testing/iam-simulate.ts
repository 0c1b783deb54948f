/**
 * Asks `@cloud-copilot/iam-simulate` as an independent judge: takes a request with everything AWS would know about it, and the policies
 * as deployed. Nothing here uses the evaluator.
 */
import { isWildcardOnlyAction, runSimulation } from '@cloud-copilot/iam-simulate';
import type { Outcome } from '../decision.ts';
import type { Circumstances } from './any-access.ts';
import type { Deployed, DeployedKey, JsonPolicy } from './deployed-policies.ts';

export interface JudgedRequest {
  readonly deployed: Deployed;
  readonly key: DeployedKey;
  /** `first/role/api`, or an ARN or host. */
  readonly requester: string;
  readonly operation: string;
  readonly circumstances: Circumstances;
}

export interface JudgeOptions {
  /** Whether to rename `kms:EncryptionContext:…`, which the judge drops, to a condition key that the judge keeps. */
  readonly keepsContext?: boolean;
  /** Whether to give hosts in China the ending of other partitions, since the judge does not recognise them as services. */
  readonly hostsAsElsewhere?: boolean;
  /** Policies that replace the deployed ones: `everything` allows everything, for the root user; `denies` keeps only Deny statements. */
  readonly identity?: 'everything' | 'denies';
  readonly keyPolicy?: 'denies';
}

const outcomes: Readonly<Record<string, Outcome>> = {
  Allowed: 'allow',
  ExplicitlyDenied: 'explicitDeny',
  ImplicitlyDenied: 'implicitDeny',
};

export async function judge(request: JudgedRequest, options: JudgeOptions = {}): Promise<Outcome> {
  const { via, encryptionContext } = request.circumstances;
  const implied = impliedContext({ ...request, via, encryptionContext });
  return simulate(request, present({ ...implied, ...circumstantialContext(request) }), options);
}

/** The judge's answer to a fully determined request with these condition keys. */
export async function judgeAsked(asked: Asked, given: Entries): Promise<Outcome> {
  return simulate(asked, present({ ...impliedContext(asked), ...given }), {});
}

async function simulate(
  request: Omit<JudgedRequest, 'circumstances'>,
  context: Record<string, string | string[]>,
  options: JudgeOptions,
): Promise<Outcome> {
  const { deployed, key, operation } = request;
  const { arn, holder } = callerOf(request);
  const action = `kms:${operation}`;
  const identity = options.identity === 'everything' ? [everything] : (deployed.identityPolicies.get(holder) ?? []);
  const policies = options.identity === 'denies' ? identity.map(onlyDenies) : identity;
  const isAboutKey = !(await isWildcardOnlyAction('kms', operation));
  const keyPolicy = options.keyPolicy === 'denies' ? onlyDenies(key.policy) : key.policy;
  const simulation = {
    request: {
      principal: arn,
      action,
      resource: { resource: isAboutKey ? key.arn : '*', accountId: key.account },
      contextVariables: context,
    },
    identityPolicies: policies.map((policy, index) => ({ name: `policy ${index}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    // A key policy says nothing about operations without a key.
    ...(isAboutKey && { resourcePolicy: keyPolicy }),
  };
  const kept = options.keepsContext === true ? renamed(simulation, /kms:EncryptionContext:/gi, contextTag) : simulation;
  const asked = options.hostsAsElsewhere === true ? renamed(kept, /\.amazonaws\.com\.cn/g, '.amazonaws.com') : kept;
  const result = await runSimulation(asked, {});
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return outcomes[result.overallResult] ?? 'implicitDeny';
}

/** Keeps the encryption context under the name of a tag, which the judge accepts for any request. */
const contextTag = 'aws:PrincipalTag/encryption-context-';

function renamed<T>(simulation: T, name: RegExp, other: string): T {
  return JSON.parse(JSON.stringify(simulation).replaceAll(name, other)) as T; // it is plain data
}

const everything: JsonPolicy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

function onlyDenies(policy: JsonPolicy): JsonPolicy {
  // A policy needs a statement; this one denies nothing in KMS.
  const nothing = { Effect: 'Deny', Principal: '*', Action: 's3:ListBucket', Resource: '*' };
  const denies = policy.Statement.filter(({ Effect }) => Effect === 'Deny');
  const ofKey = policy.Statement.some((statement) => 'Principal' in statement || 'NotPrincipal' in statement);
  const { Principal, ...ofIdentity } = nothing;
  return { ...policy, Statement: denies.length > 0 ? denies : [ofKey ? nothing : ofIdentity] };
}

/** The caller: its ARN or host, and the principal that policies are attached to. */
export function callerOf({ deployed, requester }: Pick<JudgedRequest, 'deployed' | 'requester'>): {
  readonly arn: string;
  readonly holder: string;
  readonly kind: 'role' | 'user' | 'session' | 'federatedUser' | 'root' | 'service';
  readonly account?: string;
} {
  const arn = deployed.created.get(requester)?.arn ?? requester;
  if (!arn.startsWith('arn:')) return { arn, holder: '', kind: 'service' };
  const account = arn.split(':')[4] ?? '';
  const [type = '', ...path] = (arn.split(':')[5] ?? '').split('/');
  if (type === 'root') return { arn, holder: '', kind: 'root', account };
  if (type === 'assumed-role') return { arn, holder: `role ${account} ${path[0]}`, kind: 'session', account };
  if (type === 'federated-user') return { arn, holder: '', kind: 'federatedUser', account };
  return { arn, holder: `${type} ${account} ${path.at(-1)}`, kind: type === 'user' ? 'user' : 'role', account };
}

/** The ARN of a session's role; the tests know which of their roles have a path. */
export function roleArn(arn: string): string {
  const [, , , , account, resource = ''] = arn.split(':');
  const name = resource.split('/')[1];
  return `arn:aws:iam::${account}:role/${name === 'Two' ? 'team/Two' : name}`;
}

type Entries = Readonly<Record<string, string | readonly string[] | null>>;

/** A request without its random circumstances. */
export type Asked = Omit<JudgedRequest, 'circumstances'> & Pick<Circumstances, 'via' | 'encryptionContext'>;

const principalTypes: Readonly<Record<string, string>> = {
  user: 'User',
  root: 'Account',
  federatedUser: 'FederatedUser',
};

/** The condition keys that AWS derives from a request. Source: the availability of each key in the documentation of IAM and KMS. */
function impliedContext(asked: Asked): Entries {
  const { deployed, key, requester, operation, via, encryptionContext } = asked;
  const { arn, kind, account } = callerOf(asked);
  const service = kind === 'service';
  const direct = via === null || service;
  const { spec, usage, origin, multiRegion } = key.traits;
  const takesContext =
    (isCryptographic(operation) && spec === 'SYMMETRIC_DEFAULT') || ['CreateGrant', 'RetireGrant'].includes(operation);
  const pairs = takesContext ? encryptionContext : {};
  const tags = deployed.created.get(requester)?.tags ?? {};
  return {
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': key.region,
    'aws:ResourceAccount': key.account,
    'aws:PrincipalIsAWSService': String(service),
    'aws:ViaAWSService': String(!direct),
    'kms:KeySpec': spec,
    'kms:KeyUsage': usage,
    'kms:CustomerMasterKeySpec': spec,
    'kms:CustomerMasterKeyUsage': usage,
    'kms:KeyOrigin': origin,
    'kms:MultiRegion': String(multiRegion !== undefined),
    'kms:MultiRegionKeyType': multiRegion ?? null,
    'kms:EncryptionAlgorithm': isCryptographic(operation) && spec === 'SYMMETRIC_DEFAULT' ? 'SYMMETRIC_DEFAULT' : null,
    'kms:MacAlgorithm': operation === 'GenerateMac' ? spec.replace('HMAC_', 'HMAC_SHA_') : null,
    'kms:ResourceAliases': key.aliases.length === 0 ? null : key.aliases,
    'kms:ViaService': direct ? null : `${via}.${key.region}.amazonaws.com`,
    'kms:EncryptionContextKeys': Object.keys(pairs).length === 0 ? null : Object.keys(pairs),
    ...Object.fromEntries(Object.entries(pairs).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    ...Object.fromEntries(Object.entries(key.tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value])),
    ...(service
      ? { 'aws:PrincipalServiceName': arn }
      : {
          'aws:PrincipalArn': kind === 'session' ? roleArn(arn) : arn,
          'aws:PrincipalAccount': account ?? null,
          'kms:CallerAccount': account ?? null,
          'aws:PrincipalType': principalTypes[kind] ?? 'AssumedRole',
          'aws:userid': kind === 'root' ? (account ?? null) : 'AIDACKCEVSQ6C2EXAMPLE',
          'aws:TokenIssueTime': kind === 'role' || kind === 'session' ? '2026-06-30T00:00:00Z' : null,
          'aws:username': kind === 'user' ? (arn.split('/').at(-1) ?? null) : null,
          ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, value])),
        }),
  };
}

function circumstantialContext(request: JudgedRequest): Entries {
  const { deployed, key, requester, operation, circumstances } = request;
  const { via, orgId, mfa, ip, time, sourceArn, calledVia, forResource, requestAlias } = circumstances;
  const { kind } = callerOf(request);
  const service = kind === 'service';
  const direct = via === null || service;
  const ofGrants = ['CreateGrant', 'ListGrants', 'RevokeGrant'].includes(operation);
  const takesAlias =
    isCryptographic(operation) || ['DescribeKey', 'GetPublicKey', 'Sign', 'GenerateMac'].includes(operation);
  return {
    'aws:CurrentTime': time,
    'aws:SourceIp': ip,
    'aws:CalledVia': direct ? null : calledVia,
    'kms:GrantIsForAWSResource': ofGrants ? (direct && !service ? 'false' : forResource) : null,
    'kms:GrantOperations': operation === 'CreateGrant' ? circumstances.grantOperations : null,
    'kms:RequestAlias': takesAlias && requestAlias !== null && key.aliases.includes(requestAlias) ? requestAlias : null,
    ...(service
      ? { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceArn === null ? null : '111122223333' }
      : {
          'aws:PrincipalOrgID': orgId,
          'aws:PrincipalOrgPaths': orgId === null ? null : [`${orgId}/r-ab12/ou-ab12-11111111/`],
          'aws:MultiFactorAuthPresent': mfa,
          'aws:MultiFactorAuthAge': mfa === 'true' ? circumstances.mfaAge : null,
          ...(!deployed.created.has(requester) && kind !== 'root' && { 'aws:PrincipalTag/team': circumstances.tag }),
        }),
  };
}

function isCryptographic(operation: string): boolean {
  return ['Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom'].includes(operation);
}

function present(entries: Entries): Record<string, string | string[]> {
  const context: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(entries)) {
    if (value !== null) context[name] = typeof value === 'string' ? value : [...value];
  }
  return context;
}

/**
 * Makes the evaluator's picture of a deployment from policy documents. It shares only the evaluator with the picture of a program, and none
 * of the code that makes that picture.
 */

import { principalsNamedIn, principalsOfGrant } from '@keywright/analyze/build/named-in';
import { nameOfArn } from '@keywright/analyze/named-principal';
import type {
  NamedPrincipal,
  Picture,
  PictureGrant,
  PictureKey,
  PicturePrincipal,
  PolicyStatement,
  StatementRef,
} from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import { principalId } from '@keywright/analyze/principal-id';
import type { JsonPolicy } from '@keywright/analyze/testing/deployed-policies';
import { joinValue } from '@keywright/analyze/value/value';
import type { DeployedKmsGrant, Tags } from './deployed.ts';
import type { CreatedPrincipal, DeployedAccess } from './deployed-access.ts';

/** An empty span, since no question depends on where a document is in a file. */
const source = { span: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 } } as const;

export function pictureOfDocuments(access: DeployedAccess): Picture {
  const keys = [
    ...access.keys.map((key): PictureKey => {
      const { arn, account, region, traits, aliases, grants, policy } = key;
      return {
        id: key.id,
        kind: traits.multiRegion === 'REPLICA' ? 'replicaKey' : 'key',
        name: key.id,
        arn,
        partition: arn.split(':')[1] ?? '',
        region,
        account,
        traits: {
          spec: traits.spec,
          usage: traits.usage,
          origin: traits.origin,
          multiRegion: traits.multiRegion !== undefined,
          enabled: true,
        },
        aliases,
        tags: new Map(Object.entries(key.tags)),
        policy: statementsOf(policy, { kind: 'keyPolicy', owner: key.id }),
        grants: grants.map((grant) => grantOf(grant, key.id)),
        identity: new Map(),
      };
    }),
    ...[...access.referred].map(([arn, { aliases, grants }]): PictureKey => {
      const [, partition = '', , region = '', account = ''] = arn.split(':');
      const held = { aliases, grants: grants.map((grant) => grantOf(grant, arn)) };
      const nothing = { tags: new Map(), identity: new Map() };
      return { id: arn, kind: 'referred', name: arn, arn, partition, region, account, ...held, ...nothing };
    }),
  ];

  const principals = new Map<string, PicturePrincipal>();
  const add = (principal: Principal): void => {
    const id = principalId(principal);
    if (!principals.has(id)) principals.set(id, { id, name: id, principal });
  };
  for (const created of access.principals) {
    const known = createdPrincipal(created);
    principals.set(known.id, known);
  }
  for (const key of keys) {
    for (const statement of key.policy ?? []) principalsNamedIn(statement, key.partition).forEach(add);
    for (const grant of key.grants) principalsOfGrant(grant, key.partition).forEach(add);
  }
  const identityPatterns = new Map<string, readonly PolicyStatement[]>();
  for (const [holder, policies] of access.identityPolicies) {
    add(principalOfHolder(holder));
    const statements = policies.flatMap((policy) => statementsOf(policy, { kind: 'identityPolicy', owner: holder }));
    identityPatterns.set(holder, statements);
  }
  return {
    keys,
    principals: [...principals.values()],
    keysById: new Map(keys.map((key) => [key.id, key])),
    principalsById: principals,
    namesakes: new Map(),
    identityPatterns,
    identityByAlias: new Map(),
  };
}

function createdPrincipal({ kind, stack, resource, account, arn, tags, trust }: CreatedPrincipal): PicturePrincipal {
  const name = arn.split('/').at(-1) ?? '';
  const principal: Principal = kind === 'group' ? { kind, account, name } : { kind, account, name, arn };
  const trusting = trust === undefined ? [] : statementsOf(trust, { kind: 'identityPolicy', owner: resource });
  // With `sts:TagSession`, a session may have tags of its own.
  const bringsTags = ({ actions }: PolicyStatement) => actions?.includes('sts:TagSession') === true;
  return {
    id: `${kind} ${account} ${name}`,
    name: `${stack}.${resource}`,
    principal,
    created: { stack, resource },
    ...(kind !== 'group' && !trusting.some(bringsTags) && { tags: new Map(Object.entries(tags)) }),
    ...(kind === 'role' && {
      trust: trusting.map((statement) => ({
        principals: statement.principals ?? [],
        bringsTags: bringsTags(statement),
        bringsSourceIdentity: statement.actions?.includes('sts:SetSourceIdentity') === true,
        conditions: statement.conditions,
        source: statement.ref.source,
      })),
      federated: trusting.some(
        ({ principals }) => principals?.some((trusted) => trusted.kind === 'federated') === true,
      ),
    }),
  };
}

/** Returns the principal that a policy is attached to. IAM names it without its path. */
function principalOfHolder(holder: string): Principal {
  const [kind = '', account = '', ...rest] = holder.split(' ');
  const name = rest.join(' ');
  if (kind === 'group') return { kind, account, name };
  if (kind !== 'role' && kind !== 'user') throw new Error(`${holder} holds no policy`);
  const path = { unknown: 'path', of: `${kind} ${name}` } as const;
  return { kind, account, name, arn: joinValue([`arn:aws:iam::${account}:${kind}/`, path, name]) };
}

export function statementsOf(
  policy: JsonPolicy,
  owner: Pick<StatementRef, 'kind' | 'owner'>,
): readonly PolicyStatement[] {
  return policy.Statement.map((json, index): PolicyStatement => {
    const effect = json.Effect === 'Deny' ? 'Deny' : 'Allow';
    return {
      ref: { ...owner, index, effect, source },
      effect,
      ...(json.Principal !== undefined && { principals: namesOf(json.Principal) }),
      ...(json.NotPrincipal !== undefined && { notPrincipals: namesOf(json.NotPrincipal) }),
      ...(json.Action !== undefined && { actions: textsOf(json.Action) }),
      ...(json.NotAction !== undefined && { notActions: textsOf(json.NotAction) }),
      ...(json.Resource !== undefined && { resources: textsOf(json.Resource) }),
      ...(json.NotResource !== undefined && { notResources: textsOf(json.NotResource) }),
      conditions: Object.entries(json.Condition ?? {}).flatMap(([operator, tests]) =>
        Object.entries(tests as Tags).map(([key, values]) => ({ operator, key, values: textsOf(values) })),
      ),
    };
  });
}

function namesOf(principal: unknown): readonly NamedPrincipal[] {
  if (typeof principal === 'string') return [nameOfArn(principal)];
  return Object.entries(principal as Tags).flatMap(([kind, names]) =>
    textsOf(names).map((name): NamedPrincipal => {
      switch (kind) {
        case 'AWS':
          return nameOfArn(name);
        case 'Service':
          return { kind: 'service', host: name };
        case 'Federated':
          return { kind: 'federated', provider: name };
        default:
          throw new Error(`no policy has a ${kind} principal`);
      }
    }),
  );
}

function textsOf(oneOrMore: unknown): readonly string[] {
  return [oneOrMore].flat().map(String);
}

function grantOf(grant: DeployedKmsGrant, owner: string): PictureGrant {
  const name = String(grant.name);
  const pairs = grant.equals ?? grant.subset;
  return {
    ref: { kind: 'kmsGrant', owner, index: 0, name, effect: 'Allow', source },
    name,
    grantee: nameOfArn(String(grant.grantee)),
    ...(grant.retiringPrincipal !== undefined && { retiringPrincipal: nameOfArn(String(grant.retiringPrincipal)) }),
    operations: textsOf(grant.operations),
    ...(pairs !== undefined && {
      encryptionContext: {
        match: grant.equals === undefined ? 'subset' : 'equals',
        pairs: Object.entries(pairs).map(([key, value]) => [key, String(value)] as const),
      },
    }),
  };
}

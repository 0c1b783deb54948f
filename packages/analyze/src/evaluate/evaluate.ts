/**
 * Evaluates a request against the policies and KMS grants of a key. An explicit Deny wins. Otherwise one of three is enough: the key policy
 * allows the principal itself; the key policy delegates to the account's policies, and one of these allows the request; or a KMS grant
 * allows it. A principal of another account also needs a policy of that account, unless the principal has a KMS grant. Source: AWS KMS
 * Developer Guide, "Troubleshooting key access"; IAM User Guide, "Policy evaluation logic".
 */
import type { RequestFacts } from '../context/context.ts';
import { readRequest } from '../context/read-request.ts';
import { worksAcrossAccounts } from '../facts/actions.ts';
import { all, any, choose, type Truth, test } from '../logic/truth.ts';
import type { Picture, PicturePrincipal, PolicyStatement, StatementRef } from '../picture.ts';
import { type Principal, roleOf } from '../principal.ts';
import { accountOf, describePrincipal } from '../principal-account.ts';
import { principalId } from '../principal-id.ts';
import type { Request } from '../request.ts';
import { parseArn } from '../value/arn.ts';
import { equals } from '../value/compare.ts';
import { shown } from '../value/value.ts';
import { grantAllows } from './grants.ts';
import { sameValue } from './principals.ts';
import { identityStatementApplies, keyStatementApplies } from './statements.ts';

/** A statement or KMS grant that applies to the request, or might. */
export interface Applicable {
  readonly ref: StatementRef;
  readonly truth: Truth;
}

export interface Evaluation {
  readonly facts: RequestFacts;
  /** Deny statements of the key policy and of identity policies. */
  readonly denies: readonly Applicable[];
  /** Key policy statements that allow the request to the principal itself. */
  readonly direct: readonly Applicable[];
  /** Key policy statements that delegate to the policies of the principal's account. */
  readonly trust: readonly Applicable[];
  /** Identity policy statements that allow the request. */
  readonly identity: readonly Applicable[];
  /** KMS grants that allow the request to the principal itself. */
  readonly grants: readonly Applicable[];
  /** KMS grants that allow the request to the principal's account. */
  readonly accountGrants: readonly Applicable[];
  /** Whether policies outside the picture may allow the request. */
  readonly otherPolicies: Truth;
  readonly sameAccount: Truth;
  /** Whether KMS allows the operation across accounts. */
  readonly crossAccount: boolean;
  /** Whether the principal is in another partition than the key. The KMS of the key's partition does not know this principal. */
  readonly isOfOtherPartition: boolean;
  readonly denied: Truth;
  /** Whether the request is allowed unless a Deny applies. */
  readonly permitted: Truth;
}

export function evaluate(picture: Picture, request: Request): Evaluation {
  const facts = readRequest(picture, request);
  const { key, principal, operation, isAboutKey } = facts;
  const denies: Applicable[] = [];
  const direct: Applicable[] = [];
  const trust: Applicable[] = [];
  // A key policy does not apply to operations without a key.
  for (const statement of isAboutKey ? (key.policy ?? []) : []) {
    const applies = keyStatementApplies(statement, facts);
    if (statement.effect === 'Deny') add(denies, statement.ref, any(applies.direct, applies.account));
    else {
      add(direct, statement.ref, applies.direct);
      add(trust, statement.ref, applies.account);
    }
  }

  const identity: Applicable[] = [];
  for (const { statement, membership } of identityStatements(picture, facts)) {
    const applies = all(membership, identityStatementApplies(statement, facts));
    add(statement.effect === 'Deny' ? denies : identity, statement.ref, applies);
  }

  const grants: Applicable[] = [];
  const accountGrants: Applicable[] = [];
  for (const grant of key.grants) {
    const allows = grantAllows(grant, facts);
    add(grants, grant.ref, allows.direct);
    add(accountGrants, grant.ref, allows.account);
  }

  const sameAccount = principal.kind === 'service' ? true : sameValue('account', accountOf(principal), key.account);
  const isOfOtherPartition =
    'arn' in principal && equals(parseArn(principal.arn)?.partition ?? key.partition, key.partition) === false;
  const crossAccount = worksAcrossAccounts(operation);
  const otherPolicies = otherPoliciesMayAllow(facts);
  const otherKeyPolicy = otherKeyPolicyMayAllow(facts);
  const byPolicy = any(...identity.map(truthOf), otherPolicies);
  const byKey = any(...direct.map(truthOf), otherKeyPolicy);
  const byAccount = any(...trust.map(truthOf), otherKeyPolicy);
  const byGrant = any(...grants.map(truthOf), all(any(...accountGrants.map(truthOf)), byPolicy));
  const denied = any(...denies.map(truthOf));

  const permits = (): Truth => {
    if (isOfOtherPartition) return false;
    // Only the KMS grant decides who may retire it.
    if (operation === 'RetireGrant') return byGrant;
    if (principal.kind === 'service') return any(byKey, byGrant);
    // The root user has no policies of its own, and needs none.
    if (principal.kind === 'root') return any(all(any(sameAccount, crossAccount), byKey), byGrant);
    if (!isAboutKey) return all(sameAccount, byPolicy);
    const within = any(byKey, all(byAccount, byPolicy));
    const across = crossAccount && all(any(byKey, byAccount), byPolicy);
    return any(choose(sameAccount, within, across), byGrant);
  };
  return {
    facts,
    denies,
    direct,
    trust,
    identity,
    grants,
    accountGrants,
    otherPolicies,
    sameAccount,
    crossAccount,
    isOfOtherPartition,
    denied,
    permitted: permits(),
  };
}

function truthOf(applicable: Applicable): Truth {
  return applicable.truth;
}

function add(list: Applicable[], ref: StatementRef, truth: Truth): void {
  if (truth !== false) list.push({ ref, truth });
}

/** A statement of an identity policy. For a policy of a group, also whether the principal is a member of the group. */
interface Attached {
  readonly statement: PolicyStatement;
  readonly membership: Truth;
}

/**
 * The identity policy statements that may apply to the principal. They are in policies attached to the principal, to namesakes that may
 * turn out to be the principal once their account is known, and to groups that the principal may belong to.
 */
export function* identityStatements(picture: Picture, facts: RequestFacts): Iterable<Attached> {
  const { principal } = facts;
  const id = principalId(principal);
  for (const statement of statementsOf(picture, facts, id)) yield { statement, membership: true };
  if (principal.kind !== 'role' && principal.kind !== 'session' && principal.kind !== 'user') return;
  for (const { holder, membership } of [...namesakes(picture, principal, id), ...groups(picture, facts)]) {
    for (const statement of statementsOf(picture, facts, holder)) yield { statement, membership };
  }
}

interface PossibleHolder {
  readonly holder: PicturePrincipal['id'];
  readonly membership: Truth;
}

type IamIdentity = Extract<Principal, { kind: 'role' | 'session' | 'user' }>;

function namesakes(picture: Picture, principal: IamIdentity, id: string): readonly PossibleHolder[] {
  if (picture.namesakes.size === 0) return [];
  const [kind, name] =
    principal.kind === 'user' ? (['user', principal.name] as const) : (['role', roleOf(principal)] as const);
  return (picture.namesakes.get(`${kind} ${shown(name)}`) ?? []).flatMap((candidate) => {
    if (candidate.id === id || candidate.principal.kind !== kind) return [];
    const membership = sameValue('account', principal.account, candidate.principal.account);
    return membership === false ? [] : [{ holder: candidate.id, membership }];
  });
}

/** The groups that a user may belong to: any group in the user's account with policies about the key. */
function groups(picture: Picture, facts: RequestFacts): readonly PossibleHolder[] {
  const { principal, beyond } = facts;
  if (principal.kind !== 'user' || beyond === 'nothing') return [];
  return groupsIn(picture).flatMap(({ id, group }) => {
    if (statementsOf(picture, facts, id).length === 0) return [];
    const member = test({ kind: 'membership', id: `membership ${id}`, group: group.name });
    const membership = all(sameValue('account', principal.account, group.principal.account), member);
    return membership === false ? [] : [{ holder: id, membership }];
  });
}

interface KnownGroup {
  readonly id: PicturePrincipal['id'];
  readonly group: PicturePrincipal & { readonly principal: Extract<Principal, { kind: 'group' }> };
}

/** The groups of a picture. Cached, since few principals are groups and every request by a user needs them. */
function groupsIn(picture: Picture): readonly KnownGroup[] {
  const cached = groupsByPicture.get(picture);
  if (cached !== undefined) return cached;
  const groups = picture.principals.flatMap((candidate): readonly KnownGroup[] => {
    const { id, principal } = candidate;
    return principal.kind === 'group' ? [{ id, group: { ...candidate, principal } }] : [];
  });
  groupsByPicture.set(picture, groups);
  return groups;
}

const groupsByPicture = new WeakMap<Picture, readonly KnownGroup[]>();

function statementsOf(
  picture: Picture,
  { key }: RequestFacts,
  holder: PicturePrincipal['id'],
): readonly PolicyStatement[] {
  const attached = key.identity.get(holder) ?? [];
  const patterns = picture.identityPatterns.get(holder) ?? [];
  const byAlias = key.kind === 'referred' ? (picture.identityByAlias.get(holder) ?? []) : [];
  return patterns.length + byAlias.length === 0 ? attached : [...attached, ...patterns, ...byAlias];
}

/** Whether policies outside the program may allow the request; never for a principal that the program creates. */
function otherPoliciesMayAllow(facts: RequestFacts): Truth {
  const { principal, known, beyond, operation } = facts;
  if (beyond === 'nothing' || known?.created !== undefined) return false;
  if (principal.kind === 'service' || principal.kind === 'root') return false;
  const who = describePrincipal(principal);
  const action = `kms:${operation}`;
  return test({ kind: 'otherPolicies', id: `otherPolicies ${who} ${action}`, principal: who, action });
}

function otherKeyPolicyMayAllow({ key, beyond, operation, isAboutKey }: RequestFacts): Truth {
  if (key.policy !== undefined || !isAboutKey || beyond === 'nothing') return false;
  const action = `kms:${operation}`;
  return test({ kind: 'keyPolicy', id: `keyPolicy ${key.id} ${action}`, key: key.id, action });
}

/**
 * Whether a statement applies to the principal of a request. The statement can name the principal itself (`direct`) or the principal's
 * whole account (`account`); in an Allow, naming the account only delegates to the account's own policies. Source: IAM User Guide, "AWS
 * JSON policy elements: Principal" and "NotPrincipal"; AWS KMS Developer Guide, "Key policies".
 */
import { isKnown, type RequestFacts } from '../context/context.ts';
import { all, any, not, type Truth, test } from '../logic/truth.ts';
import type { NamedPrincipal, PolicyStatement, StatementRef } from '../picture.ts';
import { type Principal, roleOf } from '../principal.ts';
import { accountOf, describePrincipal } from '../principal-account.ts';
import { equals } from '../value/compare.ts';
import { joinValue, shown, unknownsOf, type Value } from '../value/value.ts';

export interface Applies {
  readonly direct: Truth;
  readonly account: Truth;
}

export const noMatch: Applies = { direct: false, account: false };

export function principalMatches(statement: PolicyStatement, facts: RequestFacts): Applies {
  const { principals, notPrincipals, ref } = statement;
  if (notPrincipals !== undefined) return { direct: notNamed(notPrincipals, facts, ref), account: false };
  let match = noMatch;
  for (const named of principals ?? []) {
    const next = namedMatches(named, facts, ref);
    if (next === noMatch) continue;
    match = { direct: any(match.direct, next.direct), account: any(match.account, next.account) };
    if (match.direct === true) return match;
  }
  return match;
}

export function namedMatches(named: NamedPrincipal, facts: RequestFacts, ref: StatementRef): Applies {
  const { principal } = facts;
  switch (named.kind) {
    case 'anyone':
      return { direct: true, account: false };
    case 'account': {
      if (principal.kind === 'service') return noMatch;
      const same = sameValue('account', accountOf(principal), named.account, ref);
      // A statement that names an account also names its root user.
      return principal.kind === 'root' ? direct(same) : same === false ? noMatch : { direct: false, account: same };
    }
    case 'service':
      return principal.kind === 'service' ? direct(sameValue('principal', principal.host, named.host, ref)) : noMatch;
    case 'federated':
      return direct(isFederatedBy(named.provider, facts, ref));
    case 'other':
      return noMatch;
    case 'role':
    case 'user':
    case 'session':
    case 'federatedUser':
      return direct(isPrincipal(named, principal, ref));
  }
}

function direct(truth: Truth): Applies {
  return truth === false ? noMatch : { direct: truth, account: false };
}

type IamPrincipal = Extract<NamedPrincipal, { kind: 'role' | 'user' | 'session' | 'federatedUser' }>;

/** Whether a named role, user or session is the caller. A named role includes all its sessions. */
function isPrincipal(named: IamPrincipal, principal: Principal, ref: StatementRef): Truth {
  if (principal.kind === 'service' || principal.kind === 'root') return false;
  const sameAccount = sameValue('account', accountOf(principal), named.account, ref);
  if (sameAccount === false) return false;
  switch (principal.kind) {
    case 'role':
    case 'session': {
      const role = roleOf(principal);
      if (named.kind === 'role') return all(sameAccount, sameValue('principal', role, named.name, ref));
      if (named.kind !== 'session') return false;
      const session = principal.kind === 'role' ? someSession(role) : principal.session;
      return all(
        sameAccount,
        sameValue('principal', role, named.role, ref),
        sameValue('session', session, named.session, ref),
      );
    }
    case 'user':
    case 'federatedUser':
      if (named.kind !== principal.kind) return false;
      return all(sameAccount, sameValue('principal', principal.name, named.name, ref));
    case 'group':
      return named.kind === 'user' ? all(sameAccount, isSome(principal, named, ref)) : false;
    case 'account':
    case 'organization':
    case 'orgUnit':
    case 'anyone':
      return all(sameAccount, isSome(principal, named, ref));
  }
}

function isSome(principal: Principal, named: IamPrincipal, ref: StatementRef): Truth {
  const right = shown(named.arn);
  const left = describePrincipal(principal);
  const unknowns = [{ unknown: 'principal', of: left }] as const;
  return test({
    kind: 'comparison',
    id: `principal ${left} ${right}`,
    what: 'principal',
    left,
    right,
    unknowns,
    statement: ref,
  });
}

/**
 * Whether a statement with `NotPrincipal` applies to the principal, which it does unless it names the principal. AWS may compare the
 * account first, then the role or user, then the session. So an exempt principal must be named at every level, and naming only the account
 * exempts only its root user.
 */
function notNamed(named: readonly NamedPrincipal[], facts: RequestFacts, ref: StatementRef): Truth {
  const { principal } = facts;
  const isNamed = (pick: (candidate: NamedPrincipal) => boolean): Truth =>
    any(...named.filter(pick).map((candidate) => any(...Object.values(namedMatches(candidate, facts, ref)))));
  const everyone = isNamed(({ kind }) => kind === 'anyone' || kind === 'federated');
  if (everyone === true) return false;
  const ofAccount = isNamed(({ kind }) => kind === 'account');
  switch (principal.kind) {
    case 'service':
    case 'root':
      return not(
        any(
          everyone,
          isNamed(() => true),
        ),
      );
    case 'user':
    case 'group':
    case 'federatedUser': {
      const itself = isNamed(({ kind }) => kind === 'user' || kind === 'federatedUser');
      return exempt(principal, { 'the account': ofAccount, 'the user': itself }, itself, ref);
    }
    case 'role':
    case 'session': {
      const role = isNamed(({ kind }) => kind === 'role');
      const session = isNamed(({ kind }) => kind === 'session');
      const levels = { 'the account': ofAccount, 'the role': role, 'the session': session };
      return exempt(principal, levels, any(role, session), ref);
    }
    default:
      // Any other principal is exempt if it is named itself; naming its account is not enough.
      return not(isNamed(({ kind }) => kind !== 'account'));
  }
}

/**
 * Whether a statement with `NotPrincipal` applies to a principal that it may exempt. `levels`: what it has to name to exempt the principal.
 * `itself`: whether it names the principal, not only its account.
 */
function exempt(
  principal: Principal,
  levels: Readonly<Record<string, Truth>>,
  itself: Truth,
  statement: StatementRef,
): Truth {
  if (itself === false) return true;
  const missing = Object.entries(levels).flatMap(([level, truth]) => (truth === true ? [] : [level]));
  if (missing.length === 0) return false;
  const id = `notPrincipal ${statement.owner} ${statement.index} ${describePrincipal(principal)}`;
  const doubtful = test({ kind: 'notPrincipal', id, missing, statement });
  return any(not(itself), doubtful);
}

/** Whether an identity of the provider makes the request; open if it is unknown who has assumed the role. */
function isFederatedBy(provider: Value, facts: RequestFacts, ref: StatementRef): Truth {
  const entry = facts.entry('aws:federatedprovider');
  if (entry === 'absent') return false;
  if (isKnown(entry)) return any(...entry.map((value) => sameValue('federation', value, provider, ref)));
  const left = describePrincipal(facts.principal);
  const right = shown(provider);
  return test({
    kind: 'comparison',
    id: `federation ${left} ${right}`,
    what: 'federation',
    left,
    right,
    unknowns: [{ unknown: 'value', of: 'aws:FederatedProvider' }],
    statement: ref,
  });
}

/** Compares two values: true, false, or an open test if the deployment decides. */
export function sameValue(
  what: 'principal' | 'session' | 'account' | 'federation',
  one: Value,
  other: Value,
  statement?: StatementRef,
): Truth {
  const comparison = equals(one, other);
  if (comparison !== 'open') return comparison;
  const [left, right] = [shown(one), shown(other)];
  return test({
    kind: 'comparison',
    id: `${what} ${[left, right].sort().join(' ')}`,
    what,
    left,
    right,
    unknowns: [...unknownsOf(one), ...unknownsOf(other)],
    ...(statement !== undefined && { statement }),
  });
}

function someSession(role: Value): Value {
  return joinValue([{ unknown: 'session', of: shown(role) }]);
}

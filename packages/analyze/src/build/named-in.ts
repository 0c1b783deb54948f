import { isAccount, requesterOf, rootOf } from '../named-principal.ts';
import type { NamedPrincipal, PictureGrant, PolicyCondition, PolicyStatement } from '../picture.ts';
import type { Principal } from '../principal.ts';
import type { Value } from '../value/value.ts';

/**
 * Every principal that a statement names in the policy of a key in this partition: in `Principal` and, if `Principal` is `*`, in conditions
 * that identify principals. Naming an account names its root user.
 */
export function principalsNamedIn(statement: PolicyStatement, partition: Value): readonly Principal[] {
  const named = [...(statement.principals ?? []), ...(statement.notPrincipals ?? [])];
  const anyone = named.some(({ kind }) => kind === 'anyone');
  return [
    ...named.flatMap((each) => withRoot(each, partition)),
    ...(anyone ? statement.conditions.flatMap(principalsOfCondition) : []),
  ];
}

export function principalsOfGrant(grant: PictureGrant, partition: Value): readonly Principal[] {
  return [grant.grantee, ...(grant.retiringPrincipal === undefined ? [] : [grant.retiringPrincipal])].flatMap((named) =>
    withRoot(named, partition),
  );
}

function withRoot(named: NamedPrincipal, partition: Value): readonly Principal[] {
  const requester = requesterOf(named);
  if (requester === undefined) return [];
  return named.kind === 'account' ? [requester, rootOf(named.account, partition)] : [requester];
}

/** The principals that a condition narrows `*` to. Negated operators exclude principals and identify none. */
function principalsOfCondition(condition: PolicyCondition): readonly Principal[] {
  if (/not|null/i.test(condition.operator)) return [];
  const texts = condition.values.filter((value): value is string => typeof value === 'string' && !/[*?$]/.test(value));
  switch (condition.key.toLowerCase()) {
    case 'aws:principalorgid':
      return texts.map((id) => ({ kind: 'organization', id }));
    case 'aws:principalorgpaths':
      return condition.values.flatMap((value): readonly Principal[] => {
        const path = typeof value === 'string' ? /^(o-[^/*]+\/(?:r-|\*\/)[^*]*?)\/?\*?$/.exec(value)?.[1] : undefined;
        return path === undefined ? [] : [{ kind: 'orgUnit', path }];
      });
    case 'kms:calleraccount':
    case 'aws:principalaccount':
      return condition.values.filter(isAccount).map((account) => ({ kind: 'account', account }));
    default:
      return [];
  }
}

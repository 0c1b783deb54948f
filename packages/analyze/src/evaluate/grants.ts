/**
 * Decides whether a KMS grant allows a request. KMS grants only allow; a Deny overrides them. Source: AWS KMS Developer Guide, "Grants in
 * AWS KMS", "Creating grants", "Retiring and revoking grants"; AWS KMS API reference, CreateGrant and GrantConstraints.
 */
import type { RequestFacts } from '../context/context.ts';
import { takesEncryptionContext } from '../facts/actions.ts';
import { all, any, type Truth, test } from '../logic/truth.ts';
import type { PictureGrant } from '../picture.ts';
import { namedMatches } from './principals.ts';

/** Whether a KMS grant allows the request to its grantee (`direct`), or to the grantee's account (`account`). */
export function grantAllows(
  grant: PictureGrant,
  facts: RequestFacts,
): { readonly direct: Truth; readonly account: Truth } {
  if (facts.operation === 'RetireGrant') return { direct: mayRetire(grant, facts), account: false };
  if (!grant.operations.includes(facts.operation)) return { direct: false, account: false };
  const grantee = namedMatches(grant.grantee, facts, grant.ref);
  if (grantee.direct === false && grantee.account === false) return grantee;
  const within = constraintHolds(grant, facts);
  return { direct: all(grantee.direct, within), account: all(grantee.account, within) };
}

/**
 * Whether the principal may retire the KMS grant: as the retiring principal, as a grantee that has `RetireGrant` as an operation, or as a
 * principal of the account that created the grant.
 */
function mayRetire(grant: PictureGrant, facts: RequestFacts): Truth {
  const { grantee, retiringPrincipal, operations, ref } = grant;
  const candidates = [
    ...(retiringPrincipal === undefined ? [] : [retiringPrincipal]),
    ...(operations.includes('RetireGrant') ? [grantee] : []),
    // The program creates the grant in the key's account.
    { kind: 'account', account: facts.key.account } as const,
  ];
  return any(...candidates.map((candidate) => namedMatches(candidate, facts, ref).direct));
}

/**
 * Whether the encryption context satisfies the grant's constraint. Names are case-insensitive, values are not.
 * Operations that take no encryption context are exempt.
 */
function constraintHolds(grant: PictureGrant, facts: RequestFacts): Truth {
  const { encryptionContext: constraint, ref } = grant;
  const open = (asks: string): Truth =>
    test({ kind: 'grant', id: `grant ${ref.owner} ${grant.name} ${asks}`, statement: ref, asks });
  if (facts.operation === 'CreateGrant') return open('a grant of no more than this grant allows');
  if (constraint === undefined || !takesEncryptionContext(facts.operation)) return true;
  const pairs = constraint.pairs.map((pair) => pair.join('=')).join(', ');
  if (facts.encryptionContext === undefined) {
    return open(`the encryption context ${pairs}${constraint.match === 'equals' ? ' and no other' : ''}`);
  }
  const requestPairs = new Map(
    Object.entries(facts.encryptionContext).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const has = constraint.pairs.every(([name, value]) => requestPairs.get(name.toLowerCase()) === value);
  return (
    has && (constraint.match === 'subset' || Object.keys(facts.encryptionContext).length === constraint.pairs.length)
  );
}

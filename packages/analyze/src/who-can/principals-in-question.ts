import { principalsNamedIn } from '../build/named-in.ts';
import { readRequest } from '../context/read-request.ts';
import { conditionHolds } from '../evaluate/conditions.ts';
import { principalsConcerning } from '../find.ts';
import type { Picture, PictureKey, PicturePrincipal, PolicyStatement } from '../picture.ts';

/**
 * The principals to list for a key: all that its policies and KMS grants mention, and all principals of the program that an Allow for `*`
 * selects by a condition, such as one on a tag. Any other principal has no access. `*` itself is included only if an Allow is for everyone:
 * not for a Deny, and not if conditions identify principals, such as an organization.
 */
export function principalsInQuestion(picture: Picture, key: PictureKey): readonly PicturePrincipal[] {
  const mentioned = principalsConcerning(picture, key);
  const policy = key.policy ?? [];
  const statements = policy.filter(tellsPrincipals);
  const all =
    statements.length === 0 ? mentioned : [...new Set([...mentioned, ...toldFromOthers(statements, picture, key)])];
  return policy.some((statement) => allowsAnyone(statement, key))
    ? all
    : all.filter(({ principal }) => principal.kind !== 'anyone');
}

function allowsAnyone(statement: PolicyStatement, { partition }: PictureKey): boolean {
  const anyone = statement.principals?.filter(({ kind }) => kind === 'anyone') ?? [];
  if (statement.effect !== 'Allow' || anyone.length === 0) return false;
  // Besides `*`, a statement names the principals its conditions narrow it to.
  return principalsNamedIn({ ...statement, principals: anyone }, partition).length === anyone.length;
}

/** The condition keys that distinguish the principals of an account from each other. */
const telling = /^aws:(PrincipalTag\/.*|PrincipalArn|PrincipalType|FederatedProvider|userid|username)$/i;

function tellsPrincipals({ effect, principals, conditions }: PolicyStatement): boolean {
  const isForAnyone = effect === 'Allow' && principals?.some(({ kind }) => kind === 'anyone') === true;
  return isForAnyone && conditions.some(({ key }) => telling.test(key));
}

function toldFromOthers(statements: readonly PolicyStatement[], picture: Picture, key: PictureKey) {
  return picture.principals.filter(({ principal, created }) => {
    if (created === undefined || principal.kind === 'group') return false;
    const facts = readRequest(picture, { principal, action: 'kms:DescribeKey', key });
    return statements.some(({ conditions, ref }) =>
      conditions.every((one) => !telling.test(one.key) || conditionHolds(one, facts, ref) !== false),
    );
  });
}

import { principalsNamedIn } from '../build/named-in.ts';
import { principalsConcerning } from '../find.ts';
import type { Picture, PictureKey, PicturePrincipal, PolicyStatement } from '../picture.ts';

/**
 * Every principal that the policies and grants of a key mention; any other has no access. `*` is included only if an
 * Allow means it: not in a Deny, and not if conditions identify principals, such as an organization.
 */
export function principalsInQuestion(picture: Picture, key: PictureKey): readonly PicturePrincipal[] {
  const all = principalsConcerning(picture, key);
  if ((key.policy ?? []).some(allowsAnyone)) return all;
  return all.filter(({ principal }) => principal.kind !== 'anyone');
}

function allowsAnyone(statement: PolicyStatement): boolean {
  const anyone = statement.principals?.filter(({ kind }) => kind === 'anyone') ?? [];
  if (statement.effect !== 'Allow' || anyone.length === 0) return false;
  // Besides `*`, a statement names the principals its conditions narrow it to.
  return principalsNamedIn({ ...statement, principals: anyone }).length === anyone.length;
}

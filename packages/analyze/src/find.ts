import { isServiceHost } from '@keywright/core/language/principal';
import { principalsNamedIn, principalsOfGrant } from './build/named-in.ts';
import { nameOfArn, requesterOf, rootOf } from './named-principal.ts';
import type { Picture, PictureKey, PicturePrincipal } from './picture.ts';
import type { Principal } from './principal.ts';
import { listedId } from './principal-id.ts';
import { matchesText } from './value/compare.ts';

/**
 * The principals that a text names: a name (`ordersApi`, `security.ordersApi`), an ARN, an account id, a service's host, an organization's
 * id, `*`. A name is looked up in `picture`; the other forms also identify principals that `picture` lacks. Returns several principals if a
 * name is ambiguous.
 */
export function findPrincipals(picture: Picture, text: string): readonly Principal[] {
  const matches = picture.principals.filter(
    ({ id, name, label, created }) =>
      id === text ||
      name === text ||
      label === text ||
      (created !== undefined && name.slice(created.stack.length + 1) === text),
  );
  if (matches.length > 0) return matches.map(({ principal }) => principal);
  if (/^o-[a-z0-9]{10,32}$/.test(text)) return [{ kind: 'organization', id: text }];
  if (/^o-[a-z0-9]+\/(r-|\*)/.test(text)) return [{ kind: 'orgUnit', path: text.replace(/\/$/, '') }];
  if (isServiceHost(text)) return [{ kind: 'service', host: text }];
  const root = /^arn:([a-z-]+):iam::(\d{12}):root$/.exec(text);
  if (root?.[1] !== undefined && root[2] !== undefined) return [rootOf(root[2], root[1])];
  const requester = requesterOf(nameOfArn(text));
  return requester === undefined ? [] : [requester];
}

/**
 * The principals to consider when asking who can use a key: principals that the key policy or the KMS grants of the key name, and
 * principals with an identity policy about the key. Any other principal is denied unless a policy outside the project allows it.
 */
export function principalsConcerning(picture: Picture, key: PictureKey): readonly PicturePrincipal[] {
  const principals = new Map<string, PicturePrincipal>();
  const add = (id: string): void => {
    const principal = picture.principalsById.get(id);
    if (principal !== undefined) principals.set(id, principal);
  };
  const addAll = (principals: readonly Principal[]): void => {
    for (const principal of principals) add(listedId(principal));
  };
  for (const statement of key.policy ?? []) addAll(principalsNamedIn(statement, key.partition));
  for (const grant of key.grants) addAll(principalsOfGrant(grant, key.partition));
  for (const id of key.identity.keys()) add(id);
  for (const [id, statements] of picture.identityPatterns) {
    // Most patterns cover only one account and region, often not the key's.
    if (statements.some(({ resources }) => resources?.some((pattern) => mayBeAbout(pattern, key)) !== false)) add(id);
  }
  if (key.kind === 'referred') for (const id of picture.identityByAlias.keys()) add(id);
  return [...principals.values()];
}

function mayBeAbout(pattern: Parameters<typeof matchesText>[0], key: PictureKey): boolean {
  return pattern === '*' || matchesText(pattern, key.arn) !== false;
}

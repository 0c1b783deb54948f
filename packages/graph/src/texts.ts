/** Makes the names of keys, principals and statements in the drawings. */
import type { PictureKey, PicturePrincipal } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import { shown, type Value } from '@keywright/analyze/value/value';
import type { PrincipalKind } from './data.ts';

export function nameOfKey(key: PictureKey): string {
  if (key.kind !== 'referred') return key.name;
  return key.aliases[0]?.replace('alias/', '') ?? shown(key.arn).split('/').at(-1) ?? '';
}

export function fullNameOfKey({ stack, name }: PictureKey): string {
  return stack === undefined ? name : `${stack}.${name}`;
}

export function factsOfKey(key: PictureKey): readonly string[] {
  const { traits } = key;
  return [
    ...(key.kind === 'replicaKey' ? ['a replica'] : []),
    ...(key.kind === 'referred' ? ['not created by this project, which does not know its policy'] : []),
    ...(traits === undefined ? [] : [`${traits.spec}, ${traits.usage}`]),
    ...(traits?.enabled === false ? ['disabled'] : []),
    shown(key.arn),
  ];
}

/** Returns a name short enough for a box: for an ARN, its last part. */
export function nameOfPrincipal({ principal, name, created }: PicturePrincipal): string {
  if (created !== undefined) return name.slice(created.stack.length + 1);
  switch (principal.kind) {
    case 'role':
    case 'user':
    case 'federatedUser':
    case 'group':
      return name.startsWith('arn:') ? shown(principal.name) : name;
    case 'session':
      return `${shown(principal.role)}/${shown(principal.session)}`;
    case 'account':
      return `account ${shown(principal.account)}`;
    case 'service':
      return shown(principal.host);
    case 'organization':
      return principal.id;
    case 'orgUnit':
      return principal.path.split('/').at(-1) ?? principal.path;
    case 'root':
    case 'anyone':
      return principal.kind;
  }
}

export function factsOfPrincipal({ principal }: PicturePrincipal): readonly string[] {
  return [...('arn' in principal ? [shown(principal.arn)] : []), ...notesOf(principal)];
}

function notesOf(principal: Principal): readonly string[] {
  switch (principal.kind) {
    case 'account':
      return ['everyone in the account whose IAM policies allow it, and its root user'];
    case 'organization':
    case 'orgUnit':
      return ['everyone in it, if the policies of their accounts allow it'];
    default:
      return [];
  }
}

export function kindOf({ kind }: Principal): PrincipalKind {
  switch (kind) {
    case 'session':
      return 'role';
    case 'federatedUser':
      return 'user';
    case 'root':
      return 'account';
    case 'orgUnit':
      return 'organization';
    default:
      return kind;
  }
}

/** Returns a heading for principals of no account. */
export function realmOf(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'service':
      return 'AWS services';
    case 'organization':
    case 'orgUnit':
      return 'Organizations';
    case 'anyone':
      return 'Anyone';
    default:
      return undefined;
  }
}

/** Returns twelve digits, or `account of orders` if the deployment decides the account. */
export function accountText(account: Value): string {
  return shown(account).replaceAll(/[<>]/g, '');
}

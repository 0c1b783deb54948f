import { type Expression, literal } from '../ir/expression.ts';
import { sourceText } from '../policy/trust.ts';
import type { ExistingGrantee } from '../resolve/model.ts';
import type { Place } from '../resolve/place.ts';

/** Whether two principals that exist are one for IAM, which tells names apart by neither path nor case. */
export function isSameInIam(one: ExistingGrantee, admin: ExistingGrantee, place: Place): boolean {
  return (
    one.entity === admin.entity &&
    canBeSame(sourceText(accountOf(one, place)), sourceText(accountOf(admin, place))) &&
    isSameName(sourceText(one.entityName), sourceText(admin.entityName))
  );
}

/** The account of an existing role or user: that of its ARN, or that of the place. */
export function accountOf({ account }: ExistingGrantee, place: Place): Expression {
  return account === undefined ? place.account : literal(account);
}

/** Whether two accounts are one, or may be, because only the deployment knows one of them. */
export function canBeSame(one: string, other: string): boolean {
  return one === other || one.includes('${') || other.includes('${');
}

/** Whether two names are one for IAM, which ignores letter case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

import type { IdentityPolicyDocument } from '../policy/identity-policies.ts';
import { sourceText } from '../policy/trust.ts';
import { iamName } from '../principals/iam-name.ts';
import type { CreatedModel, ExistingGrantee, RequiredKey } from '../resolve/model.ts';
import type { Place } from '../resolve/place.ts';

/** A required admin as IAM knows it: a role or user that exists, or one that a stack of the project creates. */
export interface Admin {
  readonly label: string;
  readonly entity: 'role' | 'user';
  readonly account: string;
  readonly name: string;
  /** Absent for an admin that a stack creates. */
  readonly arn?: string;
  readonly created?: CreatedModel;
}

/** The roles and users among the required admins of a key. */
export function adminsOf({ admins, key: { place } }: RequiredKey): readonly Admin[] {
  return admins
    .flatMap(({ grantees }) => grantees)
    .flatMap((grantee): readonly Admin[] => {
      const { label } = grantee;
      if (grantee.kind === 'existing') return [{ label, ...inIam(grantee, place), arn: sourceText(grantee.arn) }];
      if (grantee.kind !== 'created') return [];
      const { created } = grantee;
      const { kind: entity } = created;
      if (entity === 'group') return [];
      // A stack that can be deployed anywhere could be in any account.
      const { account = '${account}' } = created.stack.environment;
      return [{ label, entity, account, name: iamName(created).text, created }];
    });
}

function inIam(
  { entity, account, entityName }: ExistingGrantee,
  place: Place,
): Pick<Admin, 'entity' | 'account' | 'name'> {
  return { entity, account: account ?? sourceText(place.account), name: sourceText(entityName) };
}

/** Whether an inline policy is on an admin. To IAM, names that differ only in path or letter case are the same. */
export function isOnAdmin({ holder }: IdentityPolicyDocument, admin: Admin, place: Place): boolean {
  if (holder.kind === 'created') return holder.created === admin.created;
  const { entity, account, name } = inIam(holder, place);
  return entity === admin.entity && canBeSame(account, admin.account) && isSameName(name, admin.name);
}

/** Whether two accounts are the same, or may be the same because only the deployment knows one of them. */
export function canBeSame(one: string, other: string): boolean {
  return one === other || one.includes('${') || other.includes('${');
}

/** Whether two names are the same to IAM, which ignores letter case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

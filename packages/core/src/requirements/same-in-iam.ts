import type { Expression } from '../ir/expression.ts';
import type { IdentityPolicyDocument } from '../policy/identity-policies.ts';
import { sourceText } from '../policy/trust.ts';
import { iamName } from '../principals/iam-name.ts';
import type { CreatedModel, ExistingGrantee, RequiredKey } from '../resolve/model.ts';
import type { Place } from '../resolve/place.ts';

/** A required admin as IAM knows it: a whole account, a role or user that exists, or one that a stack of the project creates. */
export interface Admin {
  readonly label: string;
  readonly entity: 'role' | 'user' | 'account';
  readonly account: string;
  /** Empty for an account. */
  readonly name: string;
  /** Absent for an admin that a stack creates, for an account, and for a session, whose role may have a path. */
  readonly arn?: string;
  readonly created?: CreatedModel;
}

/** The accounts, roles and users among the required admins of a key, whatever kind of principal names them. */
export function adminsOf({ admins, key: { place } }: RequiredKey): readonly Admin[] {
  return admins
    .flatMap(({ grantees }) => grantees)
    .flatMap((grantee): readonly Admin[] => {
      const { label } = grantee;
      if (grantee.kind === 'existing') return [{ label, ...inIam(grantee, place), arn: sourceText(grantee.arn) }];
      if (grantee.kind === 'outside') {
        return grantee.principal.kind === 'aws' ? ofArn(label, grantee.principal.arn) : [];
      }
      const { created } = grantee;
      const { kind: entity } = created;
      if (entity === 'group') return [];
      // A stack that can be deployed anywhere could be in any account.
      const { account = '${account}' } = created.stack.environment;
      return [{ label, entity, account, name: iamName(created).text, created }];
    });
}

function ofArn(label: string, written: Expression): readonly Admin[] {
  const arn = sourceText(written);
  const named = namedByArn(arn);
  if (named === undefined) return [];
  const { level, ...admin } = named;
  return [{ label, ...admin, ...(level === 'itself' && { arn }) }];
}

/**
 * The account, role or user named by the ARN of a principal or by a bare account id; for the ARN of a session, the session's role.
 * `undefined` for any other text.
 */
export function namedByArn(
  text: string,
): (Pick<Admin, 'entity' | 'account' | 'name'> & { readonly level: 'account' | 'itself' | 'session' }) | undefined {
  const [, , , , account = text, resource = 'root'] = text.split(':');
  const [kind = '', ...path] = resource.split('/');
  switch (kind) {
    case 'root':
      return { level: 'account', entity: 'account', account, name: '' };
    case 'role':
    case 'user':
      return { level: 'itself', entity: kind, account, name: path.at(-1) ?? '' };
    case 'assumed-role':
      return { level: 'session', entity: 'role', account, name: path[0] ?? '' };
    default:
      return undefined;
  }
}

function inIam(
  { entity, account, entityName }: ExistingGrantee,
  place: Place,
): Pick<Admin, 'account' | 'name'> & Pick<ExistingGrantee, 'entity'> {
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

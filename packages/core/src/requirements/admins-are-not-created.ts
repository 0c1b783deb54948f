/** Only files that decide for the project may create a role or user with the name of a required admin. */
import { report } from '../diagnostics/diagnostic.ts';
import { createdAdmin } from '../diagnostics/requirements.ts';
import type { CreatedModel, ExistingGrantee } from '../resolve/model.ts';
import { type Required, type RequirementRule, related, unmet } from './rule.ts';

/** In an account that lacks the admin, the created role would administer the keys, and the file would decide who may assume it. */
export const adminsAreNotCreated: RequirementRule = (required) => {
  const admins = required.admins.flatMap(({ grantees }) => grantees).filter((grantee) => grantee.kind === 'existing');
  return admins.flatMap((admin) =>
    required.created
      .filter(
        (created) => isCalledLike(created, admin, required) && !required.trustedFiles.has(created.definition.span.file),
      )
      .map(({ kind, name, definition }) => {
        const parameters = { ...unmet(required), admin: admin.label, what: `${kind} \`${name}\`` };
        return report(createdAdmin, definition.nameSpan, parameters, related(required, 'admins'));
      }),
  );
};

/** Role names are unique in an account regardless of path and case, and so are user names. */
function isCalledLike({ kind, body, stack }: CreatedModel, admin: ExistingGrantee, { key }: Required): boolean {
  const { name } = body.value;
  const { account } = stack.environment;
  if (kind !== admin.entity || name === undefined || admin.entityName.kind !== 'literal') return false;
  const ofAdmin = admin.account ?? key.environment.account;
  const canBeThere = account === undefined || ofAdmin === undefined || account === ofAdmin;
  return canBeThere && name.toLowerCase() === admin.entityName.text.toLowerCase();
}

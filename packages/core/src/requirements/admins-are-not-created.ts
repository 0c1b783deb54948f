/** Only files that decide for the project may create a role or user with the name of a required admin. */
import { report } from '../diagnostics/diagnostic.ts';
import { createdAdmin } from '../diagnostics/requirements.ts';
import { iamName } from '../principals/iam-name.ts';
import type { CreatedModel } from '../resolve/model.ts';
import { type RequirementRule, related, unmet } from './rule.ts';
import { type Admin, adminsOf, canBeSame, isSameName } from './same-in-iam.ts';

/**
 * Otherwise, in an account that lacks the admin, the created role would administer the keys, and the file would decide who may assume it.
 */
export const adminsAreNotCreated: RequirementRule = (required) => {
  const admins = adminsOf(required).filter(({ created }) => created === undefined);
  return admins.flatMap((admin) =>
    required.created
      .filter((created) => isCalledLike(created, admin) && !required.trustedFiles.has(created.definition.span.file))
      .map(({ kind, name, definition }) => {
        const parameters = { ...unmet(required), admin: admin.label, what: `${kind} \`${name}\`` };
        return report(createdAdmin, definition.nameSpan, parameters, related(required, 'admins'));
      }),
  );
};

/** Whether IAM may know a created principal by the name of an admin: the name in the YAML, or the name that other stacks need. */
function isCalledLike(created: CreatedModel, admin: Admin): boolean {
  // A stack that can be deployed anywhere could be in any account.
  const { account = '${account}' } = created.stack.environment;
  return (
    created.kind === admin.entity && canBeSame(account, admin.account) && isSameName(iamName(created).text, admin.name)
  );
}

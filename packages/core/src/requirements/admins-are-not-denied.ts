/** Only files that decide for the project may deny required admins what admins do, in the key policy or on their own role. */
import { report } from '../diagnostics/diagnostic.ts';
import { deniedAdmin } from '../diagnostics/requirements.ts';
import { type Expression, expressionKey, literal } from '../ir/expression.ts';
import type { Condition, PolicyPrincipal, Statement } from '../ir/policy.ts';
import { kmsActions } from '../kms/actions.ts';
import { adminActions } from '../kms/capabilities.ts';
import { isLike } from '../language/like.ts';
import type { ExistingGrantee } from '../resolve/model.ts';
import { accountRoot, type Place } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';
import { type Required, type RequirementRule, related, unmet } from './rule.ts';

export const adminsAreNotDenied: RequirementRule = (required) => {
  const { admins, key, policy, attached, inside } = required;
  const wanted = admins.flatMap(({ grantees }) => grantees).filter((grantee) => grantee.kind === 'existing');
  if (wanted.length === 0) return [];
  const denies = (policy?.statements ?? []).filter((statement) => deniesAdmins(statement, inside.organization));
  return wanted.flatMap((admin) => {
    const inKeyPolicy = denies
      .filter((statement) => isMeant(admin, statement, key.place))
      .map((statement) => ({ statement, where: `the key policy of \`${key.name}\`` }));
    const onAdmin = attached
      .filter(({ holder }) => holder.kind === 'existing' && isSame(holder.arn, admin.arn))
      .flatMap(({ document }) => document.statements)
      .filter((statement) => deniesAdmins(statement, inside.organization))
      .map((statement) => ({ statement, where: 'an inline policy' }));
    return [...inKeyPolicy, ...onAdmin].flatMap(({ statement, where }) => {
      const span = placeOfTeam(statement, required);
      if (span === undefined) return [];
      const found = { ...unmet(required), admin: admin.label, where };
      return [report(deniedAdmin, span, found, related(required, 'admins'))];
    });
  });
};

/** The place of the statement in a file that does not decide for the project; `undefined` if there is none. */
function placeOfTeam({ source }: Statement, { trustedFiles, key }: Required): Span | undefined {
  const { policy } = key.properties;
  const places = [source, ...(source.also ?? [])].map(({ span }) => span);
  return places.find(({ file }) => {
    if (trustedFiles.has(file)) return false;
    // A policy file is what the file that names it says.
    const isPolicyFile = policy !== undefined && !Array.isArray(policy.value) && file.endsWith('.json');
    return !(isPolicyFile && trustedFiles.has(policy.span.file));
  });
}

/** Whether a statement denies something that admins do, and not only requests that are never theirs. */
function deniesAdmins(
  { effect, actions, notActions, conditions }: Statement,
  organization: string | undefined,
): boolean {
  if (effect !== 'Deny' || conditions.some((condition) => isNeverTheirs(condition, organization))) return false;
  const isDenied = (action: string) =>
    actions === undefined
      ? !(notActions ?? []).some((pattern) => isAction(action, pattern))
      : actions.some((pattern) => isAction(action, pattern));
  return actionsOfAdmins.some(isDenied);
}

const actionsOfAdmins = kmsActions.filter((action) => adminActions.some((pattern) => isAction(action, pattern)));

/** IAM compares actions without case, and `?` stands for one character. */
function isAction(action: string, pattern: string): boolean {
  return isLike(action.toLowerCase(), pattern.toLowerCase().replaceAll('?', '*'));
}

/** Whether a condition holds only for requests without TLS, or of principals outside the organization. */
function isNeverTheirs({ operator, key, values }: Condition, organization: string | undefined): boolean {
  const isAll = (text: string | undefined) =>
    values.every((value) => value.kind === 'literal' && value.text.toLowerCase() === text);
  switch (key.toLowerCase()) {
    case 'aws:securetransport':
      return /^Bool(IfExists)?$/.test(operator) && isAll('false');
    case 'aws:principalorgid':
      return /^StringNot(Equals|Like)(IfExists)?$/.test(operator) && isAll(organization);
    default:
      return false;
  }
}

/** Whether a statement of a key policy is about an admin. */
function isMeant(admin: ExistingGrantee, { principals, notPrincipals }: Statement, place: Place): boolean {
  const account = admin.account === undefined ? place.account : literal(admin.account);
  const root = accountRoot({ partition: place.partition, account });
  const isNamed = (principal: PolicyPrincipal) =>
    principal.kind === 'anyone' ||
    (principal.kind === 'aws' && (isSame(principal.arn, admin.arn) || isSame(principal.arn, root)));
  if (principals !== undefined) return principals.some(isNamed);
  return !(notPrincipals ?? []).some((principal) => principal.kind === 'aws' && isSame(principal.arn, admin.arn));
}

function isSame(one: Expression, other: Expression): boolean {
  return expressionKey(one) === expressionKey(other);
}

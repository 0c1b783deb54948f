/** Only files that decide for the project may deny required admins the actions of admins, in the key policy or on their own role. */
import { report } from '../diagnostics/diagnostic.ts';
import { deniedAdmin } from '../diagnostics/requirements.ts';
import type { Expression } from '../ir/expression.ts';
import type { PolicyPrincipal, Statement } from '../ir/policy.ts';
import { kmsActions } from '../kms/actions.ts';
import { adminActions } from '../kms/capabilities.ts';
import { isLike } from '../language/like.ts';
import { sourceText } from '../policy/trust.ts';
import { pathOfPolicy } from '../project/policy-files.ts';
import type { KeyProperties } from '../resolve/key-properties.ts';
import type { StackModel } from '../resolve/model.ts';
import type { Span } from '../source/span.ts';
import { type Required, type RequirementRule, related, unmet } from './rule.ts';
import { type Admin, adminsOf, canBeSame, isOnAdmin, isSameName, namedByArn } from './same-in-iam.ts';
import { type Requester, spares } from './spares.ts';

export const adminsAreNotDenied: RequirementRule = (required) => {
  const { key, policy, attached, inside } = required;
  const admins = adminsOf(required);
  if (admins.length === 0) return [];
  const denies = (policy?.statements ?? []).filter(deniesWhatAdminsDo);
  return admins.flatMap((admin) => {
    const requester = requesterOf(admin, inside.organization);
    const inKeyPolicy = denies
      .filter((statement) => isMeant(admin, statement, key.stack) && !isSpared(requester, statement))
      .map((statement) => ({ statement, where: `the key policy of \`${key.name}\`` }));
    const onAdmin = attached
      .filter((document) => isOnAdmin(document, admin, key.place))
      .flatMap(({ document }) => document.statements)
      .filter((statement) => deniesWhatAdminsDo(statement) && !isSpared(wherever(requester), statement))
      .map((statement) => ({ statement, where: 'an inline policy' }));
    return [...inKeyPolicy, ...onAdmin].flatMap(({ statement, where }) => {
      const span = spanOfTeam(statement, required);
      if (span === undefined) return [];
      const parameters = { ...unmet(required), admin: admin.label, where };
      return [report(deniedAdmin, span, parameters, related(required, 'admins'))];
    });
  });
};

/** The first of a statement's spans in a file that does not decide for the project; `undefined` if there is none. */
function spanOfTeam({ source }: Statement, { trustedFiles, key }: Required): Span | undefined {
  const { policy } = key.properties;
  const spans = [source, ...(source.also ?? [])].map(({ span }) => span);
  // A policy file counts as part of the file that names it.
  const policyFile = policy && trustedFiles.has(policy.span.file) ? policyFileOf(policy) : undefined;
  return spans.find(({ file }) => !trustedFiles.has(file) && file !== policyFile);
}

function policyFileOf(policy: NonNullable<KeyProperties['policy']>): string | undefined {
  const { value } = policy;
  return Array.isArray(value) || typeof value === 'string' ? undefined : pathOfPolicy(policy, value);
}

/**
 * What is certain about an admin's requests for a key. A created admin can have a different name, and be in a different account from the key.
 */
function requesterOf({ account, arn, created }: Admin, organization: string | undefined): Requester {
  const isKnown = created === undefined || !account.includes('${');
  return {
    ...(isKnown && { account, callerAccount: account }),
    ...(arn !== undefined && { arn }),
    ...(organization !== undefined && { organization }),
  };
}

/**
 * What remains certain about the requester under the identity policies of any stack: the stack can be in another account, and a request
 * need not be about a key.
 */
function wherever({ account, arn, organization }: Requester): Requester {
  return {
    ...(account?.includes('${') === false && { account }),
    ...(arn?.includes('${') === false && { arn }),
    ...(organization !== undefined && { organization }),
  };
}

function isSpared(requester: Requester, { conditions }: Statement): boolean {
  return conditions.some((condition) => spares(condition, requester));
}

function deniesWhatAdminsDo({ effect, actions, notActions }: Statement): boolean {
  if (effect !== 'Deny') return false;
  const isDenied = (action: string) =>
    actions === undefined
      ? !(notActions ?? []).some((pattern) => isAction(action, pattern))
      : actions.some((pattern) => isAction(action, pattern));
  return actionsOfAdmins().some(isDenied);
}

function actionsOfAdmins(): readonly string[] {
  actions ??= kmsActions.filter((action) => adminActions.some((pattern) => isAction(action, pattern)));
  return actions;
}

let actions: readonly string[] | undefined;

/** IAM compares actions without case. A `?` in a pattern is treated as `*`, although in IAM it matches one character only. */
function isAction(action: string, pattern: string): boolean {
  return isLike(action.toLowerCase(), pattern.toLowerCase().replaceAll('?', '*'));
}

/**
 * Whether a statement of a key policy applies to an admin, one of the admin's sessions, or everyone in the admin's account. `NotPrincipal`
 * exempts a role only in those sessions that it names in addition to the role and its account. Source: IAM User Guide, "AWS JSON policy
 * elements: NotPrincipal".
 */
function isMeant(admin: Admin, { principals, notPrincipals }: Statement, stack: StackModel): boolean {
  const levels = (principals ?? notPrincipals ?? []).map((principal) => namedBy(principal, admin, stack));
  if (principals !== undefined) return levels.some((level) => level !== 'nobody');
  const isUserExempt = admin.entity === 'user' && levels.includes('account') && levels.includes('itself');
  return !isUserExempt && !levels.includes('everyone');
}

/** Says how a principal of a policy names an admin. An account that only the deployment knows counts as the admin's. */
function namedBy(
  principal: PolicyPrincipal,
  admin: Admin,
  stack: StackModel,
): 'everyone' | 'account' | 'itself' | 'session' | 'nobody' {
  if (principal.kind === 'anyone') return 'everyone';
  if (principal.kind !== 'aws') return 'nobody';
  // A principal that a stack creates cannot have the name of an existing admin: see admins-are-not-created.ts.
  if (principal.arn.kind === 'reference' || principal.arn.kind === 'crossStack') {
    return isCreated(principal.arn, admin, stack) ? 'itself' : 'nobody';
  }
  const named = namedByArn(sourceText(principal.arn));
  if (named === undefined || !canBeSame(named.account, admin.account)) return 'nobody';
  const { level, entity, name } = named;
  return level === 'account' || (entity === admin.entity && isSameName(name, admin.name)) ? level : 'nobody';
}

function isCreated(
  arn: Extract<Expression, { kind: 'reference' | 'crossStack' }>,
  { created, entity }: Admin,
  stack: StackModel,
): boolean {
  if (created === undefined) return false;
  return arn.kind === 'reference'
    ? created.stack === stack && arn.resource === `${entity}/${created.name}`
    : created.stack.name === arn.stack && arn.export.split('.')[1] === created.name;
}

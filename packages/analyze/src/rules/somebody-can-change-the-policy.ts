import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { principalsNamedIn } from '../build/named-in.ts';
import { decide } from '../decide.ts';
import { resourceIncludes } from '../evaluate/statements.ts';
import { rootOf } from '../named-principal.ts';
import type { Picture, PictureKey, PolicyStatement } from '../picture.ts';
import type { Principal } from '../principal.ts';
import { isLinkedRole, isOwnRoot } from './read/accounts.ts';
import type { RequestContext } from './read/deployment-steps.ts';
import { operationsIn } from './read/operations.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string }>({
  code: 'KW7001',
  severity: 'error',
  title: 'A key policy that nobody could change any more',
  message: ({ key }) => `nobody in the account of \`${key}\` could change its key policy any more`,
  help: () => 'let the account root or an administrator do `kms:PutKeyPolicy`',
  explanation: `A key policy that nobody can change stays as it is forever: not even the root user gets past it, and only AWS Support can
help. KMS refuses such a policy unless its lockout check is bypassed. A policy is not reported if someone might still change it, such as an
administrator who needs MFA, or someone with an IAM policy in the account. Principals of other accounts do not count, since they can never
change a key policy. Nor do services: no service changes key policies, whether as itself, in a service-linked role or, with
\`kms:ViaService\`, for its callers. A policy is also reported if a condition on \`aws:CurrentTime\` locks everyone out after some date.
Source: AWS KMS Developer Guide, "Default key policy", "Reduces the risk of the KMS key becoming unmanageable"; AWS KMS API
reference, PutKeyPolicy, BypassPolicyLockoutSafetyCheck.`,
  example: {
    wrong: `policy:
  - { principals: keyAdmins, actions: ["kms:Describe*", "kms:Get*", "kms:List*"] }`,
    right: `policy:
  - { principals: { account: "111122223333" }, actions: "kms:*" }
  - { principals: keyAdmins, actions: ["kms:Describe*", "kms:Get*", "kms:List*"] }`,
  },
});

/** Some principal in the account can change the key policy or lift a Deny that prevents it. */
export const somebodyCanChangeThePolicy: KeyRule = {
  definition,
  about: 'key',
  check: ({ key, resource }, { picture }) =>
    isLockedOut(key, picture) ? [report(definition, resource.source.span, { key: key.name })] : [],
};

/**
 * The context of a request made directly, and after every start and end date in the statements. No service of `kms:ViaService` changes key
 * policies for its callers.
 */
const directAndForGood = {
  'kms:ViaService': null,
  'aws:CurrentTime': '9999-12-31T23:59:59Z',
  'aws:EpochTime': '253402300799',
};

export function isLockedOut(key: PictureKey, picture: Picture): boolean {
  return !somebodyCan('PutKeyPolicy', key, picture);
}

/**
 * Whether anyone in the account of a key can, or might, still perform an operation on the key after every start and end date in the
 * statements. `context`: further condition keys of the request.
 */
export function somebodyCan(
  operation: string,
  key: PictureKey,
  picture: Picture,
  context: RequestContext = {},
): boolean {
  if (isLeftToAccount(operation, key)) return true;
  const policy = (key.policy ?? []).flatMap(forPeople);
  const request = {
    action: `kms:${operation}`,
    key: { ...key, policy },
    context: { ...directAndForGood, ...context },
  } as const;
  const can = (principal: Principal) => {
    const { decision } = decide(picture, { ...request, principal });
    return decision === 'allow' || decision === 'dependsOn';
  };
  // A statement may also name `*` or an organization. Among their members, only principals of the key's account matter here.
  const anyInAccount = { kind: 'account', account: key.account } as const;
  const named = policy
    .flatMap((statement) => principalsNamedIn(statement, key.partition))
    .filter((principal) => 'account' in principal);
  return [rootOf(key.account, key.partition), anyInAccount, ...named].some(can);
}

/**
 * Whether a key policy leaves an operation to the IAM policies of the account and denies nothing. Quicker than a
 * decision, and true for most keys.
 */
export function isLeftToAccount(operation: string, key: PictureKey): boolean {
  const { policy = [] } = key;
  return (
    policy.every(({ effect }) => effect === 'Allow') && policy.some((statement) => delegates(operation, statement, key))
  );
}

/** Removes service-linked roles, which only AWS services assume, from an Allow. Returns no statement if no other principal is left. */
function forPeople(statement: PolicyStatement): readonly PolicyStatement[] {
  const { effect, principals } = statement;
  if (effect === 'Deny' || principals === undefined) return [statement];
  const people = principals.filter((named) => !isLinkedRole(named));
  return people.length === 0 ? [] : [{ ...statement, principals: people }];
}

/** Whether a statement lets the account root perform an operation on a key, without conditions. */
export function delegates(operation: string, statement: PolicyStatement, key: PictureKey): boolean {
  const { effect, principals, conditions, resources } = statement;
  if (effect === 'Deny' || conditions.length > 0) return false;
  if (resources?.some((resource) => resourceIncludes(resource, key.arn) === true) !== true) return false;
  return principals?.some((named) => isOwnRoot(named, key)) === true && operationsIn(statement).has(operation);
}

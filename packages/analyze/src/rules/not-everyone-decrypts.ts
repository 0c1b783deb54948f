import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { readRequest } from '../context/read-request.ts';
import { conditionHolds } from '../evaluate/conditions.ts';
import { parseOperator } from '../evaluate/operators.ts';
import { administeringOf, usesOf } from '../facts/actions.ts';
import type { NamedPrincipal, Picture, PictureKey, PolicyCondition, PolicyStatement } from '../picture.ts';
import { parseArn, splitType } from '../value/arn.ts';
import { partsOf, shown, type Value } from '../value/value.ts';
import { limitsCallers, mustMatch } from './read/conditions.ts';
import { hasAny, operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const administer = 'administer';

const definition = defineDiagnostic<{ key: string; what: string; how: Everyone }>({
  code: 'KW7007',
  severity: 'warning',
  title: 'Everyone in an account can use a key',
  message: ({ key, what, how: { named, ofOrganization } }) =>
    `${named} lets everyone in the account ${what} \`${key}\`${ofOrganization ? ' without an IAM policy, if the organization includes the account' : ''}`,
  help: ({ what, how }) =>
    what === administer
      ? 'name the roles that administer it'
      : how.ofOrganization
        ? 'leave the account to its IAM policies, with the condition `StringNotEquals: { "aws:PrincipalAccount": "${account}" }`, or say in `suppress` why everyone may'
        : 'name the roles, or add a condition on `kms:ViaService`, a tag of the principal or an encryption context',
  explanation: `\`*\` limited to an account, or a role named \`*\`, lets in every role and user of the account, including future ones, without any
IAM policy. To let IAM policies decide, name the account root; to let a service decrypt for anyone who may use its resources, as AWS
managed keys do, add \`kms:ViaService\`. KMS refuses a principal with a wildcard in its ARN; use a condition on
\`aws:PrincipalArn\` instead.

\`*\` limited to an organization or an organizational unit is reported too. Principals of other accounts need an IAM policy as well, but those of the key's
own account do not, although a key with the default key policy leaves the decision to IAM policies there. A condition that excludes the account makes
it the same in all accounts; the organization of a partner does not include the account anyway.
Source: AWS KMS Developer Guide, "Least-privilege permissions" and "Allowing users in other accounts to use a KMS key"; IAM User Guide, "AWS JSON policy elements: Principal" and
"Determining whether a cross-account request is allowed".`,
  example: {
    wrong: `statements:
  - principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" } }`,
    right: `statements:
  - principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/orders-*" } }`,
  },
});

/** No statement lets everyone in the key's account use or administer the key. */
export const notEveryoneDecrypts: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }, { picture }) => {
    if (key?.policy === undefined || statement.effect === 'Deny') return [];
    const operations = operationsIn(statement);
    const uses = hasAny(operations, usesOf(key.traits?.usage));
    if (!uses && !hasAny(operations, administeringOf(key.traits ?? { multiRegion: false }))) return [];
    const how = everyoneIn(statement, key, picture);
    if (how === undefined) return [];
    const what = uses ? `${whatItDoes(key, operations)} with` : administer;
    return [report(definition, statement.ref.source.span, { key: key.name, what, how })];
  },
};

function whatItDoes({ traits }: PictureKey, operations: ReadonlySet<string>): string {
  switch (traits?.usage) {
    case 'SIGN_VERIFY':
      return 'sign';
    case 'GENERATE_VERIFY_MAC':
      return 'make MACs';
    case 'KEY_AGREEMENT':
      return 'derive secrets';
    default:
      return hasAny(operations, ['Decrypt', 'ReEncryptFrom']) ? 'decrypt' : 'encrypt';
  }
}

/** How a statement names everyone in the account of a key. */
interface Everyone {
  /** The principal and the condition, for messages. */
  readonly named: string;
  /** Whether the account is one of an organization. */
  readonly ofOrganization: boolean;
}

/** How a key policy statement names everyone in the key's account; `undefined` if it does not. */
export function everyoneIn(statement: PolicyStatement, key: PictureKey, picture: Picture): Everyone | undefined {
  const { principals = [], conditions, ref } = statement;
  const wild = principals.find(isEveryRole);
  if (wild?.kind === 'other' && conditions.length === 0)
    return { named: `\`${shown(wild.text)}\``, ofOrganization: false };
  const [operation] = operationsIn(statement);
  if (operation === undefined || !principals.some(({ kind }) => kind === 'anyone')) return undefined;
  const someone = { kind: 'account', account: key.account } as const;
  const facts = readRequest(picture, { principal: someone, action: `kms:${operation}`, key });
  // Any other condition narrows it further, or is about other accounts.
  const admitsEveryone = (condition: PolicyCondition) => {
    const holds = conditionHolds(condition, facts, ref);
    if (typeof holds === 'boolean') return holds;
    return [isOfWholeAccount, isOfOrganization, exemptsSome, isPresence].some((admits) => admits(condition));
  };
  if (!conditions.every(admitsEveryone)) return undefined;
  const ofAccount = conditions.find(isOfWholeAccount);
  const limit = ofAccount ?? conditions.find(isOfOrganization);
  return limit && { named: `\`*\` with \`${limit.key}\``, ofOrganization: ofAccount === undefined };
}

function isEveryRole(named: NamedPrincipal): boolean {
  return named.kind === 'other' && namesEveryone(named.text);
}

function isOfWholeAccount(condition: PolicyCondition): boolean {
  if (!mustMatch(condition)) return false;
  const key = condition.key.toLowerCase();
  if (key === 'aws:principalarn') return condition.values.some(namesEveryone);
  return (key === 'aws:principalaccount' || key === 'kms:calleraccount') && limitsCallers(condition);
}

function isOfOrganization(condition: PolicyCondition): boolean {
  return /^aws:principalorg(id|paths)$/i.test(condition.key) && limitsCallers(condition);
}

/** Whether a condition excludes some roles or users, and admits the rest. */
function exemptsSome({ operator, key, values }: PolicyCondition): boolean {
  if (!/^aws:(principalarn|userid|username)$/i.test(key)) return false;
  const { operator: test } = parseOperator(operator);
  return test !== undefined && test !== 'null' && test.negated && !values.some(namesEveryone);
}

/** Whether a condition requires that a principal has an organization or an account, whichever it is. */
function isPresence({ operator, key, values }: PolicyCondition): boolean {
  const isOfAll = /^aws:principal(orgid|orgpaths|account|arn)$/i.test(key);
  return isOfAll && /^null$/i.test(operator) && values.every((value) => shown(value) === 'false');
}

/** `arn:aws:iam::111122223333:role/*` and the like. */
function namesEveryone(value: Value): boolean {
  const arn = parseArn(value);
  if (arn === undefined) return false;
  const rest = arn.resource === '*' ? '*' : splitType(arn.resource)?.rest;
  return rest !== undefined && partsOf(rest).every((part) => typeof part === 'string' && /^[*/]+$/.test(part));
}

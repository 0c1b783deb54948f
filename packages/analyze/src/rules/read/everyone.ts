/** Finds statements for everyone in an account. With such a statement, the account's IAM policies no longer limit access. */
import type { RequestFacts } from '../../context/context.ts';
import { readRequest } from '../../context/read-request.ts';
import { conditionHolds } from '../../evaluate/conditions.ts';
import { parseOperator } from '../../evaluate/operators.ts';
import type { Picture, PictureKey, PolicyCondition, PolicyStatement, StatementRef } from '../../picture.ts';
import { parseArn, splitType } from '../../value/arn.ts';
import { partsOf, shown, type Value } from '../../value/value.ts';
import { limitsCallers, mustMatch, namesAService } from './conditions.ts';
import { operationsIn } from './operations.ts';

/** How a statement names everyone in an account. */
export interface Everyone {
  /** The principal and the condition, for messages. */
  readonly named: string;
  /** Whether the statement names an organization, which may include the account, rather than the account itself. */
  readonly ofOrganization: boolean;
}

/** How a key policy statement names everyone in the key's account; `undefined` if it does not. */
export function everyoneIn(statement: PolicyStatement, key: PictureKey, picture: Picture): Everyone | undefined {
  const { principals = [], conditions, ref } = statement;
  const wild = principals.find((named) => named.kind === 'other' && namesEveryone(named.text));
  if (wild?.kind === 'other' && conditions.length === 0)
    return { named: `\`${shown(wild.text)}\``, ofOrganization: false };
  const [operation] = operationsIn(statement);
  if (operation === undefined || !principals.some(({ kind }) => kind === 'anyone')) return undefined;
  const someone = { kind: 'account', account: key.account } as const;
  // Everyone means callers that may make the request directly, without a service.
  const request = { principal: someone, action: `kms:${operation}`, key, via: null } as const;
  return everyoneUnder(conditions, readRequest(picture, request), ref);
}

/**
 * How these conditions narrow `*` to everyone in an account; `undefined` if they do not. `facts`: the known context of
 * a request by somebody in the account.
 */
export function everyoneUnder(
  conditions: readonly PolicyCondition[],
  facts: Pick<RequestFacts, 'entry'>,
  ref: StatementRef,
): Everyone | undefined {
  // Any other condition narrows `*` further, or is about other accounts.
  const admitsEveryone = (condition: PolicyCondition) => {
    if (isThroughAnyService(condition)) return true;
    const holds = conditionHolds(condition, facts, ref);
    if (typeof holds === 'boolean') return holds;
    return [isOfWholeAccount, isOfOrganization, isBroad, exemptsSome, holdsWithout, isPresence, isOfTime].some(
      (admits) => admits(condition),
    );
  };
  if (!conditions.every(admitsEveryone)) return undefined;
  const ofAccount = conditions.find(isOfWholeAccount);
  const limit = ofAccount ?? conditions.find(isOfOrganization);
  return limit && { named: `\`*\` with \`${limit.key}\``, ofOrganization: ofAccount === undefined };
}

function isOfWholeAccount(condition: PolicyCondition): boolean {
  if (!mustMatch(condition)) return false;
  const key = condition.key.toLowerCase();
  if (key === 'aws:principalarn') return condition.values.some(namesEveryone);
  return ['aws:principalaccount', 'aws:resourceaccount', 'kms:calleraccount'].includes(key) && limitsCallers(condition);
}

function isOfOrganization(condition: PolicyCondition): boolean {
  return /^aws:(principalorg(id|paths)|resourceorgid)$/i.test(condition.key) && limitsCallers(condition);
}

function isThroughAnyService(condition: PolicyCondition): boolean {
  const { key, values } = condition;
  return /^kms:ViaService$/i.test(key) && mustMatch(condition) && !values.every(namesAService);
}

/** Whether a condition accepts any address, any role, or any value in an encryption context. */
function isBroad(condition: PolicyCondition): boolean {
  const { key, values } = condition;
  if (!mustMatch(condition)) return false;
  if (/^aws:(SourceIp|userid)$/i.test(key)) return !limitsCallers(condition);
  if (/^aws:PrincipalType$/i.test(key)) return values.includes('AssumedRole');
  return /^kms:EncryptionContext:/i.test(key) && values.includes('*');
}

/** Whether a condition tests only the time, so that everyone meets it before or after some time. */
function isOfTime({ key }: PolicyCondition): boolean {
  return /^aws:(CurrentTime|EpochTime)$/i.test(key);
}

/**
 * Whether a condition holds without its condition key, and callers can leave that condition key out. Callers can leave out an encryption
 * context, and hardly any role has a particular tag.
 */
function holdsWithout(condition: PolicyCondition): boolean {
  const { operator, key, values } = condition;
  // Whoever assumes a role chooses the values of these condition keys freely; an external id is no secret.
  if (/^(sts:(ExternalId|SourceIdentity|RoleSessionName)$|aws:(RequestTag\/|TagKeys$))/i.test(key)) return true;
  if (!isLeftToCallers.test(key)) return false;
  if (/^null$/i.test(operator)) {
    return /^kms:EncryptionContext/i.test(key) || values.every((value) => shown(value) === 'true');
  }
  return !mustMatch(condition);
}

const isLeftToCallers =
  /^(kms:(EncryptionContext(Keys$|:)|RecipientAttestation:|RequestAlias$|ViaService$|Grant)|aws:(CalledVia|FederatedProvider$|MultiFactorAuth|PrincipalTag\/|SourceIdentity$|SourceVpc|VpcSourceIp$|VpceAccount$|VpceOrg))/i;

/** Whether a condition excludes some roles or users, and admits the rest. */
function exemptsSome({ operator, key, values }: PolicyCondition): boolean {
  if (!/^aws:(principalarn|userid|username)$/i.test(key)) return false;
  const { operator: test } = parseOperator(operator);
  return test !== undefined && test !== 'null' && test.negated && !values.some(namesEveryone);
}

/** Whether a condition requires only that a principal has an organization or an account, no matter which. */
function isPresence({ operator, key, values }: PolicyCondition): boolean {
  const isOfAll = /^aws:principal(orgid|orgpaths|account|arn)$/i.test(key);
  return isOfAll && /^null$/i.test(operator) && values.every((value) => shown(value) === 'false');
}

/** Whether a value matches all roles, all users or everyone of an account: `arn:aws:iam::111122223333:role/*`. */
function namesEveryone(value: Value): boolean {
  const arn = parseArn(value);
  if (arn === undefined) return false;
  const rest = arn.resource === '*' ? '*' : splitType(arn.resource)?.rest;
  return rest !== undefined && partsOf(rest).every((part) => typeof part === 'string' && /^[*/]+$/.test(part));
}

import { matchesWildcards } from '../collections/wildcards.ts';
import { type Expression, partsOf } from '../ir/expression.ts';
import type { Condition } from '../ir/policy.ts';

/** What is certain about every request of an admin; a property is absent if nobody knows it before the deployment. */
export interface Requester {
  /** With `${account}` for the account in which the policy is deployed. */
  readonly account?: string;
  /** Like `account`, but absent if some requests are not about a key. */
  readonly callerAccount?: string;
  readonly arn?: string;
  readonly organization?: string;
}

/**
 * Whether a condition never holds for an admin's requests, so that a Deny with this condition does not affect the admin. Every request of a
 * role or user carries the account and ARN of the role or user, and whether it came over TLS; a request about a key also carries the
 * caller's account. Source: IAM User Guide, "AWS global condition context keys"; AWS KMS Developer Guide, "kms:CallerAccount".
 */
export function spares({ operator, key, values }: Condition, requester: Requester): boolean {
  const texts = values.map(textOf);
  const isAll = (wanted: string) => texts.every((text) => text?.toLowerCase() === wanted);
  switch (key.toLowerCase()) {
    case 'aws:securetransport':
      return /^Bool(IfExists)?$/.test(operator) && isAll('false');
    case 'aws:principalisawsservice':
      return operator === 'Bool' && isAll('true');
    case 'aws:principalorgid':
      return isNegated(operator) && neverHolds(operator, texts, requester.organization);
    case 'aws:principalaccount':
      return operator.startsWith('String') && neverHolds(operator, texts, requester.account);
    case 'kms:calleraccount':
      return operator.startsWith('String') && neverHolds(operator, texts, requester.callerAccount);
    case 'aws:principalarn':
      return neverHolds(operator, texts, requester.arn);
    default:
      return false;
  }
}

/**
 * Whether a comparison with a value that every request has is never true. A negated comparison is never true if some text matches. Any
 * other comparison is never true if no text can match.
 */
function neverHolds(operator: string, texts: readonly (string | undefined)[], actual: string | undefined): boolean {
  const [, type, comparison] = /^(String|Arn)(?:Not)?(EqualsIgnoreCase|Equals|Like)(?:IfExists)?$/.exec(operator) ?? [];
  if (actual === undefined || type === undefined || comparison === undefined) return false;
  if (!isNegated(operator)) return !actual.includes('${') && !texts.some((text) => mayMatch(text, actual));
  const fits = type === 'Arn' ? isArnLike : matches[comparison as keyof typeof matches];
  return texts.some((text) => text !== undefined && fits(actual, text));
}

function isNegated(operator: string): boolean {
  return /^(String|Arn)Not/.test(operator);
}

const matches = {
  Equals: (actual: string, text: string) => actual === text,
  EqualsIgnoreCase: (actual: string, text: string) => actual.toLowerCase() === text.toLowerCase(),
  Like: isLikeInIam,
};

/** IAM compares the six parts of two ARNs one by one. */
function isArnLike(actual: string, pattern: string): boolean {
  const [parts, patterns] = [partsOfArn(actual), partsOfArn(pattern)];
  return parts.length === patterns.length && parts.every((part, index) => isLikeInIam(part, patterns[index] ?? ''));
}

function partsOfArn(text: string): readonly string[] {
  const parts = text.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function isLikeInIam(actual: string, pattern: string): boolean {
  return matchesWildcards(
    pattern,
    actual,
    (symbol) => symbol === '*',
    (symbol, character) => symbol === '?' || symbol === character,
  );
}

/** Whether a value could match under any operator. */
function mayMatch(text: string | undefined, actual: string): boolean {
  return text === undefined || text.includes('${') || isLikeInIam(actual.toLowerCase(), text.toLowerCase());
}

/** A value's text, with `${account}` and the like for what the deployment decides. `undefined` if the value also depends on the request. */
function textOf(value: Expression): string | undefined {
  const parts = partsOf(value).map((part) => {
    switch (part.kind) {
      case 'literal':
        return part.text.includes('${') ? undefined : part.text;
      case 'pseudo':
        return `\${${part.name}}`;
      default:
        return undefined;
    }
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** Principals of accounts and organizations that are not the project's own. */
import type { Review } from '@keywright/core/review/review';
import { describeNamed } from '../../describe.ts';
import type { NamedPrincipal, PolicyCondition, PolicyStatement } from '../../picture.ts';
import { parseArn } from '../../value/arn.ts';
import { shown, type Value } from '../../value/value.ts';
import { limitsCallers } from './conditions.ts';

/**
 * The outsiders, without a reason, that a statement of a resource in `account` allows: its principals, and those that its conditions
 * narrow `*` to.
 */
export function outsidersLetIn(
  { principals = [], conditions }: Pick<PolicyStatement, 'principals' | 'conditions'>,
  account: Value,
  review: Review,
): readonly string[] {
  const direct = principals.flatMap((named) => outsider(named, account, review));
  const anyone = principals.some(({ kind }) => kind === 'anyone');
  return anyone ? [...direct, ...outsidersOfConditions(conditions, account, review)] : direct;
}

/** The principal, if it is outside and has no reason. */
export function outsider(named: NamedPrincipal, account: Value, review: Review): readonly string[] {
  switch (named.kind) {
    case 'account':
      return knows(named.account, account, review) ? [] : [describeNamed(named)];
    case 'role':
    case 'user':
    case 'session':
    case 'federatedUser': {
      const arn = shown(named.arn);
      return knows(named.account, account, review) || review.reasons.has(arn) ? [] : [arn];
    }
    case 'federated': {
      const provider = parseArn(named.provider);
      return provider === undefined || knows(provider.account, account, review) ? [] : [shown(named.provider)];
    }
    default:
      return [];
  }
}

/**
 * Whether an account is the project's own or has a reason; an account that only the deployment decides counts as its
 * own.
 */
function knows(other: Value, account: Value, { accounts, reasons }: Review): boolean {
  return typeof other !== 'string' || other === account || accounts.has(other) || reasons.has(other);
}

/**
 * The principals that conditions narrow `*` to. All conditions must hold, so one narrowed to known principals is
 * enough.
 */
function outsidersOfConditions(
  conditions: readonly PolicyCondition[],
  account: Value,
  review: Review,
): readonly string[] {
  const outsiders = conditions
    .filter(limitsCallers)
    .map((condition) => outsidersOfCondition(condition, account, review));
  return outsiders.some((who) => who.length === 0) ? [] : (outsiders[0] ?? []);
}

function outsidersOfCondition(
  { key: name, values }: PolicyCondition,
  account: Value,
  review: Review,
): readonly string[] {
  switch (name.toLowerCase()) {
    case 'aws:principalorgid':
      return values.map(shown).flatMap((id) => (review.reasons.has(id) ? [] : [`organization ${id}`]));
    case 'aws:principalorgpaths':
      return values.map(shown).flatMap((path) => (hasReason(path, review) ? [] : [`organizational unit ${path}`]));
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      return values.flatMap((other) => (knows(other, account, review) ? [] : [`account ${shown(other)}`]));
    case 'aws:principalarn':
      return values.flatMap((arn) => {
        const other = parseArn(arn)?.account ?? '';
        return knows(other, account, review) || review.reasons.has(shown(arn)) ? [] : [shown(arn)];
      });
    default:
      // A source is a different limit: it identifies a resource, not a principal.
      return [];
  }
}

/** A reason for an organization or unit covers the units inside it. */
function hasReason(path: string, { reasons }: Review): boolean {
  const segments = path.replace(/\/\*?$/, '').split('/');
  return segments.some((_, index) => reasons.has(segments.slice(0, index + 1).join('/')));
}

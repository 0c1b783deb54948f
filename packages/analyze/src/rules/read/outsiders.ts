/** Principals of accounts and organizations that are not the project's own. */
import type { Review } from '@keywright/core/review/review';
import { describeNamed } from '../../describe.ts';
import type { NamedPrincipal, PolicyCondition, PolicyStatement } from '../../picture.ts';
import { parseArn } from '../../value/arn.ts';
import { shown, type Value, withReplaced } from '../../value/value.ts';
import { limitsCallers, namesAResource } from './conditions.ts';

/**
 * The outsiders that a statement about a resource in `account` lets in without a reason. The statement names them, allows `*` under
 * conditions that they meet, or allows a service that acts for them.
 */
export function outsidersLetIn(
  { principals = [], conditions }: Pick<PolicyStatement, 'principals' | 'conditions'>,
  account: Value,
  review: Review,
): readonly string[] {
  const direct = principals.flatMap((named) => outsider(named, account, review));
  const services = principals.filter(({ kind }) => kind === 'service').map(describeNamed);
  const anyone = principals.some(({ kind }) => kind === 'anyone');
  if (!anyone && services.length === 0) return direct;
  const narrowed = outsidersOfConditions(conditions, account, review);
  // Services have no organization of their own; another rule reports that such a statement lets no service in.
  const isForServices = !conditions.some((condition) => isOfPrincipals.test(condition.key) && limitsCallers(condition));
  return [
    ...direct,
    ...(anyone ? narrowed : []),
    ...(isForServices ? services.flatMap((service) => narrowed.map((who) => `${service} for ${who}`)) : []),
  ];
}

/** Condition keys that requests of services lack. */
const isOfPrincipals = /^aws:principalorg(id|paths)$/i;

/** The principal, if it is an outsider for which the project gives no reason. */
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

/** Whether an account is the project's own or has a reason; an account that only the deployment decides counts as the project's own. */
function knows(other: Value, account: Value, { accounts, reasons }: Review): boolean {
  return typeof other !== 'string' || other === account || accounts.has(other) || reasons.has(other);
}

/**
 * The outsiders that meet the conditions of a statement for `*` or for a service. All conditions must hold, so if one condition admits only
 * known principals, no outsider gets in.
 */
function outsidersOfConditions(
  conditions: readonly PolicyCondition[],
  account: Value,
  review: Review,
): readonly string[] {
  const outsiders = conditions
    .filter((condition) => limitsCallers(condition) || namesAResource(condition))
    .flatMap((condition) => {
      const who = outsidersOfCondition(condition, account, review);
      return who === undefined ? [] : [who];
    });
  return outsiders.some((who) => who.length === 0) ? [] : (outsiders[0] ?? []);
}

/** The outsiders among the values of a condition; `undefined` if a value contains no account, as the ARN of a bucket does not. */
function outsidersOfCondition(
  { key, values: written }: PolicyCondition,
  account: Value,
  review: Review,
): readonly string[] | undefined {
  const name = key.toLowerCase();
  // A condition on `aws:Resource…` limits callers to the account or the organization of the key.
  if (name.startsWith('aws:resource')) return [];
  const values = written.map((value) => withReplaced(value, ownAccount, account));
  if (/^aws:(principal|source|vpce)orgid$/.test(name)) {
    const ids = values.map(shown).filter((id) => !ownOrganization.test(id));
    return ids.flatMap((id) => (review.reasons.has(id) ? [] : [`organization ${id}`]));
  }
  if (/^aws:(principal|source|vpce)orgpaths$/.test(name)) {
    const paths = values.map(shown).filter((path) => !ownOrganization.test(path));
    return paths.flatMap((path) => (hasReason(path, review) ? [] : [`organizational unit ${path}`]));
  }
  if (name === 'aws:sourceowner' || /account$/.test(name)) {
    return values.flatMap((other) => (knows(other, account, review) ? [] : [`account ${shown(other)}`]));
  }
  if (name === 'aws:principalarn') {
    return values.flatMap((arn) => {
      const owner = parseArn(arn)?.account ?? '';
      return knows(owner, account, review) || review.reasons.has(shown(arn)) ? [] : [shown(arn)];
    });
  }
  if (!/arn$/.test(name)) return undefined;
  const owners = values.map((arn) => parseArn(arn)?.account ?? '');
  if (owners.includes('')) return undefined;
  return owners.flatMap((owner) => (knows(owner, account, review) ? [] : [`account ${shown(owner)}`]));
}

/** The account and the organization of the key itself, as policy variables. */
const ownAccount = /\$\{aws:ResourceAccount\}/i;
const ownOrganization = /^\$\{aws:ResourceOrgID\}(\/|$)/i;

/** A reason for an organization or a unit also applies to the units below. */
function hasReason(path: string, { reasons }: Review): boolean {
  const segments = path.replace(/\/\*?$/, '').split('/');
  return segments.some((_, index) => reasons.has(segments.slice(0, index + 1).join('/')));
}

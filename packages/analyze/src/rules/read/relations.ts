/**
 * Whether a statement of a key policy says all that another says, and more. An answer of yes is certain; where it takes more than
 * a look at the statements themselves to tell, it is no.
 */
import { describeNamed } from '../../describe.ts';
import { accountOf } from '../../evaluate/principals.ts';
import { requesterOf } from '../../named-principal.ts';
import type { NamedPrincipal, PolicyCondition, PolicyStatement } from '../../picture.ts';
import { equals } from '../../value/compare.ts';
import { shown, type Value } from '../../value/value.ts';
import { operationsIn } from './operations.ts';

/** Whether whatever `narrow` is about, `wide` is about too: for statements of one effect it makes it redundant. */
export function includes(wide: PolicyStatement, narrow: PolicyStatement): boolean {
  const who = narrow.principals?.every((one) => wide.principals?.some((other) => isSame(other, one)) === true);
  return who === true && includesRest(wide, narrow);
}

/** The statement that denies all that this one allows, if there is one. */
export function voidedBy(statement: PolicyStatement, policy: readonly PolicyStatement[]): PolicyStatement | undefined {
  const { effect, principals = [] } = statement;
  if (effect === 'Deny' || principals.length === 0) return undefined;
  return policy.find(
    (deny) =>
      deny.effect === 'Deny' &&
      principals.every((one) => deny.principals?.some((other) => isSame(other, one) || isOf(other, one)) === true) &&
      includesRest(deny, statement),
  );
}

/** Actions, resources and conditions. A statement with fewer conditions is the wider one. */
function includesRest(wide: PolicyStatement, narrow: PolicyStatement): boolean {
  const operations = operationsIn(narrow);
  if (operations.size === 0) return false;
  const all = operationsIn(wide);
  if (operations.size > all.size) return false;
  for (const operation of operations) if (!all.has(operation)) return false;
  if (!includesResources(wide.resources, narrow.resources)) return false;
  return wide.conditions.every((one) => narrow.conditions.some((other) => isSameCondition(one, other)));
}

function includesResources(wide: readonly Value[] | undefined, narrow: readonly Value[] | undefined): boolean {
  if (wide === undefined || narrow === undefined) return false;
  const texts = new Set(wide.map(shown));
  return texts.has('*') || narrow.every((resource) => texts.has(shown(resource)));
}

function isSameCondition(one: PolicyCondition, other: PolicyCondition): boolean {
  if (one.operator !== other.operator || one.key.toLowerCase() !== other.key.toLowerCase()) return false;
  const texts = new Set(one.values.map(shown));
  return texts.size === new Set(other.values.map(shown)).size && other.values.every((value) => texts.has(shown(value)));
}

function isSame(wide: NamedPrincipal, narrow: NamedPrincipal): boolean {
  if (wide.kind === 'anyone') return true;
  return wide.kind === narrow.kind && describeNamed(wide) === describeNamed(narrow);
}

/** Whether someone belongs to an account that is named: a Deny for the account is one for all in it. */
function isOf(wide: NamedPrincipal, narrow: NamedPrincipal): boolean {
  if (wide.kind !== 'account') return false;
  const requester = requesterOf(narrow);
  if (requester === undefined || requester.kind === 'service') return false;
  return equals(accountOf(requester), wide.account) === true;
}

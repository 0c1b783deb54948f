/**
 * Decides whether one key policy statement covers another. `true` is certain; `false` also means that the statements alone cannot prove it.
 */
import { describeNamed } from '../../describe.ts';
import { requesterOf } from '../../named-principal.ts';
import type { NamedPrincipal, PolicyCondition, PolicyStatement } from '../../picture.ts';
import { accountOf } from '../../principal-account.ts';
import { equals } from '../../value/compare.ts';
import { shown, type Value } from '../../value/value.ts';
import { operationsIn } from './operations.ts';

/** Whether `wide` covers everything that `narrow` covers, which makes `narrow` redundant if their effects are the same. */
export function includes(wide: PolicyStatement, narrow: PolicyStatement): boolean {
  return includesPrincipals(wide, narrow) && includesRest(wide, narrow);
}

/**
 * A statement for everyone includes a statement for everyone except some principals. Of two statements with exceptions, the one that
 * exempts fewer principals is wider.
 */
function includesPrincipals(wide: PolicyStatement, narrow: PolicyStatement): boolean {
  const { principals, notPrincipals } = narrow;
  if (notPrincipals !== undefined && wide.notPrincipals !== undefined) {
    return wide.notPrincipals.every((one) => notPrincipals.some((other) => isSame(other, one)));
  }
  if (notPrincipals !== undefined) return wide.principals?.some(({ kind }) => kind === 'anyone') === true;
  return principals?.every((one) => wide.principals?.some((other) => isSame(other, one)) === true) === true;
}

/** A Deny that covers everything that a statement allows, if there is one. */
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

/** Compares actions, resources and conditions. Fewer conditions make a statement wider. */
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

/** Whether a principal belongs to a named account: a Deny for the account covers everyone in it. */
function isOf(wide: NamedPrincipal, narrow: NamedPrincipal): boolean {
  if (wide.kind !== 'account') return false;
  const requester = requesterOf(narrow);
  if (requester === undefined || requester.kind === 'service') return false;
  return equals(accountOf(requester), wide.account) === true;
}

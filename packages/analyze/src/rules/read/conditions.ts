/** The effects of a statement's conditions. */
import type { ContextEntry } from '../../context/context.ts';
import { conditionHolds } from '../../evaluate/conditions.ts';
import { parseOperator } from '../../evaluate/operators.ts';
import type { PolicyCondition, PolicyStatement } from '../../picture.ts';
import { parseArn } from '../../value/arn.ts';
import { partsOf, type Value } from '../../value/value.ts';

/**
 * Whether a condition holds only if the request's key has one of the values. Negated conditions, `IfExists` and
 * `ForAllValues` do not qualify: they also hold for requests without the key.
 */
export function mustMatch({ operator: written }: PolicyCondition): boolean {
  const { operator, ifExists, quantifier } = parseOperator(written);
  return operator !== undefined && operator !== 'null' && !operator.negated && !ifExists && quantifier !== 'all';
}

/** Whether a condition can hold for a request in which its key has this value, whatever the rest of the request. */
export function canHold(condition: PolicyCondition, value: string, { ref }: PolicyStatement): boolean {
  const name = condition.key.toLowerCase();
  const entry = (key: string): ContextEntry => (key === name ? [value] : 'unknown');
  return conditionHolds(condition, { entry }, ref) !== false;
}

/** The conditions on any of some keys (in lower case) that must hold. */
export function requiredConditionsOn(
  { conditions }: PolicyStatement,
  keys: readonly string[],
): readonly PolicyCondition[] {
  return conditions.filter((condition) => keys.includes(condition.key.toLowerCase()) && mustMatch(condition));
}

export function hasWildcard(value: Value): boolean {
  return partsOf(value).some((part) => typeof part === 'string' && /[*?]/.test(part));
}

/** Whether a value is written out, without wildcards. */
export const exact = (value: Value) => !hasWildcard(value);
const inOrganization = (value: Value) => typeof value === 'string' && /^o-[^*?/]+\//.test(value);

/** Whether an ARN identifies its owner: by account or, for a bucket, whose ARN has none, by name. */
export function ofSomeone(value: Value): boolean {
  const arn = parseArn(value);
  if (arn === undefined) return false;
  return arn.account === '' ? partsOf(arn.resource)[0] !== '*' && !startsWild(arn.resource) : exact(arn.account);
}

function startsWild(value: Value): boolean {
  const [first] = partsOf(value);
  return typeof first === 'string' && /^[*?]/.test(first);
}

/**
 * The condition keys that limit who may come, with the values that do so. Other keys narrow the operation and leave it
 * open to every account: a principal's tags are whatever its own account says. Source: IAM User Guide, "AWS global
 * condition context keys"; Amazon S3 User Guide, "The meaning of public", which lists the keys that AWS itself accepts
 * as a limit.
 */
const limiting: Readonly<Record<string, (value: Value) => boolean>> = {
  'aws:principalaccount': exact,
  'aws:principalarn': ofSomeone,
  'aws:principalorgid': exact,
  'aws:principalorgpaths': inOrganization,
  'aws:sourceaccount': exact,
  'aws:sourcearn': ofSomeone,
  'aws:sourceip': (value) => typeof value !== 'string' || !/\/0$/.test(value),
  'aws:sourceorgid': exact,
  'aws:sourceorgpaths': inOrganization,
  'aws:sourceowner': exact,
  'aws:sourcevpc': exact,
  'aws:sourcevpcarn': ofSomeone,
  'aws:sourcevpce': exact,
  'aws:userid': (value) => !startsWild(value),
  'aws:vpceaccount': exact,
  'aws:vpceorgid': exact,
  'aws:vpceorgpaths': inOrganization,
  'kms:calleraccount': exact,
};

/** Whether a condition limits callers to an account, an organization or a source. */
export function limitsCallers(condition: PolicyCondition): boolean {
  const key = condition.key.toLowerCase();
  const limits = Object.hasOwn(limiting, key) ? limiting[key] : undefined;
  return limits !== undefined && mustMatch(condition) && condition.values.every(limits);
}

/**
 * Finds conditions on different condition keys that require two different accounts or organizations of the caller, or of the resource on
 * whose behalf a service calls. Source: IAM User Guide, "AWS global condition context keys" and "The confused deputy problem",
 * "Cross-service confused deputy prevention"; AWS KMS Developer Guide, "AWS KMS condition keys", kms:CallerAccount.
 */
import { hasVariables } from '../../evaluate/variables.ts';
import type { PolicyCondition } from '../../picture.ts';
import { parseArn } from '../../value/arn.ts';
import { equals, matchesText } from '../../value/compare.ts';
import { splitValue, type Value } from '../../value/value.ts';
import { hasWildcard, mustMatch } from './conditions.ts';

type ReadOwner = (value: Value) => Value | undefined;

const itself: ReadOwner = (value) => value;
/** Reads the account of an ARN. ARNs of buckets have none. */
const ofArn: ReadOwner = (value) => {
  const account = parseArn(value)?.account;
  return account === '' ? undefined : account;
};
const ofPath: ReadOwner = (value) => splitValue(value, '/', 1)[0];

/** For each kind of owner, its condition keys in lower case, and how to read the owner from their values. */
const owners: readonly Readonly<Record<string, ReadOwner>>[] = [
  { 'aws:sourceaccount': itself, 'aws:sourcearn': ofArn },
  { 'aws:principalaccount': itself, 'kms:calleraccount': itself, 'aws:principalarn': ofArn },
  { 'aws:sourceorgid': itself, 'aws:sourceorgpaths': ofPath },
  { 'aws:principalorgid': itself, 'aws:principalorgpaths': ofPath },
];

/** Two condition keys, as written, whose conditions require different owners; `undefined` if there are none. */
export function differentOwnersIn(conditions: readonly PolicyCondition[]): readonly [string, string] | undefined {
  for (const readers of owners) {
    const required = conditions.flatMap((condition) => {
      const read = readers[condition.key.toLowerCase()];
      return read !== undefined && mustMatch(condition) ? [{ key: condition.key, of: condition.values.map(read) }] : [];
    });
    for (const [index, one] of required.entries()) {
      const other = required.slice(index + 1).find(({ of }) => !one.of.some((a) => of.some((b) => mayBeSame(a, b))));
      if (other !== undefined) return [one.key, other.key];
    }
  }
  return undefined;
}

function mayBeSame(one: Value | undefined, other: Value | undefined): boolean {
  if (one === undefined || other === undefined || hasVariables(one) || hasVariables(other)) return true;
  if (hasWildcard(one)) return hasWildcard(other) || matchesText(one, other) !== false;
  return (hasWildcard(other) ? matchesText(other, one) : equals(one, other)) !== false;
}

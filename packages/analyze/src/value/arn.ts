import { joinValue, partsOf, splitValue, type Value } from './value.ts';

export interface Arn {
  readonly partition: Value;
  readonly service: Value;
  readonly region: Value;
  readonly account: Value;
  /** Everything after the fifth colon: `key/1234abcd-…`, `role/path/name`. */
  readonly resource: Value;
}

/** Splits an ARN into its parts; `undefined` if the text is not an ARN. */
export function parseArn(value: Value): Arn | undefined {
  const [arn, partition, service, region, account, resource] = splitValue(value, ':', 5);
  if (arn !== 'arn' || partition === undefined || service === undefined || region === undefined) return undefined;
  if (account === undefined || resource === undefined) return undefined;
  return { partition, service, region, account, resource };
}

/** Splits `role/team/App` into the type and the rest. */
export function splitType(resource: Value): { readonly type: string; readonly rest: Value } | undefined {
  const [type, ...rest] = splitValue(resource, '/', 1);
  const [last] = rest;
  return typeof type === 'string' && last !== undefined ? { type, rest: last } : undefined;
}

/** The last segment of a path: `App` for `team/App`. */
export function lastSegment(path: Value): Value {
  const segments = splitValue(path, '/', 1000);
  return segments.at(-1) ?? path;
}

export function iamArn(partition: Value, account: Value, resource: Value): Value {
  return joinValue(['arn:', ...partsOf(partition), ':iam::', ...partsOf(account), ':', ...partsOf(resource)]);
}

import { joinValue, partsOf, splitValue, type Value } from './value.ts';

/** The six parts of an ARN. */
export interface Arn {
  readonly partition: Value;
  readonly service: Value;
  readonly region: Value;
  readonly account: Value;
  /** All after the fifth colon: `key/1234abcd-…`, `role/path/name`. */
  readonly resource: Value;
}

/** The parts of a text that is an ARN. */
export function parseArn(value: Value): Arn | undefined {
  const [arn, partition, service, region, account, resource] = splitValue(value, ':', 5);
  if (arn !== 'arn' || partition === undefined || service === undefined || region === undefined) return undefined;
  if (account === undefined || resource === undefined) return undefined;
  return { partition, service, region, account, resource };
}

/** `role` and the rest of `role/team/App`. */
export function splitType(resource: Value): { readonly type: string; readonly rest: Value } | undefined {
  const [type, ...rest] = splitValue(resource, '/', 1);
  const [last] = rest;
  return typeof type === 'string' && last !== undefined ? { type, rest: last } : undefined;
}

/** The last part of a path: `App` of `team/App`. */
export function lastSegment(path: Value): Value {
  const segments = splitValue(path, '/', 1000);
  return segments.at(-1) ?? path;
}

/** The ARN of something in IAM. */
export function iamArn(partition: Value, account: Value, resource: Value): Value {
  return joinValue(['arn:', ...partsOf(partition), ':iam::', ...partsOf(account), ':', ...partsOf(resource)]);
}

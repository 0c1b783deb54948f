import type { NamedPrincipal } from './picture.ts';
import type { Principal } from './principal.ts';
import { iamArn, lastSegment, parseArn, splitType } from './value/arn.ts';
import { splitValue, type Value } from './value/value.ts';

/** The principal that an `AWS` entry of a policy names: an ARN, an account id, or `*`. */
export function nameOfArn(arn: Value): NamedPrincipal {
  if (arn === '*') return { kind: 'anyone' };
  const parsed = parseArn(arn);
  if (parsed === undefined) {
    return isAccount(arn) ? { kind: 'account', account: arn } : { kind: 'other', text: arn };
  }
  const { account, service, resource } = parsed;
  if (service === 'iam' && resource === 'root') return { kind: 'account', account };
  const split = splitType(resource);
  if (split === undefined) return { kind: 'other', text: arn };
  const { type, rest } = split;
  if (service === 'iam' && (type === 'role' || type === 'user')) {
    // KMS refuses a wildcard inside a principal's ARN.
    if (typeof rest === 'string' && /[*?]/.test(rest)) return { kind: 'other', text: arn };
    return { kind: type, account, name: lastSegment(rest), arn };
  }
  if (service === 'sts' && type === 'assumed-role') {
    const [role, session] = splitValue(rest, '/', 1);
    if (role !== undefined && session !== undefined && session !== '*')
      return { kind: 'session', account, role, session, arn };
  }
  if (service === 'sts' && type === 'federated-user') return { kind: 'federatedUser', account, name: rest, arn };
  return { kind: 'other', text: arn };
}

/** Whether a value is the id of an account: a bare id, or the value that the deployment gives `${account}`. */
export function isAccount(value: Value): boolean {
  if (typeof value === 'string') return /^\d{12}$/.test(value);
  return value.parts.every((part) => typeof part !== 'string' && part.unknown === 'account');
}

/** The caller that a principal named in a policy represents; `undefined` if no caller can have the name. */
export function requesterOf(named: NamedPrincipal): Principal | undefined {
  switch (named.kind) {
    case 'role':
    case 'user':
    case 'session':
    case 'federatedUser':
    case 'account':
    case 'service':
    case 'anyone':
      return named;
    case 'federated': // an identity provider makes no requests: it lets identities assume roles
    case 'other':
      return undefined;
  }
}

export function rootOf(account: Value, partition: Value): Principal {
  return { kind: 'root', account, arn: iamArn(partition, account, 'root') };
}

import { accountRoot } from '@keywright/core/ir/account-root';
import { type Expression, expressionKey, literal } from '@keywright/core/ir/expression';
import { isPrincipal } from '@keywright/core/ir/is-principal';
import type { PolicyPrincipal } from '@keywright/core/ir/policy';
import type { Environment, Stack } from '@keywright/core/ir/program';
import { servicePrincipalHost } from '@keywright/core/kms/services/principal-host';
import type { InlinePrincipal, PrincipalReference } from '@keywright/core/language/principal';
import { placeOf } from '@keywright/core/resolve/place';
import { Inexpressible, textOf } from './text.ts';

/**
 * The id that IAM shows in a policy in place of a principal's ARN once the principal is deleted. Source: IAM User Guide, "IAM JSON policy
 * elements: Principal" and "IAM identifiers".
 */
const uniqueId = /^A(?:GPA|IDA|ROA)[A-Z0-9]{12,28}$/;

/** Returns a policy's principal as a stack in an environment names it. */
export function principalOf(
  principal: PolicyPrincipal,
  stack: Stack,
  environment: Environment = stack.environment,
): PrincipalReference {
  switch (principal.kind) {
    case 'anyone':
      return { anyone: true };
    case 'service':
      return { service: serviceName(principal.host, environment) };
    case 'federated':
      return { federated: textOf(principal.provider) };
    case 'aws':
      return principalByArn(principal.arn, stack);
  }
}

/** Returns the principal with an ARN: a principal that a stack creates, an account, an existing role or user, or anyone else. */
export function principalByArn(arn: Expression, stack: Stack): PrincipalReference {
  if (arn.kind === 'reference') return createdName(arn, stack);
  if (arn.kind === 'crossStack') {
    const [, name] = /^principals\.(.+)\.arn$/.exec(arn.export) ?? [];
    if (name === undefined) throw new Inexpressible(`${arn.export} of stack ${arn.stack} is not a principal`);
    return `${arn.stack}.${name}`;
  }
  const text = textOf(arn);
  if (uniqueId.test(text)) {
    throw new Inexpressible(
      `\`${text}\` is what is left of a role, user or group that was deleted, and KMS accepts no policy that names it`,
    );
  }
  return accountIn(arn, text, stack) ?? existing(text) ?? { arn: text };
}

/** Returns the short name of a service, if that means the same host in this environment; otherwise the host. */
function serviceName(host: Expression, environment: Environment): string {
  const text = textOf(host);
  const [, short] = /^([a-z0-9-]+)\./.exec(text) ?? [];
  if (short === undefined) return text;
  const meant = servicePrincipalHost(short, placeOf(environment));
  return expressionKey(meant) === expressionKey(host) ? short : text;
}

/** Returns the name of a principal that the stack creates, given a reference to it. */
export function createdName(reference: Extract<Expression, { kind: 'reference' }>, stack: Stack): string {
  const created = stack.resources.find(({ id }) => id === reference.resource);
  if (created !== undefined && isPrincipal(created)) return created.name;
  throw new Inexpressible(`${reference.resource} is not a role, user or group of the stack`);
}

/** Returns the account whose root has the ARN, if the ARN is in the stack's partition. */
function accountIn(arn: Expression, text: string, stack: Stack): InlinePrincipal | undefined {
  const [, account] = /:iam::(\d{12}|\$\{account\}):root$/.exec(text) ?? [];
  if (account === undefined) return undefined;
  const place = placeOf(stack.environment);
  const whose = account === '${account}' ? place.account : literal(account);
  const root = accountRoot({ partition: place.partition, account: whose });
  return expressionKey(root) === expressionKey(arn) ? { account } : undefined;
}

/** Returns an existing role or user. Roles that AWS reserves stay ARNs, since they are rejected without their paths. */
function existing(text: string): InlinePrincipal | undefined {
  const [, kind, name = ''] = /^arn:[^:\s]+:iam::[^:\s]*:(role|user)\/(\S+)$/.exec(text) ?? [];
  if (kind === 'user') return { user: text };
  if (kind !== 'role' || /^(AWSServiceRoleFor|AWSReservedSSO_)/.test(name)) return undefined;
  return { role: text };
}

import type { Condition } from '@keywright/core/ir/policy';
import type { Group, Role, Stack, User } from '@keywright/core/ir/program';
import type { CreatedPrincipal } from '@keywright/core/language/principal';
import { tagged } from './keys.ts';
import type { PinsOf } from './pinned-names.ts';
import { principalOf } from './principals.ts';
import { conditionsOf } from './statements.ts';
import { Inexpressible, oneOrMany, textOf } from './text.ts';

export function rawPrincipal(principal: Role | User | Group, stack: Stack, pins: PinsOf): CreatedPrincipal {
  const named = principal.physicalName === undefined ? {} : { name: principal.physicalName };
  switch (principal.kind) {
    case 'group':
      return { group: named, ...pins(principal) };
    case 'user':
      return { user: { ...named, ...tagged(principal.tags) }, ...pins(principal) };
    case 'role': {
      const { description } = principal;
      const role = {
        ...trusting(principal, stack),
        ...(description !== undefined && { description: textOf(description) }),
        ...named,
        ...tagged(principal.tags),
      };
      return { role, ...pins(principal) };
    }
  }
}

/** Returns who assumes a role, and the conditions, which all statements of the trust policy must have in common. */
function trusting({ assumeRolePolicy, name }: Role, stack: Stack) {
  const { statements } = assumeRolePolicy;
  const [first] = statements;
  if (first === undefined) throw new Inexpressible(`nobody may assume the role ${name}`);
  const isCommon = (condition: Condition) =>
    statements.every(({ conditions }) => conditions.some((one) => JSON.stringify(one) === JSON.stringify(condition)));
  const common = first.conditions.filter(isCommon);
  const assumedBy = statements.flatMap(({ principals = [], conditions }) => {
    const remaining = conditions.filter((condition) => !isCommon(condition));
    return principals.map((principal) => {
      if (remaining.length > 0)
        throw new Inexpressible(`statements of the trust policy of ${name} differ in their conditions`);
      if (principal.kind !== 'service') return principalOf(principal, stack);
      const host = textOf(principal.host);
      return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(host) ? host : { service: host };
    });
  });
  return { assumedBy: oneOrMany(assumedBy), ...(common.length > 0 && { when: conditionsOf(common) }) };
}

import { has } from '../compare/views.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md: KMS applies a statement without `Resource` to no key. Keywright applies it to the key, with a warning. */
export const statementsWithoutResource: Departure = {
  name: 'a statement of a policy file without `Resource` is about the key',
  reason: 'the CDK leaves it as it is, and KMS applies it to no key',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.owner.kind !== 'key') return false;
    const { comparison, owner, permission, side } = difference;
    const other = side === 'ours' ? '' : '*';
    return (
      permission.resource === (side === 'ours' ? '*' : '') &&
      has(comparison[side === 'ours' ? 'cdk' : 'ours'], owner.label, { ...permission, resource: other })
    );
  },
};

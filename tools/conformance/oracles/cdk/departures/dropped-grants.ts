import type { Comparison } from '../compare/comparison.ts';
import { accountOf, has } from '../compare/views.ts';
import type { Departure } from './departure.ts';
import { missing } from './dropped-parts.ts';

/** docs/semantics.md, "Grants: where a statement lands", row "same account, not writable". */
export const droppedGrants: Departure = {
  name: 'a role or user of the key’s account is named in the key policy when a stack of another account grants to it',
  reason:
    'the CDK assumes that the grant exists: it attaches nothing to the role there, and a policy to the wrong user',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.owner.kind !== 'key' || difference.side !== 'ours') return false;
    const { comparison, owner, permission } = difference;
    return has(comparison.kept, owner.label, permission) && isOfAnotherStack(permission.principal, comparison);
  },
  owed: (comparison) => missing(comparison, 'key', ({ principal }) => isOfAnotherStack(principal, comparison)),
};

/** Whether a stack of another account grants something to an existing role or user. */
function isOfAnotherStack(principal: string, { places, translation }: Comparison): boolean {
  return translation.existingNames.some(
    ({ arn, stack }) => principal === `AWS ${arn}` && places.get(stack)?.account !== accountOf(principal),
  );
}

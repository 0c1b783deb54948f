import type { InlinePrincipal } from '@keywright/core/language/principal';
import { accountOf } from '../compare/views.ts';
import { listOf } from '../list.ts';
import { actionsOf } from '../translate/actions.ts';
import { whoAre } from '../who.ts';
import type { Departure } from './departure.ts';

/** docs/semantics.md, "Grants: where a statement lands", row "same account, not writable". */
export const droppedGrants: Departure = {
  name: 'a role or user of the key’s account is named in the key policy when a stack of another account grants to it',
  reason: 'the CDK takes the grant for made: it attaches nothing to the role there, and a policy to the wrong user',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.owner.kind !== 'key' || difference.side !== 'ours') return false;
    const { comparison, owner, permission } = difference;
    const { source } = comparison.translation;
    const view = comparison.keys.find(({ label }) => label === owner.label);
    if (view === undefined || accountOf(permission.principal) !== view.place.account) return false;
    return source.model.stacks.some((stack) => {
      if (comparison.places.get(stack.name)?.account === view.place.account) return false;
      return [...stack.imports.values()].some(
        (imported) =>
          imported.kind === 'key' &&
          imported.key === view.key &&
          (imported.definition.value.grants ?? []).some(
            ({ to, can }) =>
              actionsOf(listOf<string>(can), view.key.traits).includes(permission.action) &&
              whoAre(listOf(to), stack, source).some(
                (who) => who.kind === 'described' && `AWS ${arnOf(who.definition)}` === permission.principal,
              ),
          ),
      );
    });
  },
};

function arnOf(definition: InlinePrincipal): string | undefined {
  if ('role' in definition) return definition.role;
  return 'user' in definition ? definition.user : undefined;
}

import type { PrincipalReference } from '@keywright/core/language/principal';
import type { KeyModel, StackModel } from '@keywright/core/resolve/model';
import { listOf } from '../source/list.ts';
import { placeOf } from '../source/places.ts';
import { whoAre } from '../source/who.ts';
import { limitReplicaNear } from './limit-replicas.ts';
import { entryFor, stackOf, type Translation } from './translation.ts';

/**
 * Declares which stacks come after a key's stack because they name the key's ARN. The CDK has to know that before a grant is made.
 * Otherwise it names a principal in the key policy, and notices the cycle too late.
 */
export function declareDependencies(translation: Translation): void {
  const { source, environments, stacks } = translation;
  const placeText = (one: StackModel) => JSON.stringify(placeOf(environments.get(one) ?? {}));
  const declare = (references: readonly PrincipalReference[], from: StackModel, key: KeyModel) => {
    for (const who of whoAre(references, from, source)) {
      if (who.kind !== 'created') continue;
      const holder = who.created.stack;
      if (holder === key.stack || placeText(holder) !== placeText(key.stack)) continue;
      entryFor(stacks, holder).addDependency(entryFor(stacks, key.stack));
    }
  };
  for (const stack of source.model.stacks) {
    for (const key of stack.keys.values()) {
      declare(granteesOf(key), stack, key);
      for (const replica of key.replicas) declareReplica(replica, translation);
    }
    for (const imported of stack.imports.values()) {
      if (imported.kind !== 'key') continue;
      const grants = imported.definition.value.grants ?? [];
      const grantees = grants.flatMap(({ to }) => listOf<PrincipalReference>(to));
      declare(grantees, stack, imported.key);
    }
  }
}

/** Does the same for a replica: declares which stacks in its place come after the stack of the replica, which is not in the model. */
function declareReplica(replica: KeyModel, translation: Translation): void {
  const { source, environments, stacks } = translation;
  for (const who of whoAre(granteesOf(replica), replica.stack, source)) {
    if (who.kind !== 'created') continue;
    const { account, region } = placeOf(environments.get(who.created.stack) ?? {});
    if (account !== replica.environment.account || region !== replica.environment.region) continue;
    entryFor(stacks, who.created.stack).addDependency(stackOf(replica, translation));
    limitReplicaNear(replica, who.created, translation);
  }
}

function granteesOf({ properties }: KeyModel): readonly PrincipalReference[] {
  return [
    ...properties.grants.flatMap(({ value }) => listOf<PrincipalReference>(value.to)),
    ...properties.admins.map(({ value }) => value),
  ];
}

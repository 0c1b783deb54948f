import type { KeyModel } from '@keywright/core/resolve/model';
import { placeOf } from '../source/places.ts';
import { keyLabel, type Who } from '../source/who.ts';
import type { Translation } from './translation.ts';

/** Records a limit: the CDK fails if a key policy would have to name a group. Keywright names the group's account. */
export function limitGroup(who: Who, key: KeyModel, { environments, limits }: Translation): void {
  if (who.kind !== 'created') return;
  const { account, partition } = placeOf(environments.get(who.created.stack) ?? {});
  limits.push({
    name: 'group',
    covers: (difference) =>
      difference.kind === 'permission' &&
      difference.owner.label === keyLabel(key) &&
      difference.side === 'ours' &&
      difference.permission.principal === `AWS arn:${partition}:iam::${account}:root`,
  });
}

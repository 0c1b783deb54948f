import { rootOf } from '@keywright/analyze/named-principal';
import type { PictureKey } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import type { Value } from '@keywright/analyze/value/value';

/**
 * Returns principals that no policy names: the root user, a role and a user of each account with keys and of an account without keys, and an
 * AWS service. `textOf` returns the text of an account or partition.
 */
export function strangersTo(keys: readonly PictureKey[], textOf: (value: Value) => string): readonly Principal[] {
  const partitions = new Map(keys.map(({ account, partition }) => [textOf(account), textOf(partition)]));
  const accounts = new Map([['999999999999', [...partitions.values()][0] ?? 'aws'], ...partitions]);
  const strangers = [...accounts].flatMap(([account, partition]): readonly Principal[] => [
    rootOf(account, partition),
    { kind: 'role', account, name: 'Stranger', arn: `arn:${partition}:iam::${account}:role/Stranger` },
    { kind: 'user', account, name: 'Stranger', arn: `arn:${partition}:iam::${account}:user/Stranger` },
  ]);
  return [...strangers, { kind: 'service', host: 'stranger.amazonaws.com' }];
}

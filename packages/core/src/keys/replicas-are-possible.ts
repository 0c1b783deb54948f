import { groupBy } from '../collections/group-by.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { replicaOfSingleRegionKey, replicaPlace } from '../diagnostics/keys.ts';
import { onlyTheReplica } from '../diagnostics/only-the-replica.ts';
import type { KeyModel, StackModel } from '../resolve/model.ts';
import type { KeyRule } from './rule.ts';

/** A replica's primary is a multi-Region key in the same account and partition, but in another region. */
export const replicasArePossible: KeyRule = (key, stacks) => {
  const [first] = key.replicas;
  if (first === undefined) return [];
  const diagnostics: Diagnostic[] = [];
  if (!key.traits.multiRegion) diagnostics.push(report(replicaOfSingleRegionKey, first.nameSpan, { key: key.name }));
  const spanByRegion = new Map([[key.environment.region, key.nameSpan]]);
  for (const replica of key.replicas) {
    const { account, region, partition, name = '' } = replica.environment;
    if (account !== key.environment.account) {
      const problem = `\`${name}\` is in account ${account}, and the primary key is in ${key.environment.account}`;
      diagnostics.push(
        report(replicaPlace, replica.nameSpan, {
          problem,
          advice: 'choose an environment in the account of the primary key',
        }),
      );
      continue;
    }
    if (partition !== key.environment.partition) {
      const problem = `\`${name}\` is in partition ${partition}, and the primary key in ${key.environment.partition}`;
      diagnostics.push(
        report(replicaPlace, replica.nameSpan, {
          problem,
          advice: 'choose an environment in the partition of the primary key',
        }),
      );
    }
    const earlierSpan = spanByRegion.get(region);
    if (isInRegionOfPrimary(replica, key) && isInOtherRegions(key.stack, stacks)) {
      const there = region ?? '';
      const problem = `stack \`${key.stack.definition.name}\` also creates the key \`${key.name}\` itself in ${there}, where this replica would be`;
      const related = [{ message: 'the key', span: key.nameSpan }];
      diagnostics.push(
        report(replicaPlace, replica.nameSpan, { problem, advice: onlyTheReplica(key.name, there) }, related),
      );
    } else if (earlierSpan !== undefined) {
      const problem = `\`${key.name}\` is already in ${region}`;
      const related = [{ message: 'the other one', span: earlierSpan }];
      diagnostics.push(
        report(
          replicaPlace,
          replica.nameSpan,
          { problem, advice: 'remove one of them, or choose an environment in another region' },
          related,
        ),
      );
    }
    spanByRegion.set(region, replica.nameSpan);
  }
  return diagnostics;
};

/** The first replica of a key in each region, except in the region of the key itself. */
export function replicasWithRegions(key: KeyModel): readonly KeyModel[] {
  const others = key.replicas.filter((replica) => !isInRegionOfPrimary(replica, key));
  return [...groupBy(others, ({ environment }) => environment.region).values()].map(([first]) => first);
}

function isInRegionOfPrimary(replica: KeyModel, primary: KeyModel): boolean {
  return replica.environment.region === primary.environment.region;
}

function isInOtherRegions({ definition, environment }: StackModel, stacks: readonly StackModel[]): boolean {
  return stacks.some(
    (other) =>
      other.definition === definition &&
      other.environment.account === environment.account &&
      other.environment.region !== environment.region,
  );
}

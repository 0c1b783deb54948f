import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { replicaOfSingleRegionKey, replicaPlace } from '../diagnostics/keys.ts';
import type { KeyRule } from './rule.ts';

/** A replica's primary is a multi-Region key; both have one account and partition, and different regions. */
export const replicasArePossible: KeyRule = (key) => {
  const [first] = key.replicas;
  if (first === undefined) return [];
  const diagnostics: Diagnostic[] = [];
  if (!key.traits.multiRegion) diagnostics.push(report(replicaOfSingleRegionKey, first.nameSpan, { key: key.name }));
  const taken = new Map([[key.environment.region, key.nameSpan]]);
  for (const replica of key.replicas) {
    const { account, region, partition, name = '' } = replica.environment;
    if (account !== key.environment.account) {
      const problem = `\`${name}\` is account ${account}, and the primary key is in ${key.environment.account}`;
      diagnostics.push(
        report(replicaPlace, replica.nameSpan, {
          problem,
          advice: 'a replica lives in the account of its primary key',
        }),
      );
    }
    if (partition !== key.environment.partition) {
      const problem = `\`${name}\` is in partition ${partition}, and the primary key in ${key.environment.partition}`;
      diagnostics.push(
        report(replicaPlace, replica.nameSpan, {
          problem,
          advice: 'a replica lives in the partition of its primary key',
        }),
      );
    }
    const other = taken.get(region);
    if (other !== undefined) {
      const problem = `\`${key.name}\` is already in ${region}`;
      const related = [{ message: 'the other one', span: other }];
      diagnostics.push(
        report(replicaPlace, replica.nameSpan, { problem, advice: 'choose an environment in another region' }, related),
      );
    }
    taken.set(region, replica.nameSpan);
  }
  return diagnostics;
};

import { has } from '../compare/views.ts';
import type { Place } from '../source/places.ts';
import type { Departure } from './departure.ts';

/** docs/language.md, `service`: "becomes the right host for the partition and region". */
export const serviceHosts: Departure = {
  name: 'a service that has its own host in each region or partition is named by that host',
  reason: 'the CDK writes logs.amazonaws.com, which CloudWatch Logs does not use',
  matches(difference) {
    if (difference.kind !== 'permission' || difference.owner.kind === 'identity') return false;
    const { comparison, owner, permission, side } = difference;
    const place =
      comparison.keys.find(({ label }) => label === owner.label)?.place ?? comparison.places.get(owner.stack);
    if (place === undefined) return false;
    const other = hostsIn(place).reduce(
      (text, [cdk, ours]) =>
        side === 'ours'
          ? text.replaceAll(`Service ${ours}`, `Service ${cdk}`)
          : text.replaceAll(`Service ${cdk}`, `Service ${ours}`),
      permission.principal,
    );
    const deployed = side === 'ours' ? comparison.cdk : comparison.ours;
    return other !== permission.principal && has(deployed, owner.label, { ...permission, principal: other });
  },
};

/** Returns pairs of the CDK's name for a host and its real name. */
function hostsIn({ region, dnsSuffix }: Place): readonly (readonly [string, string])[] {
  return [
    ['logs.amazonaws.com', `logs.${region}.${dnsSuffix}`],
    ...(dnsSuffix === 'amazonaws.com.cn'
      ? ([
          ['codedeploy.amazonaws.com', `codedeploy.${region}.${dnsSuffix}`],
          ['elasticmapreduce.amazonaws.com', `elasticmapreduce.${dnsSuffix}`],
        ] as const)
      : []),
  ];
}

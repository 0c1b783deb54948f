import type { Departure } from './departure.ts';

/** Source: docs/targets.md, "Shared values": only values that a deployment decides are shared. */
export const knownAliasNames: Departure = {
  name: 'the name of an alias is not shared between stacks, because it is known',
  reason: 'the CDK exports it, and orders the deployments for that',
  matches(difference) {
    if (difference.kind !== 'presence' || difference.side !== 'cdk') return false;
    const { comparison, of } = difference;
    if (/ exports alias\/[^ ]+$| reads alias\/[^ ]+ of [^ ]+$/.test(of)) return true;
    const [, reader, owner] = /^(\S+) depends on (\S+)$/.exec(of) ?? [];
    const reads = [...comparison.cdk.facts].filter(
      (fact) => fact.startsWith(`${reader} reads `) && fact.endsWith(` of ${owner}`),
    );
    return reads.length > 0 && reads.every((fact) => fact.startsWith(`${reader} reads alias/`));
  },
};

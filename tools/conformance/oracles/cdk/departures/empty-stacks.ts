import type { Departure } from './departure.ts';

/** CloudFormation refuses a template without resources. The CDK does not deploy a stack with such a template. */
export const emptyStacks: Departure = {
  name: 'a template that would have no resource has one that does nothing',
  reason: 'CloudFormation refuses a template without resources, even if it has outputs',
  matches(difference) {
    if (difference.kind !== 'presence' || difference.side !== 'ours') return false;
    const { comparison, of } = difference;
    const [, stack = ''] = /^(\S+) has AWS::CloudFormation::WaitConditionHandle Nothing$/.exec(of) ?? [];
    const { policies, properties } = comparison.ours;
    return (
      stack !== '' &&
      ![...policies.values()].some(({ owner }) => owner.stack === stack) &&
      ![...properties].some(([what, own]) => own.stack === stack && !what.startsWith('output '))
    );
  },
};

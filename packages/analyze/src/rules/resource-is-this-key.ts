import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { shown } from '../value/value.ts';
import { listed } from './read/names.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ resources: string }>({
  code: 'KW7015',
  severity: 'warning',
  title: 'A resource other than * in a key policy',
  message: ({ resources }) => `in a key policy the resource is \`*\`, and not ${resources}`,
  help: () => 'leave `resources` out, or write `*`',
  explanation: `In a key policy \`*\` means the key that has the policy, and no statement can be about another. A statement with another
resource, the ARN of an alias for example, applies to no key at all. KMS accepts it.
Source: AWS KMS Developer Guide, "Key policies in AWS KMS", "Resource".`,
  example: {
    wrong: `statements:
  - { principals: keyAdmins, actions: "kms:DescribeKey", resources: "arn:aws:kms:eu-west-1:111122223333:alias/orders" }`,
    right: `statements:
  - { principals: keyAdmins, actions: "kms:DescribeKey" }`,
  },
});

/** The resource of a statement of a key policy is `*`. */
export const resourceIsThisKey: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { ref, resources, notResources } }) => {
    if (ref.kind !== 'keyPolicy') return [];
    if (notResources !== undefined) {
      const found = `everything but ${listed(notResources.map(shown))}`;
      return [report(definition, ref.source.span, { resources: found })];
    }
    const others = resources?.filter((resource) => resource !== '*') ?? [];
    return others.length === 0 ? [] : [report(definition, ref.source.span, { resources: listed(others.map(shown)) })];
  },
};

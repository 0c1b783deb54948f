import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { resourceIncludes } from '../evaluate/statements.ts';
import { shown, type Value } from '../value/value.ts';
import { listed } from './read/names.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ resources: string; applies: boolean }>({
  code: 'KW7015',
  severity: 'warning',
  title: 'A resource other than * in a key policy',
  message: ({ resources, applies }) =>
    applies
      ? `the resource in a key policy should be \`*\`, not ${resources}`
      : `the resource in a key policy should be \`*\`; with ${resources}, the statement does not apply to the key and has no effect`,
  help: () => 'leave `resources` out, or write `*`',
  explanation: `In a key policy, \`*\` means the key that the policy is attached to, and no statement can be about another key. KMS accepts
other resources but documents none. As in any policy, a statement with the ARN of its key, or with a pattern that matches this ARN, such as
\`arn:aws:kms:eu-west-1:111122223333:key/*\`, applies to the key. A statement with \`*\` applies whatever the key's account and region. A
statement with another ARN, such as the ARN of an alias, has no effect.
Sources: AWS KMS Developer Guide, "Create a key policy", "Resource"; IAM User Guide, "IAM JSON policy elements: Resource".`,
  example: {
    wrong: `statements:
  - { principals: keyAdmins, actions: "kms:DescribeKey", resources: "arn:aws:kms:eu-west-1:111122223333:alias/orders" }`,
    right: `statements:
  - { principals: keyAdmins, actions: "kms:DescribeKey" }`,
  },
});

export const resourceIsThisKey: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { ref, resources, notResources }, key }) => {
    if (ref.kind !== 'keyPolicy' || key === undefined) return [];
    const includes = (resource: Value) => resourceIncludes(resource, key.arn);
    if (notResources !== undefined) {
      const description = `everything but ${listed(notResources.map(shown))}`;
      const applies = notResources.every((resource) => includes(resource) !== true);
      return [report(definition, ref.source.span, { resources: description, applies })];
    }
    const others = resources?.filter((resource) => resource !== '*') ?? [];
    if (others.length === 0) return [];
    const applies = resources?.some((resource) => includes(resource) !== false) === true;
    return [report(definition, ref.source.span, { resources: listed(others.map(shown)), applies })];
  },
};

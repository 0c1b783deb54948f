import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { isOfPreset } from '@keywright/core/policy/preset-source';
import { actionsWithout } from './read/never-met.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ action: string; condition: string; effect: 'Allow' | 'Deny' }>({
  code: 'KW7012',
  severity: 'warning',
  title: 'A condition that requests for the action never meet',
  message: ({ action, condition, effect }) =>
    `a request for \`${action}\` never has the condition key \`${condition}\`, so this condition keeps it from ever being ${effect === 'Allow' ? 'allowed' : 'denied'}`,
  help: () => 'put the action in a statement or grant without the condition',
  explanation: `The condition keys of a request depend on its action: \`kms:DescribeKey\` has no encryption context, nor has any request
for an asymmetric key. A condition that requires a value is then never met, and the action silently has no effect while the statement's
other actions work. Negated operators, \`…IfExists\`, \`ForAllValues\` and \`Null: true\` are met without the condition key and are not
reported. In a statement for CloudWatch Logs, \`kms:DescribeKey\` is not reported either if other actions there have the condition key:
AWS documents such a statement, and the service works with it. Other services, such as CloudTrail, need \`kms:DescribeKey\` in a
statement without the condition.
Source: AWS KMS Developer Guide, "AWS KMS permissions", the column of condition keys; Service Authorization Reference, "Actions,
resources, and condition keys for AWS Key Management Service".`,
  example: {
    wrong: `grants:
  - { to: ordersApi, can: [decrypt, describe], when: { StringEquals: { "kms:EncryptionContext:tenant": a } } }`,
    right: `grants:
  - { to: ordersApi, can: describe }
  - { to: ordersApi, can: decrypt, when: { StringEquals: { "kms:EncryptionContext:tenant": a } } }`,
  },
});

export const conditionKeysOccur: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) => {
    const { conditions, effect, ref } = statement;
    // The conditions of a preset come from the service's documentation.
    if (isOfPreset(ref.source)) return [];
    return conditions.flatMap((condition) =>
      actionsWithout(condition, statement, key).map((action) =>
        report(definition, ref.source.span, { action, condition: condition.key, effect }),
      ),
    );
  },
};

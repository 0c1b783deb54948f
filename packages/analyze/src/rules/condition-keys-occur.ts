import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { isOfPreset } from '@keywright/core/policy/preset-source';
import { isAboutKey, takesEncryptionContext } from '../facts/actions.ts';
import { conditionKeyNamed } from '../facts/condition-key-names.ts';
import { availability } from '../facts/condition-keys.ts';
import type { NamedPrincipal, PictureKey } from '../picture.ts';
import { shown } from '../value/value.ts';
import { mustMatch } from './read/conditions.ts';
import { operationsOf } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ action: string; condition: string; effect: 'Allow' | 'Deny' }>({
  code: 'KW7012',
  severity: 'warning',
  title: 'A condition that the action never meets',
  message: ({ action, condition, effect }) =>
    `a request for \`${action}\` never has \`${condition}\`, so with this condition it is never ${effect === 'Allow' ? 'allowed' : 'denied'}`,
  help: () => 'put the action in a statement or grant without the condition',
  explanation: `The condition keys of a request depend on its action: \`kms:DescribeKey\` has no encryption context, and neither has any request to an
asymmetric key. A condition that requires a value is then never met, and the action silently has no effect while the others
in the statement work. Negated operators, \`…IfExists\`, \`ForAllValues\` and \`Null\` are met without the condition key and are
not reported. Neither is \`kms:DescribeKey\` for CloudWatch Logs beside actions that have the condition key: AWS documents
such a statement, and the service works with it. Others, such as CloudTrail, need \`kms:DescribeKey\` in a statement without it.
Source: AWS KMS Developer Guide, "AWS KMS permissions", the column of condition keys; Service Authorization Reference,
"Actions, resources, and condition keys for AWS Key Management Service".`,
  example: {
    wrong: `grants:
  - { to: ordersApi, can: [decrypt, describe], when: { StringEquals: { "kms:EncryptionContext:tenant": a } } }`,
    right: `grants:
  - { to: ordersApi, can: describe }
  - { to: ordersApi, can: decrypt, when: { StringEquals: { "kms:EncryptionContext:tenant": a } } }`,
  },
});

/** A request for each action of a statement can satisfy the statement's conditions. */
export const conditionKeysOccur: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { conditions, actions = [], principals = [], effect, ref }, key }) => {
    // Presets have the conditions of the service's documentation.
    if (isOfPreset(ref.source)) return [];
    const isForLogs = principals.length > 0 && principals.every(isLogs);
    return conditions.flatMap((condition): readonly Diagnostic[] => {
      // Another rule reports keys that do not exist.
      if (!mustMatch(condition) || conditionKeyNamed(condition.key) === undefined) return [];
      const name = condition.key.toLowerCase();
      const occursFor = (operation: string) => !neverHas(operation, name, key);
      // AWS's documented statement for CloudWatch Logs has `kms:Describe*` beside actions with an encryption context.
      const isAsDocumented = isForLogs && actions.flatMap(operationsOf).some(occursFor);
      return actions
        .filter((action) => {
          const operations = operationsOf(action);
          if (isAsDocumented && operations.filter(isAboutKey).every((operation) => operation === 'DescribeKey'))
            return false;
          return operations.length > 0 && !operations.some(occursFor);
        })
        .map((action) => report(definition, ref.source.span, { action, condition: condition.key, effect }));
    });
  },
};

function isLogs(named: NamedPrincipal): boolean {
  return named.kind === 'service' && /^logs\./.test(shown(named.host));
}

function neverHas(operation: string, conditionKey: string, key: PictureKey | undefined): boolean {
  if (availability(conditionKey, operation, isAboutKey(operation)) === 'never') return true;
  const spec = key?.traits?.spec ?? 'SYMMETRIC_DEFAULT';
  return (
    conditionKey.startsWith('kms:encryptioncontext') &&
    takesEncryptionContext(operation) &&
    spec !== 'SYMMETRIC_DEFAULT'
  );
}

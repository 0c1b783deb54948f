import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { isForIamPoliciesOnly } from '../facts/iam-policies-only.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ condition: string; key: string | undefined; effect: 'Allow' | 'Deny' }>({
  code: 'KW7052',
  severity: 'warning',
  title: 'A condition key for IAM policies in a key policy',
  message: ({ condition, key, effect }) =>
    `\`${condition}\` is documented for IAM policies only, so under this condition the key policy${key === undefined ? '' : ` of \`${key}\``} might ${effect === 'Allow' ? 'let nobody in' : 'keep nobody out'}`,
  help: () =>
    'remove the condition, since a key policy is about one key only, or use `kms:RequestAlias` to require that requests name the key by an alias',
  explanation: `AWS documents \`kms:ResourceAliases\` for IAM policies only. There it limits a statement about many keys to those that have
an alias of the given name. A key policy is about one key, and AWS does not document how KMS evaluates this condition there: an Allow may
let nobody in, and a Deny may keep nobody out. So \`who-can\` and \`why\` answer that the access depends on the condition. A condition of a
grant becomes part of the key policy if no policy can be attached to the grantee.
Source: AWS KMS Developer Guide, "AWS KMS condition keys", kms:ResourceAliases, "Policy type".`,
  example: {
    wrong: `aliases: [orders]
statements:
  - principals: { account: "\${account}" }
    actions: kms:Decrypt
    conditions: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias/orders } }`,
    right: `aliases: [orders]
statements:
  - principals: { account: "\${account}" }
    actions: kms:Decrypt
    conditions: { StringEquals: { "kms:RequestAlias": alias/orders } }`,
  },
});

export const conditionKeysFitKeyPolicies: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { conditions, effect, ref }, key }): readonly Diagnostic[] => {
    if (ref.kind !== 'keyPolicy') return [];
    return conditions
      .filter((condition) => isForIamPoliciesOnly(condition.key.toLowerCase()))
      .map((condition) => report(definition, ref.source.span, { condition: condition.key, key: key?.name, effect }));
  },
};

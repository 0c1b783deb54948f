import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { conditionKeyNamed, suggestions } from '../facts/condition-key-names.ts';
import { isClaim } from './read/assume-request.ts';
import { insteadOfKey, type UnknownKey, unknownKeys } from './read/unknown-keys.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<UnknownKey>({
  code: 'KW7011',
  severity: 'warning',
  title: 'A condition key that requests to KMS do not have',
  message: ({ key }) => `requests to KMS have no condition key \`${key}\``,
  help: (unknown) => insteadOfKey(unknown, 'KMS'),
  explanation: `If a request lacks the condition key, the condition is not met: the Allow allows nothing and the Deny denies nothing. With
a negated operator, the condition is always met. A policy variable for such a condition key, \`\${aws:PrincipleTag/team}\`, has no value,
so nothing equals it. KMS accepts any name. Its own condition keys start with \`kms:\`, global ones with \`aws:\`; case does not matter.
Condition keys of identity providers (\`accounts.google.com:sub\`) are not checked. If a condition key is newer than this version of
Keywright, suppress the finding.
Source: Service Authorization Reference, "Condition keys for AWS Key Management Service"; IAM User Guide, "AWS global
condition context keys".`,
  example: {
    wrong: `grants:
  - { to: ordersApi, can: decrypt, when: { StringEquals: { "kms:EncryptionContex:tenant": a } } }`,
    right: `grants:
  - { to: ordersApi, can: decrypt, when: { StringEquals: { "kms:EncryptionContext:tenant": a } } }`,
  },
});

export const conditionKeysExist: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { conditions, ref } }) =>
    unknownKeys(conditions, isKnown, suggestions).map((unknown) => report(definition, ref.source.span, unknown)),
};

/**
 * Whether a condition key exists. Claims and condition keys of STS do, since sessions of roles keep the claims and tags with which the role
 * was assumed.
 */
function isKnown(key: string): boolean {
  return conditionKeyNamed(key) !== undefined || isClaim(key) || /^sts:/i.test(key);
}
